"""Structured logs: one readable line per outcome, followed by its fields.

No words of a customer, name, number, address, token or password reaches a log. Callers pass ids; what slips
through is caught at the door, which every line goes through, those of libraries and of crashes included. A
traceback shows where something failed and with which error, never with which values.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from typing import Literal

import structlog
from structlog.typing import EventDict, WrappedLogger

log = structlog.stdlib.get_logger("motabot")

#: Digits as people set them apart in a phone number; `_hide_number` decides whether they are one.
_DIGITS = re.compile(r"(?<![\w.:-])\+?[(]?\d[\d\u200e\u200f\u2010-\u2015\u00a0 ().\-/]{4,24}\d(?![\w:])")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")
_SECRET = re.compile(r"\b(whsec_|sk-|mbs_|AC(?=[0-9a-f]{32}))[\w+/=-]{6,}|(?i:\b(Bearer|Basic) +)[\w+/=.~-]+")
#: Credentials of a URL, and values next to a word for them.
_CREDENTIALS = re.compile(
    r"(://[^\s:/@]*:)[^\s@]*(?=@)|(?i:\b((?:password|passwd|pwd|secret|token|api_?key|signature)[\"']?\s*[=:]\s*))\S+"
)
#: What is long and random: tokens of turns, leases and sessions, keys without a prefix.
_RANDOM = re.compile(r"(?<![\w/.-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])(?=[\w+/=-]*[A-Z])[\w+/=-]{24,}")
_EMAIL = re.compile(r"[^\s@*/<>\"'(),;:=]+@[^\s@<>\"'(),;:]+\.\w+")
_QUOTED = re.compile(
    r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|\u201c[^\u201d]*\u201d|(?<=\s)/\S*"
    r"|\b(?:DETAIL|CONTEXT|HINT|QUERY|STATEMENT):[^\n]*|\[SQL[^\]]*\]|=\([^)]*\)"
)
#: Fields that hold somebody's words, or say who somebody is.
_BODIES = frozenset(
    """
    text content body reply draft message words question answer sql query statement arguments params parameters
    data name first_name email address who customer member recipient sender_name password token secret
    authorization cookie
    """.split()
)
#: Fields with words of another program, which may quote what it was given.
_FOREIGN = frozenset({"reason", "error", "detail", "cure", "problem", "troubles"})


#: Frames of a traceback that are shown: the innermost.
_MOST_FRAMES = 40


def mask(value: str) -> str:
    """Hide e-mail addresses, secrets, and all but the last two digits of every phone number in a string."""
    hidden = _EMAIL.sub("***@***", _SECRET.sub(r"\1\2***", _CREDENTIALS.sub(r"\1\2***", value)))
    return _RANDOM.sub("***", _DIGITS.sub(_hide_number, hidden))


def mask_words(value: str) -> str:
    """Hide what `mask` hides, whatever is quoted, and paths: they may be anybody's words."""
    return mask(_QUOTED.sub("'...'", value))


def _hide_number(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    is_number = len(digits) >= (8 if found[0].startswith("+") else 10) and not _MOMENT.match(found[0])
    return f"{'+' * found[0].startswith('+')}***{digits[-2:]}" if is_number else found[0]


def _mask_fields(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    is_foreign = event.pop("_is_foreign", False)
    for key, value in event.items():
        if key in ("timestamp", "level", "exception", "_record", "_from_structlog"):
            continue
        if key in _BODIES:
            event[key] = f"<{len(str(value))} characters>"
        elif isinstance(value, bool | int | float | None):
            continue
        else:
            event[key] = (mask_words if is_foreign or key in _FOREIGN else mask)(str(value))
    return event


def _note_foreign(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    event["_is_foreign"] = True
    return event


def _say_where(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Turn an exception into the places it came through and its kind. Its message may hold anybody's words."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_chain(error))
    event.pop("stack_info", None)
    return event


def _chain(error: BaseException) -> list[str]:
    """An exception's causes, the first one first, each with its frames."""
    lines: list[str] = []
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        frames = traceback.extract_tb(step.__traceback__)
        here = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames[-_MOST_FRAMES:]]
        state = getattr(step, "sqlstate", None)
        lines = [*here, f"{type(step).__module__}.{type(step).__name__}{f' ({state})' if state else ''}", *lines]
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    return lines


def _log_crash(kind: type[BaseException], error: BaseException | None, place: str) -> None:
    if error is not None and not issubclass(kind, SystemExit | KeyboardInterrupt):
        log.critical("crashed", place=place, kind=kind.__name__, exc_info=error)


class _WithoutOutages(logging.Filter):
    """Turns the traceback of a lost database connection into one line.

    The queue and the pool log one for each attempt while the database is away. The attempts go on by themselves,
    and a traceback of a hundred lines says no more than that.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        while error is not None:
            if type(error).__name__ in _OUTAGES:
                record.msg, record.args = "the database is away (%s)", (type(error).__name__,)
                record.exc_info = None
                return True
            error = error.__cause__ or error.__context__
        return True


#: Names of the errors that say so. They are not imported: logging is set up before anything else is.
_OUTAGES = frozenset({"ConnectorException", "DatabaseUnavailable", "OperationalError", "PoolTimeout"})


def configure(*, style: Literal["console", "json"] = "console", level: str = "INFO") -> None:
    """Set up logging for a process. Logs go to standard error; standard output belongs to commands.

    What crashes a thread or the process is logged like everything else, so that its traceback shows no values.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _say_where,
        _mask_fields,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if style == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.PositionalArgumentsFormatter(), _note_foreign, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    handler.addFilter(_WithoutOutages())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel("WARNING")
    logging.getLogger("motabot").setLevel(level)
    # procrastinate logs each job's arguments, which hold phone numbers, at INFO
    logging.getLogger("procrastinate").setLevel("WARNING")
    # the pool logs each of its attempts while the database is away; the worker logs that once
    logging.getLogger("psycopg.pool").setLevel("ERROR")
    logging.raiseExceptions = False  # a line that cannot be written would be printed with all its values
    sys.excepthook = lambda kind, error, _traceback: _log_crash(kind, error, "process")
    threading.excepthook = lambda crash: _log_crash(crash.exc_type, crash.exc_value, "thread")
