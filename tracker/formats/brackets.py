"""Square brackets as drafting groups use them: ``[external behaviors][behaviors — US side]``.

The current words come first, without a name; then what each rival wants, with who it is from. An
alternative without words, ``[— US side]``, would delete them; a bracket that no other stands before
would insert its words. Brackets of the text itself get a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.exchange.view import Choice

_BRACKET = re.compile(r"[\[\]]")


def bracketed(pieces: Iterable[str | Choice]) -> str:
    """Return the pieces of a line with their choices in brackets."""
    return "".join(_choice(p) if isinstance(p, Choice) else _escaped(p) for p in pieces)


def _choice(choice: Choice) -> str:
    current = f"[{_escaped(choice.current)}]" if choice.current else ""
    return current + "".join(_other(words, who) for words, who in choice.others)


def _other(words: str, who: str | None) -> str:
    parts = [_escaped(part) for part in (words, f"— {who}" if who else "") if part]
    return f"[{' '.join(parts)}]"


def _escaped(text: str) -> str:
    return _BRACKET.sub(r"\\\g<0>", text)
