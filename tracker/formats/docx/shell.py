"""The parts of a new Word file: its styles, lists, fonts and settings, of one language.

A4, wide margins, real headings. East Asian text has fonts and a language of its own beside Latin
text, since both stand in one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from tracker.formats.docx.names import WORD
from tracker.formats.xml import holdable

_OFFICE = "http://schemas.openxmlformats.org/"
_RELATED = f"{_OFFICE}officeDocument/2006/relationships"
_PACKAGE = f"{_OFFICE}package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = f'xmlns:w="{WORD}"'
_REGIONS = {
    "en": "en-US",
    "ja": "ja-JP",
    "zh": "zh-CN",
    "ko": "ko-KR",
    "fr": "fr-FR",
    "de": "de-DE",
}
_EAST_ASIAN = {
    "ja": ("Yu Mincho", "MS Mincho", "Yu Gothic", "MS Gothic"),
    "zh": ("SimSun", "Songti SC", "SimHei", "Heiti SC"),
    "ko": ("Batang", "AppleMyungjo", "Malgun Gothic", "Gulim"),
}
"""Fonts of text and of headings, each with the one that stands in for it where it is missing."""
_TEXT_FONT, _HEAD_FONT = "Cambria", "Calibri"
_SIZES = (32, 28, 25, 23, 22, 22)
"""Of headings, in half points."""
_DEPTHS = 6
_PARTS = (
    ("styles", "word/styles.xml", f"{_TYPE}.wordprocessingml.styles+xml"),
    ("numbering", "word/numbering.xml", f"{_TYPE}.wordprocessingml.numbering+xml"),
    ("settings", "word/settings.xml", f"{_TYPE}.wordprocessingml.settings+xml"),
    ("fontTable", "word/fontTable.xml", f"{_TYPE}.wordprocessingml.fontTable+xml"),
    ("theme", "word/theme/theme1.xml", f"{_TYPE}.theme+xml"),
)
BULLETS, NUMBERS = 1, 2
"""The numbers of the kinds of lists."""


def is_east_asian(language: str) -> bool:
    """Say whether a language is written in East Asian characters."""
    return language.partition("-")[0] in _EAST_ASIAN


def parts(body: str, title: str, language: str, lists: Sequence[int]) -> dict[str, bytes]:
    """Return the parts of a file with such a body.

    ``lists`` are the kinds of its lists, in order: the first has the number 1.
    """
    made = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            ("officeDocument", f"{_RELATED}/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(title, language),
        "word/document.xml": (
            f"<w:document {_W}><w:body>{body}"
            '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" '
            'w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>'
            '<w:cols w:space="708"/></w:sectPr></w:body></w:document>'
        ),
        "word/_rels/document.xml.rels": _relations(
            *((f"r{kind}", f"{_RELATED}/{kind}", name[5:]) for kind, name, _ in _PARTS)
        ),
        "word/styles.xml": _styles(language),
        "word/numbering.xml": _numbering(lists),
        "word/settings.xml": _settings(language),
        "word/fontTable.xml": _fonts(language),
        "word/theme/theme1.xml": _theme(),
    }
    return {name: (_HEAD + content).encode() for name, content in made.items()}


def _types() -> str:
    listed = [
        ("word/document.xml", f"{_TYPE}.wordprocessingml.document.main+xml"),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        *((name, kind) for _, name, kind in _PARTS),
    ]
    overrides = [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in listed]
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>'
    )


def _relations(*listed: tuple[str, str, str]) -> str:
    each = [
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in listed
    ]
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _core(title: str, language: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(holdable(title))}</dc:title>"
        f"<dc:language>{escape(_region(language))}</dc:language></cp:coreProperties>"
    )


def _region(language: str) -> str:
    return _REGIONS.get(language, language)


def _languages(language: str) -> tuple[str, str]:
    """Return the languages of Latin and of East Asian text, as a file names them."""
    if is_east_asian(language):
        return "en-US", _region(language)
    return _region(language), "ja-JP"


def _east_asian(language: str) -> tuple[str, str, str, str]:
    return _EAST_ASIAN.get(language.partition("-")[0], _EAST_ASIAN["ja"])


def _run_fonts(latin: str, east_asian: str) -> str:
    return (
        f'<w:rFonts w:ascii="{latin}" w:eastAsia="{east_asian}" w:hAnsi="{latin}" w:cs="{latin}"/>'
    )


def _styles(language: str) -> str:
    text, _, head, _ = _east_asian(language)
    latin_tag, east_asian_tag = map(quoteattr, _languages(language))
    headings = [_heading(level, size, head) for level, size in enumerate(_SIZES, 1)]
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{_run_fonts(_TEXT_FONT, text)}"
        '<w:sz w:val="22"/><w:szCs w:val="22"/>'
        f"<w:lang w:val={latin_tag} w:eastAsia={east_asian_tag} "
        'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="140" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        f"<w:semiHidden/></w:style>{''.join(headings)}"
        '<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:after="80"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="CommentText"><w:name w:val="annotation text"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0" w:line="240" '
        'w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="CommentReference">'
        '<w:name w:val="annotation reference"/><w:basedOn w:val="DefaultParagraphFont"/>'
        '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style></w:styles>'
    )


def _heading(level: int, size: int, font: str) -> str:
    before = max(400 - 60 * level, 160)
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>'
        f'<w:keepLines/><w:spacing w:before="{before}" w:after="100"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr>{_run_fonts(_HEAD_FONT, font)}'
        f'<w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _numbering(lists: Sequence[int]) -> str:
    bullets = [_level(depth, "bullet", "•–"[depth % 2]) for depth in range(_DEPTHS)]
    numbers = [_level(depth, "decimal", f"%{depth + 1}.") for depth in range(_DEPTHS)]
    kinds = [
        f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
        for kind, levels in ((BULLETS, bullets), (NUMBERS, numbers))
    ]
    each = [
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{_restart(kind)}</w:num>'
        for number, kind in enumerate(lists, 1)
    ]
    return f"<w:numbering {_W}>{''.join(kinds)}{''.join(each)}</w:numbering>"


def _level(depth: int, shape: str, text: str) -> str:
    left = 425 * (depth + 1)
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{left}" w:hanging="425"/></w:pPr></w:lvl>'
    )


def _restart(kind: int) -> str:
    """Let each numbered list begin with 1, as it would go on from the one before."""
    if kind == BULLETS:
        return ""
    return "".join(
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for depth in range(_DEPTHS)
    )


def _settings(language: str) -> str:
    latin, east_asian = map(quoteattr, _languages(language))
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f"<w:themeFontLang w:val={latin} w:eastAsia={east_asian}/></w:settings>"
    )


def _fonts(language: str) -> str:
    text, text_else, head, head_else = _east_asian(language)
    each = [
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/></w:font>'
        for name, instead in ((text, text_else), (head, head_else))
    ]
    latin = [f'<w:font w:name="{name}"/>' for name in (_HEAD_FONT, _TEXT_FONT)]
    return f"<w:fonts {_W}>{''.join([*latin, *each])}</w:fonts>"


def _theme() -> str:
    shades = "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink"
    values = "000000 FFFFFF 1F2937 F2F2F2 1F4E79 9C1C1C 1B5E20 7A5C00 4A4A8A 5A5A5A 1F4E79 5A3E7A"
    shown_colours = [
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in zip(shades.split(), values.split(), strict=True)
    ]
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    fonts = [
        f'<a:{kind}Font><a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f"</a:{kind}Font>"
        for kind, font in (("major", _HEAD_FONT), ("minor", _TEXT_FONT))
    ]
    return (
        f'<a:theme xmlns:a="{_OFFICE}drawingml/2006/main" name="Plain"><a:themeElements>'
        f'<a:clrScheme name="Plain">{"".join(shown_colours)}</a:clrScheme>'
        f'<a:fontScheme name="Plain">{"".join(fonts)}</a:fontScheme><a:fmtScheme name="Plain">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst>"
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
