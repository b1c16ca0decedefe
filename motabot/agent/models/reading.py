"""Reads an answer in whatever shape a server sends it. Only the meaning of OpenAI's schema is taken for granted."""

from __future__ import annotations

from motabot.agent.models.failures import Failure, from_error_object
from motabot.agent.models.raw import Raw, add_content, add_message
from motabot.agent.models.usage import usage_of
from motabot.boundary import Json, JsonMapping, JsonObject


def raw_of(body: Json) -> Raw:
    """The parts of an answer that came in one piece.

    Raises:
        Failure: It is an error, or has no shape that is known.
    """
    if isinstance(body, list) and body:
        body = body[0]
    if not isinstance(body, dict):
        raise Failure("malformed", f"the provider's answer is malformed ({type(body).__name__})")
    raise_error_in(body)
    body = _opened(body)
    raw = Raw(usage=usage_of(body))
    choices = body.get("choices")
    if isinstance(choices, dict):
        choices = list(choices.values()) if all(key.isdigit() for key in choices) else [choices]
    if isinstance(choices, list) and choices:
        for position, choice in enumerate(choices):
            if isinstance(choice, dict):
                _add_choice(raw, choice, is_first=position == 0)
        raise_error_in(choices[0] if isinstance(choices[0], dict) else {})
        return raw
    if "choices" in body and not choices:
        raise Failure("temporary", "the provider's answer is malformed (it has no choices)")
    return _foreign(body, raw)


def raise_error_in(body: JsonMapping) -> None:
    """
    Raises:
        Failure: The body reports an error in one of the shapes that servers use.
    """
    error = body.get("error")
    if error and not (isinstance(error, dict) and set(error) <= {"code"} and not error.get("code")):
        raise from_error_object(error)
    if any(body.get(key) for key in ("choices", "message", "output", "content", "candidates", "usage")):
        return
    if body.get("object") == "error" or body.get("success") is False or body.get("type") == "error":
        raise from_error_object({**body, "error": None} if "error" in body else dict(body))
    for key in ("errors", "detail", "error_msg", "errorMessage", "error_message", "fault"):
        if body.get(key):
            raise from_error_object(body[key] if not isinstance(body[key], str) else dict(body))
    code = body.get("code") or body.get("status") or body.get("statusCode")
    if "msg" in body or (isinstance(code, int | str) and str(code).isdigit() and int(code) >= 400):
        raise from_error_object(dict(body), int(str(code)) if str(code).isdigit() else 0)


def _opened(body: JsonObject) -> JsonObject:
    """The completion inside a gateway's envelope."""
    for _ in range(2):
        if "choices" in body:
            return body
        inner = next(
            (
                value
                for value in body.values()
                if isinstance(value, dict) and ("choices" in value or "output" in value)
            ),
            None,
        )
        if inner is None:
            return body
        body = inner
        raise_error_in(body)
    return body


def _add_choice(raw: Raw, choice: JsonMapping, *, is_first: bool) -> None:
    """Some gateways give the words and the calls of one answer as two choices; of others only the first counts."""
    message = choice.get("message") or choice.get("delta") or choice.get("messages")
    if isinstance(message, list) and message:
        message = message[-1]
    part = Raw()
    if isinstance(message, dict):
        add_message(part, message)
    elif isinstance(message, str):
        part.text = message
    elif isinstance(choice.get("text"), str):
        part.text = choice["text"]
    elif is_first:
        raise Failure("malformed", "the provider's answer is malformed (a choice has no message)")
    if is_first or not (raw.text or raw.calls):
        raw.text, raw.thinking, raw.refusal, raw.extra = (
            part.text,
            raw.thinking or part.thinking,
            part.refusal,
            part.extra,
        )
        raw.finish = str(
            choice.get("finish_reason")
            or choice.get("stop_reason")
            or choice.get("native_finish_reason")
            or raw.finish
            or ""
        )
    if not raw.calls:
        raw.calls = part.calls
    if raw.usage is None and isinstance(choice.get("usage"), dict):
        raw.usage = usage_of(choice)


def _foreign(body: JsonObject, raw: Raw) -> Raw:
    """An answer in the shape of another API that a gateway passed through: Ollama's, OpenAI's newer one, Anthropic's,
    Gemini's, TGI's."""
    message = body.get("message")
    candidates = body.get("candidates")
    if isinstance(message, dict):
        add_message(raw, message)
        raw.finish = str(body.get("done_reason") or body.get("stop_reason") or "")
    elif isinstance(body.get("output"), list):
        for item in body["output"]:
            if isinstance(item, dict):
                add_content(
                    raw,
                    {**item, "text": item.get("content") or item.get("text")}
                    if item.get("type") == "message"
                    else item,
                )
        raw.finish = str((body.get("incomplete_details") or {}).get("reason") or "")
    elif isinstance(candidates, list) and candidates and isinstance(candidates[0], dict):
        for part in (candidates[0].get("content") or {}).get("parts") or ():
            if isinstance(part, dict) and isinstance(part.get("functionCall"), dict):
                call = part["functionCall"]
                raw.calls.append({"function": {"name": call.get("name"), "arguments": call.get("args")}})
            elif isinstance(part, dict) and part.get("thought") is not True:
                add_content(raw, part.get("text"))
        raw.finish = str(candidates[0].get("finishReason") or "")
    elif isinstance(body.get("content"), list | str):
        add_content(raw, body["content"])
        raw.finish = str(body.get("stop_reason") or body.get("finish_reason") or "")
    else:
        said = next(
            (
                body[key]
                for key in ("response", "generated_text", "output_text", "text", "reply", "output")
                if isinstance(body.get(key), str)
            ),
            None,
        )
        if said is None:
            raise Failure("malformed", "the provider's answer is malformed (no answer is in it)")
        raw.text = said
    return raw
