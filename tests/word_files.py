"""Small Word files for tests, made of the few parts that a rule is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{rest}"'
    for prefix, rest in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "w14": "microsoft.com/office/word/2010/wordml",
        "w15": "microsoft.com/office/word/2012/wordml",
        "w16cid": "microsoft.com/office/word/2016/wordml/cid",
        "w16cex": "microsoft.com/office/word/2018/wordml/cex",
        "w16du": "microsoft.com/office/word/2023/wordml/word16du",
    }.items()
)
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_ROOTS = {
    "comments": "w:comments",
    "styles": "w:styles",
    "numbering": "w:numbering",
    "commentsExtended": "w15:commentsEx",
    "commentsIds": "w16cid:commentsIds",
    "commentsExtensible": "w16cex:commentsExtensible",
}


def word(body: str, main_type: str = MAIN_TYPE, **parts: str) -> bytes:
    """A Word file: what stands in its body, and in parts such as ``comments`` or ``styles``."""
    return packed(word_parts(body, main_type, **parts))


def word_parts(body: str, main_type: str = MAIN_TYPE, **parts: str) -> dict[str, str]:
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{_RELATION}{kind}" Target="{kind}.xml"/>'
        for kind in parts
        if kind in _ROOTS
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships">'
        f'<Relationship Id="r1" Type="{_RELATION}officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{_PACKAGE}relationships/metadata/core-properties"'
        ' Target="/docProps/core.xml"/>'
        f'<Relationship Id="r3" Type="{_RELATION}custom-properties"'
        ' Target="docProps/custom.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">'
        f"{relations}</Relationships>",
        **{
            f"word/{kind}.xml": f"<{root} {NAMESPACES}>{parts[kind]}</{root}>"
            for kind, root in _ROOTS.items()
            if kind in parts
        },
        **{name: content for name, content in parts.items() if "/" in name},
    }


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def p(*content: str, properties: str = "") -> str:
    """A paragraph; ``properties`` go into its ``w:pPr``."""
    stated = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{stated}{''.join(content)}</w:p>"


def r(text: str, properties: str = "") -> str:
    stated = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{stated}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tracked(kind: str, content: str = "", author: str = "Ann", at: str = "T10:00:00Z") -> str:
    """What a tracked change is around; without content it is that of a paragraph's end or a row."""
    return f'<w:{kind} w:id="1" w:author="{author}" w:date="2022-03-04{at}">{content}</w:{kind}>'


def ins(text: str, author: str = "Ann", at: str = "T10:00:00Z") -> str:
    return tracked("ins", r(text), author, at)


def cut(text: str, author: str = "Ann", at: str = "T10:00:00Z") -> str:
    said = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return tracked("del", said, author, at)


def end(kind: str, author: str = "Ann") -> str:
    """The properties of a paragraph whose end is tracked."""
    return f"<w:rPr>{tracked(kind, author=author)}</w:rPr>"
