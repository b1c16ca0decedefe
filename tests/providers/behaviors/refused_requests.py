"""How servers want messages, roles and streams to be, and how they word a refusal."""

from __future__ import annotations

import json
from itertools import pairwise

from tests.providers.imitation import Ask, Reply, behavior, call_of, refuses
from tests.providers.refusing import called, functions, properties, refused, roles_of

refused(
    "The role developer is wanted.",
    "OpenAI's o1 on gateways",
    lambda ask: "system" in roles_of(ask),
    "'system' is not supported with this model, use 'developer' instead",
)
refused(
    "Developer instructions are refused.",
    "Gemma on Google",
    lambda ask: "system" in roles_of(ask),
    "Developer instruction is not enabled for models/gemma-3-27b-it",
)
refused(
    "Null content beside calls is refused.",
    "TGI, Mistral, gateways",
    lambda ask: any(each.get("content", 1) is None for each in called(ask)),
    "messages.2.content: Input should be a valid string, got None",
    422,
)
refused(
    "Empty content beside calls is refused.",
    "Anthropic, Bedrock through gateways",
    lambda ask: any(not each.get("content") for each in called(ask)),
    "messages: text content blocks must be non-empty",
)
refused(
    "Ids of nine characters are wanted.",
    "Mistral",
    lambda ask: any(len(call["id"]) != 9 for each in called(ask) for call in each["tool_calls"]),
    "Tool call id was call_1 but must be a-z, A-Z, 0-9, with a length of 9.",
)
refused(
    "Names on tool messages are wanted.",
    "Gemini, older Mistral",
    lambda ask: any(each["role"] == "tool" and not each.get("name") for each in ask.messages),
    "GenerateContentRequest.contents[2].parts[0].function_response.name: Name cannot be empty.",
)
refused(
    "Arguments of earlier calls are wanted as objects.",
    "TGI, templates in Jinja",
    lambda ask: any(
        isinstance(call["function"]["arguments"], str) for each in called(ask) for call in each["tool_calls"]
    ),
    "Template error: can only concatenate dict, got 'str' for arguments: expected a mapping",
    500,
)
refused(
    "`additional` fields in messages are refused.",
    "Groq",
    lambda ask: any("reasoning_content" in each for each in ask.messages),
    "'messages.2' : for 'role:assistant' the following must be satisfied[('messages.2' : property 'reasoning_content' is unsupported)]",
)
refused(
    "The tools must stay.",
    "Anthropic through LiteLLM",
    lambda ask: bool(called(ask)) and "tools" not in ask.body,
    "litellm.UnsupportedParamsError: Anthropic expects the `tools=` param to be passed in when messages contain tool calls",
)
refused(
    "Everything unknown is refused at once.",
    "strict gateways (pydantic)",
    lambda ask: bool(set(ask.body) - {"model", "messages", "tools", "max_tokens", "stream"}),
    "body: Extra inputs are not permitted",
    422,
)
refused(
    "A refusal names nothing.",
    "gateways",
    lambda ask: any(
        "strict" in each or "additionalProperties" in (each.get("parameters") or {}) for each in functions(ask)
    ),
    "Bad Request",
)
refused(
    "A refusal has an empty body.", "proxies", lambda ask: any("strict" in each for each in functions(ask)), ""
)


def _merged(ask: Ask) -> bool:
    roles = [role for role in roles_of(ask) if role != "system"]
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
    if any("strict" in each for each in functions(ask)):
        return refuses(400, "Unknown parameter: 'tools[0].function.strict'.", param="tools[0].function.strict")
    if "system" in roles_of(ask):
        return refuses(400, "Unsupported value: 'messages[0].role' does not support 'system' with this model.")
    return ask.usual()


@behavior("Mistral, Gemma templates on vLLM and llama.cpp")
def roles_must_alternate(ask: Ask) -> Reply:
    """Roles must alternate between user and assistant, and no tool may speak."""
    roles = roles_of(ask)
    if "tool" in roles or "system" in roles or _merged(ask) or called(ask):
        return refuses(400, "Conversation roles must alternate user/assistant/user/assistant/...")
    return ask.usual()


@behavior("LM Studio, llama.cpp (an exception of the template, status 500)")
def templates_fail(ask: Ask) -> Reply:
    """A template fails at tool messages."""
    if "tool" in roles_of(ask):
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
    if any(len(each["tool_calls"]) > 1 for each in called(ask)):
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
    if any("reasoning_content" not in each for each in called(ask)):
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
    if any("strict" in each for each in functions(ask)):
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
    if any(isinstance(each.get("type"), list) for each in properties(ask)):
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
    if any("strict" in each for each in functions(ask)):
        raw = json.dumps({"error": {"message": "Unknown parameter: strict"}})
        return Reply({"error": {"message": "Provider returned error", "code": 400, "metadata": {"raw": raw}}}, 400)
    return ask.usual()


@behavior("gateways that put a refusal inside a 200")
def refusals_inside_a_200(ask: Ask) -> Reply:
    """A refusal of a parameter stands inside a 200."""
    if any("strict" in each for each in functions(ask)):
        return Reply({"error": {"message": "Unknown parameter: 'strict'", "code": 400}})
    return ask.usual()
