"""What can be refused. Every refusal says what was wrong, with what value, and what to do next."""

from __future__ import annotations


class TrackerError(Exception):
    """A command that is refused; the store stays exactly as it was.

    ``hint`` is the next step. ``status`` is the exit status of the command: 1 for what is refused
    or not found, 2 for what the command line itself got wrong.
    """

    status = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(TrackerError):
    """The words of the command do not fit together."""

    status = 2


class NotFound(TrackerError):
    """There is no such thing in the store."""


class StoreError(TrackerError):
    """The database cannot be used as it is."""


class Refused(TrackerError):
    """The command would break a rule, or stands on what is no longer so."""


class BadInput(TrackerError):
    """A text or a file handed in is not acceptable."""
