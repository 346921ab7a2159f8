"""How a text that is written looks, and what the file says of itself."""

from __future__ import annotations

from lxml import etree

from tracker.exchange.marked import Marked
from tracker.formats.odt import words
from tracker.formats.odt.body import BULLETS, NUMBERS
from tracker.formats.odt.names import DC, META, OFFICE, OURS, SPACES, STYLE, TEXT

_LEVELS = 10
_SIGNS = ("•", "–", "▪")
_COUNTRIES = {"en": "US", "ja": "JP"}
_SIZES = ("20pt", "16pt", "14pt", "12pt", "12pt", "12pt")
_SVG = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"

_STYLES = """
<office:document-styles {spaces} xmlns:svg="{svg}" office:version="1.3">
 <office:font-face-decls>
  <style:font-face style:name="Latin" svg:font-family="'Liberation Serif', 'Times New Roman'"
   style:font-family-generic="roman" style:font-pitch="variable"/>
  <style:font-face style:name="East Asian" style:font-family-generic="roman"
   svg:font-family="'Noto Serif CJK JP', 'MS Mincho', 'Yu Mincho', 'Hiragino Mincho ProN'"/>
 </office:font-face-decls>
 <office:styles>
  <style:default-style style:family="paragraph">
   <style:paragraph-properties style:line-break="strict" style:punctuation-wrap="hanging"
    style:text-autospace="ideograph-alpha" fo:orphans="2" fo:widows="2"/>
   <style:text-properties style:font-name="Latin" style:font-name-asian="East Asian"
    fo:font-size="11pt" style:font-size-asian="10.5pt" fo:language="{language}"
    fo:country="{country}" style:language-asian="ja" style:country-asian="JP"/>
  </style:default-style>
  <style:style style:name="Standard" style:family="paragraph" style:class="text"/>
  <style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph"
   style:parent-style-name="Standard" style:class="text">
   <style:paragraph-properties fo:margin-bottom="0.25cm" fo:line-height="130%"/>
  </style:style>
  <style:style style:name="List_20_Paragraph" style:display-name="List Paragraph"
   style:family="paragraph" style:parent-style-name="Text_20_body"/>
  <style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard"
   style:next-style-name="Text_20_body" style:class="text">
   <style:paragraph-properties fo:margin-top="0.45cm" fo:margin-bottom="0.2cm"
    fo:keep-with-next="always"/>
   <style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/>
  </style:style>
  {headings}
  <style:style style:name="Header" style:family="paragraph" style:parent-style-name="Standard"
   style:class="extra"><style:text-properties fo:font-size="9pt"/></style:style>
  <style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard"
   style:class="extra"><style:text-properties fo:font-size="9pt"/></style:style>
 </office:styles>
 <office:automatic-styles>
  <style:page-layout style:name="Page">
   <style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
    fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.5cm" fo:margin-right="2.5cm"/>
   <style:header-style><style:header-footer-properties fo:margin-bottom="0.4cm"/>
   </style:header-style>
   <style:footer-style><style:header-footer-properties fo:margin-top="0.4cm"/>
   </style:footer-style>
  </style:page-layout>
 </office:automatic-styles>
 <office:master-styles>
  <style:master-page style:name="Standard" style:page-layout-name="Page">
   <style:header><text:p text:style-name="Header"/></style:header>
   <style:footer><text:p text:style-name="Footer"/></style:footer>
  </style:master-page>
 </office:master-styles>
</office:document-styles>
"""
_HEADING = """
<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}"
 style:family="paragraph" style:parent-style-name="Heading" style:next-style-name="Text_20_body"
 style:default-outline-level="{level}" style:class="text"><style:text-properties
 fo:font-size="{size}" style:font-size-asian="{size}"/></style:style>
"""


def styles(marked: Marked, notice: str | None, footer: str) -> etree._Element:
    """Return the styles, with what stands on each page: notice above, footer and number below."""
    tag = marked.language or "en"
    language, _, country = tag.partition("-")
    headings = [_HEADING.format(level=n, size=size) for n, size in enumerate(_SIZES, 1)]
    filled = _STYLES.format(
        spaces=" ".join([f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items()]),
        svg=_SVG,
        language=language,
        country=country or _COUNTRIES.get(language, "none"),
        headings="".join(headings),
    )
    root = etree.fromstring(filled, etree.XMLParser(remove_blank_text=True))
    page = root.find(f"{OFFICE}master-styles/{STYLE}master-page")
    assert page is not None
    head, foot = page[0], page[1]
    if notice:
        words.add(head[0], notice)
    else:
        page.remove(head)
    words.add(foot[0], f"{footer}\t\t" if footer else "")
    etree.SubElement(foot[0], TEXT + "page-number", {TEXT + "select-page": "current"}).text = "1"
    return root


def list_styles() -> etree._Element:
    """Return the styles of lists: with bullets and with numbers, ten levels each."""
    root = etree.Element(OFFICE + "automatic-styles")
    for name in (BULLETS, NUMBERS):
        style = etree.SubElement(root, TEXT + "list-style", {STYLE + "name": name})
        for level in range(1, _LEVELS + 1):
            own = {TEXT + "level": str(level)}
            if name == BULLETS:
                own[TEXT + "bullet-char"] = _SIGNS[(level - 1) % len(_SIGNS)]
                made = etree.SubElement(style, TEXT + "list-level-style-bullet", own)
            else:
                own.update({STYLE + "num-format": "1", STYLE + "num-suffix": "."})
                made = etree.SubElement(style, TEXT + "list-level-style-number", own)
            _indented(made, level)
    return root


def _indented(level: etree._Element, depth: int) -> None:
    fo = f"{{{SPACES['fo']}}}"
    kind = {TEXT + "list-level-position-and-space-mode": "label-alignment"}
    properties = etree.SubElement(level, STYLE + "list-level-properties", kind)
    margin = f"{0.65 * depth:.2f}cm"
    alignment = {
        TEXT + "label-followed-by": "listtab",
        fo + "text-indent": "-0.65cm",
        fo + "margin-left": margin,
    }
    etree.SubElement(properties, STYLE + "list-level-label-alignment", alignment)


def meta(marked: Marked) -> etree._Element:
    """Return what the file says of itself: the title and the stamp, and nobody's name."""
    root = etree.Element(OFFICE + "document-meta", {OFFICE + "version": "1.3"}, SPACES)
    own = etree.SubElement(root, OFFICE + "meta")
    etree.SubElement(own, META + "generator").text = "tracker"
    if marked.title:
        etree.SubElement(own, DC + "title").text = words.clean(marked.title)
    if marked.language:
        etree.SubElement(own, DC + "language").text = marked.language
    for name, value in _stamped(marked):
        named = {META + "name": OURS + name, META + "value-type": "string"}
        etree.SubElement(own, META + "user-defined", named).text = value
    return root


def _stamped(marked: Marked) -> list[tuple[str, str]]:
    if marked.stamp is None:
        return []
    stamp = marked.stamp
    told = [("document", stamp.document), ("entry", str(stamp.entry)), ("language", stamp.language)]
    proposals = [("proposals", " ".join(stamp.proposals))] if stamp.proposals else []
    base = [("base", str(stamp.base))] if stamp.base is not None else []
    return told + proposals + base
