"""Structured logs: one readable line an outcome, then its fields.

Phones are masked to their last two digits and message bodies never reach a log: callers pass ids, and the
masking processor catches what slips through.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Literal

import structlog
from structlog.typing import EventDict, WrappedLogger

log = structlog.stdlib.get_logger("motabot")

#: Digits as people set them apart in a phone number; `_hide_number` decides whether they are one.
_DIGITS = re.compile(r"(?<![\w.:-])\+?[(]?\d[\d\u200e\u200f\u2010-\u2015\u00a0 ().\-/]{4,24}\d(?![\w:])")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d")
_SECRET = re.compile(r"\b(whsec_|sk-)[\w+/=-]{6,}")
_BODIES = frozenset({"text", "content", "body", "reply", "draft", "message"})


def mask(value: str) -> str:
    """Hide all but the last two digits of every phone number, and every secret, in a string."""
    return _SECRET.sub(r"\1***", _DIGITS.sub(_hide_number, value))


def _hide_number(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    is_number = len(digits) >= (8 if found[0].startswith("+") else 10) and not _MOMENT.match(found[0])
    return f"{'+' * found[0].startswith('+')}***{digits[-2:]}" if is_number else found[0]


def _mask_fields(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for key, value in event.items():
        if key in _BODIES:
            event[key] = f"<{len(str(value))} characters>"
        elif isinstance(value, str):
            event[key] = mask(value)
    return event


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
    """Set up logging for a process. Logs go to standard error; standard output belongs to commands."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
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
            foreign_pre_chain=[structlog.stdlib.PositionalArgumentsFormatter(), *shared],
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
