"""Each fault of a record is told once, with its file, its line and its field.

Every case changes one passage of a sound record; ``# here`` marks the line that must be named.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracker.errors import BadInput
from tracker.formats.record.read import read

PAGE = (Path(__file__).parents[2] / "docs" / "record.md").read_text("utf-8")
WHOLE, MEETING = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)

HERE = " # here"
LINES = "lines:\n"
C1 = "  - id: C1\n    number: JP-001\n"
C2 = "    reply_to: C1\n    relation: builds_on\n"
FLAG = "        quote: to all ships\n        start: 23\n"
CARRIED = """\
          - version: 2
            state: exact
            start: 23
            end: 35
"""
OUTCOME = (
    "      - outcome: accepted in principle\n        reason: P1 names the ships that are meant.\n"
)
REPLACE = """\
      - number: 1
        kind: replace
        line: '2'
        version: 1
"""
INSERT_2 = "      - number: 2\n        kind: insert\n"
INSERT = "        kind: insert\n        language: en\n        after: '2'\n"
DECIDED = "    decisions:\n      - outcome: accepted\n"
PLACE_2A = """\
      - change: 2
        language: en
        after: '2'
        block: inline
"""
KINDS = "'objection', 'support', 'suggestion', 'question' or 'observation'"

CASES: dict[str, tuple[str, ...]] = {
    # The form of each value
    "unknown field": (LINES, f"titel: x{HERE}\n{LINES}", "titel: is no field here ('x')"),
    "unknown field, empty": (LINES, f"titel:{HERE}\n{LINES}", "titel: is no field here"),
    "the name within": (
        "    from: the two chairs\n",
        f"    from: the two chairs\n    proposer: x{HERE}\n",
        "proposals.1.proposer: is no field here ('x')",
    ),
    "a missing field": (
        "  - id: W1\n    name: First Workshop\n",
        f"  - id: W1{HERE}\n",
        "meetings.1.name: is missing",
    ),
    "text for a list": (
        "    topics:\n      - Ports\n      - Fisheries\n",
        f"    topics: Ports{HERE}\n",
        "meetings.1.topics: must be a list ('Ports')",
    ),
    "a list for a text": (
        "    place: video conference\n",
        f"    place:{HERE}\n      - x\n",
        "meetings.1.place: must be text",
    ),
    "fields for a text": (
        "    place: video conference\n",
        f"    place:{HERE}\n      x: y\n",
        "meetings.1.place: must be text",
    ),
    "text for fields": (
        "document:\n  key: coast\n  title: Recommendations on the Coast\n  language: en\n",
        f"document: coast{HERE}\n",
        "document: must be a group of fields ('coast')",
    ),
    "a list for fields": (
        "    printed:\n      '1': '1'\n      '2': '2'\n",
        f"    printed:{HERE}\n      - x\n",
        "editions.1.printed: must be a group of fields",
    ),
    "a word for a number": (
        "    meetings_planned: 3\n",
        f"    meetings_planned: many{HERE}\n",
        "series.1.meetings_planned: must be a whole number ('many')",
    ),
    "an octal number": (
        "    meetings_planned: 3\n",
        f"    meetings_planned: 0o7{HERE}\n",
        "series.1.meetings_planned: must be a whole number ('0o7')",
    ),
    "a number without end": (
        "    meetings_planned: 3\n",
        f"    meetings_planned: {'9' * 5000}{HERE}\n",
        f"series.1.meetings_planned: must be a whole number ('{'9' * 59}…')",
    ),
    "a number too large": (
        "    meetings_planned: 3\n",
        f"    meetings_planned: 2147483648{HERE}\n",
        "series.1.meetings_planned: must be a number from 0 to 2,147,483,647 ('2147483648')",
    ),
    "a number below": (
        "    level: 1\n",
        f"    level: 0{HERE}\n",
        "lines.1.level: must be a number from 1 to 9 ('0')",
    ),
    "neither true nor false": (
        "    verbatim: true\n",
        f"    verbatim: perhaps{HERE}\n",
        "comments.1.verbatim: must be true or false ('perhaps')",
    ),
    "a word of ours misspelt": (
        "    kind: question\n",
        f"    kind: Frage{HERE}\n",
        f"comments.3.kind: must be {KINDS} ('Frage')",
    ),
    "an empty text": (
        "    text: One port on each side would do to begin with.\n",
        f"    text: ''{HERE}\n",
        "comments.2.text: is empty",
    ),
    "a blank text": (
        "        text: Ports\n",
        f"        text: '  '{HERE}\n",
        "lines.1.versions.1.text: is empty ('  ')",
    ),
    "a text too long": (
        "        text: Ports\n",
        f"        text: {'x' * 100_001}{HERE}\n",
        f"lines.1.versions.1.text: has 100,001 characters; 100,000 is the limit ('{'x' * 59}…')",
    ),
    "NUL, escaped": (
        "        text: Ports\n",
        f'        text: "Por\\0ts"{HERE}\n',
        "lines.1.versions.1.text: has a NUL character at position 4 ('Por\\x00ts')",
    ),
    "NUL where white space may stand": (
        "        block: inline\n",
        f'        markup: "\\0"{HERE}\n',
        "lines.3.places.1.markup: has a NUL character at position 1 ('\\x00')",
    ),
    "no such day": (
        "    date: '2021-11-03'\n",
        f"    date: 2021-02-30{HERE}\n",
        "meetings.1.date: is no date: write 2021, 2021-07 or 2021-07-15 ('2021-02-30')",
    ),
    "a date in words": (
        "    since: 2017-04\n",
        f"    since: April 2017{HERE}\n",
        "series.1.since: is no date: write 2021, 2021-07 or 2021-07-15 ('April 2017')",
    ),
    "a time of no zone": (
        "    at: '2022-09-30T08:15:00.000000Z'\n",
        f"    at: '2022-09-30T08:15:00'{HERE}\n",
        (
            "changes.2.at: is no time: write UTC such as 2022-09-30T08:15:00.000000Z "
            "('2022-09-30T08:15:00')"
        ),
    ),
    "no such time": (
        "    at: '2022-09-30T08:15:00.000000Z'\n",
        f"    at: '2022-09-30T28:15:00.000000Z'{HERE}\n",
        (
            "changes.2.at: is no time: write UTC such as 2022-09-30T08:15:00.000000Z "
            "('2022-09-30T28:15:00.000000Z')"
        ),
    ),
    "no digest": (
        "    sha256: 9f86",
        f"    sha256: 9F{HERE}\n    note: 9f86",
        "sources.1.sha256: is no SHA-256: 64 hexadecimal digits in small letters ('9F')",
    ),
    "no language": (
        "  language: en\nsources",
        f"  language: English, mostly{HERE}\nsources",
        "document.language: is no language: use a tag such as en, ja or pt-BR ('English, mostly')",
    ),
    "no name": (
        "  key: coast\n",
        f"  key: the coast{HERE}\n",
        (
            "document.key: cannot be a name: use up to 64 letters, digits, hyphens and dots "
            "('the coast')"
        ),
    ),
    "a name like a proposal": (
        "  - id: july-2021\n",
        f"  - id: P3{HERE}\n",
        (
            "editions.1.id: cannot be a name: it looks like a line, an entry, a comment or a "
            "proposal ('P3')"
        ),
    ),
    "a label that is none": (
        "  - label: 2a\n",
        f"  - label: 2-a{HERE}\n",
        "lines.3.label: is no label of a line: they are 1, 2, 12a; 0a before 1 ('2-a')",
    ),
    "the label 0": (
        "  - label: 2a\n",
        f"  - label: '0'{HERE}\n",
        "lines.3.label: is no label of a line: they are 1, 2, 12a; 0a before 1 ('0')",
    ),
    "a host on two lines": (
        "      - Institute A\n",
        f'      - "Institute A\\n"{HERE}\n',
        "series.1.hosts.1: must stand on one line ('Institute A\\n')",
    ),
    "an id of no comment": (
        C1,
        f"  - id: c1{HERE}\n    number: JP-001\n",
        "comments.1.id: is no id of a comment: they are C1, C2, … ('c1')",
    ),
    "an id of no proposal": (
        "  - id: P1\n",
        f"  - id: first{HERE}\n",
        "proposals.1.id: is no id of a proposal: they are P1, P2, … ('first')",
    ),
    # What is used twice, and what there is not
    "a label twice": (
        "  - label: 2a\n",
        f"  - label: '2'{HERE}\n",
        "lines.3.label: is used twice ('2')",
    ),
    "an id of a comment twice": (
        "  - id: C3\n",
        f"  - id: C2{HERE}\n",
        "comments.3.id: is used twice ('C2')",
    ),
    "a topic twice": (
        "      - Fisheries\n",
        f"      - Fisheries\n      - Ports{HERE}\n",
        "meetings.1.topics.3: is used twice ('Ports')",
    ),
    "no such series": (
        "    series: S1\n    kind: workshop\n",
        f"    series: S2{HERE}\n    kind: workshop\n",
        "meetings.1.series: there is no such series ('S2')",
    ),
    "no such meeting": (
        "    meeting: W1\n    reply_to: C1\n",
        f"    meeting: W9{HERE}\n    reply_to: C1\n",
        "comments.2.meeting: there is no such meeting ('W9')",
    ),
    "no such topic": (
        "    topic: Fisheries\n",
        f"    topic: Whales{HERE}\n",
        "comments.3.topic: the meeting has no such topic ('Whales')",
    ),
    "a topic of no meeting": (
        "    meeting: W1\n    topic: Fisheries\n",
        f"    topic: Fisheries{HERE}\n",
        "comments.3.topic: belongs to a meeting, and none is named ('Fisheries')",
    ),
    "no such participant": (
        "    participant: voice-1\n    kind: question\n",
        f"    participant: voice-9{HERE}\n    kind: question\n",
        "comments.3.participant: there is no such participant ('voice-9')",
    ),
    "no such source": (
        "    source: summary.txt\n",
        f"    source: other.txt{HERE}\n",
        "comments.1.source: there is no such source ('other.txt')",
    ),
    # The text
    "changes do not count up": (
        "  - number: 2\n    author",
        f"  - number: 3{HERE}\n    author",
        "changes.2.number: must be 2: they count up",
    ),
    "a change of nothing": (
        LINES,
        (
            f"  - number: 3{HERE}\n    author: x\n    at: '2022-10-01T00:00:00.000000Z'\n"
            f"    command: x\n    summary: ''\n{LINES}"
        ),
        "changes.3: changes nothing: no version or place comes with it",
    ),
    "versions do not count up": (
        "      - number: 2\n        change: 2\n",
        f"      - number: 3{HERE}\n        change: 2\n",
        "lines.2.versions.2.number: must be 2: they count up",
    ),
    "a version of no change": (
        "      - number: 2\n        change: 2\n",
        f"      - number: 2\n        change: 3{HERE}\n",
        "lines.2.versions.2.change: there is no change 3",
    ),
    "a version before the one before": (
        "      - number: 2\n        change: 2\n",
        f"      - number: 2\n        change: 1{HERE}\n",
        "lines.2.versions.2.change: must come after change 1: oldest first",
    ),
    "a line behind none": (
        PLACE_2A,
        PLACE_2A.replace("'2'", f"'9'{HERE}"),
        "lines.3.places.1.after: there is no such line ('9')",
    ),
    "a line behind itself": (
        PLACE_2A,
        PLACE_2A.replace("'2'", f"2a{HERE}"),
        "lines.3.places.1.after: the lines stand behind one another in a circle ('2a')",
    ),
    "a line behind one to come": (
        "      - change: 1\n        language: en\n        after: '1'\n",
        f"      - change: 1\n        language: en\n        after: 2a{HERE}\n",
        "lines.2.places.1.after: line 2a does not stand at change 1",
    ),
    "a line behind one that is gone": (
        "        after: '1'\n",
        "        after: '1'\n      - change: 2\n        removed: true\n",
        "lines.3.places.1.after: line 2 does not stand at change 2",
        "        after: '2'\n        block",
    ),
    "a place before the line": (
        PLACE_2A,
        f"      - change: 1{HERE}\n        language: en\n        after: '2'\n",
        "lines.3.places.1: the line has no place before it comes, with change 2, in en",
    ),
    "no place in a language": (
        "      - number: 2\n        change: 2\n        language: en\n",
        "      - number: 1\n        change: 2\n        language: ja\n",
        "lines.2.places: there is none in ja",
        "    places:\n      - change: 1\n        language: en\n        after: '1'\n",
    ),
    "a removed line behind another": (
        "        after: '1'\n",
        f"        after: '1'\n      - change: 2{HERE}\n        after: '1'\n        removed: true\n",
        "lines.2.places.2: a removed line has a change, a language and where it went, no more",
    ),
    "an edition of no change": (
        "    change: 1\n    status",
        f"    change: 5{HERE}\n    status",
        "editions.1.change: there is no change 5",
    ),
    "a number printed on no line": (
        "      '2': '2'\n",
        f"      '3': '2'{HERE}\n",
        "editions.1.printed.3: there is no such line ('3')",
    ),
    # Comments
    "a reply to nothing": (
        C2,
        f"    reply_to: C9{HERE}\n",
        "comments.2.reply_to: there is no such comment ('C9')",
    ),
    "a reply to itself": (
        C2,
        f"    reply_to: C2{HERE}\n",
        "comments.2.reply_to: the replies run in a circle ('C2')",
    ),
    "a relation to nothing": (
        C2,
        f"    relation: counters{HERE}\n",
        "comments.2.relation: is that of a reply, and reply_to is missing",
    ),
    "an anchor on no line": (
        "      - line: '2'\n        version: 1\n        language: en\n        quote",
        f"      - line: '9'{HERE}\n        version: 1\n        language: en\n        quote",
        "comments.1.anchors.1.line: there is no such line in en ('9')",
    ),
    "an anchor on no version": (
        (f"        version: 1\n        language: en\n{FLAG}        carried:\n{CARRIED}"),
        f"        version: 7{HERE}\n        quote: to all ships\n",
        "comments.1.anchors.1.version: line 2 has no version 7",
    ),
    "words that are not there": (
        FLAG,
        f"        quote: to all boats{HERE}\n",
        "comments.1.anchors.1.quote: these words do not stand in the line ('to all boats')",
    ),
    "words that are there twice": (
        FLAG,
        f"        quote: o{HERE}\n",
        (
            "comments.1.anchors.1.quote: these words stand in the line 4 times: say at which "
            "“start” ('o')"
        ),
    ),
    "words that start elsewhere": (
        FLAG,
        f"        quote: to all ships{HERE}\n        start: 22\n",
        "comments.1.anchors.1.quote: these words do not start at 22, but at 23 ('to all ships')",
    ),
    "a start of no words": (
        FLAG + "        carried:\n" + CARRIED,
        f"        start: 23{HERE}\n",
        "comments.1.anchors.1.start: belongs to a quote, and there is none",
    ),
    "carried to no version": (
        CARRIED,
        CARRIED.replace("version: 2", f"version: 3{HERE}"),
        "comments.1.anchors.1.carried.1.version: must be 2: they count up",
    ),
    "carried outside of the line": (
        CARRIED,
        CARRIED.replace("end: 35", f"end: 53{HERE}"),
        "comments.1.anchors.1.carried.1.end: must be from 24 to 52",
    ),
    "carried to nowhere": (
        CARRIED,
        f"          - version: 2{HERE}\n            state: exact\n            start: 23\n",
        "comments.1.anchors.1.carried.1.end: is missing",
    ),
    "orphaned at a place": (
        CARRIED,
        f"          - version: 2\n            state: orphaned\n            start: 23{HERE}\n",
        "comments.1.anchors.1.carried.1.start: must be left out: orphaned words stand nowhere",
    ),
    "no disposition": (
        OUTCOME,
        f"      - outcome: postponed{HERE}\n",
        (
            "comments.1.dispositions.1.outcome: is no disposition: use one of accepted, "
            "accepted in principle, rejected, noted, deferred, withdrawn, duplicate ('postponed')"
        ),
    ),
    "a disposition without a reason": (
        OUTCOME,
        f"      - outcome: rejected{HERE}\n",
        "comments.1.dispositions.1.reason: is missing: “rejected” needs one",
    ),
    "a disposition of a change": (
        OUTCOME,
        f"      - outcome: noted\n        change: 1{HERE}\n",
        "comments.1.dispositions.1.change: is for decisions on a proposal",
    ),
    # Proposals
    "an answer to nothing": (
        "      - C2\n",
        f"      - C8{HERE}\n",
        "proposals.1.answers.2: there is no such comment ('C8')",
    ),
    "changes of a proposal do not count up": (
        INSERT_2,
        INSERT_2.replace("number: 2", f"number: 1{HERE}"),
        "proposals.1.changes.2.number: must be more than 1: they count up",
    ),
    "a replacement of no line": (
        REPLACE,
        REPLACE.replace("line: '2'", f"line: '7'{HERE}"),
        "proposals.1.changes.1.line: there is no such line ('7')",
    ),
    "a replacement of no version": (
        REPLACE,
        REPLACE.replace("version: 1", f"version: 3{HERE}"),
        "proposals.1.changes.1.version: line 2 has no version 3 in en",
    ),
    "a replacement that starts from nothing": (
        REPLACE,
        REPLACE.replace("number: 1", f"number: 1{HERE}").replace("        version: 1\n", ""),
        "proposals.1.changes.1.version: is missing: replace needs one",
    ),
    "an insertion in a line": (
        INSERT,
        f"        kind: insert\n        line: '2'{HERE}\n        after: '2'\n",
        "proposals.1.changes.2.line: must be left out: insert has none",
    ),
    "an insertion after nothing": (
        INSERT,
        f"        kind: insert\n        after: '7'{HERE}\n",
        "proposals.1.changes.2.after: there is no such line ('7')",
    ),
    "a decision that is none": (
        DECIDED,
        f"    decisions:\n      - outcome: noted{HERE}\n",
        (
            "proposals.1.decisions.1.outcome: is no decision on a proposal: use one of accepted, "
            "rejected, withdrawn, deferred ('noted')"
        ),
    ),
    "a decision on no change": (
        DECIDED,
        f"    decisions:\n      - outcome: accepted\n        change: 3{HERE}\n",
        "proposals.1.decisions.1.change: P1 has no change 3",
    ),
    "a version from no proposal": (
        "        proposed: P1.1\n",
        f"        proposed: P1.3{HERE}\n",
        "lines.2.versions.2.proposed: there is no such change of a proposal ('P1.3')",
    ),
    "a version from another wording": (
        "        proposed: P1.1\n",
        f"        proposed: P1.2{HERE}\n",
        "lines.2.versions.2.proposed: proposes another text than this version has ('P1.2')",
    ),
}


def refusal(text: str | bytes) -> BadInput:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(BadInput) as caught:
        read(content, "r.yaml")
    assert caught.value.hint
    return caught.value


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def line_of(text: str, passage: str) -> int:
    return 1 + text[: text.index(passage)].count("\n")


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_with_its_line_and_field(case):
    old, new, told, *where = CASES[case]
    text = changed(WHOLE, old, new)
    line = line_of(text, where[0] if where else HERE)
    message = refusal(text).message
    assert message == f"r.yaml, line {line}: {told}"


def test_a_reply_circle_is_found_through_several_replies() -> None:
    text = changed(WHOLE, C1, f"{C1}    reply_to: C3{HERE}\n")
    text = changed(text, "    topic: Fisheries\n", "    reply_to: C2\n")
    lines = [line_of(text, HERE), line_of(text, "reply_to: C1"), line_of(text, "reply_to: C2")]
    told = refusal(text).message.splitlines()
    assert [line.partition(": ")[0] for line in told] == [f"r.yaml, line {n}" for n in lines]
    assert all("the replies run in a circle" in line for line in told)


def test_lines_behind_one_another_in_a_circle_are_found() -> None:
    text = changed(WHOLE, PLACE_2A, PLACE_2A.replace("'2'", "'1'"))
    text = changed(
        text,
        "    places:\n      - change: 1\n        language: en\n  -",
        "    places:\n      - change: 1\n      - change: 2\n        after: 2a\n  -",
    )
    assert refusal(text).message.count("the lines stand behind one another in a circle") == 2


def test_each_fault_is_told_once_in_the_order_of_their_lines() -> None:
    text = changed(WHOLE, "kind: suggestion", "kind: x")
    text = changed(text, "    speaker: One scholar\n", "")
    text = changed(text, "key: coast", "kei: coast")
    told = [line.split(": ")[1] for line in refusal(text).message.splitlines()]
    assert told == ["document.key", "document.kei", "comments.1.speaker", "comments.2.kind"]


def test_of_many_faults_the_first_are_told_and_the_others_counted() -> None:
    text = WHOLE + "".join(f"unknown{number}: x\n" for number in range(1000))
    told = refusal(text).message.splitlines()
    assert len(told) == 21
    assert told[-1] == "… and 980 more"


@pytest.mark.parametrize("name", ["lines", "changes", "editions", "proposals"])
def test_a_meetings_comments_bring_no_text(name):
    part = re.search(rf"^{name}:\n(  .*\n)+", WHOLE, re.MULTILINE)
    assert part
    text = MEETING + part[0]
    assert refusal(text).message == (
        f"r.yaml, line {line_of(text, part[0])}: {name}: needs a document: without one, only "
        "comments are read"
    )


@pytest.mark.parametrize("given", ["C48", "c4"])
def test_a_meetings_comments_have_no_ids_of_the_store(given):
    text = changed(MEETING, "  - id: a1\n", f"  - id: {given}{HERE}\n")
    assert refusal(text).message.splitlines()[0] == (
        f"r.yaml, line {line_of(text, HERE)}: comments.1.id: is given by the store alone: call it "
        f"something else, such as a1 ({given!r})"
    )


def test_a_meetings_reply_is_to_a_comment_of_the_file_or_of_the_store() -> None:
    text = changed(MEETING, "reply_to: a1\n", f"reply_to: a2{HERE}\n")
    line = line_of(text, HERE)
    told = f"r.yaml, line {line}: comments.2.reply_to: there is no such comment ('a2')"
    assert refusal(text).message == told


def test_a_document_has_a_text() -> None:
    text = changed(WHOLE, WHOLE[WHOLE.index("changes:\n") : WHOLE.index("proposals:\n")], "")
    text = text[: text.index("proposals:\n")]
    told = f"r.yaml, line {line_of(text, 'document:')}: document: needs at least one line"
    assert refusal(text).message.startswith(told)
