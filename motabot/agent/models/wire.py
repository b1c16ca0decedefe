"""Writes a request in a server's dialect."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from motabot.agent.models.base import Message, ModelRequest, ToolCall
from motabot.agent.models.dialect import EFFORTS, Dialect, Effort
from motabot.agent.registry import ToolSpec
from motabot.boundary import Json, JsonMapping, JsonObject

#: Room for thinking on top of the room for an answer.
THINKING_TOKENS = 4_000
_DUMMY = {"type": "string", "description": "Leave it empty."}
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PROMPTED = """# Tools
You can call these tools:
{tools}
To call one, write nothing but this, once for each call:
<tool_call>
{{"name": "<tool>", "arguments": {{...}}}}
</tool_call>
The results come in the next message. When you know enough, write the answer itself without any tag."""


def body_of(
    request: ModelRequest,
    model: str,
    dialect: Dialect,
    *,
    effort: Effort | None = None,
    temperature: float | None = None,
    extra: JsonMapping | None = None,
    streams: bool = False,
) -> JsonObject:
    """The body of a Chat Completions request.

    Args:
        request: What is asked.
        model: The model's name at the provider.
        dialect: How the server wants it.
        effort: How much the model is to think; None: not said.
        temperature: None: not said.
        extra: The shop's own fields, which win over all others; null leaves one out.
        streams: Whether the answer is to come in pieces.
    """
    is_prompted = dialect.tools == "prompt"
    body: JsonObject = {"model": model, "messages": _messages(request, dialect)}
    if request.tools and not is_prompted:
        body["tools"] = [_tool(spec, dialect) for spec in request.tools]
    elif request.withheld_tools and not is_prompted and dialect.keeps_tools and _has_calls(request.messages):
        body["tools"] = [_tool(spec, dialect) for spec in request.withheld_tools]
        body["tool_choice"] = "none"
    if dialect.limit:
        body[dialect.limit] = request.max_tokens + (THINKING_TOKENS if dialect.thinks else 0)
    body["store"] = False
    body["prompt_cache_key"] = f"motabot-{request.audience}"
    if request.safety_identifier:
        body["safety_identifier"] = request.safety_identifier
    if effort is not None:
        body["reasoning_effort"] = max(effort, dialect.effort or effort, key=EFFORTS.index)
    if temperature is not None:
        body["temperature"] = temperature
    if streams:
        body |= {"stream": True, "stream_options": {"include_usage": True}}
    body = {name: value for name, value in body.items() if name not in dialect.omitted}
    if extra:
        body |= extra
        body = {name: value for name, value in body.items() if value is not None}
    return body


def _has_calls(messages: Iterable[Message]) -> bool:
    return any(message.tool_calls for message in messages)


def _messages(request: ModelRequest, dialect: Dialect) -> list[JsonObject]:
    messages: Sequence[Message] = request.messages
    if dialect.tools == "prompt":
        messages = _prompted(request)
    shaped: list[JsonObject] = []
    names: dict[str, str] = {}
    for message in messages:
        for part in _single(message, messages) if dialect.single_calls else [message]:
            names |= {call.id: call.name for call in part.tool_calls}
            shaped.append(_message(part, names, dialect))
    if dialect.single_calls:
        shaped = _paired(shaped)
    if dialect.system == "developer":
        shaped = [{**each, "role": "developer"} if each["role"] == "system" else each for each in shaped]
    if dialect.system == "user":
        shaped = _folded(shaped)
    if dialect.alternates:
        shaped = _alternating(shaped)
    if dialect.content_parts:
        shaped = [
            {**each, "content": [{"type": "text", "text": each["content"]}]}
            if isinstance(each.get("content"), str)
            else each
            for each in shaped
        ]
    return shaped


def _message(message: Message, names: Mapping[str, str], dialect: Dialect) -> JsonObject:
    shaped: JsonObject = {"role": message.role, "content": message.content}
    if message.tool_calls:
        if not message.content:
            shaped["content"] = {"null": None, "empty": "", "word": "...", "omitted": None}[dialect.call_content]
            if dialect.call_content == "omitted":
                del shaped["content"]
        shaped["tool_calls"] = [_call(call, dialect) for call in message.tool_calls]
        shaped |= {key: value for key, value in message.extra.items() if key not in dialect.omitted}
        if dialect.echoes_thinking:
            shaped.setdefault("reasoning_content", "")
    if message.tool_call_id is not None:
        shaped["tool_call_id"] = _id(message.tool_call_id, dialect)
        if dialect.tool_names:
            shaped["name"] = names.get(message.tool_call_id, "tool")
    return shaped


def _call(call: ToolCall, dialect: Dialect) -> JsonObject:
    arguments: Json = call.arguments
    try:
        parsed = json.loads(arguments or "{}")
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        parsed, arguments = {}, "{}"  # servers parse it, and fail on what a model got wrong before
    function = {"name": call.name, "arguments": parsed if dialect.object_arguments else arguments or "{}"}
    extra = {key: value for key, value in call.extra.items() if key not in dialect.omitted}
    inner = extra.pop("function", None)
    if isinstance(inner, dict):
        function |= {key: value for key, value in inner.items() if key not in dialect.omitted}
    return {"id": _id(call.id, dialect), "type": "function", "function": function, **extra}


def _id(identity: str, dialect: Dialect) -> str:
    if not dialect.nine_ids:
        return identity
    number = int.from_bytes(hashlib.sha256(identity.encode()).digest()[:8], "big")
    return "".join(_BASE62[number // 62**place % 62] for place in range(9))


def _single(message: Message, _messages: Sequence[Message]) -> list[Message]:
    """A message for each call, for servers that take one at a time."""
    if len(message.tool_calls) < 2:
        return [message]
    return [
        Message(
            message.role,
            message.content if position == 0 else "",
            (call,),
            extra=message.extra if position == 0 else {},
        )
        for position, call in enumerate(message.tool_calls)
    ]


def _paired(shaped: list[JsonObject]) -> list[JsonObject]:
    """Each call right before its result."""
    results = {each["tool_call_id"]: each for each in shaped if each["role"] == "tool"}
    ordered: list[JsonObject] = []
    for each in shaped:
        if each["role"] == "tool":
            continue
        ordered.append(each)
        ordered.extend(results[call["id"]] for call in each.get("tool_calls", ()) if call["id"] in results)
    return ordered


def _folded(shaped: list[JsonObject]) -> list[JsonObject]:
    """The instructions at the head of the first user's message."""
    instructions = "\n\n".join(str(each["content"]) for each in shaped if each["role"] in ("system", "developer"))
    rest = [each for each in shaped if each["role"] not in ("system", "developer")]
    first = next((position for position, each in enumerate(rest) if each["role"] == "user"), None)
    if first is None:
        return [{"role": "user", "content": instructions}, *rest]
    rest[first] = {**rest[first], "content": f"{instructions}\n\n{rest[first]['content']}"}
    return rest


