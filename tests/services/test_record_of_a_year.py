"""All that a group does in a year goes out in its record, in, and out again as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.desk import Desk
from tests.services.parallels import plan_japanese, store_english
from tests.services.records import check_round, out, read_back
from tests.services.seen import undo
from tests.services.test_importing_copy import as_edition, as_proposal
from tests.stores import AT, AUTHOR, Stores, empty
from tracker.errors import Refused
from tracker.services import agreements, convening, lines, meetings, reverting
from tracker.services.anchors import Flag
from tracker.services.comments import assigning, on_proposals
from tracker.services.comments.writing import Said
from tracker.services.importing import parallel
from tracker.services.translations import reading as translations
from tracker.services.translations import writing as translating
from tracker.services.verdicts import Verdict
from tracker.store import journal
from tracker.store.open import open_store

Year = Callable[[Desk], object]
BAY = "The parties shall keep the bay open to all ships."
PORT = "The parties shall keep the port open to all ships."
GROUNDS: dict[str, Any] = {
    "reason": "as agreed",
    "by": "The chairs",
    "date": "2022-09",
    "mode": "vote 7-2-1",
}


def split(desk: Desk) -> None:
    desk.say("1", words="harbour")
    desk.say("1", words="ships")
    desk.split("1", "The parties shall keep the harbour.", "It is open to all ships.")
    desk.accept("P1")


def merged(desk: Desk) -> None:
    desk.say("2")
    desk.say("3", words="talks")
    desk.merge("1", "2", "3", text="The parties keep the harbour open; disputes are for talks.")
    desk.accept("P1")


def merged_and_taken_back(desk: Desk) -> None:
    merged(desk)
    undo(desk)


def moved(desk: Desk) -> None:
    desk.move("3", "0")
    desk.accept("P1")


def accepted_undone_and_accepted(desk: Desk) -> None:
    desk.say("1", words="harbour")
    desk.replace("1", BAY)
    desk.insert("1", "A new line.", to="P1")
    desk.accept("P1", **GROUNDS)
    undo(desk)
    desk.accept("P1.2")
    desk.accept("P1.1")


def reverted(desk: Desk) -> None:
    desk.replace("1", BAY)
    desk.accept("P1")
    with desk.writing("revert") as (entry, now):
        reverting.revert(entry, now, desk.at)


def undone(desk: Desk) -> None:
    desk.say("1")
    desk.replace("1", BAY)
    for _ in range(2):
        undo(desk)
    desk.say("2")
    desk.replace("2", "Each party inspects.")


def one_change_in_another_wording(desk: Desk) -> None:
    desk.replace("1", BAY)
    desk.delete("3", to="P1")
    desk.accept("P1.1", as_text=PORT, **GROUNDS)


def advised(desk: Desk) -> None:
    desk.replace("1", BAY)
    desk.recommend("amend", "P1", reason="say port")
    desk.recommend("defer", "P1.1")
    desk.decide("deferred", "P1", by="The chairs")


def updated(desk: Desk) -> None:
    desk.replace("1", BAY)
    desk.replace("1", "The parties shall at all times keep the harbour open to all ships.")
    desk.accept("P2")
    desk.update("P1")


def collided(desk: Desk) -> None:
    desk.replace("1", BAY)
    desk.replace("1", PORT)
    desk.join("P1", "P2")


def resolved(desk: Desk) -> None:
    collided(desk)
    desk.resolve("P3.1", "P1")


def amended(desk: Desk) -> None:
    desk.replace("1", BAY)
    desk.replace("P1.1", "The parties shall keep the wide bay open to all ships.")
    desk.accept("P2")
    desk.accept("P1")


def added_and_undone(desk: Desk) -> None:
    desk.replace("1", BAY)
    desk.delete("3", to="P1")
    undo(desk)


def said_on_proposals(desk: Desk) -> None:
    desk.replace("1", BAY)
    said = Said(speaker="A member", text="Not the bay.")
    with desk.writing() as (entry, now):
        on_proposals.add(entry, now, said, "P1")
        on_proposals.add(entry, now, said, "P1.1")
        on_proposals.add(entry, now, said, "P1.1", Flag("bay"))
    desk.reply("C3")
    desk.tie("C2")


def put_elsewhere(desk: Desk) -> None:
    desk.say("1")
    desk.reply("C1")
    desk.tie("C1", "2", words="ship")
    desk.tie("C2")
    desk.say("1", scope="gap")
    desk.replace("1", BAY)
    desk.accept("P1")


def settled(desk: Desk) -> None:
    desk.say("1")
    desk.dispose("C1", outcome="rejected", stage="advised", reason="it is open")
    desk.dispose("C1", outcome="accepted", **GROUNDS)
    with desk.writing() as (entry, now):
        assigning.assign(entry, now, ["C1"], "A member", due="2022-10", note="soon")
        assigning.complete(entry, now, ["C1"])


def agreed(desk: Desk) -> None:
    with desk.writing() as (entry, now):
        agreements.agree(entry, now, ["1", "2"], Verdict("agreed", **GROUNDS))
    with desk.writing() as (entry, now):
        agreements.agree(entry, now, ["2"], Verdict("agreed ad referendum"))


def met(desk: Desk) -> None:
    with journal.entry(desk.store, AUTHOR, AT, "meeting add") as entry:
        meetings.add_meeting(entry, "w1", name="A Workshop")
        convening.open_(entry, "w1")
        convening.correct(entry, "w1", {"name": "The Workshop", "place": "a harbour"})


def translated(desk: Desk) -> None:
    with desk.writing() as (entry, now):
        translating.add(entry, now, "ja", ["1", "2"], "港は開いておく。検査もできる。")
        translating.add(entry, now, "ja", ["3"], "話し合う。")
    desk.replace("1", BAY)
    desk.accept("P1")


def translated_and_split(desk: Desk) -> None:
    translated(desk)
    desk.split("1", "The parties shall keep the bay.", "It is open to all ships.")
    desk.accept("P2")
    desk.merge("2", "3", text="Each party may inspect; disputes are settled by talks.")
    desk.accept("P3")


YEARS: list[Year] = [
    *(split, merged, merged_and_taken_back, moved, accepted_undone_and_accepted, reverted, undone),
    *(one_change_in_another_wording, advised, updated, collided, resolved, amended),
    *(added_and_undone, said_on_proposals, put_elsewhere, settled, agreed, met, translated),
    translated_and_split,
]


@pytest.mark.parametrize("year", YEARS, ids=lambda year: year.__name__)
def test_what_was_done_is_in_the_record(stores: Stores, desk: Desk, year: Year) -> None:
    year(desk)
    check_round(stores, desk.store)


COPY = """\
The parties shall keep the harbour open to all ships, and to boats.

