"""The words that notes may use, in English and Japanese, and what each means."""

from __future__ import annotations

import difflib
import re
import unicodedata

KINDS = {
    **dict.fromkeys(("objection", "objects", "反対", "異議"), "objection"),
    **dict.fromkeys(("support", "supports", "賛成", "支持"), "support"),
    **dict.fromkeys(("suggestion", "suggests", "提案"), "suggestion"),
    **dict.fromkeys(("question", "asks", "質問"), "question"),
    **dict.fromkeys(("observation", "observes", "意見", "所見"), "observation"),
}
TYPES = {
    **dict.fromkeys(("general", "全般"), "general"),
    **dict.fromkeys(("technical", "技術"), "technical"),
    **dict.fromkeys(("editorial", "編集"), "editorial"),
}
RELATIONS = {
    **dict.fromkeys(("counters", "反論"), "counters"),
    **dict.fromkeys(("builds on", "補足"), "builds_on"),
    **dict.fromkeys(("endorses", "賛同", "同意"), "endorses"),
    **dict.fromkeys(("answers", "回答"), "answers"),
}
REPLIES = ("replies to", "返信")
"""A reply of no relation in particular, to a comment that is named."""
INTERNAL = ("internal", "内部")
REPORTED = ("reported", "要旨")
VERBATIM = ("verbatim", "逐語")
FACTS = {
    **dict.fromkeys(("date", "日付", "日時", "期日"), "date"),
    **dict.fromkeys(("place", "場所", "会場"), "place"),
    **dict.fromkeys(("series", "シリーズ"), "series"),
    **dict.fromkeys(("kind", "種類"), "kind"),
    **dict.fromkeys(("note", "備考", "注"), "note"),
}
"""What may be said of a meeting beneath its heading."""
BESIDE = {
    **dict.fromkeys(("context", "前置き"), "context"),
    **dict.fromkeys(("note", "注", "備考"), "note"),
}
"""What may be said beside a comment, in lines of its own."""
WHOLE = ("the whole", "the whole document", "whole", "全体", "文書全体")
ATTRIBUTES = (*KINDS, *TYPES, *RELATIONS, *REPLIES, *INTERNAL, *REPORTED, *VERBATIM)


def plain_word(text: str) -> str:
    """Return a word as it is looked up: full-width letters, capitals and hyphens aside."""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    return re.sub(r"[\s_-]+", " ", word)


def misspelt(text: str) -> str | None:
    """Return the word of this form that a text probably was meant to be; none if it is another."""
    near = difflib.get_close_matches(plain_word(text), ATTRIBUTES, n=1, cutoff=0.8)
    return near[0] if near else None
