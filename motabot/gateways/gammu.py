"""gammu-smsd, the daemon of a GSM modem, with its `files` service.

Inbound: the daemon runs a small program for each text (`RunOnReceive`) and lets the modem wait in the meantime, so
that program only writes a file into a spool; `motabot gateway gammu run` delivers it, now or when the service is
back. Outbound: a text becomes a file in the daemon's outbox; the folder in which that file turns up says what
became of it.
(wammu.eu/docs/manual/smsd; file names: gammu-smsd-files(7).)
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from motabot.errors import SettingsError
from motabot.gateways.client import ServiceClient, ServiceRefused
from motabot.gateways.sender import OutboundText, SendOutcome
from motabot.logs import log
from motabot.text.regex import regex

#: Runs with the interpreter's own modules alone, which takes some 20 ms. The daemon gives the parts of a long text
#: put together as DECODED_n_TEXT, and names the files it made as arguments.
RECEIVER = r'''#!{python} -IS
"""Written by `motabot gateway gammu install`: spools one text that gammu-smsd received."""
import json, os, re, sys, time, uuid

spool = {spool!r}
env = os.environ
parts = int(env.get("DECODED_PARTS") or 0)
if parts:
    text = "".join(env.get("DECODED_%d_TEXT" % n, "") for n in range(1, parts + 1))
else:
    text = "".join(env.get("SMS_%d_TEXT" % n, "") for n in range(1, int(env.get("SMS_MESSAGES") or 0) + 1))
sender = env.get("SMS_1_NUMBER", "")
if env.get("DECODED_1_MMS_ADDRESS"):  # the notice of a picture message, whose words the daemon does not fetch
    sender, text = env.get("DECODED_1_MMS_SENDER") or sender, env.get("DECODED_1_MMS_TITLE", "")
body = {{
    "sender": sender.partition("/TYPE=")[0],
    "text": text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),
    "message_id": "gammu:" + (",".join(sys.argv[1:])[:200] or uuid.uuid4().hex),
    "received_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
}}
stamp = re.match(r"IN(\d{{8}}_\d{{6}})_", os.path.basename(sys.argv[1])) if sys.argv[1:] else None
if stamp:  # the network's time, in the zone of this machine
    try:
        moment = time.mktime(time.strptime(stamp[1], "%Y%m%d_%H%M%S"))
        body["modem_timestamp"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
    except (ValueError, OverflowError):
        pass
name = "%d-%s" % (time.time_ns(), uuid.uuid4().hex[:8])
part = os.path.join(spool, "." + name)
with open(part, "w", encoding="utf-8") as file:
    json.dump(body, file)
    file.flush()
    os.fsync(file.fileno())
os.rename(part, os.path.join(spool, name + ".json"))
'''

#: Seconds after which a daemon that took nothing from its outbox is down. One text takes it some ten seconds.
_STUCK = 300.0
_DOWN = SendOutcome("failed", "the daemon takes nothing from its outbox", is_outage=True)
_NOTE = regex(r"_motabot(\d+)x(\d+)\.")


@dataclass(frozen=True)
class Folders:
    """Where the daemon and we meet. All four lie in one folder that both may write to."""

    root: Path

    @property
    def spool(self) -> Path:
        return self.root / "spool"

    @property
    def refused(self) -> Path:
        """Texts that the service refused: kept for people to look at."""
        return self.root / "refused"

    @property
    def receiver(self) -> Path:
        return self.root / "receive"

    def of_daemon(self, name: str) -> Path:
        """One of the daemon's own: inbox, outbox, sent, error."""
        return self.root / name

    def require(self) -> None:
        """
        Raises:
            SettingsError: `install` did not make them.
        """
        if not self.spool.is_dir() or not self.of_daemon("outbox").is_dir():
            raise SettingsError(f"{self.root} is not prepared: run `motabot gateway gammu install {self.root}`")


