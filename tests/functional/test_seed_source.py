"""The second count: the example record held against the texts that it was made from.

What is expected is worked out here from the source texts alone (their layout, their quotation
marks, the phrases that name a speaker and a verb of speaking) and then compared with the record,
which is read as plain YAML. The source texts are not part of the project: where they are not
found beside the checkout or at ``TRACKER_SEEDS``, these tests are skipped.
"""

from __future__ import annotations

import copy
import hashlib
import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SUMMARY = "000_21d051e12b848aca.txt"
BRIEF = "004_172b079399e99fcd.txt"

SECTIONS = ("general", "Xinjiang", "Hong Kong", "governance", "line 1", "line 2", "line 3")
COUNTS = (7, 10, 8, 14, 4, 2, 2)
TOPICS = ("Xinjiang", "Hong Kong", "Supporting democratic governance")

# Quoted, and nobody's statement: the name of the project in the title of the summary.
NO_STATEMENT = ("China Risk and China Opportunity in the Free and Open Indo-Pacific Era",)

# Quoted without a speaker: words of the summary's authors, or of somebody they do not name.
NOBODY_NAMED = (
    "bottom-up",
    "quite tough on China,",
    "much more conservative in their assessment of intelligence,",
    "long term conditions for positive change in China,",
)

# Who speaks: a determiner, perhaps a nation, and a noun for a person; or one of three odd ones.
WHO = r"""
    (?: [Oo]ne | [Aa]nother | [Tt]he[ ]same | [Tt]he | [Aa]n? | a[ ]different
      | [Ss]ome | [Ss]everal | [Mm]ost | many )
    [ ] (?: (?: American | Japanese | U\.S\. | workshop ) [ ] )?
    (?: scholars? | participants? | member | colleague )
    (?: [ ]on[ ]the[ ]Japanese[ ]side )?
  | [Pp]articipants | leaders[ ]on[ ]both[ ]sides | some[ ]on[ ]the[ ]Japanese[ ]side | some
"""
VERB = r"""
    stated | said | commented | noted | emphasized | stressed | highlighted | clarified | argued
  | acknowledged | agreed | disagreed | expressed | suggested | asked | reiterated | voiced
  | cautioned | advised | countered | warned | pointed[ ]out | used[ ]the[ ]term
"""
STATEMENT = re.compile(
    rf"""
      \b (?P<who> {WHO} ) (?: [ ]also | [ ]initially )? [ ] (?: {VERB} ) \b
    | \b (?: counterpoint[ ]from | endorsed[ ]by ) [ ] (?P<by> {WHO} )
    | ,[ ]but[ ] (?P<again> {VERB} ) \b
    """,
    re.VERBOSE,
)
QUOTATION = re.compile("“([^”]*)”")

Item = dict[str, Any]


@dataclass(frozen=True)
class Spoken:
    """A statement found in the summary: who is said to speak, and where (code points)."""

    who: str
    section: str
    start: int


def read(name: str) -> str:
    return (seeds() / name).read_bytes().decode("utf-8")


def seeds() -> Path:
    named = os.environ.get("TRACKER_SEEDS")
    return Path(named) if named else ROOT.parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def summary() -> str:
    if not (seeds() / SUMMARY).is_file():
        pytest.skip(f"the source text {SUMMARY} is not in {seeds()}; set TRACKER_SEEDS")
    return read(SUMMARY)


@pytest.fixture(scope="module")
def brief() -> str:
    if not (seeds() / BRIEF).is_file():
        pytest.skip(f"the source text {BRIEF} is not in {seeds()}; set TRACKER_SEEDS")
    return read(BRIEF)


@pytest.fixture(scope="module")
def record() -> Item:
    with (ROOT / "data" / "seed.yaml").open(encoding="utf-8") as file:
        # BaseLoader constructs nothing but strings, lists and dictionaries.
        loaded: Item = yaml.load(file, Loader=yaml.BaseLoader)
    return loaded


def spans(text: str) -> list[tuple[str, int, int]]:
    """Each section of the summary with its start and end, from blank lines and line numbers."""
    cuts = [0]
    cuts += [found.start() for found in re.finditer(r"\n\n\n", text)]
    cuts += [found.start() for found in re.finditer(r"^[123]\.", text, re.MULTILINE)]
    cuts += [text.index("\n*Hana Anderson")]
    parts = list(itertools.pairwise(cuts))
    del parts[4]  # the sentence that leads to the three lines
    return [(name, *part) for name, part in zip(SECTIONS, parts, strict=True)]


def spoken(text: str) -> list[Spoken]:
    """Every statement in the summary, in order, from the phrases that name a speaker."""
    return [
        found for name, start, end in spans(text) for found in spoken_in(text, name, start, end)
    ]


def spoken_in(text: str, section: str, start: int, end: int) -> Iterator[Spoken]:
    who = ""
    for found in STATEMENT.finditer(text, start, end):
        if not found["again"]:
            who = found["who"] or found["by"]
        yield Spoken(who, section, found.start())


