"""What goes out for review: the passages under revision, with what was said, proposed and done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.services.desk import THREE, Desk
from tests.services.parallels import bilingual
from tests.services.test_attribution import NAMES, SIDES, tell
from tests.stores import Stores
from tracker.errors import NotFound
from tracker.exchange.review import Passage, Review, Rival, Said
from tracker.services import lines
from tracker.services.anchors import Flag
from tracker.services.comments import on_proposals, sealing
from tracker.services.comments import writing as saying
from tracker.services.exporting.review import gather, said
from tracker.services.lines import Line
from tracker.store.open import open_store


def review(desk: Desk, **options: object) -> Review:
    found: Review = desk.read(gather, **options)
    return found


def remark(desk: Desk, name: str, **options: Any) -> str:
    """Comment on a proposal; return the comment's id."""
    told = saying.Said(**{"speaker": "A member", "text": "Which ships?", **options})
    with desk.writing("comment add") as (entry, now):
        return on_proposals.add(entry, now, told, name)


def rivals(passage: Passage) -> dict[str, Rival]:
    return {rival.id: rival for rival in passage.rivals}


def test_the_example_is_told_in_one_sentence(example_once: Desk) -> None:
    found = review(example_once)
    assert found.sentence == "3 passages under revision, 8 comments, 4 proposals, nothing decided"
    assert (found.edition, found.date, found.draft) == ("July 2021", "2022-09-30", True)
    assert [passage.label for passage in found.passages] == ["1", "2", "3"]
    assert found.passages[0].comments == ("C40", "C41", "C42", "C43")
    first = rivals(found.passages[0])
    assert list(first) == ["P1.1", "P2.1", "P2.2"]
    assert first["P1.1"].collides == ("P2",)
    assert first["P1.1"].answers == ("C40", "C41")
    assert (first["P2.2"].kind, first["P2.2"].after) == ("insert", "1")


def test_comments_come_in_the_order_of_the_text_and_then_by_number(example_once: Desk) -> None:
    found: tuple[Said, ...] = example_once.read(said)
    assert found == review(example_once).comments
    assert [c.id for c in found] == [f"C{n}" for n in (*range(40, 48), *range(1, 40))]
    first = found[0]
    assert first.spots[0].label == "1"
    assert (first.answered_by, first.meeting, first.lines) == (("P1",), "W1", ("1",))
    assert found[1].reply_to == "C40"


def test_nothing_under_revision_is_no_draft_once_it_is_adopted(desk: Desk) -> None:
    assert review(desk).draft
    desk.edition("first", status="adopted")
    found = review(desk)
    assert found.sentence == ("0 passages under revision, 0 comments, 0 proposals, nothing decided")
    assert not found.draft
    desk.say("1")
    assert review(desk).draft


def test_what_was_decided_since_the_last_edition_is_told(desk: Desk) -> None:
    desk.say("1")
    desk.dispose("C1")
    desk.edition("first", name="The First")
    assert review(desk).sentence.endswith("nothing decided")
    desk.say("1", text="Another.")
    desk.replace("1", "Ships may come.", answers=["C2"])
    desk.replace("2", "Ships may go.")
    desk.decide("rejected", "P2", reason="No.")
    desk.accept("P1", "accepted")
    found = review(desk)
    assert found.sentence == (
        "0 passages under revision, 0 comments, 0 proposals, "
        "decided: 1 proposal accepted, 1 proposal rejected, 1 comment disposed of"
    )
    assert found.edition == "The First, revised since"


def test_a_line_is_under_revision_while_a_comment_on_it_is_open(desk: Desk) -> None:
    desk.say("2", words="inspect any ship")
    desk.say("2", text="A settled one.")
    desk.dispose("C2")
    found = review(desk)
    (passage,) = found.passages
    assert passage.comments == ("C1",)
    assert found.lines[1].comments == ("C1", "C2")
    spot = found.comments[0].spots[0]
    assert (spot.start, spot.end, spot.state) == (15, 31, "exact")
    assert THREE[1][15:31] == spot.quote == "inspect any ship"
    assert found.comments[1].disposition is not None


def test_each_kind_of_rival_says_what_it_makes_of_the_passage(desk: Desk) -> None:
    desk.delete("1")
    desk.move("2", "3")
    desk.split("3", "Disputes are settled.", "By talks.")
    desk.merge("1", "2", text="Open, with inspection.")
    one, two, three = review(desk).passages
    assert rivals(one)["P1.1"].result == ""
    assert [run.kind for run in rivals(one)["P1.1"].runs] == ["delete"]
    assert rivals(one)["P4.1"].lines == ("1", "2")
    assert rivals(one)["P4.1"].result == "Open, with inspection."
    assert [(run.kind, run.text) for run in rivals(two)["P4.1"].runs] == [("delete", THREE[1])]
    assert rivals(two)["P4.1"].result == ""
    assert (rivals(two)["P2.1"].after, rivals(two)["P2.1"].result) == ("3", THREE[1])
    assert rivals(three)["P3.1"].result == "Disputes are settled.\nBy talks."


