"""Writing a marked text as OpenDocument, with native tracked changes and comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lxml import etree

from tracker.exchange.marked import PARAGRAPH, Mark, Marked, Remark
from tracker.exchange.marked_source import Flow, Stretch
from tracker.formats.odt import words
from tracker.formats.odt.body import Blocks, Paragraph, placed
from tracker.formats.odt.names import DC, LINE, LOEXT, META, NO_TIME, OFFICE, SPACES, TEXT
from tracker.formats.odt.package import packed
from tracker.formats.odt.styles import list_styles, meta, styles

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def write(marked: Marked, notice: str | None = None, footer: str = "") -> bytes:
    """Return an .odt of a marked text; ``notice`` and ``footer`` stand on each page.

    Its untouched text is the one given; whoever reads it finds the same places again.
    """
    parts = {
        "content.xml": _xml(_content(marked)),
        "styles.xml": _xml(styles(marked, notice, footer)),
        "meta.xml": _xml(meta(marked)),
    }
    return packed(parts)


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _content(marked: Marked) -> etree._Element:
    root = etree.Element(OFFICE + "document-content", {OFFICE + "version": "1.3"}, SPACES)
    root.append(list_styles())
    body = etree.SubElement(root, OFFICE + "body")
    text = etree.SubElement(body, OFFICE + "text")
    written = _Text(marked)
    if len(written.regions):
        text.append(written.regions)
    blocks = written.blocks
    placed(text, [(blocks.look(each), each.element) for each in written.paragraphs])
    return root


class _Text:
    """The text as it is written, paragraph by paragraph; ``regions`` lists its changes."""

    def __init__(self, marked: Marked) -> None:
        self.blocks = Blocks(marked.blocks)
        self.regions = etree.Element(TEXT + "tracked-changes", {TEXT + "track-changes": "true"})
        self.paragraphs = [Paragraph()]
        self._marks = marked.marks
        self._count = 0
        self._inserting: tuple[int, str] | None = None
        self._is_behind_deleted_end = False
        flow = Flow(marked.text, marked.marks)
        self._places = _Places(marked, flow)
        for place, parts in flow.cut(self._places.cuts):
            for element in self._places.at(place):
                self._last.element.append(element)
            for part in parts:
                self._part(part)
        self._stop_inserting()
        self._last.has(self.blocks.at(len(marked.text)), own=not self._last.new)

    @property
    def _last(self) -> Paragraph:
        return self.paragraphs[-1]

    def _part(self, part: Stretch) -> None:
        if self._inserting and (part.deleted is not None or part.inserted != self._inserting[0]):
            self._stop_inserting()
        if part.deleted is not None:
            self._deletion(part)
            return
        if part.inserted is not None and self._inserting is None:
            self._inserting = part.inserted, self._region(part.inserted)[0]
            self._sign("change-start", self._inserting[1])
        self._is_behind_deleted_end = False
        own = part.inserted is None
        at = part.start
        for number, line in enumerate(part.text.split(PARAGRAPH)):
            if number:
                self._end(at, own=own)
                at += own
            if line:
                self._last.has(self.blocks.at(at), own=own)
                words.add(self._last.element, line)
                at += len(line) if own else 0

    def _end(self, place: int, *, own: bool) -> None:
        """End a paragraph; what has no words of its own and a new end is new."""
        last = self._last
        if own:
            last.has(self.blocks.at(place), own=not last.new)
        elif not last.own and last.block is not None:
            last.new = True
        last.has(self.blocks.at(place), own=False)
        self.paragraphs.append(Paragraph(new=not own))

    def _deletion(self, part: Stretch) -> None:
        assert part.deleted is not None
        name, region = self._region(part.deleted, part.inserted)
        stood = part.inserted is None
        self._last.has(self.blocks.at(part.start), own=False)
        looks = []
        at = part.start
        lines = part.text.split(PARAGRAPH)
        is_shown = stood and (len(lines) > 1 or self._is_behind_deleted_end)
        for line in lines:
            paragraph = Paragraph()
            words.add(paragraph.element, line)
            if is_shown:
                paragraph.has(self.blocks.at(at), own=True)
            at += len(line) + 1
            looks.append((self.blocks.look(paragraph), paragraph.element))
        placed(region[0], looks)
        self._sign("change", name)
        self._is_behind_deleted_end = stood and part.text.endswith(PARAGRAPH)

    def _region(self, mark: int, inserted: int | None = None) -> tuple[str, etree._Element]:
        """List a change; of words that were put in before they were deleted, both."""
        self._count += 1
        name = f"ct{self._count}"
        attributes = {_XML_ID: name, TEXT + "id": name}
        region = etree.SubElement(self.regions, TEXT + "changed-region", attributes)
        for number in (mark, inserted):
            if number is not None:
                self._change(region, self._marks[number])
        return name, region

    def _change(self, region: etree._Element, mark: Mark) -> None:
        kind = "insertion" if mark.kind == "insert" else "deletion"
        change = etree.SubElement(region, TEXT + kind)
        info = etree.SubElement(change, OFFICE + "change-info")
        etree.SubElement(info, DC + "creator").text = words.clean(mark.author)
        etree.SubElement(info, DC + "date").text = mark.date or NO_TIME

    def _stop_inserting(self) -> None:
        if self._inserting is not None:
            self._sign("change-end", self._inserting[1])
            self._inserting = None

    def _sign(self, tag: str, name: str) -> None:
        etree.SubElement(self._last.element, TEXT + tag, {TEXT + "change-id": name})


class _Places:
    """What stands at places of the flow: comments, their ends, and the bookmarks of lines."""

    def __init__(self, marked: Marked, flow: Flow) -> None:
        self._ends: dict[int, list[etree._Element]] = defaultdict(list)
        self._starts: dict[int, list[etree._Element]] = defaultdict(list)
        lines = marked.stamp.lines if marked.stamp else ()
        for label, begin, stop in lines:
            start, end = flow.range(Remark("", "", None, "", begin, stop))
            for places, at, tag in ((self._starts, start, "start"), (self._ends, end, "end")):
                name = {TEXT + "name": LINE + label}
                places[at].append(etree.Element(f"{TEXT}bookmark-{tag}", name))
        names = _names(marked.remarks)
        for remark in marked.remarks:
            start, end = flow.range(remark)
            self._starts[start].append(_annotation(remark, names))
            if start < end:
                ended = etree.Element(OFFICE + "annotation-end")
                ended.set(OFFICE + "name", names[remark.id])
                self._ends[end].append(ended)
        self.cuts = sorted({*self._starts, *self._ends})

    def at(self, place: int) -> list[etree._Element]:
        """Return what stands at a place: what ends first."""
        return [*self._ends.pop(place, ()), *self._starts.pop(place, ())]


def _names(remarks: Sequence[Remark]) -> dict[str, str]:
    """Return what each comment is called in the file."""
    return {remark.id: words.clean(remark.about or remark.id) for remark in remarks}


def _annotation(remark: Remark, names: dict[str, str]) -> etree._Element:
    element = etree.Element(OFFICE + "annotation", {OFFICE + "name": names[remark.id]})
    element.set(LOEXT + "resolved", "true" if remark.done else "false")
    if remark.parent in names:
        element.set(LOEXT + "parent-name", names[remark.parent])
    etree.SubElement(element, DC + "creator").text = words.clean(remark.author)
    etree.SubElement(element, DC + "date").text = remark.date or NO_TIME
    if remark.initials:
        etree.SubElement(element, META + "creator-initials").text = words.clean(remark.initials)
    for line in remark.text.splitlines() or [""]:
        words.add(etree.SubElement(element, TEXT + "p"), line)
    return element
