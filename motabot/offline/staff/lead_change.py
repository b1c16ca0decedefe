"""Reads changes to a lead: its status, stage or probability."""

from __future__ import annotations

import re

from motabot.boundary import JsonObject

_STATUS = {
    "new": "nuevo|nueva", "contacted": "reached|contactado|contactada", "qualified": "calificado|calificada",
    "converted": "won|customer now|convertido|convertida", "lost": "dead|perdido|perdida",
}  # fmt: skip
_STAGE = {
    "greeting": "saludo", "discovery": "descubrimiento", "recommendation": "recomendacion",
    "follow_up": "follow up|followup|follow-up|seguimiento", "closed": "close|cerrado|cerrada",
}  # fmt: skip


def change_in(text: str) -> JsonObject:
    """The changes to a lead that a text orders."""
    changed: JsonObject = {}
    percent = re.search(r"\b(\d{1,3})\s*(?:%|percent|por ciento)|\b(0?\.\d+|0|1\.0+)(?![\d%])", text)
    if percent:
        changed["probability"] = int(percent[1]) / 100 if percent[1] else float(percent[2])
    for key, table in (("stage", _STAGE), ("status", _STATUS)):
        for value, words in table.items():
            if re.search(rf"\b(?:{value.replace('_', ' ')}|{value}|{words})\b", text):
                changed[key] = value
                break
    return changed
