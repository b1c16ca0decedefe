"""Let the bot answer a phone number again."""

from __future__ import annotations

from motabot.customers import phones
from motabot.offline.staff.command import Command
from motabot.staff.actions import answering


class ResumeBot(answering.Answering):
    """Propose to let the bot answer a number again."""


ACTION = answering.switching(
    ResumeBot,
    answering.BOT,
    phones.resume,
    summary="resume the bot for a phone number",
    former_name="resume",
    command=Command(
        action="resume_bot",
        about="phone",
        needs=("who",),
        proposal=("to let the bot answer {who} again", "que el bot conteste otra vez a {who}"),
        patterns=(
            (
                r"(?<!dont )(?<!not )(?<!never )(let|have|allow) (the )?(bot|motabot) (answer|reply|respond"
                r"|handle|take)"
            ),
            r"\b(un ?pause|resume|un ?mute)\b",
            r"(hand|give|pass) .*\bback to (the )?(bot|motabot)",
            r"(turn|switch|put) (the )?bot (back )?on",
            r"\bbot (can|may|should) (answer|reply|take over|respond|handle)",
            r"(stop|end) pausing",
            r"(reanuda|reactiva|activa)\w* (el |al )?bot",
            r"(?<!no )deja\w* que (el )?bot (conteste|responda)",
            r"(start|begin) answering",
            r"\b(re ?enable|enable|re ?activate|restart) (the )?bot",
            r"\bbot (can|may|should|could) (talk|text|chat|write|speak)",
            r"\bbot back on\b",
            r"\bback to the bot\b",
            r"(switch|turn|put) .*\bbot (back )?on\b",
            r"bot (is )?on again",
            r"vuelva\w* a (contestar|responder)",
            r"enciende (el )?bot",
        ),
    ),
)
