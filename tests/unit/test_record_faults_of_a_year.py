"""Faults in what a record says of splits, merges, agreements, translations and proposals.

As in ``test_record_faults.py``, each case changes one passage of a sound record.
"""

from __future__ import annotations

import pytest

from tests.unit.test_record_faults import HERE, MEETING, WHOLE, changed, line_of, refusal
from tracker.formats.record.read import read

LINE_2A = "  - label: 2a\n    kind: sentence\n"
PLACE_2A = "        after: '2'\n        block: inline\n"
PLACE_2 = "      - change: 1\n        language: en\n        after: '1'\n"
VERSION_2 = "        origin: edited\n        proposed: P1.1\n"
INSERT = "        kind: insert\n        language: en\n        after: '2'\n"
NEW_LINE = "        text: Each side names one port.\n    decisions:\n"
DECIDED = "        date: '2022-09-30'\n        mode: vote\n"
C2 = "  - id: C2\n    meeting: W1\n"
CARRIED = "            start: 23\n            end: 35\n"
W1 = "    place: video conference\n"


def further(change: str) -> str:
    """A third change of the proposal."""
    return NEW_LINE.replace("    decisions", change + "    decisions")


def third(**fields: str) -> str:
    told = "".join(f"        {name}: {value}\n" for name, value in fields.items())
    return further("      - number: 3\n" + told)


def rendering(language: str) -> str:
    link = f"      - language: {language}{HERE}\n        line: '2'\n        version: 1\n"
    return f"{PLACE_2A}    renders:\n{link}"


ONE = f"{HERE}\n          - line: '1'\n            version: 1"

