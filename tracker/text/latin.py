"""Where the sentences of a text in Latin letters end: a library's answer, and our repairs to it.

The library is ``sentencex`` (Santhosh Thottingal, Wikimedia, MIT licence): it knows abbreviations
in many languages and keeps quotations whole. It knows no markup, so it is shown the words alone.
"""

import re
from bisect import bisect_right
from functools import cache

from tracker.text.japanese import brackets

_STOP = re.compile(r"[.!?…‽]")
_SPACE = re.compile(r"\s")
# Without one of these a text has no markup, and is shown as it is.
_MARKED = re.compile(r"[*_`\[<~)]|://|\d\.\s")
# What the library cannot take, or takes for quotation marks of a language not its own.
_NOT_SHOWN = re.compile("[\ud800-\udfff「」『』【】〈〉《》（）]")
# Languages whose documents quote English rather than themselves in Latin letters.
_NOT_LATIN = ("ja", "zh", "ko")
# Longer than nearly all paragraphs.
_WINDOW = 4000
# The longest abbreviation that is looked for, and a little more.
_WORD = 12


def latin_ends(text: str, language: str) -> list[int]:
    """Return where sentences end before white space, in order; the end of the text is not named.

    Marks of Japanese are left out. Links, code and addresses are never cut.
    """
    stop = _STOP.search(text)
    if stop is None or _SPACE.search(text, stop.end()) is None:
        return []  # The library stays unloaded.
    plain, cuts = _plain(text) if _MARKED.search(text) else (text, [(0, 0)])
    ends = [end for end in _library_ends(plain, language) if not _goes_on(plain, end)]
    ends = sorted({*ends, *_missed_ends(plain)})
    found = []
    for end in ends:
        _, shift = cuts[bisect_right(cuts, (end, len(text))) - 1]
        found.append(end + shift)
    return found


def _plain(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the words without markup, and what is to add to an offset in them, from where on."""
    parts: list[str] = []
    cuts = [(0, 0)]
    position = length = 0
    for found in _patterns()["markup"].finditer(text):
        parts += [text[position : found.start()], _words_of(found)]
        position = found.end()
        length += len(parts[-2]) + len(parts[-1])
        cuts.append((length, position - length))
    parts.append(text[position:])
    return "".join(parts), cuts


def _words_of(found: re.Match[str]) -> str:
    """Return what the library is shown of a piece of markup: nothing that it could cut."""
    if found.lastgroup == "link":
        return re.sub(r"\s", "_", found["words"])
    return "Xx" if found.lastgroup == "whole" else ""


def _library_ends(plain: str, language: str) -> list[int]:
    """Return where the library ends sentences before a space.

    It is quadratic in some texts (quotation marks that nobody closes), so it sees a window at once.
    """
    from sentencex import segment

    latin = "en" if language.startswith(_NOT_LATIN) else language
    # It takes no lone surrogate, and two line ends for the end of a paragraph.
    shown = _SPACE.sub(" ", _NOT_SHOWN.sub("x", plain))
    ends: list[int] = []
    start = 0
    while start < len(shown):
        stop = len(shown)
        if stop - start > _WINDOW:
            stop = shown.rfind(" ", start + 1, start + _WINDOW) + 1 or start + _WINDOW
        sentences = segment(latin, shown[start:stop])
        if stop < len(shown) and len(sentences) > 1:
            sentences.pop()  # The window cuts it: it comes again, with what follows it.
        for sentence in sentences:
            end = start + len(sentence.rstrip())
            start += len(sentence)
            if start < stop and shown[end] == " " and sentence.strip():
                ends.append(end)
    return ends


def _goes_on(plain: str, end: int) -> bool:
    """Say whether a sentence goes on where the library ends one."""
    patterns = _patterns()
    if patterns["small letter"].match(plain, end):
        return True
    before = patterns["before"].search(plain, max(0, end - _WORD), end)
    if before is None or before.lastgroup is None:
        return False
    return before.lastgroup == "always" or bool(patterns[before.lastgroup].match(plain, end))


def _missed_ends(plain: str) -> list[int]:
    """Return the ends that the library does not see; like it, none inside brackets or quotes."""
    ends = [found.end() for found in _patterns()["missed"].finditer(plain)]
    inside = brackets(plain) if ends else None
    return [end for end in ends if inside and not inside.enclose(end - 1)]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns; only a text of several sentences pays for compiling them."""
    opens = r"(?=\s+[\"“‘(\[]*[A-Z])"
    return {
        name: re.compile(pattern, re.VERBOSE)
        for name, pattern in {
            "markup": r"""
                (?P<link> !?\[ (?P<words> [^\[\]]* ) \]
                    (?: \( [^()\s]* (?: \( [^()\s]* \) [^()\s]* )* (?: \s+ "[^"]*" )? \)
                      | \[ [^\[\]]* \] ) )
                | (?P<whole> (?P<ticks> `{1,3} ) (?!`) [^`]+ (?P=ticks) (?!`)
                    | < \w+ : [^<>\s]* >
                    | https?:// [^\s<>]* [^\s<>.,;:!?)\]"'”’]
                    # (a) and 1) as they stand in running text; the library would see a list.
                    | (?<!\S) (?: \(? (?: [a-z] | [ivx]{2,4} ) \) (?=\s)
                        | \( \d{1,2} \) (?=\s) | \d{1,2} \) (?=\s+[A-Z]) )
                    | (?<= [:;]\s ) \d{1,2} \. (?=\s) )
                | \[ \^ [^\]\s]+ \] | (?<= [.!?”"] ) \[ \d{1,3} \]
                | </? [A-Za-z] [^<>]* >
                | \*+ | ~~ | (?<!\w) _+ | (?<!_) _++ (?!\w)
            """,
            "small letter": r"\s+ [\"“‘'(\[]* [a-zà-öø-ÿ] (?![A-Z])",
            "before": r"""
                (?<!\w) (?: (?P<always> Ms | Messrs | Hon | P\.S | N\.B
                    | approx | ca | cf | viz | incl | excl )
                | (?P<numbered> Arts? | Figs? | Secs? | Nos? | [Vv]ols? | [Cc]h (?:ap)? s?
                    | pp? | [Pp]aras? | App | Ann | Add | Corr | Docs? | Res | Reg | Sche?d?
                    | Tab | Eqs? | cls? | nn? )
                | (?P<timed> [ap]\.m ) ) \. \Z
            """,
            "numbered": r"\s+ (?: \d | [IVXLC]+\b | [A-Z]\b | \( )",
            "timed": r"""
                \s+ (?: (?: Mon|Tues|Wednes|Thurs|Fri|Satur|Sun ) day | [A-Z]{2,3}T | UTC ) \b
            """,
            "missed": rf"""
                (?: (?<=\w) … | \b etc\. ) ["”’]? {opens}
                # A bracket that holds a sentence of its own: (See the annex.) [It is missing.]
                | (?: (?<= ^ ) | (?<= [.!?…”")\]]\s ) )
                  [(\[] (?= ["“]?\w ) [^()\[\]]* [.!?…] ["”’]? [)\]] {opens}
                | [A-Z] \. [A-Z] \. ["”)]* (?= \s+ (?: Mr | Mrs | Ms | Dr | Prof ) \. )
            """,
        }.items()
    }
