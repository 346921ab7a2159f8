"""An Office file (ECMA-376, part 2): a zip of parts with content types and relationships.

Opening one is safe whatever was handed in. Sizes are capped while reading, a document type (and
with it every entity) is refused in any part, so are macros and names that lead out of the file,
and nothing outside the file is ever fetched.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from lxml import etree

from tracker.errors import BadInput
from tracker.formats import compound

TYPES = "[Content_Types].xml"
MOST_PARTS = 5_000
LARGEST_PART = 64 * 2**20
LARGEST_WHOLE = 256 * 2**20
_CHUNK = 2**20
# No part tells when it was written: the same parts make the same file.
_WRITTEN = (1980, 1, 1, 0, 0, 0)

_XML = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
_PROLOG = re.compile(r"\ufeff?(?:\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
_MACROS = re.compile(r"(?:vbaProject|vbaData|vbaProjectSignature)\w*\.(?:bin|xml)$", re.IGNORECASE)
_MACRO_TYPE = re.compile(r"macroEnabled|vbaProject", re.IGNORECASE)
# "Strict" files say the same under other names, which follow one rule but for two of them.
_STRICT = re.compile(
    rb"""\b(xmlns(?::[\w.-]+)?|Type)(\s*=\s*["'])http://purl\.oclc\.org/ooxml/(\w+)/([\w/-]+)"""
)
_RENAMED = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
}
_CONFORMANCE = re.compile(rb"""\s(?:\w+:)?conformance\s*=\s*["']strict["']""")

# What the standard library says of a zip with wrong bytes in it.
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, RuntimeError, OverflowError),
)
_SAVE_AGAIN = "open it in the program that it comes from and save it again"
_NOT_OURS = "if it should be one, do not open it: ask where it comes from"


SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
"""How every part is parsed, whole or element by element."""


class Relation(NamedTuple):
    """A relationship: ``kind`` is the last word of its type, ``target`` a part, or external."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """The parts of an Office file by name, in the order of the file; ``name`` is the file's."""

    name: str
    parts: Mapping[str, bytes]

    def xml(self, part: str) -> etree._Element:
        """Return the root of a part, without comments and instructions between its elements.

        Raises BadInput if it is missing or no XML.
        """
        if part not in self.parts:
            raise BadInput(f"{self.name} lacks its part {part!r}", _SAVE_AGAIN)
        return parsed(self.parts[part], part, self.name)

    def relations(self, part: str = "") -> tuple[Relation, ...]:
        """Return the relationships of a part, or of the package as a whole."""
        folder, base = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{base}.rels")
        if listed not in self.parts:
            return ()
        return tuple(_relation(each, folder) for each in self.xml(listed))

    def related(self, kind: str, part: str = "") -> str | None:
        """Return the first part of a kind (``comments``) that a part refers to, if it is there."""
        return next(
            (
                each.target
                for each in self.relations(part)
                if each.kind == kind and not each.external and each.target in self.parts
            ),
            None,
        )

    def content_type(self, part: str) -> str:
        """Return the content type of a part, empty if none is given."""
        named, by_suffix = _content_types(self.xml(TYPES))
        return named.get(part.lower(), by_suffix.get(part.rpartition(".")[2].lower(), ""))

    def main(self) -> str:
        """Return the name of the main part. Raises BadInput if there is none."""
        found = self.related("officeDocument")
        if found is None:
            raise BadInput(f"{self.name} is an Office file without a document in it", _SAVE_AGAIN)
        return found

    def changed(self, parts: Mapping[str, bytes]) -> Package:
        """Return the package with some parts in the place of theirs, or new at its end."""
        return Package(self.name, {**self.parts, **parts})

    def write(self) -> bytes:
        """Return the file. The same parts give the same bytes, whenever they are written."""
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            for part, content in self.parts.items():
                entry = zipfile.ZipInfo(part, _WRITTEN)
                entry.create_system = 0
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)
        return written.getvalue()


def opened(content: bytes, name: str) -> Package:
    """Return the parts of an Office file.

    A "strict" file gets the names that all others use. Raises BadInput, saying what is wrong, for
    anything that is no such file or not safe to read.
    """
    compound.refuse(content, name)
    if not content.startswith(b"PK"):
        raise BadInput(f"{name} is no Office file", "save it as .docx, or .xlsx, and hand in that")
    parts = unpacked(content, name)
    if TYPES not in parts:
        raise BadInput(
            f"{name} is a zip, but no Office file", "unpack it, and hand in the file that is in it"
        )
    for part, found in parts.items():
        if _is_xml(part, found):
            _check_prolog(found, part, name)
    parts = {part: _usual(found) if _XML.search(part) else found for part, found in parts.items()}
    package = Package(name, parts)
    _refuse_macros(package)
    return package


def parsed(content: bytes, part: str, name: str) -> etree._Element:
    """Return the root of a part. Raises BadInput if it is not well formed, or has a DTD."""
    _check_prolog(content, part, name)
    try:
        return etree.fromstring(content, etree.XMLParser(**SAFELY))
    except etree.XMLSyntaxError as fault:
        raise no_xml(fault, part, name) from None


