"""The stamp that this program wrote into a Word file that now comes home.

The custom properties of the file tell the document's key (``tracker.document``), the entry
(``tracker.entry``), the language (``tracker.language``), the proposals that are tracked in it
(``tracker.proposals``: ``P1 P3``), the entry of the untouched text where that is an earlier one
(``tracker.base``), and which comment is which of ours (``tracker.comments``:
``paraId:C4``, and if that is long ``tracker.comments.2`` and so on). Each line stands in a
bookmark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from tracker.exchange import rules
from tracker.exchange.marked import PARAGRAPH, Remark, Stamp
from tracker.formats.docx.names import W
from tracker.formats.docx.ours import LINE, OURS
from tracker.formats.docx.package import WordFile
from tracker.formats.tracked.changes import Changes
from tracker.formats.tracked.pieces import Anchor, Piece

_ABOUT = re.compile(r"([0-9A-Fa-f]{8}):(C[1-9][0-9]{0,8})")
_START, _END = W + "bookmarkStart", W + "bookmarkEnd"


def stamp(
    properties: Mapping[str, str],
    pieces: Sequence[Piece],
    anchors: Iterable[Anchor],
    found: Changes,
) -> Stamp | None:
    """Return the stamp of a file; none if it has none, or one that this program never wrote."""
    key = properties.get("document", "")
    entry = properties.get("entry", "")
    language = properties.get("language", "")
    if rules.key_fault(key) or rules.language_fault(language) or not entry.isdecimal():
        return None
    if len(entry) > len(str(rules.HIGHEST)):
        return None
    proposals = tuple(properties.get("proposals", "").split())
    base = properties.get("base", "")
    is_number = base.isdecimal() and len(base) <= len(str(rules.HIGHEST))
    lines = tuple(_lines(pieces, anchors, found))
    return Stamp(key, int(entry), language, lines, proposals, int(base) if is_number else None)


def recognised(remarks: Iterable[Remark], properties: Mapping[str, str]) -> tuple[Remark, ...]:
    """Return comments with what they were written for. Word may have renewed what tells them."""
    listed = " ".join([value for name, value in properties.items() if name.startswith("comments")])
    about = {key.upper(): comment for key, comment in _ABOUT.findall(listed)}
    return tuple(each._replace(about=about.get(each.key or "")) for each in remarks)


def properties_of(word: WordFile) -> dict[str, str]:
    """Return what the file's custom properties tell of us, by name, less what each begins with."""
    part = word.package.related("custom-properties")
    found: Iterable[etree._Element] = () if part is None else word.package.xml(part)
    return {
        name.removeprefix(OURS): "".join(str(text) for text in each.itertext()).strip()
        for each in found
        if (name := each.get("name", "")).startswith(OURS)
    }


def _lines(
    pieces: Sequence[Piece], anchors: Iterable[Anchor], found: Changes
) -> Iterable[tuple[str, int, int]]:
    """Yield the label of each line that has a bookmark, and where it stands."""
    begun: dict[str, tuple[str, int]] = {}
    seen: set[str] = set()
    for element, at in anchors:
        if element.tag == _START:
            name = element.get(W + "name", "")
            label = name.removeprefix(LINE)
            if name.startswith(LINE) and label not in seen and not rules.label_fault(label):
                begun[element.get(W + "id", "")] = (label, at)
        elif element.tag == _END and (line := begun.pop(element.get(W + "id", ""), None)):
            seen.add(line[0])
            # Whoever selects a whole paragraph in Word takes its end along.
            stop = at - 1 if line[1] < at and pieces[at - 1].text == PARAGRAPH else at
            yield line[0], found.places[line[1]], found.places[max(stop, line[1])]
