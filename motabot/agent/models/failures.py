"""What went wrong with a provider: what kind of failure, how long to wait, and its own words made safe."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal

from motabot.boundary import Json, JsonMapping
from motabot.errors import ModelError
from motabot.text.regex import regex

Kind = Literal["temporary", "lasting", "request", "malformed", "refusal", "time"]

#: Statuses below 500 that pass by themselves: timeout, conflict, too early, too many requests.
_PASSING = frozenset({408, 409, 425, 429})
#: Statuses that say something about what was asked, so that asking differently may help.
_ABOUT_REQUEST = frozenset({400, 404, 405, 406, 413, 415, 421, 422, 424, 500, 501})
_NO_MONEY = regex(
    r"insufficient[_ ](?:quota|balance|funds|credits?)|exceeded your current quota|billing|payment required|credit balance|out of credits",
    re.IGNORECASE,
)
_TOO_LONG = regex(
    r"context[_ ](?:length|window|size)|maximum context|too many (?:input )?tokens|prompt is too long|exceeds? the (?:available )?context"
    r"|exceed_context|string_above_max_length|request too large",
    re.IGNORECASE,
)
_FILTERED = regex(
    r"content[_ ](?:filter|management|policy)|responsible ?ai|safety|flagged|moderation|jailbreak", re.IGNORECASE
)
_IN_WORDS = regex(
    r"(?:try again|retry|please wait|retrydelay\W*)(?: (?:in|after))?\W*(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|sec(?:onds?)?|m|min(?:utes?)?)?\b",
    re.IGNORECASE,
)
_DURATION = regex(r"(\d+(?:\.\d+)?)\s*(ms|h|m|s)")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_RESETS = ("x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "x-ratelimit-reset", "ratelimit-reset")
_MOST_WORDS = 300
#: The words that a provider's message may keep in a record: it may quote what a customer wrote.
_VOCABULARY = frozenset((Path(__file__).parent / "error_words.txt").read_text(encoding="utf-8").split())
_SECRET = regex(
    r"\b(?:sk|pk|key|gsk|xai|hf|or|nvapi|r8|fw|csk)[-_][\w.*-]{6,}|\b(?:Bearer|Basic)\s+[\w.*+/=-]{6,}|\bAIza[\w-]{10,}"
    r"|(?<=://)[^/@\s]+:[^/@\s]+(?=@)|\b[A-Fa-f0-9]{32,}\b",
    re.IGNORECASE,
)
_WORD = regex(r"[\w][\w.\-/:]*[\w]|\w|[^\w]+")


@dataclass(eq=False)
class Failure(Exception):
    """A request that came to nothing.

    Attributes:
        kind: `temporary` may work when made again; `request` when asked differently; `malformed` once without
            streaming; `lasting`, `refusal` and `time` end the attempt.
        reason: Why, in words that hold nothing of the request.
        status: The HTTP status, or the one inside the answer.
        words: The provider's own words, unsafe: they may quote the request.
        wait: Seconds that the provider asks to wait.
        location: Where a redirect leads.
        is_in_body: It came to light in the body of an answer that began well.
    """

    kind: Kind
    reason: str
    status: int = 0
    words: str = ""
    wait: float | None = None
    location: str = ""
    is_in_body: bool = False

    def __str__(self) -> str:
        return self.reason

    def as_error(self, said: frozenset[str] = frozenset()) -> ModelError:
        """The error for the turn's record: with the provider's words, as far as they are safe.

        Args:
            said: Names that the request itself holds and that may be repeated: the model's, parameters', tools'.
        """
        quoted = safe_words(self.words, said)
        return ModelError(f"{self.reason}: {quoted}" if quoted else self.reason)


def from_status(status: int, headers: Mapping[str, str], body: bytes) -> Failure:
    """The failure that an HTTP status of 300 or more means."""
    error = _error_of(body)
    words, code = error
    reason = f"the provider answered {status}" + (
        f", {code}" if code and re.fullmatch(r"[\w.-]{1,60}", code) else ""
    )
    kind = _kind(status, f"{code} {words}")
    wait = retry_after(headers, words) if kind == "temporary" else None
    return Failure(kind, reason, status, words, wait, headers.get("location", "") if 300 <= status < 400 else "")


def from_error_object(error: Json, status: int = 0) -> Failure:
    """The failure that an error inside an answer of status 200, or inside a stream, means."""
    words, code = _error_of(json.dumps({"error": error}, default=str).encode())
    number = next(
        (
            int(part)
            for part in (code, str(error.get("status", "")) if isinstance(error, dict) else "")
            if part.isdigit()
        ),
        status,
    )
    kind = _kind(number, f"{code} {words}") if 300 <= number < 600 else _kind(0, f"{code} {words}")
    shown = f" {number}" if 300 <= number < 600 else ""
    return Failure(
        kind,
        f"the provider reported an error{shown} (its answer is unusable)",
        number,
        words,
        retry_after({}, words),
    )


def _kind(status: int, words: str) -> Kind:
    if _NO_MONEY.search(words) and status in (0, 400, 402, 403, 429):
        return "lasting"
    if status in (401, 402, 403, 407):
        return "refusal" if status == 403 and _FILTERED.search(words) else "lasting"
    if status in _PASSING:
        return "lasting" if _TOO_LONG.search(words) and "request too large" in words.casefold() else "temporary"
    if _TOO_LONG.search(words):
        return "lasting"
    if status in (400, 422) and re.search(
        r"content_filter|content management|responsibleai", words, re.IGNORECASE
    ):
        return "refusal"
    if status in _ABOUT_REQUEST:
        return "request"
    if 300 <= status < 400:
        return "request"
    if status >= 500 or status == 0:
        return "temporary"
    return "lasting"


def _error_of(body: bytes) -> tuple[str, str]:
    """A provider's message and code, whatever the form of its error."""
    text = body.decode("utf-8", "replace")
    try:
        found: Json = json.loads(text)
    except ValueError:
        is_page = "<html" in text[:2_000].casefold() or "<!doctype" in text[:200].casefold()
        title = re.search(r"<title>([^<]{1,120})", text, re.IGNORECASE)
        return (
            (f"a web page: {title[1].strip()}" if title else "a web page") if is_page else text[:_MOST_WORDS],
            "",
        )
    if isinstance(found, list):
        found = found[0] if found else {}
    if not isinstance(found, dict):
        return str(found)[:_MOST_WORDS], ""
    error = found.get("error", found)
    if isinstance(error, str):
        return _joined(error, found), str(found.get("code") or found.get("error_code") or "")
    if not isinstance(error, dict):
        error = found
    code = error.get("code") or error.get("type") or found.get("code") or ""
    return _joined(_message(error), found, error), str(code)