def _alternating(shaped: list[JsonObject]) -> list[JsonObject]:
    """One message of a role after one of the other; tools' results count as the user's side."""
    made: list[JsonObject] = []
    for each in shaped:
        before = made[-1] if made else None
        is_plain = before is not None and before["role"] == each["role"] and each["role"] in ("user", "assistant")
        if is_plain and before is not None and not before.get("tool_calls") and not each.get("tool_calls"):
            made[-1] = {**before, "content": f"{before['content']}\n\n{each['content']}"}
            continue
        if before is not None and before["role"] == "tool" and each["role"] == "user":
            made.append({"role": "assistant", "content": "OK."})
        made.append(each)
    return made


def _prompted(request: ModelRequest) -> list[Message]:
    """Tools as part of the prompt, calls and results as text: for servers that have no tools."""
    made: list[Message] = []
    tools = "\n".join(
        json.dumps(
            {"name": spec.name, "description": spec.description, "parameters": spec.parameters}, ensure_ascii=False
        )
        for spec in request.tools
    )
    for message in request.messages:
        if message.role == "system" and request.tools and not made:
            made.append(Message("system", f"{message.content}\n\n{_PROMPTED.format(tools=tools)}"))
        elif message.tool_calls:
            made.append(Message("assistant", "\n".join(map(_written, message.tool_calls))))
        elif message.role == "tool":
            result = f"<tool_response>\n{message.content}\n</tool_response>"
            if made and made[-1].role == "user" and made[-1].content.startswith("<tool_response>"):
                made[-1] = Message("user", f"{made[-1].content}\n{result}")
            else:
                made.append(Message("user", result))
        elif made and made[-1].role == message.role == "user":
            made[-1] = Message("user", f"{made[-1].content}\n\n{message.content}")
        else:
            made.append(message)
    return made


def _written(call: ToolCall) -> str:
    return f'<tool_call>\n{{"name": "{call.name}", "arguments": {call.arguments or "{}"}}}\n</tool_call>'


def _tool(spec: ToolSpec, dialect: Dialect) -> JsonObject:
    function: JsonObject = {"name": spec.name, "description": spec.description}
    properties = spec.parameters.get("properties")
    if properties or dialect.empty_parameters == "object":
        function["parameters"] = _schema(spec.parameters, dialect)
    elif dialect.empty_parameters == "dummy":
        function["parameters"] = {"type": "object", "properties": {"nothing": dict(_DUMMY)}}
    if "strict" not in dialect.omitted and dialect.unions in ("list", "anyOf"):
        function["strict"] = True
    return {"type": "function", "function": function}


def _schema(schema: JsonMapping, dialect: Dialect) -> JsonObject:
    """A tool's parameters with optional ones written as the server reads them."""
    if dialect.unions == "list" and dialect.additional:
        return dict(schema)
    made = {key: value for key, value in schema.items() if dialect.additional or key != "additionalProperties"}
    properties = schema.get("properties") or {}
    made["properties"] = {name: _property(value, dialect) for name, value in properties.items()}
    if dialect.unions in ("plain", "nullable"):
        made["required"] = [
            name for name in schema.get("required", ()) if not _is_optional(properties.get(name, {}))
        ]
        if not made["required"]:
            del made["required"]
    return made


def _is_optional(schema: JsonMapping) -> bool:
    declared = schema.get("type")
    return (isinstance(declared, list) and "null" in declared) or any(
        part.get("type") == "null" for part in schema.get("anyOf", ())
    )


def _property(schema: JsonMapping, dialect: Dialect) -> JsonObject:
    made = dict(schema)
    if not _is_optional(schema):
        return made
    if isinstance(schema.get("type"), list):
        kinds = [kind for kind in schema["type"] if kind != "null"]
        inner = {key: value for key, value in schema.items() if key not in ("type", "description", "anyOf")}
        inner["type"] = kinds[0] if kinds else "string"
    else:
        inner = dict(next((part for part in schema["anyOf"] if part.get("type") != "null"), {"type": "string"}))
    if isinstance(inner.get("enum"), list):
        inner["enum"] = [value for value in inner["enum"] if value is not None]
    described = {"description": schema["description"]} if "description" in schema else {}
    if dialect.unions == "list":
        return made
    if dialect.unions == "anyOf":
        return {"anyOf": [inner, {"type": "null"}], **described}
    return {**inner, **described, **({"nullable": True} if dialect.unions == "nullable" else {})}
