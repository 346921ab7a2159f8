"""Where Japanese sentences end: after 。！？ and their like, outside brackets and quotes.

The rules are our own: no light library for Japanese looks at what follows a quotation.
"""

import re
from bisect import bisect_right
from collections import Counter
from functools import cache

_OPENING = "「『（(【〈《［[“〔｢"
_CLOSING = "」』）)】〉》］]”〕｣"
_PARTNER = dict(zip(_CLOSING, _OPENING, strict=True))
# These hold remarks: the sentence goes on behind them, unless it began with them.
_REMARKS = "（(［[〔"
# Escapes: an editor that normalises would turn the first compatibility kanji into another one.
_NOUNS = "\u3005-\u3007\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LETTERS = _NOUNS + "\u3041-\u309f\uff66-\uff9f"


class Brackets:
    """The brackets of a text that have a partner; one that is never closed encloses nothing."""

    def __init__(self, partner: dict[int, int]) -> None:
        self.partner = partner
        self._outer: list[tuple[int, int]] = []
        for start, end in sorted(partner.items()):
            if start < end and (not self._outer or start > self._outer[-1][1]):
                self._outer.append((start, end))

    def enclose(self, position: int) -> bool:
        """Say whether the code point at a position stands between a bracket and its partner."""
        at = bisect_right(self._outer, (position, -1)) - 1
        return at >= 0 and position < self._outer[at][1]


def has_japanese(text: str) -> bool:
    """Say whether a text has letters or marks that the rules for Japanese are about."""
    return not text.isascii() and _patterns()["script"].search(text) is not None


def brackets(text: str) -> Brackets:
    """Pair the brackets of a text: each closes the last one open of its kind. Linear."""
    partner: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    waiting: Counter[str] = Counter()
    for found in _patterns()["bracket"].finditer(text):
        mark, at = found[0], found.start()
        if mark in _OPENING:
            stack.append((mark, at))
            waiting[mark] += 1
        elif waiting[_PARTNER[mark]]:
            other = ""
            while other != _PARTNER[mark]:
                other, start = stack.pop()
                waiting[other] -= 1
            partner[start], partner[at] = at, start
    return Brackets(partner)


def japanese_ends(text: str, inside: Brackets) -> list[int]:
    """Return where Japanese sentences end, in order: each behind its mark and closing brackets.

    A mark ends a sentence unless brackets enclose it or what follows can only go on, as the
    particle does in 「賛成です。」と. A quotation that ends with a mark ends a sentence likewise.
    """
    ends: list[int] = []
    linked: list[int] = []  # Quotations one behind the other: they stand or fall together.
    stopped = -1
    head = _skip_space(text, 0)
    for found in _patterns()["stop"].finditer(text):
        at, end = found.span()
        opened = inside.partner.get(at)
        if opened is None and text[at] in _CLOSING:
            continue
        if opened is not None and at != stopped and not linked:
            continue
        stopped = end
        if inside.enclose(at):
            continue
        if opened is not None and text[opened] in _REMARKS and opened != head:
            continue
        while text[end : end + 1] and text[end] in _CLOSING and end not in inside.partner:
            end += 1
        if opened is not None and text[end : end + 1] in ("「", "『") and end in inside.partner:
            linked.append(end)
            continue
        rule = "goes on" if opened is None else "goes on from a quote"
        if not _patterns()[rule].match(text, end):
            ends += [*linked, end]
            head = _skip_space(text, end)
        linked.clear()
    return ends


def _skip_space(text: str, position: int) -> int:
    while text[position : position + 1].isspace():
        position += 1
    return position


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns; only a text with Japanese in it pays for compiling them."""
    run = "[。｡！？!?‼⁇⁈⁉．]*+"
    noun = f"(?=[{_NOUNS}A-Za-z0-9Ａ-Ｚ０-９「『（(])"
    return {
        name: re.compile(pattern)
        for name, pattern in {
            "script": f"[{_LETTERS}。｡！？‼⁇⁈⁉]",
            "bracket": f"[{re.escape(_OPENING + _CLOSING)}]",
            # A mark that Latin text has too is Japanese when the letter before it is.
            "stop": rf"(?:[。｡！？‼⁇⁈⁉]|(?<=[{_LETTERS}])(?:[!?]|．(?!\d)|\.(?=\s|\Z))){run}"
            rf"|[{re.escape(_CLOSING)}]",
            # No sentence begins with a combining mark, nor with a particle before a noun or verb
            # (モーニング娘。の事例).
            "goes on": rf"[、，\u0300-\u036f\u200d\u3099\u309a\ufe00-\ufe0f]"
            rf"|を|[のがはにもと]{noun}|とい[うっ]",
            # Where a quotation was, more of the words that could open a sentence go on with it.
            "goes on from a quote": rf"[、，]|を|[がもでやかへな]{noun}|の(?!ち)|は(?:、|{noun})"
            r"|に(?!も)|と(?!ころ|はいえ|もあれ|にかく|りわけ|くに|もに)|など|から(?!だ)|まで"
            r"|だ(?!れ|が|か|い|ん|め)|です|であ|でし",
        }.items()
    }
