"""What the tables of a language say, and the sides that words name."""

from __future__ import annotations

from typing import NamedTuple

from tracker.exchange.record.words import Kind, Relation
from tracker.exchange.summary import Doubt


class Verb(NamedTuple):
    """A verb of speaking, with its forms, commas between.

    ``kind`` and ``relation`` are those it gives what is said; without a kind, the words decide. One
    that ``carries`` the sense belongs to what was said (“disagreed with the view”). One that is
    ``weak`` counts only before “that” or a quotation. The relation of one that ``refers`` holds
    only where its object is something said. What ``tells`` how it was said is worth keeping as the
    context.
    """

    forms: str
    kind: Kind | None = None
    relation: Relation | None = None
    carries: bool = False
    weak: bool = False
    refers: bool = False
    tells: bool = False


SIDES = {
    **dict.fromkeys(("American", "Americans", "U.S.", "US", "United States", "アメリカ"), "US"),
    **dict.fromkeys(("Washington", "米国", "米"), "US"),
    **dict.fromkeys(("Japanese", "Japan", "JP", "Tokyo", "日本"), "Japan"),
    **dict.fromkeys(("British", "UK", "U.K.", "United Kingdom", "英国"), "UK"),
    **dict.fromkeys(("European", "EU", "European Union", "欧州"), "EU"),
    **dict.fromkeys(("Chinese", "China", "Beijing", "中国"), "China"),
    **dict.fromkeys(("Korean", "Korea", "South Korean", "South Korea", "韓国"), "Korea"),
    **dict.fromkeys(("Australian", "Australia", "豪州"), "Australia"),
    **dict.fromkeys(("Canadian", "Canada", "カナダ"), "Canada"),
    **dict.fromkeys(("French", "France", "フランス"), "France"),
    **dict.fromkeys(("German", "Germany", "ドイツ"), "Germany"),
    **dict.fromkeys(("Indian", "India", "インド"), "India"),
    **dict.fromkeys(("Indonesian", "Indonesia", "インドネシア"), "Indonesia"),
    **dict.fromkeys(("Norwegian", "Norway", "ノルウェー"), "Norway"),
}
"""The side that a word of a speaker's name says."""


class Reference(NamedTuple):
    """How a statement says what it replies to: the speaker it names, and whether the first of his.

    ``plain`` says that the words leave no doubt that it replies to what was just said.
    """

    speaker: str | None = None
    first: bool = False
    plain: bool = False


class Said(NamedTuple):
    """A statement as one sentence tells it; offsets are code points of its passage.

    ``taken_up`` says that its speaker is one who spoke before, by the word for him (``noun``).
    """

    start: int
    end: int
    speaker: str
    noun: str
    text: str
    kind: Kind
    verbatim: bool
    many: bool = False
    taken_up: bool = False
    context: str | None = None
    relation: Relation | None = None
    reference: Reference | None = None
    doubts: tuple[Doubt, ...] = ()