def install(root: Path) -> str:
    """Make the folders and the program, and return what belongs into gammu-smsdrc. Repeatable."""
    folders = Folders(root.resolve())
    for path in (folders.spool, folders.refused, *map(folders.of_daemon, ("inbox", "outbox", "sent", "error"))):
        path.mkdir(parents=True, exist_ok=True)
    folders.receiver.write_text(RECEIVER.format(python=sys.executable, spool=str(folders.spool)), encoding="utf-8")
    folders.receiver.chmod(0o755)
    return "\n".join(
        [
            "[smsd]",
            "service = files",
            f"inboxpath = {folders.of_daemon('inbox')}/",
            f"outboxpath = {folders.of_daemon('outbox')}/",
            f"sentsmspath = {folders.of_daemon('sent')}/",
            f"errorsmspath = {folders.of_daemon('error')}/",
            "transmitformat = auto",
            f"RunOnReceive = {folders.receiver}",
        ]
    )


def deliver_spool(folders: Folders, service: ServiceClient) -> int:
    """Post what is spooled, oldest first, and say how much it was. Each delivery gets a new signature.

    Raises:
        ServiceUnreachable: The service does not answer; what is left stays in the spool.
    """
    delivered = 0
    for path in sorted(folders.spool.glob("*.json")):
        raw = path.read_bytes()
        try:
            _deliver(raw, path.stem, service)
        except (ServiceRefused, ValueError) as error:
            log.error("spooled text refused", file=path.name, error=type(error).__name__)
            path.rename(folders.refused / path.name)
            continue
        path.unlink()
        delivered += 1
    return delivered


def _deliver(raw: bytes, name: str, service: ServiceClient) -> None:
    body = dict(json.loads(raw))
    try:
        service.post("/sms/inbound", body)
    except ServiceRefused as error:
        if error.answered != 409:
            raise
        # the daemon names its files again after they are tidied away, so a name may come twice for two texts
        service.post("/sms/inbound", {**body, "message_id": f"gammu:{name}"})


class GammuTransport:
    """Writes files into the daemon's outbox. A file's name carries the row's id, so nothing is written twice."""

    name = "gammu"

    def __init__(self, folders: Folders) -> None:
        self._folders = folders

    def __enter__(self) -> GammuTransport:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def hand_over(self, text: OutboundText) -> SendOutcome | None:
        known = self._outcomes().get(text.id)
        if known == "sent":  # from a sender that died before it could settle
            return SendOutcome("sent")
        if self._is_stuck():
            return _DOWN
        if known == "outbox":
            return None
        self._forget(text.id)
        outbox = self._folders.of_daemon("outbox")
        stamp = datetime.now(UTC).strftime("%Y%m%d_%H%M%S")
        name = f"OUTC{stamp}_00_{text.to}_motabot{text.id}x{text.number}.txt"
        part = outbox / f".{name}"
        part.write_bytes(text.text.encode("utf-16"))  # the byte order mark tells the daemon the encoding
        os.replace(part, outbox / name)
        return None

    def outcome(self, text: OutboundText) -> SendOutcome | None:
        found = self._outcomes().get(text.id)
        if found == "sent":
            self._forget(text.id)
            return SendOutcome("sent")
        if found == "error":
            self._forget(text.id)
            return SendOutcome("failed", "the modem could not send it", is_unexplained=True)
        return _DOWN if found == "outbox" and self._is_stuck() else None

    def _is_stuck(self) -> bool:
        """Whether a text has waited for long, and the daemon has taken none in the meantime."""
        limit = time.time() - _STUCK
        moved = (self._folders.of_daemon(name).stat().st_mtime for name in ("sent", "error"))
        waiting = (path.stat().st_mtime for folder, _id, path in self._files() if folder == "outbox")
        return min(waiting, default=limit) < limit and max(moved) < limit

    def _files(self) -> list[tuple[str, int, Path]]:
        return [
            (folder, int(match[1]), path)
            for folder in ("error", "outbox", "sent")
            for path in self._folders.of_daemon(folder).iterdir()
            if (match := _NOTE.search(path.name)) and not path.name.startswith(".")
        ]

    def _outcomes(self) -> dict[int, str]:
        """Where each text's file is; of several places the last one in the order error, outbox, sent."""
        return {message_id: folder for folder, message_id, _path in self._files()}

    def _forget(self, message_id: int) -> None:
        """Rename what is settled, so that it stays for people and counts no longer."""
        for folder, found, path in self._files():
            if found == message_id and folder != "outbox":
                path.rename(path.with_name(path.name.replace("_motabot", "_settled")))
