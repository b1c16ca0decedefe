"""What real servers do, one subject a module. Importing this package puts their behaviors into the list that is tried."""

from tests.providers.behaviors import (
    answers,
    arguments,
    calls,
    ends,
    errors_inside,
    outages,
    refused_fields,
    refused_requests,
    sent_back,
    streamed_calls,
    streams,
)

__all__ = [
    "answers",
    "arguments",
    "calls",
    "ends",
    "errors_inside",
    "outages",
    "refused_fields",
    "refused_requests",
    "sent_back",
    "streamed_calls",
    "streams",
]
