"""What a Word file tells of itself besides its text: the stamp, names of people, settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from tracker.exchange.marked import Stamp
from tracker.exchange.outgoing import Outgoing
from tracker.formats.docx import parts
from tracker.formats.docx.names import W
from tracker.formats.docx.ours import OURS
from tracker.formats.docx.parts import Parts
from tracker.formats.docx.runs import element
from tracker.formats.docx.tree import take_out
from tracker.formats.xml import holdable

_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_TYPES = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_LONGEST = 255
"""Characters that a property holds in Word."""
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_PERSONS = ("{http://purl.org/dc/elements/1.1/}creator", f"{_CORE}lastModifiedBy")
_EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_TELLING = (
    *(f"{_EXTENDED}{name}" for name in ("Company", "Manager", "Template", "HyperlinkBase")),
    *(f"{{http://purl.org/dc/elements/1.1/}}{name}" for name in ("subject", "description")),
    *(f"{_CORE}{name}" for name in ("keywords", "category")),
    *(W + name for name in ("attachedTemplate", "docVars")),
)
"""What is said of a file in its properties and settings that may tell of people or their house."""
_STORY = re.compile(rb"\bauthor\s*=")
_BEFORE_TRACKING = {
    W + name
    for name in (
        *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
        *("doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText"),
        *("printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts"),
        *("embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins"),
        *("alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter"),
        *("gutterAtTop", "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle"),
        *("proofState", "formsDesign", "attachedTemplate", "linkStyles", "documentType"),
        *("stylePaneFormatFilter", "stylePaneSortMethod", "mailMerge", "revisionView"),
    )
}


def put_stamp(
    into: Parts, stamp: Stamp | None, about: Iterable[tuple[str, str]], alone: bool
) -> None:
    """Write the custom properties: those of a stamp, and which comment (by key) is which of ours.

    Those of an earlier stamp go; with ``alone`` all others, too, which may hold anything.
    """
    name = into.of(parts.CUSTOM, "")
    old = [] if name is None else list(into.xml(name))
    kept = [] if alone else [each for each in old if not (each.get("name") or "").startswith(OURS)]
    root = etree.fromstring(f'<Properties xmlns="{_CUSTOM[1:-1]}" xmlns:vt="{_TYPES[1:-1]}"/>')
    root.extend(kept)
    taken = {each.get("pid") for each in kept}
    free = (str(number) for number in range(2, 2**31) if str(number) not in taken)
    for title, value in _stamped(stamp, about):
        each = etree.SubElement(root, _CUSTOM + "property")
        each.set("fmtid", _FORMAT)
        each.set("pid", next(free))
        each.set("name", OURS + title)
        etree.SubElement(each, _TYPES + "lpwstr").text = holdable(value)
    if len(root) or name is not None:
        into.put(parts.CUSTOM, root, "")


def _stamped(stamp: Stamp | None, about: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    if stamp is None:
        return
    yield "document", stamp.document
    yield "entry", str(stamp.entry)
    yield "language", stamp.language
    yield "proposals", " ".join(stamp.proposals)
    if stamp.base is not None:
        yield "base", str(stamp.base)
    chunks = [""]
    for pair in (f"{key}:{comment}" for key, comment in about):
        if len(chunks[-1]) + len(pair) >= _LONGEST:
            chunks.append("")
        chunks[-1] = f"{chunks[-1]} {pair}".lstrip()
    for number, chunk in enumerate(chunks, 1):
        yield "comments" if number == 1 else f"comments.{number}", chunk


def rename(into: Parts, outgoing: Outgoing) -> None:
    """Call the authors of what a base holds as they may be called, in its text and properties."""
    if not outgoing.names and outgoing.others is None:
        return
    for name in into.names:
        if name.endswith(".xml") and (name == into.main or _STORY.search(into.content(name))):
            for each in into.xml(name).iter("{*}*"):
                author = each.get(W + "author")
                if author is not None:
                    each.set(W + "author", holdable(outgoing.name(author)))
    core = into.of(parts.CORE, "")
    for person in () if core is None else into.xml(core).iter(*_PERSONS):
        person.text = holdable(outgoing.name(person.text)) if person.text else None
    if outgoing.others is not None:
        _forget(into)


def _forget(into: Parts) -> None:
    """Take out what tells of people or their house, besides the authors.

    Data beside the text (where SharePoint lists who shares a file) goes if the text shows none.
    """
    settings = into.of(parts.SETTINGS)
    for name in (into.of(parts.EXTENDED, ""), into.of(parts.CORE, ""), settings):
        for each in () if name is None else list(into.xml(name).iterchildren(*_TELLING)):
            take_out(each)
    if b"dataBinding" not in into.content(into.main):
        into.remove(parts.DATA)
        for name in [each for each in into.names if each.startswith("customXml/")]:
            into.drop(name)
    if settings is not None:
        into.unrelate(parts.TEMPLATE, settings)


def track(into: Parts) -> None:
    """Let Word track whatever is changed from now on."""
    name = into.of(parts.SETTINGS)
    if name is None:
        name, _ = into.add(parts.SETTINGS, element("settings"))
    settings = into.xml(name)
    if settings.find(W + "trackRevisions") is None:
        before = [at for at, each in enumerate(settings, 1) if each.tag in _BEFORE_TRACKING]
        settings.insert(max(before, default=0), element("trackRevisions"))
