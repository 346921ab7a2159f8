"""The language that a Word file says its text is in."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from tracker.formats.docx.names import WORD, W
from tracker.formats.docx.package import WordFile

_ENOUGH = 20_000
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_KNOWN = {"w": WORD}
_RUNS = etree.XPath("count(.//w:r)", namespaces=_KNOWN)
_STATED = {
    name: etree.XPath(f".//w:r/w:rPr/w:lang/@w:{name}", namespaces=_KNOWN, smart_strings=False)
    for name in ("eastAsia", "val")
}


def language(word: WordFile, text: str) -> str | None:
    """Return the language that most runs are said to be in, as the file writes it (``en-US``).

    A file states one for Latin letters and another for East Asian ones: of which there are more in
    its text, is what counts. Nobody may ever have set it, so it can be wrong.
    """
    sample = text[:_ENOUGH]
    asian = 2 * len(_EAST_ASIAN.findall(sample)) > len(_LATIN.findall(sample))
    return (_most(word, "eastAsia") if asian else None) or _most(word, "val")


def _most(word: WordFile, name: str) -> str | None:
    found = _STATED[name](word.body)
    stated = Counter(str(each) for each in found) if isinstance(found, list) else Counter()
    runs = _RUNS(word.body)
    usual = _usual(word, name)
    if usual and isinstance(runs, float):
        stated[usual] += max(0, int(runs) - stated.total())
    # A text may be said to be in no language.
    named = {each: count for each, count in stated.items() if each and not each.startswith("x-")}
    return max(named, key=lambda each: named[each]) if named else None


def _usual(word: WordFile, name: str) -> str | None:
    """Return what holds where a run says nothing: the usual style's language, or the file's."""
    root = word.related("styles")
    if root is None:
        return None
    places = (
        f"{W}style[@{W}type='paragraph'][@{W}default='1']/{W}rPr/{W}lang",
        f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang",
    )
    found = (each.get(W + name) for place in places for each in root.iterfind(place))
    return next((each for each in found if each), None)
