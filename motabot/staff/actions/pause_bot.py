"""Silence the bot for a phone number, so that people answer it."""

from __future__ import annotations

from motabot.customers import phones
from motabot.offline.staff.command import Command
from motabot.staff.actions import answering


class PauseBot(answering.Answering):
    """Propose to silence the bot for a number."""


ACTION = answering.switching(
    PauseBot,
    answering.PEOPLE,
    phones.pause,
    summary="pause the bot for a phone number",
    former_name="pause",
    command=Command(
        action="pause_bot",
        about="phone",
        needs=("who",),
        proposal=("to pause the bot for {who}", "pausar el bot para {who}"),
        patterns=(
            r"\b(pause|mute|silence|halt)\b",
            r"(stop|quit) (answering|replying|responding|texting|the bot)",
            r"\btake over\b",
            r"\btaking over\b",
            r"(turn|switch) (the )?bot off",
            r"(turn|switch) off (the )?bot",
            r"(ill|i will|let me|i want to) handle",
            r"(dont|do not|never) (let|have|allow) (the )?(bot|motabot)",
            r"\bno deje\w* que (el )?bot",
            r"(dont|do not) (let the bot )?(answer|reply)",
            r"(pausa|silencia|para|deten|apaga)\w* (el |al )?bot",
            r"deja\w* de (contestar|responder)",
            r"(yo )?me encargo de",
            r"tomar? el control",
            r"\bleave hndl\d+ alone",
            r"(shut|switch|turn|take) (the )?bot off",
            r"(shut|switch) off (the )?bot",
            r"\bno bot (for|with|on)\b",
            r"keep the bot (away|off|out)",
            r"\bstop (the )?bot\b",
            r"\bdisable (the )?bot",
            r"\bhands off\b",
            r"bot should (not|stop|leave|shut)",
            r"(ill|i will|we will|well|lets) (answer|reply to|talk to|deal with|take) hndl",
            r"\bno (le )?(contestes|respondas)\b",
            r"(ill|i will) (answer|reply to|respond to|take) (him|her|them)\b",
            r"apaga\w* (el )?bot",
        ),
    ),
)
