"""Reading an OpenDocument text with its tracked changes, comments and stamp."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.exchange.marked import PARAGRAPH, Block, Marked, Remark, Stamp
from tracker.formats.draft import guessed_language
from tracker.formats.odt.names import DC, LINE, META, NO_TIME, OFFICE, OURS, STYLE, TEXT, local
from tracker.formats.odt.package import Parts, opened
from tracker.formats.odt.walk import Look, Walk, regions
from tracker.formats.tracked.changes import Changes, changes, range_of
from tracker.formats.tracked.pieces import Anchor, Piece, time

_COMMENT = re.compile(r"C[1-9][0-9]{0,8}")
_NUMBERED = "1."
_BULLET = "-"


def read(content: bytes, name: str) -> Marked:
    """Return the text of an .odt with its tracked changes and comments.

    The text is what is left when every change is rejected. Raises BadInput, naming the file, for
    one that cannot safely be read.
    """
    try:
        return _read(opened(content, name))
    except RecursionError:
        raise BadInput(
            f"{name} is nested too deeply to be read", "save it again, and import that"
        ) from None


def _read(parts: Parts) -> Marked:
    root = parts.xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise BadInput(f"{parts.name} has no text in it", "save it again as .odt, and import that")
    walk = Walk(regions(body))
    walk.inside(body)
    pieces = walk.pieces
    # What ends the last paragraph joins it to nothing.
    if pieces and pieces[-1].text == PARAGRAPH:
        pieces[-1] = pieces[-1]._replace(inserted=None, deleted=None)
    found = changes(pieces)
    whole = "".join([each.text for each in pieces if each.inserted is None])
    text = whole.removesuffix(PARAGRAPH)
    meta = parts.xml("meta.xml") if parts.has("meta.xml") else None
    stamp = _stamp(meta, walk, found)
    numbered = _numbered_lists(
        [root, *([parts.xml("styles.xml")] if parts.has("styles.xml") else [])]
    )
    return Marked(
        text=text,
        blocks=tuple(_blocks(walk, found, numbered)),
        marks=found.marks,
        remarks=_remarks(pieces, walk.anchors, found, is_ours=stamp is not None),
        stamp=stamp,
        title=_title(meta),
        language=stamp.language if stamp else guessed_language(text),
    )


def _blocks(walk: Walk, found: Changes, numbered: frozenset[tuple[str, int]]) -> Iterator[Block]:
    """Yield the paragraphs of the untouched text; each looks as its first words do."""
    start = 0
    begins: etree._Element | None = (
        None  # What a paragraph goes on that begins among deleted words.
    )
    stands: etree._Element | None = None  # The first words that were not deleted.
    for number, piece in enumerate(walk.pieces):
        if piece.inserted is not None:
            continue
        if stands is None and piece.deleted is None:
            stands = piece.element
        if piece.text == PARAGRAPH:
            told = next(each for each in (begins, stands, piece.element) if each is not None)
            yield _block(start, found.places[number], told, walk.looks, numbered)
            start, stands = found.places[number + 1], None
            begins = None
            if piece.deleted is not None:
                begins = walk.goes_on.get(number + 1, walk.pieces[number + 1].element)


def _block(
    start: int,
    end: int,
    element: etree._Element,
    looks: Mapping[etree._Element, Look],
    numbered: frozenset[tuple[str, int]],
) -> Block:
    look = looks.get(element, Look())
    if element.tag == TEXT + "h":
        level = element.get(TEXT + "outline-level", "1")
        return Block(start, end, "heading", int(level) if re.fullmatch("[1-9]", level) else 1)
    if look.depth:
        marker = _NUMBERED if (look.style, look.depth) in numbered else _BULLET
        return Block(start, end, "item", look.depth, marker if look.begins else None)
    return Block(start, end, "cell" if look.in_table else "paragraph")


def _numbered_lists(roots: Iterable[etree._Element]) -> frozenset[tuple[str, int]]:
    """Return the styles and levels of lists whose items are numbered."""
    found = set()
    for root in roots:
        for style in root.iter(TEXT + "list-style"):
            for level in style.iterchildren(TEXT + "list-level-style-number"):
                depth = level.get(TEXT + "level", "")
                if level.get(STYLE + "num-format") and re.fullmatch("[0-9]{1,2}", depth):
                    found.add((style.get(STYLE + "name", ""), int(depth)))
    return frozenset(found)


def _remarks(
    pieces: Sequence[Piece], anchors: Sequence[Anchor], found: Changes, *, is_ours: bool
) -> tuple[Remark, ...]:
    """Return the comments in the order of the file; a name that stands twice is told apart."""
    ends: dict[str, list[int]] = defaultdict(list)
    for element, at in anchors:
        if element.tag == OFFICE + "annotation-end":
            ends[element.get(OFFICE + "name", "")].append(at)
    seen: Counter[str] = Counter()
    read: list[Remark] = []
    parents: dict[str, str] = {}
    for number, (element, at) in enumerate(anchors, 1):
        if element.tag != OFFICE + "annotation":
            continue
        name = element.get(OFFICE + "name", "")
        nth = seen[name]
        seen[name] += 1
        id_ = (name or f"#{number}") if not nth else f"{name or '#'}+{number}"
        own = ends[name] if name else []
        place = range_of(pieces, found, at, own[nth] if nth < len(own) else at)
        parents[id_] = _told(element, "parent-name")
        about = name if is_ours and not nth and _COMMENT.fullmatch(name) else None
        read.append(_remark(element, id_)._replace(about=about, **place._asdict()))
    return tuple(each._replace(parent=_root(each.id, parents)) for each in read)


def _remark(element: etree._Element, id_: str) -> Remark:
    when = time(element.findtext(DC + "date") or "")
    initials = (child for child in element if local(str(child.tag)).endswith("-initials"))
    return Remark(
        id=id_,
        author=(element.findtext(DC + "creator") or "").strip(),
        date=None if when == NO_TIME else when,
        text=_said(element),
        start=None,
        end=None,
        done=_told(element, "resolved") == "true",
        initials=next((each.text for each in initials), None),
    )


def _said(annotation: etree._Element) -> str:
    """Return what a comment says, its paragraphs one below the other."""
    walk = Walk({})
    walk.inside(annotation)
    return (
        "".join([each.text for each in walk.pieces])
        .removesuffix(PARAGRAPH)
        .replace(PARAGRAPH, "\n")
    )


def _told(element: etree._Element, name: str) -> str:
    """Return an attribute by its name alone: some moved from LibreOffice's names to the norm's."""
    return next((str(value) for key, value in element.items() if local(str(key)) == name), "")


def _root(id_: str, parents: Mapping[str, str]) -> str | None:
    """Return the comment that begins a thread; none for itself, or where it is missing."""
    seen = {id_}
    root = id_
    while (parent := parents.get(root)) in parents and parent not in seen and parent:
        seen.add(parent)
        root = parent
    return root if root != id_ else None


def _title(meta: etree._Element | None) -> str | None:
    found = None if meta is None else meta.findtext(f"{OFFICE}meta/{DC}title")
    return (found or "").strip() or None


def _stamp(meta: etree._Element | None, walk: Walk, found: Changes) -> Stamp | None:
    """Return the stamp of a file; none if it has none, or one that this program never wrote."""
    told = {
        (each.get(META + "name") or "").removeprefix(OURS): "".join(
            map(str, each.itertext())
        ).strip()
        for each in (() if meta is None else meta.iter(META + "user-defined"))
        if (each.get(META + "name") or "").startswith(OURS)
    }
    key, entry, language = (told.get(name, "") for name in ("document", "entry", "language"))
    if rules.key_fault(key) or rules.language_fault(language):
        return None
    if not re.fullmatch(f"[0-9]{{1,{len(str(rules.HIGHEST))}}}", entry):
        return None
    lines = tuple(_lines(walk.pieces, walk.anchors, found))
    proposals = tuple(told.get("proposals", "").split())
    base = told.get("base", "")
    is_number = base.isdecimal() and len(base) <= len(str(rules.HIGHEST))
    return Stamp(key, int(entry), language, lines, proposals, int(base) if is_number else None)


def _lines(
    pieces: Sequence[Piece], anchors: Iterable[Anchor], found: Changes
) -> Iterator[tuple[str, int, int]]:
    """Yield the label of each line that has a bookmark, and where it stands."""
    begun: dict[str, int] = {}
    seen: set[str] = set()
    for element, at in anchors:
        label = element.get(TEXT + "name", "").removeprefix(LINE)
        if not element.get(TEXT + "name", "").startswith(LINE) or label in seen:
            continue
        if element.tag == TEXT + "bookmark-start" and not rules.label_fault(label):
            begun.setdefault(label, at)
        elif element.tag == TEXT + "bookmark-end" and label in begun:
            seen.add(label)
            place = range_of(pieces, found, begun[label], at)
            yield label, place.start, place.end
