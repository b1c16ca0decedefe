"""What servers refuse, and how they say it: each refuses until the request is written as it wants."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from tests.providers.imitation import BEHAVIORS, DOORS, Ask, Behavior, Door, Reply, behavior, call_of, refuses


def _refused(
    name: str, servers: str, is_wrong: Callable[[Ask], bool], words: str, status: int = 400, **options: Any
) -> None:
    """A behavior that refuses what is wrong with these words and else answers as usual."""
    doors: tuple[Door, ...] = options.pop("doors", DOORS)

    def answer(ask: Ask) -> Reply:
        return refuses(status, words, **options) if is_wrong(ask) else ask.usual()

    BEHAVIORS.append(Behavior(name, servers, answer, doors=doors))


def _functions(ask: Ask) -> list[dict[str, Any]]:
    return [tool["function"] for tool in ask.body.get("tools") or ()]


def _properties(ask: Ask) -> list[dict[str, Any]]:
    schemas = [function.get("parameters") or {} for function in _functions(ask)]
    return [value for schema in schemas for value in (schema.get("properties") or {}).values()]


def _has(name: str) -> Callable[[Ask], bool]:
    return lambda ask: name in ask.body


def _roles(ask: Ask) -> list[str]:
    return [message["role"] for message in ask.messages]


def _called(ask: Ask) -> list[dict[str, Any]]:
    return [message for message in ask.messages if message.get("tool_calls")]


_refused(
    "`max_tokens` is refused.",
    "OpenAI's reasoning models, Azure",
    _has("max_tokens"),
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    param="max_tokens",
    code="unsupported_parameter",
)
_refused(
    "`max_tokens` is unrecognized.",
    "gateways",
    _has("max_tokens"),
    "Unrecognized request argument supplied: max_tokens",
)
_refused(
    "Both limits of tokens are refused.",
    "gateways",
    lambda ask: "max_tokens" in ask.body or "max_completion_tokens" in ask.body,
    "Extra inputs are not permitted: max_tokens, max_completion_tokens",
    422,
)
_refused(
    "The limit of tokens is too high.",
    "small models",
    lambda ask: ask.body.get("max_tokens", 0) > 1024,
    "max_tokens is too large: 1500. This model supports at most 1024 completion tokens",
)
_refused(
    "`strict` is refused.",
    "TokenMix, DeepSeek, older servers",
    lambda ask: any("strict" in each for each in _functions(ask)),
    "tools.0.function.strict: Extra inputs are not permitted",
    422,
)
_refused(
    "`strict` is refused without naming it.",
    "TokenMix",
    lambda ask: any("strict" in each for each in _functions(ask)),
    "invalid value for parameter 'request'",
)
_refused(
    "`stream_options` is refused.",
    "Azure's older versions, Mistral, gateways",
    _has("stream_options"),
    "Unrecognized request argument supplied: stream_options",
)
_refused(
    "`stream_options` is an unknown field.",
    "gateways in Go",
    _has("stream_options"),
    'json: unknown field "stream_options"',
)
_refused(
    "`reasoning_effort` is refused.",
    "models without thinking",
    _has("reasoning_effort"),
    "Unrecognized request argument supplied: reasoning_effort",
)
_refused(
    "Types as lists are refused.",
    "Gemini",
    lambda ask: any(isinstance(each.get("type"), list) for each in _properties(ask)),
    "Invalid value at 'tools[0].function_declarations[0].parameters.properties[0].value' (type), Proto field is not repeating, cannot start list.",
)
_refused(
    "Types as lists cannot be read.",
    "Ollama's older versions",
    lambda ask: any(isinstance(each.get("type"), list) for each in _properties(ask)),
    "json: cannot unmarshal array into Go struct field .tools.function.parameters.properties.type of type string",
)
_refused(
    "Only plain types are read.",
    "LM Studio, small gateways",
    lambda ask: any(not isinstance(each.get("type"), str) or "nullable" in each for each in _properties(ask)),
    "Invalid tools: schema type must be a string, anyOf and nullable are unsupported",
)
_refused(
    "`anyOf` is wanted for optional values.",
    "strict validators",
    lambda ask: any(isinstance(each.get("type"), list) for each in _properties(ask)),
    "['string', 'null'] is not valid under any of the given schemas",
)
_refused(
    "Null in an enum is refused.",
    "Gemini",
    lambda ask: any(None in (each.get("enum") or ()) for each in _properties(ask)),
    "enum[3]: cannot be empty; schema type list with 'null' is not supported",
)
_refused(
    "Empty parameters are refused.",
    "Gemini",
    lambda ask: any(
        (each.get("parameters") or {"properties": 1}).get("properties") == {} for each in _functions(ask)
    ),
    "parameters.properties: should be non-empty for OBJECT type",
)
_refused(
    "`additionalProperties` is refused.",
    "Gemini, gateways",
    lambda ask: any("additionalProperties" in (each.get("parameters") or {}) for each in _functions(ask)),
    'Unknown name "additionalProperties" at tools[0]: Cannot find field.',
)
_refused(
    "Tools are refused by the model.",
    "Ollama",
    _has("tools"),
    "registry.ollama.ai/library/gemma:2b does not support tools",
)
_refused(
    "Tools need a flag of the server.",
    "vLLM",
    _has("tools"),
    '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
)
_refused("Tools need a template.", "llama.cpp", _has("tools"), "tools param requires --jinja flag", 500)
_refused(
    "Tools are an unsupported parameter, with status 500.",
    "Qwen's own server",
    _has("tools"),
    "Unsupported param: tools",
    500,
)
_refused("Tools have no endpoint.", "OpenRouter", _has("tools"), "No endpoints found that support tool use.", 404)
_refused(
    "Tools are refused while streaming.",
    "older servers",
    lambda ask: ask.streams and "tools" in ask.body,
    "tools are not supported with streaming enabled",
    doors=("staff stream",),
)
_refused(
    "Streaming is refused.",
    "gateways",
    lambda ask: ask.streams,
    "This model does not support streaming.",
    doors=("staff stream",),
)
_refused(
    "Only streaming is served.",
    "DashScope (QwQ), gateways",
    lambda ask: not ask.streams,
    "This model only support stream mode, please enable the stream parameter to access the model.",
    doors=("customer", "staff"),
)
_refused(
    "The system's role is refused.",
    "Gemma, older o1",
    lambda ask: "system" in _roles(ask),
    "System role not supported",
)
_refused(
    "The role developer is wanted.",
    "OpenAI's o1 on gateways",
    lambda ask: "system" in _roles(ask),
    "'system' is not supported with this model, use 'developer' instead",
)
_refused(
    "Developer instructions are refused.",
    "Gemma on Google",
    lambda ask: "system" in _roles(ask),
    "Developer instruction is not enabled for models/gemma-3-27b-it",
)
_refused(
    "Null content beside calls is refused.",
    "TGI, Mistral, gateways",
    lambda ask: any(each.get("content", 1) is None for each in _called(ask)),
    "messages.2.content: Input should be a valid string, got None",
    422,
)
_refused(
    "Empty content beside calls is refused.",
    "Anthropic, Bedrock through gateways",
    lambda ask: any(not each.get("content") for each in _called(ask)),
    "messages: text content blocks must be non-empty",
)
_refused(
    "Ids of nine characters are wanted.",
    "Mistral",
    lambda ask: any(len(call["id"]) != 9 for each in _called(ask) for call in each["tool_calls"]),
    "Tool call id was call_1 but must be a-z, A-Z, 0-9, with a length of 9.",
)
_refused(
    "Names on tool messages are wanted.",
    "Gemini, older Mistral",
    lambda ask: any(each["role"] == "tool" and not each.get("name") for each in ask.messages),
    "GenerateContentRequest.contents[2].parts[0].function_response.name: Name cannot be empty.",
)
_refused(
    "Arguments of earlier calls are wanted as objects.",
    "TGI, templates in Jinja",
    lambda ask: any(
        isinstance(call["function"]["arguments"], str) for each in _called(ask) for call in each["tool_calls"]
    ),
    "Template error: can only concatenate dict, got 'str' for arguments: expected a mapping",
    500,
)
_refused(
    "`additional` fields in messages are refused.",
    "Groq",
    lambda ask: any("reasoning_content" in each for each in ask.messages),
    "'messages.2' : for 'role:assistant' the following must be satisfied[('messages.2' : property 'reasoning_content' is unsupported)]",
)
_refused(
    "The tools must stay.",
    "Anthropic through LiteLLM",
    lambda ask: bool(_called(ask)) and "tools" not in ask.body,
    "litellm.UnsupportedParamsError: Anthropic expects the `tools=` param to be passed in when messages contain tool calls",
)
_refused(
    "Everything unknown is refused at once.",
    "strict gateways (pydantic)",
    lambda ask: bool(set(ask.body) - {"model", "messages", "tools", "max_tokens", "stream"}),
    "body: Extra inputs are not permitted",
    422,
)
_refused(
    "A refusal names nothing.",
    "gateways",
    lambda ask: any(
        "strict" in each or "additionalProperties" in (each.get("parameters") or {}) for each in _functions(ask)
    ),
    "Bad Request",
)
_refused(
    "A refusal has an empty body.", "proxies", lambda ask: any("strict" in each for each in _functions(ask)), ""
)


def _merged(ask: Ask) -> bool:
    roles = [role for role in _roles(ask) if role != "system"]
    return roles[0] != "user" or any(first == second for first, second in pairwise(roles) if first != "tool")


@behavior("OpenAI's reasoning models on gateways")
def several_refusals(ask: Ask) -> Reply:
    """Several things are refused, one after the other."""
    if "max_tokens" in ask.body:
        return refuses(
            400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", param="max_tokens"
        )
    if "stream_options" in ask.body:
        return refuses(400, "Unknown parameter: 'stream_options'.")
    if any("strict" in each for each in _functions(ask)):
        return refuses(400, "Unknown parameter: 'tools[0].function.strict'.", param="tools[0].function.strict")
    if "system" in _roles(ask):
        return refuses(400, "Unsupported value: 'messages[0].role' does not support 'system' with this model.")
    return ask.usual()


@behavior("Mistral, Gemma templates on vLLM and llama.cpp")
def roles_must_alternate(ask: Ask) -> Reply:
    """Roles must alternate between user and assistant, and no tool may speak."""
    roles = _roles(ask)
    if "tool" in roles or "system" in roles or _merged(ask) or _called(ask):
        return refuses(400, "Conversation roles must alternate user/assistant/user/assistant/...")
    return ask.usual()


@behavior("LM Studio, llama.cpp (an exception of the template, status 500)")
def templates_fail(ask: Ask) -> Reply:
    """A template fails at tool messages."""
    if "tool" in _roles(ask):
        return refuses(
            500, 'Error rendering prompt with jinja template: "Only user and assistant roles are supported!"'
        )
    return ask.usual()


def _two_calls(ask: Ask) -> Reply:
    if ask.has_result:
        return ask.says()
    other = "describe_tables" if ask.call[0] == "run_query" else "show_my_profile"
    return ask.calls(call_of(*ask.call), call_of(other, {}, "call_2"))


@behavior("Llama 3.1's template on vLLM")
def single_calls(ask: Ask) -> Reply:
    """Earlier messages may hold one call each."""
    if any(len(each["tool_calls"]) > 1 for each in _called(ask)):
        return refuses(400, "This model only supports single tool-calls at once!")
    return _two_calls(ask)


@behavior("gateways with content as parts only")
def parts_are_wanted(ask: Ask) -> Reply:
    """Content is wanted as a list of parts."""
    if any(isinstance(each.get("content"), str) for each in ask.messages):
        return refuses(
            400,
            "Invalid type for messages[0].content: expected an array of content parts, got a string; expected list for content",
        )
    return ask.usual()


@behavior("Ollama, LM Studio and vLLM given without /v1")
def v1_is_missing(ask: Ask) -> Reply:
    """The URL lacks /v1 (tried with its own URL)."""
    return ask.usual()


@behavior("gateways in front of http", doors=("customer",))
def redirects(ask: Ask) -> Reply:
    """A redirect leads to another path of the same host."""
    if not ask.path.startswith("/api"):
        return Reply(b"", 308, {"location": f"/api{ask.path}"})
    return ask.usual()


@behavior("DeepSeek V3.2, Kimi K2 Thinking")
def thinking_is_wanted_back(ask: Ask) -> Reply:
    """Thinking is wanted back where there was none."""
    if any("reasoning_content" not in each for each in _called(ask)):
        return refuses(400, "Missing `reasoning_content` field in the assistant message at message index 2.")
    return ask.usual()


@behavior("models that think, by their name's setting")
def other_efforts(ask: Ask) -> Reply:
    """A value of `reasoning_effort` is refused, and others are named."""
    if ask.body.get("reasoning_effort") in ("minimal", "low", "none"):
        return refuses(
            400,
            "Unsupported value: 'reasoning_effort' does not support 'low'. Supported values are: 'medium' and 'high'.",
        )
    return ask.usual()


@behavior("FastAPI's validation")
def details_are_a_list(ask: Ask) -> Reply:
    """A refusal is FastAPI's list of details."""
    if any("strict" in each for each in _functions(ask)):
        detail = [
            {
                "type": "extra_forbidden",
                "loc": ["body", "tools", 0, "function", "strict"],
                "msg": "Extra inputs are not permitted",
            }
        ]
        return Reply({"detail": detail}, 422)
    return ask.usual()


@behavior("Gemini's OpenAI endpoint")
def errors_are_in_a_list(ask: Ask) -> Reply:
    """A refusal is a list with one error."""
    if any(isinstance(each.get("type"), list) for each in _properties(ask)):
        return Reply(
            [
                {
                    "error": {
                        "code": 400,
                        "message": "Proto field is not repeating, cannot start list.",
                        "status": "INVALID_ARGUMENT",
                    }
                }
            ],
            400,
        )
    return ask.usual()


@behavior("OpenRouter")
def errors_hold_the_upstreams(ask: Ask) -> Reply:
    """A refusal holds the upstream provider's own words."""
    if any("strict" in each for each in _functions(ask)):
        raw = json.dumps({"error": {"message": "Unknown parameter: strict"}})
        return Reply({"error": {"message": "Provider returned error", "code": 400, "metadata": {"raw": raw}}}, 400)
    return ask.usual()


@behavior("gateways that put a refusal inside a 200")
def refusals_inside_a_200(ask: Ask) -> Reply:
    """A refusal of a parameter stands inside a 200."""
    if any("strict" in each for each in _functions(ask)):
        return Reply({"error": {"message": "Unknown parameter: 'strict'", "code": 400}})
    return ask.usual()