def test_the_redline_of_a_rival_starts_from_the_passage(example_once: Desk) -> None:
    for passage in review(example_once).passages:
        for rival in passage.rivals:
            was = "".join(run.text for run in rival.runs if run.kind != "insert")
            now = "".join(run.text for run in rival.runs if run.kind != "delete")
            assert (was, now) == ("" if rival.kind == "insert" else passage.text, rival.result)


def test_a_new_line_is_a_place_of_its_own_unless_the_line_before_is_under_revision(
    desk: Desk,
) -> None:
    desk.insert("0", "First of all.")
    desk.insert("1", "In between.")
    desk.say("2")
    desk.insert("2", "Behind it.")
    found = review(desk).passages
    assert [(passage.label, passage.after, passage.text) for passage in found] == [
        (None, "0", ""),
        (None, "1", ""),
        ("2", None, THREE[1]),
    ]
    assert [list(rivals(passage)) for passage in found] == [["P1.1"], ["P2.1"], ["P3.1"]]


def test_a_stale_rival_is_told_as_it_was_proposed(desk: Desk) -> None:
    desk.replace("1", "Ships may come.")
    desk.replace("1", "Ships may go.")
    desk.insert("3", "A last one.")
    desk.replace("3", "Disputes are settled by war.")
    desk.delete("3")
    desk.accept("P1")
    desk.accept("P5")
    found = review(desk).passages
    stale = rivals(found[0])["P2.1"]
    assert stale.stale
    assert "".join(run.text for run in stale.runs if run.kind != "insert") == THREE[0]
    gone = {rival: passage for passage in found[1:] for rival in rivals(passage)}
    assert gone.keys() == {"P3.1", "P4.1"}
    assert (gone["P4.1"].label, gone["P4.1"].text) == ("3", "")


def test_what_would_change_a_proposal_is_a_rival_on_its_line(desk: Desk) -> None:
    desk.replace("1", "Ships may come.")
    desk.replace("P1.1", "Ships and boats may come.", proposer="B side")
    (passage,) = review(desk).passages
    rival = rivals(passage)["P2.1"]
    assert (rival.amends, rival.result) == ("P1.1", "Ships and boats may come.")
    assert "".join(run.text for run in rival.runs if run.kind != "insert") == THREE[0]


def test_what_is_advised_stands_with_the_rival_and_the_comment(desk: Desk) -> None:
    desk.say("1")
    desk.replace("1", "Ships may come.")
    desk.recommend("accept", "P1", reason="It is shorter.", by="The editor")
    (passage,) = review(desk).passages
    advised = passage.rivals[0].recommendation
    assert advised is not None
    assert advised[:3] == ("accept", "It is shorter.", "The editor")


def test_a_rival_that_was_put_off_says_so(desk: Desk) -> None:
    desk.replace("1", "Ships may come.")
    desk.decide("deferred", "P1", reason="Next year.", by="The chair")
    (passage,) = review(desk).passages
    deferral = passage.rivals[0].deferral
    assert deferral is not None
    assert deferral[:3] == ("deferred", "Next year.", "The chair")


def test_changes_are_those_since_the_last_edition_or_a_state(desk: Desk) -> None:
    start = desk.at
    assert review(desk).changes == ()
    desk.edition("first", name="The First")
    assert review(desk).since is None
    desk.say("1", text="Why not boats?")
    desk.replace("1", "Ships may come.", rationale="Shorter", answers=["C1"])
    desk.accept("P1", "accepted", by="The chair", date="2022-09-30", mode="consensus")
    found = review(desk)
    assert found.since == "The First"
    (was,) = found.changes
    assert (was.label, was.kinds, was.was, was.now) == (
        "1",
        ("edited",),
        THREE[0],
        "Ships may come.",
    )
    assert [why.split(" (@")[0] for why in was.why] == [
        "P1 from A side was accepted by The chair on 2022-09-30, by consensus"
    ]
    answered = "Rationale: Shorter. It answers C1 – A member (observation): “Why not boats?”"
    assert was.why[0].endswith(answered)
    desk.edition("second", name="The Second")
    assert review(desk).since == "The First"
    assert review(desk, since=start).since == start
    assert review(desk, since=start).changes == found.changes
    with pytest.raises(NotFound, match="no state 'third'"):
        review(desk, since="third")


