"""A long Word file with tracked changes and comments, as Word would have written it."""

from __future__ import annotations

import random

from benchmarks.speed.texts import words
from tracker.formats.ooxml import TYPES, Package

_OFFICE = "http://schemas.openxmlformats.org"
_WORD = f"{_OFFICE}/wordprocessingml/2006/main"
_RELATIONS = f"{_OFFICE}/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMES = f'xmlns:w="{_WORD}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_LOOK = (
    '<w:rPr><w:rFonts w:eastAsia="MS Mincho"/><w:lang w:val="en-US" w:eastAsia="ja-JP"/></w:rPr>'
)
_LENGTH = 40


def long_file(paragraphs: int, changes: int, comments: int, seed: int = 20220930) -> bytes:
    """Return a file with so many paragraphs, changes and comments, a third of these replies."""
    chance = random.Random(seed)
    text = words(paragraphs * _LENGTH)
    changed = sorted(chance.choices(range(paragraphs), k=changes))
    flagged = [number * paragraphs // comments for number in range(comments)]
    body = []
    for number in range(paragraphs):
        said = text[number * _LENGTH : (number + 1) * _LENGTH]
        on = [at for at, where in enumerate(flagged) if where == number]
        body.append(_paragraph(number, said, changed.count(number), on))
    return _packed("".join(body), comments)


def _paragraph(number: int, said: list[str], changes: int, comments: list[int]) -> str:
    parts = []
    for nth in range(changes):
        here = said[nth * 4 : nth * 4 + 4]
        kind = "del" if nth % 2 else "ins"
        stated = f'w:id="{10_000 + number * 100 + nth}" w:author="Reader {number % 7}"'
        parts.append(_run(here[0]) + _run(here[1]))
        parts.append(
            f'<w:{kind} {stated} w:date="2022-03-04T10:00:00Z">'
            f"{_run(here[2], 'delText' if kind == 'del' else 't')}</w:{kind}>{_run(here[3])}"
        )
    rest = _run(" ".join(said[changes * 4 :]))
    begins = "".join(f'<w:commentRangeStart w:id="{each}"/>' for each in comments)
    ends = "".join(
        f'<w:commentRangeEnd w:id="{each}"/><w:r><w:commentReference w:id="{each}"/></w:r>'
        for each in comments
    )
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if number % 50 == 0 else ""
    return f'<w:p w14:paraId="{number + 1:08X}">{style}{"".join(parts)}{begins}{rest}{ends}</w:p>'


def _run(text: str, tag: str = "t") -> str:
    return f'<w:r>{_LOOK}<w:{tag} xml:space="preserve">{text} </w:{tag}></w:r>'


def _packed(body: str, comments: int) -> bytes:
    kinds = ("comments", "commentsExtended", "styles")
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), *((kind, kind) for kind in kinds))
    )
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for kind in kinds
    )
    said = "".join(
        f'<w:comment w:id="{number}" w:author="Reader {number % 7}" w:initials="R" '
        f'w:date="2022-03-04T10:00:00Z"><w:p w14:paraId="{2**24 + number:08X}"><w:r>'
        f"<w:annotationRef/></w:r>{_run('Which of them, and when?')}</w:p></w:comment>"
        for number in range(comments)
    )
    threads = "".join(
        f'<w15:commentEx w15:paraId="{2**24 + number:08X}" w15:done="{number % 2}"'
        + (f' w15:paraIdParent="{2**24 + number - 1:08X}"/>' if number % 3 == 2 else "/>")
        for number in range(comments)
    )
    package = f"{_OFFICE}/package/2006"
    parts = {
        TYPES: f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" '
        f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{relations}</Relationships>",
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        "word/comments.xml": f"<w:comments {_NAMES}>{said}</w:comments>",
        "word/commentsExtended.xml": "<w15:commentsEx xmlns:w15="
        f'"http://schemas.microsoft.com/office/word/2012/wordml">{threads}</w15:commentsEx>',
        "word/styles.xml": f'<w:styles {_NAMES}><w:style w:type="paragraph" w:styleId="Heading1">'
        '<w:name w:val="heading 1"/></w:style></w:styles>',
    }
    return Package("long.docx", {name: part.encode() for name, part in parts.items()}).write()
