"""Keeps one address from taking the service from everybody else."""

from __future__ import annotations

import math
import time

from flask import Flask, Response, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from motabot.web.problems import problem


def install(app: Flask, per_minute: int) -> None:
    """Answer 429 with Retry-After to an address that asks too often; each process counts for itself.

    It counts addresses, never the people who text: a customer is limited in replies, not in being heard.
    """
    limiter = FixedWindowRateLimiter(MemoryStorage())
    most = RateLimitItemPerMinute(per_minute)

    @app.before_request
    def _refuse_more() -> Response | None:
        source = request.remote_addr or "unknown"
        if limiter.hit(most, source):
            return None
        seconds = max(1, math.ceil(limiter.get_window_stats(most, source).reset_time - time.time()))
        response = problem(429, f"Too many requests from this address; come again in {seconds} s.")
        response.headers["Retry-After"] = str(seconds)
        return response
