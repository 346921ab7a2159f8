"""An OpenDocument text as a package of parts, opened safely and written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from tracker.errors import BadInput
from tracker.formats import compound, ooxml

TYPE = "application/vnd.oasis.opendocument.text"
_MIMETYPE, _MANIFEST = "mimetype", "META-INF/manifest.xml"
_LISTS_OF_LIBRARIES = ("-lc.xml", "-lb.xml")
# No part tells when it was written: the same text makes the same file.
_WRITTEN = (1980, 1, 1, 0, 0, 0)
_SAVE_AGAIN = "open it in LibreOffice and save it again as .odt"


class Parts:
    """The parts of a file by name; ``name`` is the file's."""

    def __init__(self, name: str, parts: Mapping[str, bytes]) -> None:
        self.name = name
        self._parts = parts

    def xml(self, part: str) -> etree._Element:
        """Return the root of a part. Raises BadInput if it is missing or cannot safely be read."""
        if part not in self._parts:
            raise BadInput(f"{self.name} lacks its part {part!r}", _SAVE_AGAIN)
        return ooxml.parsed(self._parts[part], part, self.name)

    def has(self, part: str) -> bool:
        """Return whether a part is there."""
        return part in self._parts


def opened(content: bytes, name: str) -> Parts:
    """Return the parts of an OpenDocument text.

    Raises BadInput, saying what is wrong, for anything that is none or not safe to read.
    """
    compound.refuse(content, name)
    if not content.startswith(b"PK"):
        raise BadInput(f"{name} is no OpenDocument text", "save it as .odt, and import that")
    found = ooxml.unpacked(content, name)
    kind = found.get(_MIMETYPE, b"").decode("ascii", "replace").strip()
    if kind != TYPE:
        raise BadInput(
            f"{name} is no OpenDocument text but {kind or 'a zip of no type'!r}",
            "save it as .odt, and import that",
        )
    parts = Parts(name, found)
    _refuse_protected(parts)
    _refuse_macros(found, name)
    return parts


def _refuse_protected(parts: Parts) -> None:
    if not parts.has(_MANIFEST):
        return
    manifest = parts.xml(_MANIFEST)
    if any(str(each.tag).endswith("}encryption-data") for each in manifest.iter("{*}*")):
        raise BadInput(
            f"{parts.name} is protected by a password", "save it without one, and import that"
        )


def _refuse_macros(parts: Mapping[str, bytes], name: str) -> None:
    for part in parts:
        is_basic = part.startswith("Basic/") and not part.endswith(_LISTS_OF_LIBRARIES)
        if is_basic or part.startswith("Scripts/"):
            raise BadInput(f"{name} holds macros", "save it without them, and import that")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a file of these parts; the same parts give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        # What kind of file it is must come first and can be read without unpacking.
        for part, content in ((_MIMETYPE, TYPE.encode()), *parts.items(), _manifest(parts)):
            entry = zipfile.ZipInfo(part, _WRITTEN)
            entry.create_system = 0
            if part != _MIMETYPE:
                entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return written.getvalue()


def _manifest(parts: Mapping[str, bytes]) -> tuple[str, bytes]:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    root = etree.Element(
        f"{{{space}}}manifest", {f"{{{space}}}version": "1.3"}, {"manifest": space}
    )
    for path, kind in (("/", TYPE), *((part, "text/xml") for part in parts)):
        attributes = {f"{{{space}}}full-path": path, f"{{{space}}}media-type": kind}
        if path == "/":
            attributes[f"{{{space}}}version"] = "1.3"
        etree.SubElement(root, f"{{{space}}}file-entry", attributes)
    return _MANIFEST, etree.tostring(root, xml_declaration=True, encoding="UTF-8")
