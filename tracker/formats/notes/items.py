"""One item of notes: who said what, of what kind, about which words."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from tracker.exchange import rules
from tracker.formats.notes import words
from tracker.formats.notes.rows import paragraphs

_QUOTES = (("“", "”"), ('"', '"'), ("„", "“"), ("「", "」"), ("『", "』"), ("＂", "＂"))
_QUOTE = "|".join(f"{re.escape(a)}[^{re.escape(b)}]+{re.escape(b)}" for a, b in _QUOTES)
_HEAD = re.compile(
    rf"""(?P<speaker>[^(（:：“"„「『＂]+?) \s*
    (?:[(（](?P<attributes>[^)）]*)[)）])? \s*
    (?:on\s*(?P<on>{_QUOTE}) | (?P<about>{_QUOTE})\s*(?:について|に関して|に対して|に))? \s*
    [:：] \s* (?P<text>.*)""",
    re.VERBOSE | re.DOTALL,
)
_BESIDE = re.compile(rf"({'|'.join(words.BESIDE)})\s*[:：]\s*(.*)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:no\.\s*|number\s+|番号\s*[:：]?\s*|[#＃])(\S.*)", re.IGNORECASE)
_VOICE = re.compile(r"(?:voice\s+|発言者\s*[:：]?\s*)(\S+)", re.IGNORECASE)
_SIDE = re.compile(r"side\s+(\S.*)", re.IGNORECASE)
_TO = re.compile(r"(?P<how>.*\S)\s+(?P<id>c\d+)|(?P<id_ja>c\d+)(?:に|への)(?P<how_ja>.+)")
_FORM = "write: - SPEAKER (side, kind): what was said"


class Said(NamedTuple):
    """What an item says: the fields of a comment, and the words it flags.

    ``reply_to`` is the stored comment that it names. ``faults`` are what is wrong with it.
    """

    values: dict[str, Any]
    quote: str | None
    reply_to: str | None
    faults: tuple[str, ...]


def parse(rows: list[str]) -> Said:
    """Return what the rows of an item say."""
    texts = _split(rows)
    head = _HEAD.fullmatch(texts["text"])
    if head is None:
        return Said({}, None, None, (f"this item does not say who spoke; {_FORM}",))
    values, reply_to, faults = _attributes(head["attributes"] or "")
    said, quoted = _unquoted(head["text"].strip())
    reported = values.pop("reported", not quoted)
    values["verbatim"] = not reported
    values["text"] = head["text"].strip() if quoted and reported else said
    values["speaker"] = re.sub(r"^(\*\*|__|\*|_)(.+)\1$", r"\2", head["speaker"].strip())
    for name in ("context", "note"):
        if name in texts:
            values[name] = texts[name]
    quote = head["on"] or head["about"]
    return Said(values, quote and quote[1:-1], reply_to, (*faults, *_unfit(values)))


def _split(rows: list[str]) -> dict[str, str]:
    """Return what was said, and what stands beside it in rows that begin with ``note:``."""
    parts: dict[str, list[str]] = {"text": []}
    current = "text"
    for row in rows:
        beside = _BESIDE.fullmatch(row)
        if beside and parts["text"]:
            current = words.BESIDE[beside[1].casefold()]
            parts.setdefault(current, []).append(beside[2])
        elif row.startswith(">"):
            current = "note"
            parts.setdefault(current, []).append(row.lstrip("> "))
        else:
            parts[current].append(row)
    return {name: paragraphs(said) for name, said in parts.items()}


def _unquoted(text: str) -> tuple[str, bool]:
    """Return a text without the quotation marks around all of it, and whether it had them."""
    for opening, closing in _QUOTES:
        if len(text) > 2 and text[0] == opening and text[-1] == closing:
            around = _is_around(text, opening, closing)
            return (text[1:-1], True) if around else (text, False)
    return text, False


def _is_around(text: str, opening: str, closing: str) -> bool:
    """Say whether the first and the last mark of a text are a pair: “A” and “B” are two."""
    if opening == closing:
        return text.count(opening) == 2
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == opening) - (letter == closing)
        if depth == 0:
            return place == len(text) - 1
    return False


def _attributes(told: str) -> tuple[dict[str, Any], str | None, list[str]]:
    """Return what the words in parentheses say, and what is wrong with them."""
    values: dict[str, Any] = {}
    reply_to: str | None = None
    faults: list[str] = []
    for text in (part.strip() for part in re.split(r"[,，、;；]", told)):
        if not text:
            continue
        name, value, target = _attribute(text)
        reply_to = target or reply_to
        if name == "side" and (meant := words.misspelt(text)):
            faults.append(f"{text!r} looks like {meant!r}; if it is a side, write: side {text}")
        elif name in values:
            faults.append(f"{text!r} and {values[name]!r} are both given as the {_noun(name)}")
        elif value is not None:
            values[name] = value
    return values, reply_to, faults


def _noun(name: str) -> str:
    return "side" if name == "side" else name.replace("_", " ")


def _attribute(text: str) -> tuple[str, Any, str | None]:
    """Return the field that one word is about, its value, and the stored comment it names."""
    word = words.plain_word(text)
    known = {"kind": words.KINDS, "type": words.TYPES, "relation": words.RELATIONS}
    for name, meanings in known.items():
        if word in meanings:
            return name, meanings[word], None
    flags = {"internal": words.INTERNAL, "reported": words.REPORTED}
    for name, spellings in flags.items():
        if word in spellings:
            return name, True, None
    if word in words.VERBATIM:
        return "reported", False, None
    to = _TO.fullmatch(word)
    how = to and (to["how"] or to["how_ja"])
    if to and (how in words.RELATIONS or how in words.REPLIES):
        return "relation", words.RELATIONS.get(how), (to["id"] or to["id_ja"]).upper()
    for name, pattern in (("number", _NUMBER), ("participant", _VOICE)):
        found = pattern.fullmatch(text)
        if found:
            return name, found[1], None
    stated = _SIDE.fullmatch(text)
    # Said outright, it may be any word.
    return ("side", stated[1], None) if stated else ("side", text, None)


def _unfit(values: dict[str, Any]) -> list[str]:
    """Return what keeps a value from being stored."""
    found = []
    if not values["text"].strip():
        found.append("this item says nothing after the colon")
    elif wrong := rules.text_fault(values["text"]):
        found.append(f"what was said {wrong}")
    told = {name: values[name] for name in ("speaker", "side", "number") if name in values}
    wrongs = {name: rules.line_fault(value) for name, value in told.items()}
    return [*found, *(f"the {name} {wrong}" for name, wrong in wrongs.items() if wrong)]