def no_xml(fault: etree.XMLSyntaxError, part: str, name: str) -> BadInput:
    """Return the error for a part that is not well formed."""
    return BadInput(f"{name} is damaged: {part} is no XML ({fault.msg})", _SAVE_AGAIN)


def unpacked(content: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a zip by name. Raises BadInput for one that is not safe to unpack."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, name)
            return _contents(archive, [each for each in entries if not each.is_dir()], name)
    except _DAMAGED:
        raise BadInput(
            f"{name} is damaged or cut off: it cannot be unpacked",
            "fetch it again, or open it where it comes from and save it again",
        ) from None


def _contents(
    archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo], name: str
) -> dict[str, bytes]:
    """Return what is packed. What the entries say of their sizes is not believed."""
    parts: dict[str, bytes] = {}
    left = LARGEST_WHOLE
    for entry in entries:
        unpacked = io.BytesIO()
        with archive.open(entry) as packed:
            while chunk := packed.read(_CHUNK):
                unpacked.write(chunk)
                if unpacked.tell() > min(LARGEST_PART, left):
                    raise BadInput(
                        f"{name} would unpack to more than {LARGEST_PART >> 20} MB a part, or "
                        f"{LARGEST_WHOLE >> 20} MB in all, in {entry.filename!r}",
                        "take large pictures out of it and save it again; " + _NOT_OURS,
                    )
        left -= unpacked.tell()
        parts[entry.filename] = unpacked.getvalue()
    return parts


def _check_entries(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Raise BadInput for entries that no Office program would have written."""
    if len(entries) > MOST_PARTS:
        raise BadInput(f"{name} has {len(entries):,} parts; {MOST_PARTS:,} is the limit", _NOT_OURS)
    seen: set[str] = set()
    for entry in entries:
        part = entry.filename
        if entry.flag_bits & 1:
            raise BadInput(
                f"{name} is protected by a password", "save it without one, and hand in that"
            )
        if _leads_out(part):
            raise BadInput(f"{name} has a part whose name is not allowed: {part!r}", _NOT_OURS)
        if part.lower() in seen:
            raise BadInput(f"{name} has two parts named {part!r}", _SAVE_AGAIN)
        seen.add(part.lower())
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BadInput(
                f"{name} is packed in a way that Office files are not, in {part!r}", _SAVE_AGAIN
            )


def _leads_out(part: str) -> bool:
    steps = part.removesuffix("/").split("/")
    return "\\" in part or ":" in steps[0] or any(step in ("", ".", "..") for step in steps)


def _is_xml(part: str, content: bytes) -> bool:
    """Say whether a part is XML by its name, or begins as such, in whatever encoding."""
    begin = content[:64].translate(None, b"\0\xef\xbb\xbf\xff\xfe \t\r\n")
    return _XML.search(part) is not None or begin[:2] in (b"<?", b"<!")


def _check_prolog(content: bytes, part: str, name: str) -> None:
    """Raise BadInput for a part with a document type, or in an encoding that could hide one."""
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:4]
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        encoding = declared[1].decode("ascii", "replace")
        raise BadInput(f"{name}: {part} is written in {encoding!r}, not in UTF-8", _SAVE_AGAIN)
    if not wide and b"<!DOCTYPE" not in content:
        return
    codec = "utf-8" if not wide else _wide(content)
    if _PROLOG.match(content.decode(codec, "replace")):
        raise BadInput(f"{name}: {part} has a document type, which is not allowed", _NOT_OURS)


def _wide(content: bytes) -> str:
    big = content.startswith((b"\xfe\xff", b"\0"))
    return "utf-16-be" if big else "utf-16-le"


def _usual(content: bytes) -> bytes:
    """Return a part of a "strict" file under the names that all other files use."""
    if b"http://purl.oclc.org/ooxml/" not in content:
        return content
    return _CONFORMANCE.sub(b"", _STRICT.sub(_usual_name, content))


def _usual_name(found: re.Match[bytes]) -> bytes:
    rest = _RENAMED.get(found[4], found[4])
    return b"%s%shttp://schemas.openxmlformats.org/%s/2006/%s" % (
        *(found[1], found[2], found[3]),
        rest,
    )


def _refuse_macros(package: Package) -> None:
    named, by_suffix = _content_types(package.xml(TYPES))
    types = [*named.values(), *by_suffix.values()]
    if any(map(_MACROS.search, package.parts)) or any(map(_MACRO_TYPE.search, types)):
        raise BadInput(
            f"{package.name} holds macros", "save it without them (.docx, .xlsx), and hand in that"
        )


def _content_types(root: etree._Element) -> tuple[dict[str, str], dict[str, str]]:
    """Return the content types by the name of the part, and by suffix, in small letters."""
    named, by_suffix = {}, {}
    for each in root:
        kind = each.get("ContentType", "")
        if each.get("PartName"):
            named[each.get("PartName", "").lstrip("/").lower()] = kind
        else:
            by_suffix[each.get("Extension", "").lower()] = kind
    return named, by_suffix


def _relation(each: etree._Element, folder: str) -> Relation:
    target = each.get("Target", "")
    external = each.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(each.get("Id", ""), each.get("Type", "").rpartition("/")[2], target, external)
