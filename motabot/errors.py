"""Every error that MotaBot raises on purpose.

Each class carries the HTTP status it becomes at the edge, and its message is safe to show: no secret, no
personal data. Without arguments the message is the first line of the class's docstring.
"""

from __future__ import annotations

from pydantic import ValidationError


class MotaBotError(Exception):
    """Something went wrong in MotaBot."""

    status = 500

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip().splitlines()[0])


class SettingsError(MotaBotError):
    """A setting is missing or wrong."""


class DatabaseNotReady(MotaBotError):
    """The database is not prepared: run `motabot db init`."""

    status = 503


class DatabaseUnavailable(MotaBotError):
    """The database does not answer right now. The work is tried again later."""

    status = 503


class Unauthorized(MotaBotError):
    """The request is not signed by a known secret."""

    status = 401


class Forbidden(MotaBotError):
    """This is not allowed."""

    status = 403


class MalformedRequest(MotaBotError):
    """The body is not what this endpoint reads."""

    status = 400


class InvalidRequest(MotaBotError):
    """A field of the body is wrong."""

    status = 422

    def __init__(self, message: str | None = None, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class BodyTooLarge(MotaBotError):
    """The body is larger than this endpoint takes."""

    status = 413


class DuplicateConflict(MotaBotError):
    """This message id was used before for a different text."""

    status = 409


class ClaimRefused(MotaBotError):
    """A text cannot be claimed or settled like this."""

    status = 409


class OutreachRefused(MotaBotError):
    """The shop may not start this conversation."""

    status = 409


class LeadRefused(MotaBotError):
    """A lead cannot be changed like this."""

    status = 422


class RuledOut(MotaBotError):
    """A rule of the shop's tables refuses this, and nothing was changed; `motabot doctor` names the cure."""

    status = 409

    def __init__(self, rule: str, *, is_passing: bool = False) -> None:
        """
        Args:
            rule: What the database says, as `motabot.db.refusals.explain` puts it.
            is_passing: The same request will work once the rule is changed, so that its sender must keep it.
        """
        super().__init__(
            f"A rule of the shop's tables refuses this, and nothing was changed: {rule}; `motabot doctor` names"
            " the cure"
        )
        if is_passing:
            self.status = 503


class QueryRefused(MotaBotError):
    """The query may not run."""

    status = 422


class QueryFailed(MotaBotError):
    """The database could not run the query."""

    status = 422


class StaffRefused(MotaBotError):
    """A staff token cannot be made or ended like this."""

    status = 409


class ActionRefused(MotaBotError):
    """An action cannot be proposed or decided like this."""

    status = 409


class UnknownAction(MotaBotError):
    """There is no such action."""

    status = 404


class TooManyQuestions(MotaBotError):
    """You asked more in a minute than this shop allows; wait a little."""

    status = 429


class UnknownChat(MotaBotError):
    """You have no such conversation."""

    status = 404


class UnknownMessage(MotaBotError):
    """There is no outbound text with this id."""

    status = 404


class UnknownPhone(MotaBotError):
    """This number is not known, or is not a phone number."""

    status = 404


class ToolFailed(MotaBotError):
    """A tool could not do what it was asked; the message is written for the model that asked."""

    status = 422


class RegistryError(MotaBotError):
    """A tool is not declared as it must be."""


class ModelError(MotaBotError):
    """The model gave no usable answer."""

    status = 502


def field_problems(error: ValidationError) -> dict[str, str]:
    """What pydantic found wrong, by the field's dotted name; the values themselves are left out."""
    return {
        ".".join(str(part) for part in problem["loc"]): problem["msg"].removeprefix("Value error, ")
        for problem in error.errors(include_url=False, include_input=False)
    }