def flagged(text: str) -> list[str]:
    return [found[1] for found in re.finditer(r"^[123]\. ?(.+)$", text, re.MULTILINE)]


def fields(comment: Item) -> Iterator[tuple[str, str]]:
    """The fields of a comment that hold the source's words, quotation marks and all."""
    for name in ("text", "context", "note"):
        if name in comment:
            yield name, comment[name]


def holds(comment: Item, words: str) -> bool:
    whole = comment.get("verbatim") == "true" and comment["text"] == words
    return whole or any(f"“{words}”" in value for _, value in fields(comment))


def unaccounted(text: str, comments: list[Item]) -> list[str]:
    """The quotations of the summary that no comment holds, character by character."""
    return [
        words
        for words in QUOTATION.findall(text)
        if words not in NO_STATEMENT and not any(holds(comment, words) for comment in comments)
    ]


def inexact(text: str, comments: list[Item]) -> list[tuple[str, str]]:
    """The comments, by id and field, whose words are not the summary's words."""
    wrong: list[tuple[str, str]] = []
    for comment in comments:
        wrong += [
            (comment["id"], name)
            for name in ("text", "context", "locator", "speaker")
            if name in comment and comment[name] not in text
        ]
        if comment.get("verbatim") == "true" and f"“{comment['text']}”" not in text:
            wrong.append((comment["id"], "verbatim"))
    return wrong


def section_of(comment: Item, comments: list[Item]) -> str:
    """The section that a comment's topic or anchor puts it in; a reply goes with its parent."""
    if "topic" in comment:
        return dict(zip(TOPICS, SECTIONS[1:4], strict=True))[comment["topic"]]
    if "anchors" in comment:
        return f"line {comment['anchors'][0]['line']}"
    if "reply_to" in comment:
        parent = next(other for other in comments if other["id"] == comment["reply_to"])
        return section_of(parent, comments)
    return "general"


def broken(words: str) -> str:
    """``words`` with one letter in the middle changed."""
    middle = len(words) // 2
    return words[:middle] + ("x" if words[middle] != "x" else "y") + words[middle + 1 :]


def test_the_source_has_47_statements_in_seven_sections(summary: str) -> None:
    found = [statement.section for statement in spoken(summary)]
    assert tuple(found.count(name) for name in SECTIONS) == COUNTS
    assert len(found) == sum(COUNTS) == 47


def test_the_record_has_the_same_speakers_in_the_same_order(summary: str, record: Item) -> None:
    comments = record["comments"]
    assert [comment["id"] for comment in comments] == [f"C{n}" for n in range(1, 48)]
    assert [(comment["speaker"], section_of(comment, comments)) for comment in comments] == [
        (statement.who, statement.section) for statement in spoken(summary)
    ]


def test_each_locator_surrounds_the_phrase_that_names_its_speaker(
    summary: str, record: Item
) -> None:
    for comment, statement in zip(record["comments"], spoken(summary), strict=True):
        assert comment["source"] == SUMMARY
        assert summary.count(comment["locator"]) == 1, comment["id"]
        start = summary.index(comment["locator"])
        end = start + len(comment["locator"])
        assert start <= statement.start < end, comment["id"]
        assert comment["speaker"] in comment["locator"], comment["id"]
        assert comment["text"] in comment["locator"], comment["id"]


def test_text_context_locator_and_speaker_are_the_words_of_the_source(
    summary: str, record: Item
) -> None:
    assert inexact(summary, record["comments"]) == []


def test_every_quotation_of_the_source_is_held(summary: str, record: Item) -> None:
    assert len(QUOTATION.findall(summary)) == summary.count("“") == summary.count("”") == 36
    assert unaccounted(summary, record["comments"]) == []


def test_a_quotation_is_verbatim_only_where_all_of_it_is_the_statement(
    summary: str, record: Item
) -> None:
    quotations = QUOTATION.findall(summary)
    verbatim = [one["text"] for one in record["comments"] if one.get("verbatim") == "true"]
    assert set(verbatim) <= set(quotations)
    assert len(verbatim) == len(set(verbatim)) == 17
    for comment in record["comments"]:
        if comment.get("verbatim") != "true":
            assert comment["text"].strip("“”") not in quotations, comment["id"]


def test_quotations_without_a_speaker_are_in_notes_only(record: Item) -> None:
    for words in NOBODY_NAMED:
        places = {
            name
            for comment in record["comments"]
            for name, value in fields(comment)
            if words in value
        }
        assert places == {"note"}, words


def test_a_side_is_given_only_where_the_words_or_the_voice_say_it(record: Item) -> None:
    voices = {voice["id"]: voice.get("side") for voice in record["participants"]}
    for comment in record["comments"]:
        who = comment["speaker"]
        american = "US" if re.search(r"American|U\.S\.", who) else None
        stated = "Japan" if "Japanese" in who else american
        assert comment.get("side") == (stated or voices.get(comment.get("participant"))), who


