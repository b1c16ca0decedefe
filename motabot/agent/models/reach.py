"""Says why a server could not be reached, in words that a shop can act on."""

from __future__ import annotations

import json
import ssl

import httpx2
import openai

from motabot.agent.models.failures import Failure

LATE = "the provider did not answer in time"


def unreached(error: Exception) -> Failure:
    """Why no answer began, as a failure that says it in words."""
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return Failure("time", LATE)
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and len(chain) < 8:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    text = " ".join(f"{type(each).__name__} {each}" for each in chain)
    for sign, why in (
        ("CERTIFICATE_VERIFY_FAILED", "its certificate is not trusted"),
        ("Name or service not known", "its name is not known"),
        ("Temporary failure in name resolution", "its name is not known"),
        ("No address associated", "its name is not known"),
        ("nodename nor servname", "its name is not known"),
        ("Connection refused", "nothing listens there"),
        ("No route to host", "there is no route to it"),
        ("Network is unreachable", "the network is unreachable"),
        ("WRONG_VERSION_NUMBER", "it does not speak TLS: http instead of https?"),
        ("Illegal header value", "the key or a header holds a line break or a character that no header may hold"),
        ("can't encode", "the key or a header holds a character that no header may hold"),
        ("ProxyError", "the proxy refused"),
        ("disconnected without", "it closed the connection"),
    ):
        if sign in text:
            is_lasting = "header" in why or "certificate" in why or "TLS" in why
            return Failure("lasting" if is_lasting else "temporary", f"the provider cannot be reached ({why})")
    if any(isinstance(each, ssl.SSLError) for each in chain):
        return Failure("temporary", "the provider cannot be reached (TLS failed)")
    if isinstance(error, openai.APIConnectionError | httpx2.HTTPError | OSError):
        return Failure("temporary", "the provider cannot be reached")
    if isinstance(error, ValueError | TypeError | httpx2.InvalidURL | json.JSONDecodeError):
        return Failure("lasting", f"the request cannot be made ({type(error).__name__})")
    return Failure("lasting", f"the provider's answer is unusable ({type(error).__name__})")
