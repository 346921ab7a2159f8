"""Reading a summary: its passages, the statements in them, what they reply to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.exchange.summary import Doubt, Passage, Summary
from tracker.formats.draft import guessed_language
from tracker.formats.encodings import read_file
from tracker.formats.summary import english, labels, statements, statements_japanese, themes
from tracker.formats.summary.passages import Cut, cut
from tracker.formats.summary.threads import Told, threaded
from tracker.formats.summary.words import Said
from tracker.text.japanese import has_japanese
from tracker.text.quotations import Quotation, masked, quotations
from tracker.text.sentences import sentence_spans

LARGEST = 16 * 1024 * 1024
"""Bytes that a summary may have."""
_MONTHS = "january february march april may june july august september october november december"
_DATE = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS.split())})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|\b(?P<day_2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month_2>{'|'.join(_MONTHS.split())}),?\s+"
    r"(?P<year_2>\d{4})"
    r"|(?P<year_3>\d{4})年\s*(?P<month_3>\d{1,2})月\s*(?P<day_3>\d{1,2})日"
    r"|\b(?P<year_4>\d{4})-(?P<month_4>\d{2})-(?P<day_4>\d{2})\b",
    re.IGNORECASE,
)
_EARLY = 4
"""The date of a meeting stands in so many passages at the beginning, or it is another one."""
_LONGEST_SENTENCE = 20_000
"""Code points; what is longer is no sentence that somebody wrote."""
_CONTINUED = Doubt("likely", "goes on in a sentence that names no speaker")


def read(content: bytes, name: str, encoding: str | None = None) -> Summary:
    """Return what stands in a summary.

    Raises BadInput for a file that cannot be decoded, is too large, or has no words.
    """
    if len(content) > LARGEST:
        raise BadInput(
            f"{name} has {len(content):,} bytes; {LARGEST:,} is the limit", "split it in two"
        )
    text, found = read_file(content, name, encoding)
    language = guessed_language(text)
    passages = cut(text, language)
    if not passages:
        raise BadInput(f"{name} has no words", "give a file with some text in it")
    title, skipped = themes.title_of(passages)
    told = _told(passages, language)
    made = threaded([each for group in told for each in group])
    topics = themes.topics(passages, skipped)
    placed = _placed(passages, told, topics, skipped)
    return Summary(found, title, _date(passages), tuple(placed), tuple(made))


def _told(passages: Sequence[Cut], language: str) -> list[list[Told]]:
    """Return the statements of each passage."""
    named = labels.labelled([passage.text for passage in passages])
    parts = themes.parts_of(passages)
    told: list[list[Told]] = []
    for number, (passage, label, part) in enumerate(zip(passages, named, parts, strict=True)):
        side = None
        if passage.heading:
            said: list[Said] = []
        elif label is not None:
            said, side = [labels.statement(label, len(passage.text))], label.side
        else:
            said = list(_said(passage.text, language))
        fit = [each for each in said if rules.text_fault(each.text) is None]
        told.append([Told(each, number, part, passage.row, side) for each in fit])
    return told


def _said(text: str, language: str) -> Iterator[Said]:
    """Yield the statements of a paragraph, sentence by sentence."""
    quoted = quotations(text)
    mask = masked(text, quoted)
    last: Said | None = None
    for start, end in _sentences(text, language, quoted):
        reader = statements_japanese if has_japanese(text[start:end]) else statements
        said = list(reader.statements(text, mask, (start, end), quoted))
        if last is not None and not said and not last.verbatim and _goes_on(text[start:end]):
            words = text[last.start : end]
            began = words.rfind(last.text, 0, last.end - last.start)
            if began >= 0:
                doubts = (*last.doubts, _CONTINUED)
                last = last._replace(text=words[began:], end=end, doubts=doubts)
            continue
        if last is not None:
            yield last
        yield from said[:-1]
        last = said[-1] if said else None
    if last is not None:
        yield last


def _sentences(text: str, language: str, quoted: Sequence[Quotation]) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a paragraph; what a quotation holds does not end one."""
    waiting = iter(quoted)
    quotation = next(waiting, None)
    begin: int | None = None
    for start, end in sentence_spans(text, language):
        begin = start if begin is None else begin
        while quotation is not None and quotation.end <= end:
            quotation = next(waiting, None)
        if quotation is not None and quotation.start < end:
            continue
        if end - begin <= _LONGEST_SENTENCE:
            yield begin, end
        begin = None
    if begin is not None and len(text) - begin <= _LONGEST_SENTENCE:
        yield begin, len(text)


def _goes_on(sentence: str) -> bool:
    return re.match(rf"(?:{english.GOES_ON})\b", sentence, re.IGNORECASE) is not None


def _placed(
    passages: Sequence[Cut],
    told: Sequence[Sequence[Told]],
    topics: Sequence[str | None],
    skipped: int,
) -> Iterator[Passage]:
    """Yield the passages with the places of their statements, and what nobody is named for."""
    count = 0
    meetings = 0
    for number, (passage, group) in enumerate(zip(passages, told, strict=True)):
        places = tuple(range(count, count + len(group)))
        count += len(group)
        quoted = quotations(passage.text)
        unnamed = _unnamed(quoted, [each.said for each in group])
        is_meeting = passage.heading and themes.is_meeting(passage.text)
        meetings += is_meeting
        yield Passage(
            row=passage.row,
            text=passage.text,
            heading=passage.heading,
            begins=passage.begins,
            topic=topics[number],
            statements=places,
            quoted=tuple(quotation.text for quotation in quoted),
            unnamed=() if passage.heading else tuple(unnamed),
            meeting=is_meeting and (meetings > 1 or number >= max(skipped, 1)),
        )


def _unnamed(quoted: Sequence[Quotation], said: Sequence[Said]) -> Iterator[str]:
    """Yield the quotations that stand in no statement."""
    spans = sorted((each.start, each.end) for each in said)
    for quotation in quoted:
        at = bisect_right(spans, quotation.start, key=lambda span: span[0]) - 1
        if at < 0 or spans[at][1] <= quotation.start:
            yield quotation.text


def _date(passages: Sequence[Cut]) -> str | None:
    """Return the first date that is given at the beginning, as it is stored."""
    for passage in passages[:_EARLY]:
        for found in _DATE.finditer(passage.text):
            told = [value for name, value in found.groupdict().items() if value and name]
            parts = {name.split("_")[0]: v for name, v in found.groupdict().items() if v}
            month = parts["month"].lower()
            number = _MONTHS.split().index(month) + 1 if month.isalpha() else int(month)
            date = f"{parts['year']}-{number:02}-{int(parts['day']):02}"
            if told and rules.date_fault(date) is None:
                return date
    return None
