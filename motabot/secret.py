"""The secrets that an installation makes for itself when none are set."""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from motabot.errors import SettingsError
from motabot.settings import Settings


def new_webhook_secret() -> str:
    """A fresh Standard Webhooks secret: ``whsec_`` and 32 random bytes in base64."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def webhook_secrets(settings: Settings) -> list[str]:
    """The secrets that are set, or one that is made once and kept in the data folder, readable only by us."""
    if settings.webhook_secrets:
        return [secret.get_secret_value() for secret in settings.webhook_secrets]
    return [kept(settings.data_dir / "webhook-secret", new_webhook_secret)]


def hash_key(settings: Settings) -> bytes:
    """The key of the hashes that identify people to a model's provider."""
    return kept(settings.data_dir / "hash-key", lambda: secrets.token_hex(32)).encode()


def session_key(settings: Settings) -> str:
    """The key that signs the console's cookies."""
    return kept(settings.data_dir / "session-key", lambda: secrets.token_hex(32))


def kept(path: Path, make: Callable[[], str]) -> str:
    """Read a secret file, or make it. Two processes that start together end up with the same secret."""
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            own = path.with_name(f"{path.name}.{os.getpid()}")
            own.touch(mode=0o600)
            own.write_text(make(), encoding="utf-8")
            with contextlib.suppress(FileExistsError):
                os.link(own, path)  # unlike a rename this never replaces the other process's
            own.unlink()
        except OSError as error:
            raise SettingsError(
                f"MOTABOT_DATA_DIR: cannot write to {path.parent} ({error.strerror}); choose another folder"
            ) from None
    return path.read_text(encoding="utf-8").strip()
