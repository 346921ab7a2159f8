"""Reading a meeting's notes: what each form means, and every fault by its line."""

from __future__ import annotations

import pytest

from tracker.errors import BadInput
from tracker.exchange.record import Comment, Record
from tracker.formats.notes.read import names_meeting, read

HEAD = "# Meeting W2: Second\n\n## Line 2\n\n"


def record(text: str) -> Record:
    notes = read(text.encode(), "notes.md")
    assert notes.faults == ()
    return notes.record


def said(item: str) -> Comment:
    (comment,) = record(HEAD + item).comments
    return comment


def faults(text: str | bytes) -> list[tuple[int, str]]:
    content = text if isinstance(text, bytes) else text.encode()
    return [(fault.line, fault.message) for fault in read(content, "notes.md").faults]


def fault(text: str) -> tuple[int, str]:
    (found,) = faults(text)
    return found


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- A member: It is too long.", {"text": "It is too long.", "verbatim": False}),
        ("- **A member**: “Too long.”", {"text": "Too long.", "verbatim": True}),
        ('- A member: "Too long."', {"text": "Too long.", "verbatim": True}),
        ("- 参加者：「長い。」", {"speaker": "参加者", "text": "長い。", "verbatim": True}),
        ("* A member: “No” and “no”", {"text": "“No” and “no”", "verbatim": False}),
        ("+ A member: “He said “no” to it”", {"text": "He said “no” to it", "verbatim": True}),
        ("- A member (reported): “No.”", {"text": "“No.”", "verbatim": False}),
        ("- A member (verbatim): No.", {"text": "No.", "verbatim": True}),
        ("- A member: 12:30 is too late", {"text": "12:30 is too late"}),
        ("- A member (US): x", {"side": "US", "kind": "observation"}),
        ("- A member (Norway): x", {"side": "Norway", "number": None}),
        ("- A member (side observer): x", {"side": "observer"}),
        ("- A member (US; Objection, editorial): x", {"kind": "objection", "type": "editorial"}),
        (
            "- 参加者（日本、反対、技術）：x",
            {"side": "日本", "kind": "objection", "type": "technical"},
        ),
        ("- A member (internal, #US-012): x", {"internal": True, "number": "US-012"}),
        (
            "- A member (no. US-012, voice voice-7): x",
            {"number": "US-012", "participant": "voice-7"},
        ),
        ("- 参加者（内部、番号 12、発言者 v-7）：x", {"internal": True, "number": "12"}),
        ("- A (counters c40): x", {"relation": "counters", "reply_to": "C40"}),
        ("- A (builds-on C40): x", {"relation": "builds_on", "reply_to": "C40"}),
        ("- A (replies to C40): x", {"relation": None, "reply_to": "C40"}),
        ("- 参加者（C40に反論）：x", {"relation": "counters", "reply_to": "C40"}),
        ("- 参加者（C40への回答）：x", {"relation": "answers", "reply_to": "C40"}),
        ("- A: one\n  two\n\n  three", {"text": "one two\n\nthree"}),
        ("- 人：一、\n  二。", {"text": "一、二。"}),
        ("- A: one\ntwo", {"text": "one two"}),
        ("- A: one\n  note: Late.\n  context: He said:", {"note": "Late.", "context": "He said:"}),
        ("- A: one\n  > Late,\n  > he said.", {"text": "one", "note": "Late, he said."}),
        ("- 人：一\n  備考：遅い。\n  前置き：彼は", {"note": "遅い。", "context": "彼は"}),
        ("- A: <!-- not sure -->one", {"text": "one"}),
    ],
)
def test_an_item_says(item: str, expected: dict[str, object]) -> None:
    comment = said(item)
    assert {name: getattr(comment, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("item", "quote"),
    [
        ("- A on “the words”: x", "the words"),
        ('- A (US) on "the words" : x', "the words"),
        ("- A (US) on 「言葉」: x", "言葉"),
        ("- 人（日本）「言葉」について：x", "言葉"),
        ("- 人『「言」葉』に関して：「はい」", "「言」葉"),
    ],
)
def test_an_item_flags_words(item: str, quote: str) -> None:
    (anchor,) = said(item).anchors
    assert (anchor.line, anchor.quote) == ("2", quote)


@pytest.mark.parametrize(
    ("heading", "lines", "topic"),
    [
        ("## Line 12", ["12"], None),
        ("### line 12a: However, while …", ["12a"], None),
        ("## 12", ["12"], None),
        ("## Lines 1, 3 and 0a", ["1", "3", "0a"], None),
        ("## 第12行", ["12"], None),
        ("## 行 １、３", ["1", "3"], None),
        ("## 12行目：しかし", ["12"], None),
        ("## Topic: Hong Kong", [], "Hong Kong"),
        ("## 議題：香港", [], "香港"),
        ("## The whole", [], None),
        ("## 全体", [], None),
        ("## Line 12 ##", ["12"], None),
    ],
)
def test_a_heading_says_what_the_items_beneath_are_on(
    heading: str, lines: list[str], topic: str | None
) -> None:
    (comment,) = record(f"# Meeting W2: Second\n{heading}\n- A: x").comments
    assert [anchor.line for anchor in comment.anchors] == lines
    assert comment.topic == topic
    assert comment.meeting == "W2"


def test_a_meeting_has_what_stands_beneath_its_heading() -> None:
    text = (
        "# 会議 Ｗ２：第二回\n- 日付：2022年3月5日\n場所: 東京\n- Series: S1\n- kind: workshop\n"
        "- note: Long\n  and wide.\n## Topic: B\n## 議題：A\n## Topic: B\n- x: y\n"
    )
    (meeting,) = record(text).meetings
    assert (meeting.id, meeting.name, meeting.date) == ("W2", "第二回", "2022-03-05")
    assert (meeting.place, meeting.series, meeting.kind) == ("東京", "S1", "workshop")
    assert (meeting.note, meeting.topics) == ("Long and wide.", ("B", "A"))


def test_replies_are_nested_as_deep_as_they_are_typed() -> None:
    text = (
        "- A: one\n  - B (counters): two\n      * C: three\n    - D: four\n  - E: five\n"
        "- F: six\n\t- G: seven\n　- H: eight\n"
    )
    found = record(HEAD + text).comments
    by_id = {comment.id: comment.speaker for comment in found}
    told = {c.speaker: by_id.get(c.reply_to) for c in found}
    assert told == {
        "A": None,
        "B": "A",
        "C": "B",
        "D": "B",
        "E": "A",
        "F": None,
        "G": "F",
        "H": "F",
    }
    assert [len(comment.anchors) for comment in found] == [1, 0, 0, 0, 0, 1, 0, 0]


def test_a_reply_may_flag_words_of_its_own() -> None:
    first, second = record(HEAD + '- A on "one": x\n  - B on "two": y').comments
    assert [anchor.quote for anchor in second.anchors] == ["two"]
    assert second.reply_to == first.id


def test_several_meetings_may_follow_one_another() -> None:
    found = record(HEAD + "- A: x\n# Meeting W3\n## The whole\n- B: y")
    assert [(meeting.id, meeting.name) for meeting in found.meetings] == [
        ("W2", "Second"),
        ("W3", ""),
    ]
    assert [comment.meeting for comment in found.comments] == ["W2", "W3"]


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_any_line_end_and_encoding_is_read_alike(ends: str, codec: str) -> None:
    text = HEAD + "- 参加者（日本、反対）：「ながい\n  文。」\n  - B: y\n"
    content = text.replace("\n", ends).encode(codec)
    notes = read(content, "notes.md")
    assert notes.faults == ()
    assert [comment.text for comment in notes.record.comments] == ["ながい文。", "y"]
    assert notes.places["comments.2"] == 7
    assert names_meeting(content)


FAULTS = {
    "an empty file": ("", (1, "there is no heading that names a meeting")),
    "no meeting": ("## Line 2\n", (1, "the first heading must name the meeting")),
    "another title": ("# Minutes\n## Line 2\n", (1, "'Minutes' names no meeting")),
    "a key that is none": ("# Meeting 12: x\n", (1, "'12' cannot be a name")),
    "a meeting twice": (HEAD + "# Meeting W2\n", (5, "the meeting W2 is named twice")),
    "no such fact": ("# Meeting W2\n- plaec: x\n", (2, "beneath a meeting stand its date")),
    "a fact twice": ("# Meeting W2\n- date: 2022\ndate: 2021\n", (3, "the date of the meeting")),
    "no date": ("# Meeting W2\n- date: soon\n", (2, "'soon' is no date")),
    "no place of comments": ("# Meeting W2\n## Lin 2\n- A: x", (2, "'Lin 2' is no place")),
    "a range of lines": ("# Meeting W2\n## Lines 2-4\n- A: x", (2, "'Lines 2-4' is no place")),
    "stray words": (HEAD + "So they spoke.\n", (5, "this is neither a heading nor an item")),
    "stray words after an item": (HEAD + "- A: x\n\nSo.\n", (7, "this is neither a heading")),
    "nobody who speaks": (HEAD + "- It was said\n", (5, "this item does not say who spoke")),
    "nothing said": (HEAD + "- A (US):\n", (5, "this item says nothing")),
    "a reply to nothing": (HEAD + "  - A: x\n", (5, "an indented item replies to the one above")),
    "a relation to nothing": (HEAD + "- A (counters): x\n", (5, "“counters” needs a comment")),
    "two relations": (HEAD + "- A: x\n  - B (counters, endorses): y", (6, "both given as the")),
    "two kinds": (HEAD + "- A (support, question): x", (5, "both given as the kind")),
    "two sides": (HEAD + "- A (US, Japan): x", (5, "both given as the side")),
    "a kind misspelt": (HEAD + "- A (objectoin): x", (5, "'objectoin' looks like 'objection'")),
    "two parents": (HEAD + "- A: x\n  - B (counters C4): y", (6, "and names C4 as well")),
    "words of two lines": (
        "# Meeting W2\n## Lines 1, 2\n- A on “x”: y",
        (3, "flagged words stand in one line"),
    ),
    "words of a topic": (
        "# Meeting W2\n## Topic: T\n- A on “x”: y",
        (3, "flagged words stand in one line"),
    ),
    "too long": (HEAD + f"- A: {'x' * 100_001}", (5, "what was said has 100,001 characters")),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_by_its_line(case: str) -> None:
    text, (line, told) = FAULTS[case]
    found = fault(text)
    assert found[0] == line
    assert told in found[1]


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = "# Meeting W2\n- x\n## Lin 2\n- A\n- B (US, Japan, objectoin):\n"
    assert [line for line, _ in faults(text)] == [2, 3, 4, 5, 5, 5]


@pytest.mark.parametrize("content", [b"\xff\xfe\xfa", b"# Meeting W2: x\n\n## Line 1\n- A: \0"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        read(content, "notes.md")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Meeting W2: Second\n", True),
        ("\ufeff\n\n<!-- typed by B -->\n# 会議 W2：第二回\n", True),
        ("# Meeting W2\n", True),
        ("# Meeting Notes: what was said\n", False),
        ("# Meeting 2022\n", False),
        ("## Meeting W2: Second\n", False),
        ("Words.\n\n# Meeting W2: Second\n", False),
        ("", False),
    ],
)
def test_notes_are_known_by_their_first_heading(text: str, expected: bool) -> None:
    assert names_meeting(text.encode()) is expected