Each party may inspect any ship that enters. It says why.

Disputes are settled.
"""


@pytest.mark.parametrize("bring", [as_edition, as_proposal])
def test_an_edited_copy_is_in_the_record(
    stores: Stores, desk: Desk, bring: Callable[[Desk, str], object]
) -> None:
    desk.say("1", words="ships")
    bring(desk, COPY)
    check_round(stores, desk.store)


def test_two_texts_with_sentences_of_their_own_are_in_the_record(stores: Stores) -> None:
    with stores.copy(empty) as url:
        desk = Desk(open_store(url))
        store_english(desk.store)
        plan = plan_japanese(desk)
        pairs = [*plan.pairs[:-1], plan.pairs[-1]._replace(labels=())]
        with desk.writing("import") as (entry, now):
            parallel.apply(entry, now, parallel.with_pairs(plan, pairs))
        with desk.reading() as now:
            passages = [(p.labels, p.text, p.state) for p in translations.passages(now, "ja")]
            alone = [line.label for line in translations.alone(now, "ja")]
        assert alone, "some line renders none"
        with read_back(stores, check_round(stores, desk.store)) as other, other.reading() as now:
            found = [(p.labels, p.text, p.state) for p in translations.passages(now, "ja")]
            assert found == passages
            assert [line.label for line in translations.alone(now, "ja")] == alone
            assert lines.running_text(now, "ja")


def test_a_decision_that_was_undone_is_not_in_the_record(stores: Stores, desk: Desk) -> None:
    desk.replace("1", BAY)
    desk.decide("deferred", "P1")
    desk.accept("P1")
    undo(desk)
    with read_back(stores, check_round(stores, desk.store)) as other:
        assert other.proposal("P1").state == "open"
        assert [v.outcome for v in other.proposal("P1").verdicts] == ["deferred"]
        assert other.text() == desk.text()
        assert other.line("1").number == desk.line("1").number == 3


def test_what_was_agreed_holds_until_it_is_reworded(stores: Stores, desk: Desk) -> None:
    agreed(desk)
    with read_back(stores, check_round(stores, desk.store)) as other:
        held = other.read(agreements.holding, ["1", "2", "3"])
        assert {label: v.outcome for label, v in held.items()} == {
            "1": "agreed",
            "2": "agreed ad referendum",
        }
        assert held["1"].votes == "7-2-1"
        other.replace("1", BAY)
        with pytest.raises(Refused):
            other.accept("P1")


def test_an_accepted_proposal_and_its_line_share_a_wording(stores: Stores, desk: Desk) -> None:
    one_change_in_another_wording(desk)
    with read_back(stores, check_round(stores, desk.store)) as other:
        verdict = other.proposal("P1").changes[0].verdict
        assert verdict is not None
        assert (verdict.text, verdict.wording) == (PORT, other.line("1").wording)
        assert other.proposal("P1").state == "partly_accepted"


def stands(desk: Desk, name: str) -> list[object]:
    found = desk.comment(name).anchors
    return [(a.line, a.scope, a.quote, a.start, a.stop, a.state) for a in found]


def test_a_comment_follows_its_words_through_a_merge(stores: Stores, desk: Desk) -> None:
    merged(desk)
    with read_back(stores, check_round(stores, desk.store)) as other:
        for name in ("C1", "C2"):
            stands = [
                (a.line, a.quote, a.start, a.stop, a.state) for a in desk.comment(name).anchors
            ]
            assert [
                (a.line, a.quote, a.start, a.stop, a.state) for a in other.comment(name).anchors
            ] == stands


def test_a_line_that_became_a_heading_is_one(stores: Stores, desk: Desk) -> None:
    as_edition(desk, COPY.replace("Disputes", "# Disputes"))
    assert (desk.line("3").kind, desk.line("3").level) == ("heading", 1)
    with read_back(stores, check_round(stores, desk.store)) as other:
        assert (other.line("3").kind, other.line("3").level) == ("heading", 1)
        assert other.text() == desk.text()


def test_a_record_says_where_a_line_was_split_from_and_merged_into(desk: Desk) -> None:
    split(desk)
    desk.merge("2", "3", text="Each party may inspect; disputes are settled by talks.")
    desk.accept("P2")
    written = out(desk.store).decode()
    assert "    split_from: '1'\n" in written
    assert "        removed: true\n        into: '2'\n" in written


def test_the_rule_of_attribution_holds_for_what_was_assigned_and_agreed(
    stores: Stores, desk: Desk
) -> None:
    settled(desk)
    one_change_in_another_wording(desk)
    agreed(desk)
    desk.set(attribution="none")
    written = check_round(stores, desk.store).decode()
    assert (
        "    assigned:\n      to: A participant\n      due: 2022-10\n      done: true\n" in written
    )
    assert "    from: A participant\n" in written
    for name in ("The chairs", "A member", "A side", "soon"):
        assert name not in written
