"""What a server's refusals teach about its dialect.

A dialect is learned once per process and only kept when the request then succeeds: a refusal of a request's content
must not change how the next one is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urlsplit

from motabot.agent.models.dialect import EFFORTS, Dialect, Unions
from motabot.agent.models.failures import Failure
from motabot.boundary import JsonMapping

#: Parameters that a request can do without.
_OPTIONAL = (
    "strict",
    "stream_options",
    "store",
    "safety_identifier",
    "prompt_cache_key",
    "parallel_tool_calls",
    "temperature",
    "reasoning_effort",
    "tool_choice",
    "user",
)
#: Fields inside messages that a server may not want back.
_ECHOES = (
    "reasoning_content",
    "reasoning_details",
    "thinking_blocks",
    "reasoning",
    "extra_content",
    "provider_specific_fields",
    "thought_signature",
    "annotations",
)

Lesson = Callable[[Dialect, JsonMapping, str], "Dialect | None"]


def learn(dialect: Dialect, body: JsonMapping, failure: Failure, url: str = "") -> Dialect | None:
    """Another way to write a request that was refused, or None if the refusal teaches nothing.

    Args:
        dialect: How it was written.
        body: What was sent.
        failure: The refusal.
        url: Where it was sent.
    """
    words = failure.words
    if 300 <= failure.status < 400:
        return _redirected(dialect, failure, url)
    for pattern, lesson in _LESSONS:
        if re.search(pattern, words, re.IGNORECASE | re.DOTALL):
            learned = lesson(dialect, body, words)
            if learned is not None and learned != dialect:
                return learned
    if failure.status in (404, 405) and not re.search(
        r"\bmodels?\b.{0,80}(?:not|exist|found|unknown)|model_not_found|deployment",
        words,
        re.IGNORECASE | re.DOTALL,
    ):
        return _other_path(dialect, url)
    named = _without_named(dialect, body, words)
    if named is not None and named != dialect:
        return named
    return (
        _plainer(dialect, body) if failure.status in (400, 422, 501, 415, 406) or _is_about_format(words) else None
    )


def _redirected(dialect: Dialect, failure: Failure, url: str) -> Dialect | None:
    """The same request elsewhere on the same host: a key never follows a redirect to another one."""
    target, origin = urlsplit(failure.location), urlsplit(url)
    if dialect.url or (target.hostname and target.hostname != origin.hostname) or not failure.location:
        return None
    if origin.scheme == "https" and target.scheme == "http":
        return None
    return replace(
        dialect,
        url=failure.location if target.hostname else f"{origin.scheme}://{origin.netloc}{failure.location}",
    )


def _other_path(dialect: Dialect, url: str) -> Dialect | None:
    path = urlsplit(url).path.rstrip("/")
    if dialect.path or re.search(r"/v\d+\w*(?:/|$)|/openai", path):
        return None
    return replace(dialect, path="/v1")


def _omit(*names: str) -> Lesson:
    return lambda dialect, _body, _words: replace(dialect, omitted=dialect.omitted | set(names))


def _set(**changes: Any) -> Lesson:
    return lambda dialect, _body, _words: replace(dialect, **changes)


def _other_limit(dialect: Dialect, body: JsonMapping, words: str) -> Dialect | None:
    if "max_completion_tokens" in body:
        return replace(
            dialect,
            limit="max_tokens" if "max_tokens" not in dialect.omitted else None,
            omitted=dialect.omitted | {"max_completion_tokens"},
        )
    if "max_tokens" in body:
        wanted = "max_completion_tokens" if "max_completion_tokens" not in dialect.omitted else None
        is_number = re.search(
            r"too (?:large|high|big|many)|at most|less than|maximum|range|exceed|<=", words, re.IGNORECASE
        )
        if is_number and not re.search(r"max_?completion_?tokens", words, re.IGNORECASE):
            wanted = None  # the number is what it refuses: the server has its own limit
        return replace(dialect, limit=wanted, omitted=dialect.omitted | {"max_tokens"})
    return None


def _other_unions(dialect: Dialect, _body: JsonMapping, _words: str) -> Dialect | None:
    order: tuple[Unions, ...] = ("list", "anyOf", "nullable", "plain")
    at = order.index(dialect.unions)
    if at == len(order) - 1:
        return (
            replace(dialect, additional=False, omitted=dialect.omitted | {"strict"})
            if dialect.additional
            else None
        )
    return replace(dialect, unions=order[at + 1])


def _more_effort(dialect: Dialect, body: JsonMapping, words: str) -> Dialect | None:
    sent = body.get("reasoning_effort")
    if sent not in EFFORTS:
        return None
    is_value = re.search(r"value|one of|must be|supported|literal|enum|expected", words, re.IGNORECASE)
    higher = [effort for effort in EFFORTS[EFFORTS.index(sent) + 1 :] if re.search(rf"\b{effort}\b", words)]
    if is_value and higher:
        return replace(dialect, effort=higher[0])
    return replace(dialect, omitted=dialect.omitted | {"reasoning_effort"})


def _other_content(dialect: Dialect, _body: JsonMapping, words: str) -> Dialect | None:
    if re.search(
        r"non-?empty|must not be empty|cannot be empty|min_length|at least 1 char|text content blocks|whitespace",
        words,
        re.IGNORECASE,
    ):
        return replace(dialect, call_content="word")
    order: tuple[Literal["null", "empty", "word", "omitted"], ...] = ("null", "empty", "omitted", "word")
    at = order.index(dialect.call_content)
    return replace(dialect, call_content=order[at + 1]) if at < len(order) - 1 else None


def _other_streaming(dialect: Dialect, body: JsonMapping, _words: str) -> Dialect | None:
    if dialect.streams is not None:
        return None
    if not body.get("stream"):
        return replace(dialect, streams=True)
    return replace(dialect, streams=False)


def _other_system(dialect: Dialect, _body: JsonMapping, words: str) -> Dialect | None:
    if dialect.system == "system" and re.search(r"developer", words, re.IGNORECASE):
        return replace(dialect, system="developer")
    return replace(dialect, system="user") if dialect.system != "user" else None


def _other_empty(dialect: Dialect, _body: JsonMapping, _words: str) -> Dialect | None:
    order: tuple[Literal["object", "dummy", "omitted"], ...] = ("object", "dummy", "omitted")
    at = order.index(dialect.empty_parameters)
    return replace(dialect, empty_parameters=order[at + 1]) if at < len(order) - 1 else None


def _roles(dialect: Dialect, _body: JsonMapping, _words: str) -> Dialect | None:
    if not dialect.alternates:
        return replace(dialect, alternates=True)
    if dialect.system != "user":
        return replace(dialect, system="user")
    return replace(dialect, tools="prompt") if dialect.tools == "native" else None


def _echo(dialect: Dialect, _body: JsonMapping, words: str) -> Dialect | None:
    wants = re.search(
        r"missing|must be (?:passed|sent|provided|present|included)|required|in the thinking mode|pass(?:ed)? back",
        words,
        re.IGNORECASE,
    )
    refuses = re.search(
        r"not (?:allowed|permitted|supported|expected)|unsupported|unexpected|extra|unrecognized|unknown|forbidden|should not|remove",
        words,
        re.IGNORECASE,
    )
    if wants and not refuses:
        return replace(dialect, echoes_thinking=True, omitted=dialect.omitted - {"reasoning_content"})
    named = {name for name in _ECHOES if name in words}
    return replace(dialect, echoes_thinking=False, omitted=dialect.omitted | named)


#: What a refusal's words mean, the most particular first. The words come from public bug reports.
_LESSONS: tuple[tuple[str, Lesson], ...] = (
    (r"tool_choice", lambda dialect, body, _words: _omit("tool_choice")(dialect, body, "") if "tool_choice" in body else None),
    (r"(?:tools?|functions?)\b.{0,40}(?:with|in|when|while) stream", _other_streaming),
    (r"messages?[\[.]+\d+\]?\.content|non-?empty content", _other_content),
    (r"does not support tools|tools? (?:is|are) not supported|tool[_ ](?:use|choice|calling).{0,40}not (?:supported|enabled)|enable-auto-tool-choice|tool-call-parser|unsupported param(?:eter)?:? tools\b"
     r"|function calling (?:is )?(?:not|un)|does not support (?:function|tool)|tools? param.{0,20}not|unexpected.{0,20}\btools\b(?![.\[])|unknown.{0,20}\btools\b(?![.\[])|--jinja|no endpoints found that support tool|'?tools'? (?:is|are) not (?:allowed|permitted)", _set(tools="prompt")),
    (r"tools?=? ?param.{0,60}(?:must|required|need)|expects the `?tools|toolConfig field must|without (?:any )?tools|requires? .{0,30}\btools\b.{0,40}(?:message|history)|tools.{0,40}must be (?:set|defined|provided|specified)", _set(keeps_tools=True)),
    (r"max_?(?:completion_?|new_?|output_?)?tokens", _other_limit),
    (r"reasoning_content|reasoning_details|thinking_blocks|thought_?signature|messages?.{0,40}\breasoning\b|extra_content", _echo),
    (r"reasoning_effort|reasoning effort|does not support thinking|thinking is not supported|\beffort\b", _more_effort),
    (r"stream_options|include_usage", _omit("stream_options")),
    (r"only (?:support|available|work)\w*.{0,30}stream|stream(?:ing)? (?:must|is required|should)|must be (?:used )?(?:in )?stream|requires? stream|non-streaming.{0,30}not|enable_thinking must be set to false", _other_streaming),
    (r"(?:does not|doesn't|not) support stream|stream(?:ing)? (?:is )?(?:not|un)\w*|(?:tools?|functions?).{0,40}(?:with|in|when|while) stream|stream.{0,20}(?:not (?:supported|allowed)|unsupported|disabled)", _other_streaming),
    (r"single tool.?calls? at once|only (?:one|single|1) tool.?call|parallel tool.?call|multiple tool.?calls", _set(single_calls=True)),
    (r"(?:tool[_ ]?call)?[_ ]?id.{0,80}(?:length|9|nine|a-z)|must be a-z, A-Z, 0-9", _set(nine_ids=True)),
    (r"function_response\.name|tool.{0,40}\bname\b.{0,40}(?:required|missing|empty)|missing.{0,30}\bname\b|name.{0,20}cannot be empty|messages.{0,20}name.{0,30}(?:required|missing)", _set(tool_names=True)),
    (r"arguments.{0,80}(?:dict|object|map|mapping|struct)|can only .{0,20}dict|string indices|got 'str'|items\(\)|no attribute 'items'|expected (?:a )?(?:dict|object|map).{0,40}arguments", _set(object_arguments=True)),
    (r"proto field is not repeating|cannot unmarshal array.{0,120}type|type.{0,60}(?:must be|expected|should be|valid).{0,20}string|list of types|type arrays?|union type|invalid type.{0,30}(?:sequence|array|list)"
     r"|\['?\"?string|unsupported.{0,30}(?:type|anyOf|union)|anyOf|any_of|nullable|unknown name \"?type|\[\"string\"|is not valid under any|not of type 'string'|schema.{0,40}null|'null'", _other_unions),
    (r"properties.{0,60}(?:non-empty|empty|at least|required|missing|should)|(?:non-empty|empty).{0,40}(?:propert|parameters|schema)|parameters.{0,40}(?:empty|missing|required)|object schema missing properties|object.{0,20}(?:without|no) properties", _other_empty),
    (r"additional_?properties", _set(additional=False)),
    (r"\bstrict\b", _omit("strict")),
    (r"alternat|after role|unexpected role|expected last role|roles? must|last message (?:must|role)|consecutive|only user,? (?:and )?assistant|user/assistant|must (?:start|begin) with|role 'tool'|invalid role", _roles),
    (r"system (?:role|message|prompt|instruction)s?.{0,60}(?:not|un)\w*|(?:not|un)\w* support\w* .{0,30}system|developer instruction|role.{0,20}system|'system'|system.{0,30}(?:first|beginning)", _other_system),
    (r"content.{0,60}(?:none|null|nil)|(?:none|null|nil).{0,40}content|content.{0,40}(?:required|missing|must be|valid string|non-?empty|empty|should be)|text content blocks", _other_content),
    (r"expected.{0,20}(?:array|list).{0,40}content|content.{0,40}(?:array|list of)", _set(content_parts=True)),
)  # fmt: skip


def _without_named(dialect: Dialect, body: JsonMapping, words: str) -> Dialect | None:
    """Leave out what the refusal names, where a request can do without it."""
    sent = {*body, *_OPTIONAL} - {"model", "messages"}
    named = {name for name in sent if re.search(rf"(?<![\w]){re.escape(name)}(?![\w])", words)}
    named |= {name for name in _ECHOES if name in words}
    named -= dialect.omitted
    if not named:
        return None
    if "tools" in named and "tools" in body:
        return replace(dialect, tools="prompt")
    if "stream" in named and "stream" in body:
        return _other_streaming(dialect, body, words)
    return replace(dialect, omitted=dialect.omitted | named)


def _is_about_format(words: str) -> bool:
    return bool(
        re.search(
            r"unrecognized|unexpected|unsupported|not (?:supported|permitted|allowed)|extra|invalid|unknown|template|jinja|pars(?:e|ing)|deseriali[sz]e|unmarshal|schema|validation",
            words,
            re.IGNORECASE,
        )
    )


def _plainer(dialect: Dialect, body: JsonMapping) -> Dialect | None:
    """A refusal that names nothing: leave out more, step by step, until only the essential is left."""
    steps: tuple[Dialect, ...] = (
        replace(
            dialect,
            omitted=dialect.omitted | set(_OPTIONAL) | {"reasoning_details", "thinking_blocks"},
            additional=dialect.additional,
        ),
        replace(dialect, unions="plain", additional=False, empty_parameters="dummy"),
        replace(dialect, call_content="empty", tool_names=True, alternates=True),
        replace(dialect, limit=None, streams=False if body.get("stream") else dialect.streams),
        replace(dialect, tools="prompt", system="user"),
    )
    return next((step for step in steps if step != dialect), None)
