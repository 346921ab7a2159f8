"""What people may hand in: the rules for wordings, remarks, names and dates."""

from __future__ import annotations

import re

from tracker.errors import BadInput
from tracker.exchange import rules


def check_text(text: str, what: str) -> str:
    """Return a text as it is. Raises BadInput if it is empty or cannot be stored everywhere."""
    return _checked(text, what, rules.text_fault(text))


def check_line(text: str, what: str) -> str:
    """Return a name or a title as it is. Raises BadInput unless it is a text on one line."""
    return _checked(text, what, rules.line_fault(text))


def _checked(text: str, what: str, fault: str | None) -> str:
    if fault is not None:
        hint = "give some words" if not text.strip() else "mend it and give it again, in UTF-8"
        raise BadInput(f"the {what} {fault}", hint)
    return text


def check_optional(text: str | None, what: str) -> str | None:
    """Return a text that may be absent. Raises BadInput as :func:`check_text` does."""
    return None if text is None else check_text(text, what)


def check_optional_line(text: str | None, what: str) -> str | None:
    """Return a name that may be absent. Raises BadInput as :func:`check_line` does."""
    return None if text is None else check_line(text, what)


def check_date(text: str | None, what: str) -> str | None:
    """Return a date, partial or whole (2021, 2021-07, 2021-07-15). Raises BadInput otherwise."""
    if text is not None and rules.date_fault(text) is not None:
        raise BadInput(f"{text!r} is no date for the {what}", "write 2021, 2021-07 or 2021-07-15")
    return text


def check_moment(text: str | None, what: str) -> str | None:
    """Return a date, which may be partial, or a time of a day. Raises BadInput otherwise."""
    if text is not None and rules.moment_fault(text) is not None:
        raise BadInput(
            f"{text!r} is no date or time for {what}",
            "write 2021, 2021-07-15 or 2021-07-15T08:15:00",
        )
    return text


def check_wording(text: str) -> str:
    """Return a wording without white space around it. Raises BadInput if it cannot be one."""
    wording = check_text(text, "wording").strip()
    if re.search(r"\n\s*\n", wording):
        raise BadInput(
            "the wording has an empty line in it: a line is one paragraph",
            "propose the second paragraph with --insert-after",
        )
    return wording