CASES: dict[str, tuple[str, str, str]] = {
    "split from no line": (
        LINE_2A,
        f"{LINE_2A}    split_from: '7'{HERE}\n",
        "lines.3.split_from: there is no such line ('7')",
    ),
    "split from itself": (
        LINE_2A,
        f"{LINE_2A}    split_from: 2a{HERE}\n",
        "lines.3.split_from: line 2a does not come before it",
    ),
    "into, and it stands": (
        PLACE_2A,
        f"{PLACE_2A}        into: '1'{HERE}\n",
        "lines.3.places.1.into: is for a removed line: it says what it was merged into",
    ),
    "into a line that comes later": (
        PLACE_2,
        f"{PLACE_2}      - change: 2\n        removed: true\n        into: '9'{HERE}\n",
        "lines.2.places.2.into: there is no such other line ('9')",
    ),
    "a level without a kind": (
        PLACE_2A,
        f"{PLACE_2A}        level: 2{HERE}\n",
        "lines.3.places.1.level: belongs to a kind, and there is none",
    ),
    "another wording restored": (
        VERSION_2,
        "        restores: 1\n",
        "lines.2.versions.2.text: must be what version 1 says, which it restores",
    ),
    "a later version restored": (
        VERSION_2,
        f"        restores: 2{HERE}\n",
        "lines.2.versions.2.restores: must be an earlier version ('2')",
    ),
    "renders in the authentic language": (
        PLACE_2A,
        rendering("en"),
        "lines.3.renders.1.language: is that of the authentic text ('en')",
    ),
    "renders without a text": (
        PLACE_2A,
        rendering("ja"),
        "lines.3.renders.1.language: the line has no version in it ('ja')",
    ),
    "agreed on no version": (
        PLACE_2A,
        f"{PLACE_2A}    agreements:\n      - outcome: agreed\n        version: 2{HERE}\n",
        "lines.3.agreements.1.version: line 2a has no version 2 in en",
    ),
    "agreed in other words": (
        PLACE_2A,
        f"{PLACE_2A}    agreements:\n      - outcome: closed{HERE}\n        version: 1\n",
        (
            "lines.3.agreements.1.outcome: must be 'agreed', 'agreed ad referendum' or 'reopened' "
            "('closed')"
        ),
    ),
    "reopened without a reason": (
        PLACE_2A,
        f"{PLACE_2A}    agreements:\n      - outcome: reopened{HERE}\n        version: 1\n",
        "lines.3.agreements.1.reason: is missing: “reopened” needs one",
    ),
    "a scope of words": (
        "        quote: to all ships\n",
        f"        scope: gap{HERE}\n        quote: to all ships\n",
        "comments.1.anchors.1.scope: must be left out: some words are flagged ('gap')",
    ),
    "carried to no line": (
        "          - version: 2\n            state: exact\n",
        f"          - line: '7'{HERE}\n            version: 2\n            state: exact\n",
        "comments.1.anchors.1.carried.1.line: there is no such line ('7')",
    ),
    "about no proposal": (
        C2,
        f"{C2}    about:\n      proposal: P7{HERE}\n",
        "comments.2.about.proposal: there is no such proposal ('P7')",
    ),
    "about no change": (
        C2,
        f"{C2}    about:\n      proposal: P1\n      change: 3{HERE}\n",
        "comments.2.about.change: P1 has no change 3",
    ),
    "about words that are not proposed": (
        C2,
        f"{C2}    about:\n      proposal: P1\n      change: 1\n      quote: fish{HERE}\n",
        "comments.2.about.quote: these words do not stand in the change ('fish')",
    ),
    "about words of no change": (
        C2,
        f"{C2}    about:{HERE}\n      proposal: P1\n      quote: ships\n",
        "comments.2.about.change: is missing: the words are those of some change",
    ),
    "assigned to nobody": (
        C2,
        f"{C2}    assigned:{HERE}\n      due: 2022-10\n",
        "comments.2.assigned.to: is missing",
    ),
    "due some time": (
        C2,
        f"{C2}    assigned:\n      to: A member\n      due: soon{HERE}\n",
        "comments.2.assigned.due: is no date: write 2021, 2021-07 or 2021-07-15 ('soon')",
    ),
    "apart from nothing": (
        "    speaker: the same scholar\n",
        f"    speaker: the same scholar\n    apart: true{HERE}\n",
        "comments.3.apart: is for a reply, or a comment on a proposal",
    ),
    "votes without a vote": (
        "        date: '2022-09-30'\n        mode: consensus\n",
        f"        mode: consensus\n        votes: 7-2-1{HERE}\n",
        "comments.1.dispositions.1.votes: belong to the mode “vote” ('7-2-1')",
    ),
    "votes that are none": (
        DECIDED,
        f"{DECIDED}        votes: most{HERE}\n",
        (
            "proposals.1.decisions.1.votes: are no votes: write 7-2-1: for, against, abstaining "
            "('most')"
        ),
    ),
    "two changes accepted in one wording": (
        DECIDED,
        f"{DECIDED}        text: Ports stay open.\n",
        "proposals.1.decisions.1.change: is missing: its changes are accepted one by one",
    ),
    "a deletion accepted in a wording": (
        "    decisions:\n      - outcome: accepted\n",
        f"    decisions:\n      - outcome: rejected\n        change: 1\n        text: No.{HERE}\n",
        "proposals.1.decisions.1.text: must be left out: it is not accepted ('No.')",
    ),
    "advice that is none": (
        "    decisions:\n      - outcome: accepted\n",
        f"    decisions:\n      - outcome: accepted{HERE}\n        stage: advised\n",
        (
            "proposals.1.decisions.1.outcome: is no advice on a proposal: use one of accept, "
            "reject, amend, defer ('accepted')"
        ),
    ),
    "a move to nowhere": (
        NEW_LINE,
        third(kind="move", line="'2'", version="1").replace("number: 3", f"number: 3{HERE}"),
        "proposals.1.changes.3.after: is missing: move needs one",
    ),
    "a merge of one line": (
        NEW_LINE,
        third(kind="merge", lines=ONE, text="x"),
        "proposals.1.changes.3.lines: a merge is of two lines or more",
    ),
    "a split in one part": (
        NEW_LINE,
        third(kind="split", line="'1'", version="1", results=f"{HERE}\n          - text: x"),
        "proposals.1.changes.3.results: a split has two parts or more",
    ),
    "a replacement without words": (
        NEW_LINE,
        third(kind="replace", line="'1'", version="1").replace(
            "      - number: 3\n", f"      - number: 3{HERE}\n"
        ),
        "proposals.1.changes.3.text: is missing: replace needs one",
    ),
    "made from nothing that is there": (
        NEW_LINE,
        third(kind="replace", line="'1'", version="1", sources=f"\n          - P7.1{HERE}"),
        "proposals.1.changes.3.sources.1: there is no such change of a proposal ('P7.1')",
    ),
    "an amendment of a line": (
        NEW_LINE,
        third(kind="replace", line=f"'1'{HERE}", version="1", amends="P1.2", text="x").replace(
            "        version: 1\n", ""
        ),
        "proposals.1.changes.3.line: must be left out: it amends a change",
    ),
    "an amendment of itself": (
        NEW_LINE,
        third(kind="replace", amends=f"P1.3{HERE}", text="x"),
        "proposals.1.changes.3.amends: the changes run in a circle ('P1.3')",
    ),
    "a removal of nothing": (
        NEW_LINE,
        third(kind="remove").replace("      - number: 3\n", f"      - number: 3{HERE}\n"),
        "proposals.1.changes.3.supersedes: is missing: remove takes back a change",
    ),
    "a change that takes a later one's place": (
        NEW_LINE,
        third(kind="remove", supersedes=f"3{HERE}"),
        (
            "proposals.1.changes.3.supersedes: must be an earlier change, whose place no other "
            "took ('3')"
        ),
    ),
    "a line changed twice": (
        NEW_LINE,
        third(kind="delete", line=f"'2'{HERE}", version="1"),
        "proposals.1.changes.3.line: is changed twice by this proposal ('2')",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_with_its_line_and_field(case: str) -> None:
    old, new, told = CASES[case]
    text = changed(WHOLE, old, new)
    message = refusal(text).message
    if HERE in text:
        assert message == f"r.yaml, line {line_of(text, HERE)}: {told}"
    else:
        assert message.endswith(f": {told}") or f": {told} (" in message


def test_a_proposal_rewords_a_line_and_moves_it() -> None:
    move = third(kind="move", line="'2'", version="1", after="'0'")
    assert len(read(changed(WHOLE, NEW_LINE, move).encode(), "r.yaml").proposals[0].changes) == 3


def test_two_meetings_are_not_open_at_once() -> None:
    second = f"  - id: W2\n    name: Another\n    open: true{HERE}\n"
    text = changed(WHOLE, "participants:\n", second + "participants:\n")
    text = changed(text, W1, f"{W1}    open: true\n")
    told = "meetings.2.open: only one meeting is open at a time"
    assert refusal(text).message == f"r.yaml, line {line_of(text, HERE)}: {told}"


@pytest.mark.parametrize("name", ["about", "assigned"])
def test_a_meetings_comments_name_no_proposals_and_assign_nothing(name: str) -> None:
    fields = {"about": "proposal: P1", "assigned": "to: A member"}[name]
    text = changed(MEETING, "  - id: a1\n", f"  - id: a1\n    {name}:{HERE}\n      {fields}\n")
    told = f"comments.1.{name}: needs a document: it is for a whole record"
    assert refusal(text).message == f"r.yaml, line {line_of(text, HERE)}: {told}"
