"""How a text begins, where there is no room for all of it."""

_ALLOWED = 0.2
"""Which part of the room may stay empty so that no word is cut."""


def beginning(text: str, longest: int = 90) -> str:
    """Return a text on one line; of one longer than ``longest`` code points, its beginning and "…".

    It ends behind a word if one ends near there: words of Japanese have no space behind them.
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    room = longest - 1
    space = line.rfind(" ", 0, room)
    cut = space + 1 if space >= room * (1 - _ALLOWED) else room
    return line[:cut] + "…"