def test_a_voice_is_given_only_where_the_source_takes_up_a_speaker(record: Item) -> None:
    for voice in record["participants"]:
        theirs = [one for one in record["comments"] if one.get("participant") == voice["id"]]
        first, *later = theirs
        assert first["speaker"] == voice["name"]
        assert later, voice["id"]
        for comment in later:
            same_sentence = comment["locator"].startswith(first["locator"])
            assert same_sentence or comment["speaker"].lower().startswith("the "), comment["id"]


def test_a_reply_is_recorded_only_where_the_source_states_it(record: Item) -> None:
    stated = {
        "counters": r"disagreed with the view|strong counterpoint|countered",
        "endorses": r"expressed support for|endorsed by",
        "builds_on": r"Building on this comment",
    }
    found = []
    for comment in record["comments"]:
        if "reply_to" in comment:
            assert re.search(stated[comment["relation"]], comment["locator"]), comment["id"]
            found.append((comment["id"], comment["relation"], comment["reply_to"]))
        else:
            assert "relation" not in comment
    assert found == [
        ("C10", "counters", "C9"),
        ("C13", "counters", "C12"),
        ("C24", "endorses", "C21"),
        ("C36", "endorses", "C35"),
        ("C41", "counters", "C40"),
        ("C43", "builds_on", "C42"),
    ]


def test_the_three_lines_are_word_for_word(summary: str, record: Item) -> None:
    lines = [(line["label"], [one["text"] for one in line["versions"]]) for line in record["lines"]]
    assert lines == [(str(n), [text]) for n, text in enumerate(flagged(summary), start=1)]
    assert len(lines) == 3


def test_title_series_meeting_and_topics_are_as_printed(summary: str, record: Item) -> None:
    assert f"(the {record['document']['title']})" in summary
    assert record["series"][0]["name"] in summary
    assert all(host in summary for host in record["series"][0]["hosts"])
    meeting = record["meetings"][0]
    assert meeting["name"] in summary
    assert meeting["place"] in summary
    assert tuple(meeting["topics"]) == TOPICS
    named = ", ".join(TOPICS[:2]) + f", and {TOPICS[2][0].lower()}{TOPICS[2][1:]} more widely"
    assert f"Three key topics were covered in the workshop: {named}." in summary


def test_the_nine_briefs_are_as_printed(brief: str, record: Item) -> None:
    printed = re.findall(r"^- “([^”]*)”\n(.+)$", brief, re.MULTILINE)
    assert len(printed) == 9
    assert [(one["title"], one["authors"]) for one in record["references"]] == printed


def test_the_sources_are_these_very_files(summary: str, brief: str, record: Item) -> None:
    texts = {SUMMARY: summary, BRIEF: brief}
    assert {source["file"] for source in record["sources"]} == set(texts)
    for source in record["sources"]:
        text = texts[source["file"]]
        assert source["sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert source["title"] in text


def test_each_proposal_is_an_example_and_answers_comments_on_its_line(record: Item) -> None:
    comments = {comment["id"]: comment for comment in record["comments"]}
    answered = []
    for proposal in record["proposals"]:
        assert proposal["from"] == "Example drafted for this program"
        opening = "Example drafted for this program, not the group's text."
        assert proposal["rationale"].startswith(opening)
        line = proposal["changes"][0]["line"]
        for comment in proposal["answers"]:
            where = section_of(comments[comment], record["comments"])
            assert where == f"line {line}", proposal["id"]
            answered.append(comment)
    assert answered == [f"C{n}" for n in range(40, 48)]


def test_changing_one_letter_of_any_quotation_is_reported(summary: str, record: Item) -> None:
    quotations = [words for words in QUOTATION.findall(summary) if words not in NO_STATEMENT]
    for words in quotations:
        comments = copy.deepcopy(record["comments"])
        for comment in comments:
            for name, value in list(fields(comment)):
                if words in value:
                    comment[name] = value.replace(words, broken(words))
        assert unaccounted(summary, comments) == [words]


def test_changing_one_letter_of_any_field_is_reported(summary: str, record: Item) -> None:
    for number, comment in enumerate(record["comments"]):
        for name in ("text", "context", "locator"):
            if name in comment:
                comments = copy.deepcopy(record["comments"])
                comments[number][name] = broken(comment[name])
                assert (comment["id"], name) in inexact(summary, comments)


def test_dropping_any_comment_is_reported(summary: str, record: Item) -> None:
    expected = [statement.who for statement in spoken(summary)]
    for number in range(len(record["comments"])):
        kept = record["comments"][:number] + record["comments"][number + 1 :]
        assert [comment["speaker"] for comment in kept] != expected


def test_one_statement_more_in_any_section_is_counted(summary: str) -> None:
    for number, (_, start, end) in enumerate(spans(summary)):
        last = start + len(summary[start:end].rstrip())
        longer = f"{summary[:last]} Another scholar noted a point.{summary[last:]}"
        found = [statement.section for statement in spoken(longer)]
        more = [count + (number == at) for at, count in enumerate(COUNTS)]
        assert [found.count(name) for name in SECTIONS] == more
