"""What people may hand in: the rules for wordings, remarks and dates."""

from __future__ import annotations

import re

from tracker.errors import BadInput

LONGEST = 100_000
"""Code points that one text may hold."""

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def check_text(text: str, what: str) -> str:
    """Return a text as it is. Raises BadInput if it is empty or cannot be stored everywhere."""
    if not text.strip():
        raise BadInput(f"the {what} is empty", "give some words")
    if len(text) > LONGEST:
        raise BadInput(
            f"the {what} has {len(text):,} characters; {LONGEST:,} is the limit", "split it"
        )
    if "\0" in text:
        raise BadInput(
            f"the {what} has a NUL character at position {text.index(chr(0)) + 1}", "remove it"
        )
    surrogate = re.search("[\ud800-\udfff]", text)
    if surrogate:
        raise BadInput(
            f"the {what} is not valid Unicode: half a character (U+{ord(surrogate[0]):04X}) "
            f"at position {surrogate.start() + 1}",
            "save it as UTF-8 and give it again",
        )
    return text


def check_optional(text: str | None, what: str) -> str | None:
    """Return a text that may be absent. Raises BadInput as :func:`check_text` does."""
    return None if text is None else check_text(text, what)


def check_date(text: str | None, what: str) -> str | None:
    """Return a date, partial or whole (2021, 2021-07, 2021-07-15). Raises BadInput otherwise."""
    if text is None:
        return None
    if not _DATE.fullmatch(text) or not _exists(text):
        raise BadInput(f"{text!r} is no date for the {what}", "write 2021, 2021-07 or 2021-07-15")
    return text


def _exists(text: str) -> bool:
    import datetime

    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def check_wording(text: str) -> str:
    """Return a wording without white space around it. Raises BadInput if it cannot be one."""
    wording = check_text(text, "wording").strip()
    if re.search(r"\n\s*\n", wording):
        raise BadInput(
            "the wording has an empty line in it: a line is one paragraph",
            "propose the second paragraph with --insert-after",
        )
    return wording
