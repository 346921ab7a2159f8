"""The parts of a Word file that is being made: what was there, and what is written anew."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from lxml import etree

from tracker.formats.docx.package import WordFile
from tracker.formats.ooxml import TYPES, Package

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_TYPE = "application/vnd.openxmlformats-officedocument."
_WORD_TYPE = _TYPE + "wordprocessingml."
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


class Kind(NamedTuple):
    """A kind of part: its type of relationship, its content type, and how it is usually named."""

    relationship: str
    content_type: str
    usual: str

    @property
    def word(self) -> str:
        """The last word of the relationship."""
        return self.relationship.rpartition("/")[2]


def _word_kind(name: str, relationship: str | None = None) -> Kind:
    return Kind((relationship or _RELATED) + name, f"{_WORD_TYPE}{name}+xml", f"{name}.xml")


COMMENTS = _word_kind("comments")
COMMENTS_EXTENDED = _word_kind("commentsExtended", _MICROSOFT + "2011/relationships/")
COMMENTS_IDS = _word_kind("commentsIds", _MICROSOFT + "2016/09/relationships/")
COMMENTS_EXTENSIBLE = _word_kind("commentsExtensible", _MICROSOFT + "2018/08/relationships/")
PEOPLE = _word_kind("people", _MICROSOFT + "2011/relationships/")
SETTINGS = _word_kind("settings")
HEADER = _word_kind("header")
FOOTER = _word_kind("footer")
DATA = Kind(_RELATED + "customXml", "", "")
TEMPLATE = Kind(_RELATED + "attachedTemplate", "", "")
CORE = Kind(
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/core.xml",
)
EXTENDED = Kind(
    _RELATED + "extended-properties", _TYPE + "extended-properties+xml", "docProps/app.xml"
)
CUSTOM = Kind(
    _RELATED + "custom-properties", _TYPE + "custom-properties+xml", "docProps/custom.xml"
)


class Parts:
    """What a file is made of. A part that nobody asks for as XML stays as it is, byte for byte."""

    def __init__(self, file: WordFile) -> None:
        self.main = file.main
        self._package = file.package
        self._roots: dict[str, etree._Element] = {file.main: file.document}
        self._changed = {file.main}
        self._removed: set[str] = set()

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return [name for name in (*self._package.parts, *self._new()) if name not in self._removed]

    def xml(self, name: str) -> etree._Element:
        """Return the root of a part, which will be written as it then is."""
        self._changed.add(name)
        return self._read(name)

    def content(self, name: str) -> bytes:
        """Return a part as it came."""
        return self._package.parts.get(name, b"")

    def of(self, kind: Kind, part: str | None = None) -> str | None:
        """Return the name of the part of a kind that a part, usually the main one, refers to."""
        part = self.main if part is None else part
        found = (self._target(part, each) for each in self._relations(part, kind))
        return next((name for name in found if name in self.names), None)

    def put(self, kind: Kind, root: etree._Element, part: str | None = None) -> str:
        """Let a part of a kind, there or new, hold this; return its name."""
        name = self.of(kind, part)
        if name is None:
            return self.add(kind, root, part)[0]
        self._roots[name] = root
        self._changed.add(name)
        return name

    def add(self, kind: Kind, root: etree._Element, part: str | None = None) -> tuple[str, str]:
        """Add a new part of a kind; return its name and the id of the relationship to it."""
        part = self.main if part is None else part
        name = self._free(posixpath.join(posixpath.dirname(part), kind.usual))
        self._roots[name] = root
        self._changed.add(name)
        self._removed.discard(name)
        override = etree.SubElement(self.xml(TYPES), _CONTENT_TYPES + "Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", kind.content_type)
        return name, self._relate(part, kind, name)

    def remove(self, kind: Kind) -> None:
        """Take away the parts of a kind that the main part refers to."""
        for each in self._relations(self.main, kind):
            self.xml(self._relation_part(self.main)).remove(each)
            self.drop(self._target(self.main, each))

    def drop(self, name: str) -> None:
        """Take a part away that nothing refers to any more."""
        self._removed.add(name)
        types = self.xml(TYPES)
        for override in list(types):
            if (override.get("PartName") or "").lstrip("/").lower() == name.lower():
                types.remove(override)

    def be_document(self) -> None:
        """Let a template be a document: Word opens the one only under its own suffix."""
        for each in self._read(TYPES):
            kind = each.get("ContentType") or ""
            if kind == f"{_WORD_TYPE}template.main+xml":
                self._changed.add(TYPES)
                each.set("ContentType", f"{_WORD_TYPE}document.main+xml")

    def unrelate(self, kind: Kind, part: str) -> None:
        """Take away what a part says of others of a kind, wherever these are."""
        name = self._relation_part(part)
        for each in list(self._read(name)):
            if (each.get("Type") or "").rpartition("/")[2] == kind.word:
                self.xml(name).remove(each)

    def written(self) -> bytes:
        """Return the file."""
        made = {name: _bytes(self._roots[name]) for name in self._roots if name in self._changed}
        parts = {**self._package.parts, **made}
        kept = {name: parts[name] for name in parts if name not in self._removed}
        return Package(self._package.name, kept).write()

    def _read(self, name: str) -> etree._Element:
        if name not in self._roots:
            self._roots[name] = self._package.xml(name)
        return self._roots[name]

    def _new(self) -> list[str]:
        return [name for name in self._roots if name not in self._package.parts]

    def _free(self, name: str) -> str:
        stem, suffix = posixpath.splitext(name)
        taken = {each.lower() for each in self.names}
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}{number}{suffix}"
        return name

    def _relation_part(self, part: str) -> str:
        """Return the name of the part that lists the relationships of one, made if need be."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self._package.parts and name not in self._roots:
            namespace = _RELATION[1:].partition("}")[0]
            self._roots[name] = etree.fromstring(f'<Relationships xmlns="{namespace}"/>')
        return name

    def _relations(self, part: str, kind: Kind) -> list[etree._Element]:
        return [
            each
            for each in self._read(self._relation_part(part))
            if (each.get("Type") or "").rpartition("/")[2] == kind.word
            and each.get("TargetMode") != "External"
        ]

    def _target(self, part: str, relation: etree._Element) -> str:
        folder = posixpath.dirname(part)
        target = relation.get("Target") or ""
        return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

    def target(self, part: str, relation: str) -> str | None:
        """Return the part that a part refers to by the id of a relationship."""
        for each in self._read(self._relation_part(part)):
            if each.get("Id") == relation and each.get("TargetMode") != "External":
                return self._target(part, each)
        return None

    def _relate(self, part: str, kind: Kind, name: str) -> str:
        root = self.xml(self._relation_part(part))
        taken = {each.get("Id") for each in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        relation = etree.SubElement(root, _RELATION)
        relation.set("Id", f"rId{number}")
        relation.set("Type", kind.relationship)
        folder = posixpath.dirname(part)
        relation.set("Target", posixpath.relpath("/" + name, "/" + folder))
        return f"rId{number}"


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
