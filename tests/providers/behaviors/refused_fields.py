"""Fields of a request that servers refuse: limits, options, schemas, tools."""

from __future__ import annotations

from tests.providers.refusing import functions, has, properties, refused, roles_of

refused(
    "`max_tokens` is refused.",
    "OpenAI's reasoning models, Azure",
    has("max_tokens"),
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    param="max_tokens",
    code="unsupported_parameter",
)
refused(
    "`max_tokens` is unrecognized.",
    "gateways",
    has("max_tokens"),
    "Unrecognized request argument supplied: max_tokens",
)
refused(
    "Both limits of tokens are refused.",
    "gateways",
    lambda ask: "max_tokens" in ask.body or "max_completion_tokens" in ask.body,
    "Extra inputs are not permitted: max_tokens, max_completion_tokens",
    422,
)
refused(
    "The limit of tokens is too high.",
    "small models",
    lambda ask: ask.body.get("max_tokens", 0) > 1024,
    "max_tokens is too large: 1500. This model supports at most 1024 completion tokens",
)
refused(
    "`strict` is refused.",
    "TokenMix, DeepSeek, older servers",
    lambda ask: any("strict" in each for each in functions(ask)),
    "tools.0.function.strict: Extra inputs are not permitted",
    422,
)
refused(
    "`strict` is refused without naming it.",
    "TokenMix",
    lambda ask: any("strict" in each for each in functions(ask)),
    "invalid value for parameter 'request'",
)
refused(
    "`stream_options` is refused.",
    "Azure's older versions, Mistral, gateways",
    has("stream_options"),
    "Unrecognized request argument supplied: stream_options",
)
refused(
    "`stream_options` is an unknown field.",
    "gateways in Go",
    has("stream_options"),
    'json: unknown field "stream_options"',
)
refused(
    "`reasoning_effort` is refused.",
    "models without thinking",
    has("reasoning_effort"),
    "Unrecognized request argument supplied: reasoning_effort",
)
refused(
    "Types as lists are refused.",
    "Gemini",
    lambda ask: any(isinstance(each.get("type"), list) for each in properties(ask)),
    "Invalid value at 'tools[0].function_declarations[0].parameters.properties[0].value' (type), Proto field is not repeating, cannot start list.",
)
refused(
    "Types as lists cannot be read.",
    "Ollama's older versions",
    lambda ask: any(isinstance(each.get("type"), list) for each in properties(ask)),
    "json: cannot unmarshal array into Go struct field .tools.function.parameters.properties.type of type string",
)
refused(
    "Only plain types are read.",
    "LM Studio, small gateways",
    lambda ask: any(not isinstance(each.get("type"), str) or "nullable" in each for each in properties(ask)),
    "Invalid tools: schema type must be a string, anyOf and nullable are unsupported",
)
refused(
    "`anyOf` is wanted for optional values.",
    "strict validators",
    lambda ask: any(isinstance(each.get("type"), list) for each in properties(ask)),
    "['string', 'null'] is not valid under any of the given schemas",
)
refused(
    "Null in an enum is refused.",
    "Gemini",
    lambda ask: any(None in (each.get("enum") or ()) for each in properties(ask)),
    "enum[3]: cannot be empty; schema type list with 'null' is not supported",
)
refused(
    "Empty parameters are refused.",
    "Gemini",
    lambda ask: any(
        (each.get("parameters") or {"properties": 1}).get("properties") == {} for each in functions(ask)
    ),
    "parameters.properties: should be non-empty for OBJECT type",
)
refused(
    "`additionalProperties` is refused.",
    "Gemini, gateways",
    lambda ask: any("additionalProperties" in (each.get("parameters") or {}) for each in functions(ask)),
    'Unknown name "additionalProperties" at tools[0]: Cannot find field.',
)
refused(
    "Tools are refused by the model.",
    "Ollama",
    has("tools"),
    "registry.ollama.ai/library/gemma:2b does not support tools",
)
refused(
    "Tools need a flag of the server.",
    "vLLM",
    has("tools"),
    '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
)
refused("Tools need a template.", "llama.cpp", has("tools"), "tools param requires --jinja flag", 500)
refused(
    "Tools are an unsupported parameter, with status 500.",
    "Qwen's own server",
    has("tools"),
    "Unsupported param: tools",
    500,
)
refused("Tools have no endpoint.", "OpenRouter", has("tools"), "No endpoints found that support tool use.", 404)
refused(
    "Tools are refused while streaming.",
    "older servers",
    lambda ask: ask.streams and "tools" in ask.body,
    "tools are not supported with streaming enabled",
    doors=("staff stream",),
)
refused(
    "Streaming is refused.",
    "gateways",
    lambda ask: ask.streams,
    "This model does not support streaming.",
    doors=("staff stream",),
)
refused(
    "Only streaming is served.",
    "DashScope (QwQ), gateways",
    lambda ask: not ask.streams,
    "This model only support stream mode, please enable the stream parameter to access the model.",
    doors=("customer", "staff"),
)
refused(
    "The system's role is refused.",
    "Gemma, older o1",
    lambda ask: "system" in roles_of(ask),
    "System role not supported",
)
