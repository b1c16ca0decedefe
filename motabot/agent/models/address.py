"""Works out where a provider's requests go from the URL that a shop gives."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from motabot.errors import SettingsError

OPENAI_URL = "https://api.openai.com/v1"
#: Azure's interface that needs no version in the URL begins here.
_AZURE_HOSTS = (".openai.azure.com", ".cognitiveservices.azure.com")


@dataclass(frozen=True)
class Address:
    """A base URL, to which `/chat/completions` is added, and what goes with each request.

    Attributes:
        url: Without a slash at its end.
        query: Parameters of the URL, such as Azure's `api-version`.
        is_azure: The key goes into the header `api-key`.
        note: What was corrected in the URL that was given, in words for `motabot doctor`.
    """

    url: str
    query: Mapping[str, str]
    is_azure: bool
    note: str = ""

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine or in this network, where a model may have to load first."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_private
        except ValueError:
            return (
                host == "localhost" or "." not in host or host.endswith((".local", ".internal", ".lan", ".home"))
            )


def read_address(given: str | None, model: str, api_version: str | None = None) -> Address:
    """Read a URL as shops paste it: with or without `/v1`, with the whole path of an endpoint, with a query.

    Args:
        given: The URL; None: OpenAI's own.
        model: The model's name, which Azure wants in the path.
        api_version: Azure's version.

    Raises:
        SettingsError: It is not a URL of http or https.
    """
    if given is None:
        return Address(OPENAI_URL, {}, is_azure=False)
    stripped = given.strip().strip("\"'")
    if "://" not in stripped and re.fullmatch(r"[\w.-]+(?::\d+)?(?:/.*)?", stripped):
        stripped = f"http://{stripped}"
    parts = urlsplit(stripped)
    try:
        is_valid = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_valid = False
    if not is_valid or re.search(r"\s", stripped):
        raise SettingsError(
            f"MOTABOT_MODEL_URL: {stripped[:80]!r} is not a URL; use one like http://localhost:11434/v1"
        )
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    path = re.sub(
        r"(?:/chat)?/completions$|/(?:models|responses|messages|embeddings)$|/api/(?:chat|generate|tags)$",
        "",
        path,
    )
    path = re.sub(r"(/v\d+)(?:\1)+$", r"\1", path)
    query = dict(parse_qsl(parts.query))
    if api_version:
        query["api-version"] = api_version
    host = (parts.hostname or "").casefold()
    is_azure = host.endswith(_AZURE_HOSTS) or "api-version" in query
    if is_azure and host.endswith(_AZURE_HOSTS):
        path = _azure_path(path, model, has_version="api-version" in query)
    if host == "api.openai.com" and not path:
        path = "/v1"
    url = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}"
    note = "" if url == stripped.rstrip("/").partition("?")[0] else f"is read as {url}"
    return Address(url, query, is_azure, note)


def _azure_path(path: str, model: str, *, has_version: bool) -> str:
    if "/deployments/" in path or path.endswith("/v1"):
        return path
    base = path if path.endswith("/openai") else f"{path}/openai"
    return f"{base}/deployments/{model}" if has_version else f"{base}/v1"
