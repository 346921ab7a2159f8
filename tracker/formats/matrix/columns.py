"""The columns of the matrix: how we call them, and by which headings others are known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

STAMP = "stamp"
"""The column of a CSV file that says what it was written from."""


class Column(NamedTuple):
    """A field of a row, its heading, its width in characters, and whether it is of the ISO form."""

    field: str
    heading: str
    width: int
    printed: bool = False


COLUMNS = (
    Column("id", "ID", 7, True),
    Column("number", "Number given", 9, True),
    Column("member", "Member body", 12, True),
    Column("speaker", "Speaker", 16, True),
    Column("line", "Line number", 9, True),
    Column("clause", "Clause/ subclause", 20, True),
    Column("passage", "Paragraph/ figure/ table", 13, True),
    Column("type", "Type of comment", 11, True),
    Column("comment", "Comment", 60, True),
    Column("proposed", "Proposed change", 40, True),
    Column("outcome", "Disposition", 16, True),
    Column("reason", "Observations of the secretariat", 45, True),
    Column("by", "Decided by", 14),
    Column("on", "Decided on", 11),
    Column("kind", "Kind", 12),
    Column("words", "Flagged words", 30),
    Column("reply_to", "Reply to", 8),
    Column("relation", "Relation", 11),
    Column("context", "Context", 30),
    Column("note", "Note", 30),
    Column("meeting", "Meeting", 10),
    Column("topic", "Topic", 18),
    Column("state", "State", 12),
    Column("advice", "Recommendation", 24),
    Column("answered_by", "Answered by", 10),
    Column("internal", "Internal", 8),
)

# As forms in use call them: without brackets, digits and signs, in small letters. The first that
# fits takes a heading, so that what is told apart by a longer name comes first.
_HEADINGS = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("id", r"(comment |our )?id"),
        ("number", r"(comment )?(nos?|nr|number|#)|番号|コメント番号|意見番号"),
        (
            "type",
            r"type( of comments?)?|comment type|category|ge te ed|種類|種別|区分|コメント種別",
        ),
        (
            "member",
            (
                r"mb( nc)?|nc|member( body| bodies| state)?( participant)?|participant|country"
                r"|national (body|committee)|organi[sz]ation|機関|国名?|団体|加盟団体|参加者"
            ),
        ),
        ("speaker", r"speaker|name|reviewer|author|comment(er|or|ator)|発言者|氏名|コメント者"),
        ("line", r"lines?( nos?| numbers?)?|行|行番号"),
        ("clause", r"(sub)?clauses?\b.*|(sub)?sections?\b.*|articles?\b.*|箇条.*|章.*|条.*"),
        ("passage", r"para(graphs?)?\b.*|figures?\b.*|tables?\b.*|段落.*|図.*|表.*"),
        ("proposed", r"(proposed|suggested) .*|proposals?|修正案|提案|変更案|修正提案"),
        ("reason", r".*\bobservations?\b.*|.*\bsecretariat\b.*|reason|事務局.*|理由"),
        ("outcome", r"dispositions?( status)?|outcome|resolution( status)?|処置|採否|対応|処理"),
        ("by", r"(decided|resolved) by|決定者"),
        ("on", r"(decided|resolved) on|date of decision|決定日"),
        ("comment", r"comments?( by .*)?|意見|コメント|意見内容"),
    )
)
_ASIDE = re.compile(r"\([^)]*\)|[0-9¹²³⁴⁵⁶⁷⁸⁹*]+")
_SIGNS = re.compile(r"[\s/:.,・_-]+")
_NEEDED = 2


class Heads(NamedTuple):
    """The columns of a file: their fields by place, and headings that are not known."""

    fields: Mapping[int, str]
    unknown: tuple[str, ...]

    @property
    def is_matrix(self) -> bool:
        """Whether they are those of a matrix: its comments, or what became of those we know."""
        found = set(self.fields.values())
        tells = bool(found & {"comment", "proposed"})
        returns = "id" in found and bool(found & {"outcome", "reason"})
        return len(found) >= _NEEDED and (tells or returns)


def heads(cells: Mapping[int, str]) -> Heads:
    """Return which columns the cells of a row are the headings of, each field at most once."""
    fields: dict[int, str] = {}
    unknown = []
    for exactly in (True, False):
        for place, cell in cells.items():
            field = _field(cell, exactly)
            if place not in fields and field is not None and field not in fields.values():
                fields[place] = field
    unknown = [
        cell.strip() for place, cell in cells.items() if cell.strip() and place not in fields
    ]
    return Heads(fields, tuple(unknown))


def _field(heading: str, exactly: bool) -> str | None:
    """Return the field that a heading names, in our own words or as forms in use do."""
    plain = _plain(heading)
    if exactly:
        return STAMP if plain == STAMP else _OURS_PLAIN.get(plain)
    return next((field for field, pattern in _HEADINGS if pattern.fullmatch(plain)), None)


def _plain(heading: str) -> str:
    folded = unicodedata.normalize("NFKC", _ASIDE.sub(" ", heading)).casefold()
    return _SIGNS.sub(" ", folded).strip()


_OURS_PLAIN = {_plain(column.heading): column.field for column in COLUMNS}


def headings(fields: Sequence[str]) -> str:
    """Return how we call some columns, for messages."""
    return ", ".join(column.heading for column in COLUMNS if column.field in fields)