@pytest.mark.parametrize("rule", ["none", "side"])
def test_no_name_leaves_that_the_rule_of_attribution_keeps(desk: Desk, rule: str) -> None:
    tell(desk, rule)
    desk.recommend("accept", "P1", by="Amb. Doe")
    desk.accept("P2", by="the envoy")
    told = repr(review(desk, since="@1"))
    for word in (*NAMES, *(SIDES if rule == "none" else ())):
        assert word not in told, word
    speakers = {comment.id: comment.who for comment in review(desk).comments}
    first = "A participant" if rule == "none" else "Japan"
    assert speakers == {"C1": first, "C2": "A participant"}


def test_a_participant_is_named_where_the_rule_says_so(desk: Desk) -> None:
    tell(desk, "name")
    assert [comment.who for comment in review(desk).comments] == [
        "Shin Kawashima (Japan)",
        "Amb. Doe",
    ]
    desk.accept("P1")
    (was,) = review(desk, since="@1").changes
    assert "C1 – Shin Kawashima (Japan)" in was.why[0]


def test_internal_comments_leave_only_when_asked_for(desk: Desk) -> None:
    desk.say("1", internal=True, text="Between us.")
    desk.replace("1", "Ships may come.", answers=["C1"])
    remark(desk, "P1", internal=True, text="Between us, too.")
    desk.accept("P1")
    desk.replace("1", "Ships may go.", answers=["C1"])
    found = review(desk, since="@1")
    assert "Between us" not in repr(found)
    assert "C1" not in repr(found)
    assert found.passages[0].comments == ()
    with_internal = review(desk, since="@1", with_internal=True)
    assert [comment.id for comment in with_internal.comments] == ["C1", "C2"]
    assert with_internal.passages[0].rivals[0].answers == ("C1",)
    assert [c.id for c in desk.read(said, with_internal=True)] == ["C1", "C2"]


def test_a_comment_on_a_proposal_stands_on_the_line_this_would_change(desk: Desk) -> None:
    desk.replace("2", "Ships may come.")
    remark(desk, "P1")
    found = review(desk)
    comment = found.comments[0]
    assert (comment.about, comment.lines, comment.scope) == ("P1", ("2",), "proposal")
    assert found.passages[0].comments == ("C1",)
    desk.decide("rejected", "P1", reason="No.")
    assert review(desk).passages == ()


def test_a_sealed_comment_leaves_as_a_stub(desk: Desk) -> None:
    desk.say("1", speaker="Amb. Doe", text="I regret this.")
    plan = desk.read(sealing.plan, "C1")
    with desk.writing("comment seal") as (entry, now):
        sealing.apply(entry, now, plan, "It was asked for.")
    (comment,) = review(desk).comments
    assert comment.sealed
    assert "Doe" not in repr(comment)
    assert "regret" not in repr(comment)


@pytest.fixture
def two_texts(stores: Stores) -> Iterator[Desk]:
    """The harbour charter in English and Japanese."""
    with stores.copy(bilingual) as url:
        yield Desk(open_store(url))


def japanese(desk: Desk) -> list[Line]:
    found: list[Line] = desk.read(lines.running_text, "ja")
    return found


def test_each_line_has_its_translation_beside_it(two_texts: Desk) -> None:
    found = review(two_texts, languages=("ja",))
    beside = {line.label: line.others[0] for line in found.lines}
    every = {line.text for line in japanese(two_texts)}
    told = "".join(text for _, text, _ in beside.values())
    assert all(text in told for text in every)
    assert {state for _, _, state in beside.values()} <= {None, "missing", "alone"}
    first = found.lines[0]
    two_texts.replace(first.label, "Another title")
    two_texts.accept("P1")
    again = review(two_texts, languages=("ja",))
    assert again.lines[0].others[0][2] == "stale"


def test_a_comment_on_a_translation_stands_on_the_line_it_renders(two_texts: Desk) -> None:
    line = japanese(two_texts)[2]
    told = saying.Said(speaker="A member", text="So?")
    with two_texts.writing() as (entry, now):
        saying.add(entry, now._replace(language="ja"), told, [line.label], None, "line")
    found = review(two_texts, languages=("ja",))
    assert [row.others[0][1] for row in found.lines if "C1" in row.comments] == [line.text]


def test_words_of_a_translation_are_no_place_in_the_original(two_texts: Desk) -> None:
    line = japanese(two_texts)[2]
    told = saying.Said(speaker="A member", text="So?")
    with two_texts.writing() as (entry, now):
        flag = Flag(line.text[:2])
        saying.add(entry, now._replace(language="ja"), told, [line.label], flag)
    (spot,) = review(two_texts).comments[0].spots
    assert (spot.start, spot.end, spot.quote) == (None, None, line.text[:2])
    with two_texts.reading() as now:
        (spot,) = said(now._replace(language="ja"))[0].spots
    assert (spot.start, spot.end) == (0, 2)
