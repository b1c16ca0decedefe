"""How staff order one action in their own words. Each action defines its own (`motabot.staff.actions`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Need = Literal["who", "name", "phone", "change", "audience", "text"]


@dataclass(frozen=True)
class Command:
    """The words of one action.

    Attributes:
        action: The action's name, which is also the name of the tool that proposes it.
        patterns: Regular expressions that recognize an order, in plain form (lower case, without accents). A
            placeholder reads as `hndl1` there.
        needs: What the order needs, in the sequence in which the offline model asks for it.
        proposal: How the proposal reads in English and in Spanish.
        takes: The names of the tool's arguments besides `who`.
        about: Whether `who` is a customer or a phone number; None: the action is not about one person.
    """

    action: str
    patterns: tuple[str, ...]
    needs: tuple[Need, ...]
    proposal: tuple[str, str]
    takes: tuple[str, ...] = ()
    about: Literal["member", "phone"] | None = None