def _message(error: JsonMapping) -> str:
    for key in (
        "message",
        "detail",
        "msg",
        "error_msg",
        "errorMessage",
        "error",
        "reason",
        "title",
        "description",
    ):
        value = error.get(key)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, dict | list) and value:
            return json.dumps(value)
    return ""


def _joined(message: str, *sources: JsonMapping) -> str:
    """The message with what a gateway packs beside it: the parameter, and the upstream provider's own words."""
    parts = [message]
    for source in sources:
        param = source.get("param")
        if isinstance(param, str) and param and param not in message:
            parts.append(f"(param: {param})")
        inner = source.get("metadata") or source.get("innererror") or source.get("details")
        if inner:
            parts.append(json.dumps(inner, default=str)[:1_000])
    return " ".join(part for part in parts if part)[:4_000]


def retry_after(headers: Mapping[str, str], words: str = "", now: datetime | None = None) -> float | None:
    """Seconds that a provider asks to wait, from whichever header or words it uses; None if it says nothing."""
    lowered = {str(name).casefold(): str(value).strip() for name, value in headers.items()}
    if (value := _number(lowered.get("retry-after-ms", ""))) is not None:
        return value / 1000
    if raw := lowered.get("retry-after"):
        if (value := _number(raw)) is not None:
            return value
        try:
            moment = parsedate_to_datetime(raw)
        except (ValueError, TypeError):
            moment = None
        if moment is not None:
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
    resets = [_reset(lowered[name]) for name in _RESETS if name in lowered]
    waits = [wait for wait in resets if wait is not None]
    if waits:
        return max(waits)
    found = _IN_WORDS.search(words)
    if found:
        unit = (found[2] or "s").casefold()
        return float(found[1]) * (0.001 if unit.startswith(("ms", "milli")) else 60.0 if unit[0] == "m" else 1.0)
    return None


def _reset(raw: str) -> float | None:
    """Seconds until a limit is lifted: a count, a duration like `1m2.5s`, or a moment in epoch seconds or as a date."""
    value = _number(raw)
    if value is None:
        parts = _DURATION.findall(raw)
        if parts and not re.search(r"\d{4}-\d{2}", raw):
            return sum(float(number) * _UNITS[unit] for number, unit in parts)
        try:
            return max(
                0.0, (datetime.fromisoformat(raw.replace("Z", "+00:00")) - datetime.now(UTC)).total_seconds()
            )
        except (ValueError, TypeError):
            return None
    if value > 1e12:
        value /= 1000
    return max(0.0, value - time.time()) if value > 1e9 else value


def _number(raw: str) -> float | None:
    try:
        value = float(raw)
    except ValueError:
        return None
    return value if 0 <= value < 1e14 else None


def safe_words(words: str, said: frozenset[str] = frozenset()) -> str:
    """A provider's message with everything but the vocabulary of errors taken out: it may quote a customer or a key.

    Nothing is left where most of it would be gaps.
    """
    shown = _SECRET.sub("...", words[:_MOST_WORDS])
    made: list[str] = []
    known = unknown = 0
    for token in _WORD.findall(shown):
        bare = token.strip(".:-/")
        if not re.match(r"\w", token):
            made.append(re.sub(r"\s+", " ", token))
        elif (
            bare.casefold() in _VOCABULARY
            or bare in said
            or re.fullmatch(r"\d{1,6}(?:\.\d+)?(?:ms|s|m|k|gb)?", bare)
        ):
            made.append(token)
            known += 1
        else:
            made.append("…")
            unknown += 1
    if known <= unknown or known < 2:
        return ""
    return re.sub(r"…(?:[\s'\",.:;()\[\]{}\\-]*…)+", "…", "".join(made)).strip(" ,;")


def shown_words(words: str, *secrets: str) -> str:
    """A provider's message without keys and passwords: for requests that hold nothing of a customer."""
    shown = words
    for secret in secrets:
        if len(secret) >= 6:
            shown = shown.replace(secret, "...")
    return re.sub(r"\s+", " ", _SECRET.sub("...", shown)).strip()[:_MOST_WORDS]
