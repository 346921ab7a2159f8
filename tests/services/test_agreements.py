"""Agreed lines: they stay as they are until somebody reopens them and says why."""

from __future__ import annotations

import pytest

from tests.services.desk import Desk
from tests.services.parallels import store_english, store_japanese
from tests.services.seen import undo
from tests.stores import Stores
from tracker.errors import BadInput, NotFound, Refused
from tracker.services import agreements
from tracker.services.agreements import AD_REFERENDUM, AGREED
from tracker.services.proposals import deciding
from tracker.services.proposals import writing as proposing
from tracker.services.proposals.deciding import Accepted
from tracker.services.proposals.writing import Proposed
from tracker.services.snapshot import in_language
from tracker.services.translations import writing
from tracker.services.verdicts import Verdict
from tracker.store.open import Store, open_store

NEW = "Each party may inspect no ship."


def bilingual(store: Store) -> None:
    """A text and its translation."""
    store_english(store)
    store_japanese(Desk(store))


def agree(desk: Desk, *labels: str, outcome: str = AGREED, **grounds: str) -> None:
    with desk.writing("agree") as (entry, now):
        agreements.agree(entry, now, labels, Verdict(outcome, **grounds))  # type: ignore[arg-type]


def holding(desk: Desk, state: str | None = None) -> dict[str, str]:
    with desk.reading(state) as then:
        found = agreements.holding(then, ["1", "2", "3"])
    return {label: verdict.outcome for label, verdict in found.items()}


def accept(desk: Desk, name: str, reopen: bool = False, **grounds: str) -> Accepted:
    verdict = Verdict("accepted", **grounds)  # type: ignore[arg-type]
    with desk.writing("proposal accept") as (entry, now):
        return deciding.accept(entry, now, name, verdict, reopen=reopen)


def test_a_line_is_agreed_with_who_when_and_how(desk: Desk) -> None:
    agree(desk, "1", "3", by="Four leaders", date="2022-09-30", mode="vote 7-2-1")
    agree(desk, "2", outcome=AD_REFERENDUM)
    assert holding(desk) == {"1": AGREED, "2": AD_REFERENDUM, "3": AGREED}
    verdict = desk.read(agreements.holding, ["1"])["1"]
    assert (verdict.by, verdict.date, verdict.mode, verdict.votes) == (
        *("Four leaders", "2022-09-30", "vote", "7-2-1"),
    )
    assert holding(desk, "@1") == {}
    assert holding(desk, "@2") == {"1": AGREED, "3": AGREED}
    desk.check()


def test_what_was_agreed_ad_referendum_can_be_agreed(desk: Desk) -> None:
    agree(desk, "2", outcome=AD_REFERENDUM)
    agree(desk, "2")
    assert holding(desk) == {"2": AGREED}


@pytest.mark.parametrize(
    ("kind", "text"), [("replace", NEW), ("delete", None)], ids=["reworded", "deleted"]
)
def test_touching_an_agreed_line_is_refused_and_names_it(
    desk: Desk, kind: str, text: str | None
) -> None:
    agree(desk, "2", by="Four leaders")
    name = desk.change(kind, "2", text).proposal
    before = desk.everything()
    with pytest.raises(Refused, match="line 2 is agreed since @2 by Four leaders") as refused:
        accept(desk, name)
    assert "--reopen --reason" in str(refused.value.hint)
    assert desk.everything() == before


def test_a_proposal_beside_an_agreed_line_is_accepted(desk: Desk) -> None:
    agree(desk, "2")
    accept(desk, desk.insert("2", "A further line."))
    accept(desk, desk.replace("1", "Open to all."))
    assert holding(desk) == {"2": AGREED}


def test_the_translation_of_an_agreed_line_may_be_reworded(stores: Stores) -> None:
    with stores.copy(bilingual) as url:
        desk = Desk(open_store(url))
        agree(desk, "6")
        agreed = desk.read(agreements.holding, ["6"])
        with desk.writing() as (entry, now):
            there = in_language(now, "ja")
            told = Proposed(kind="replace", label="6", text="水域を守る。")
            name = proposing.propose(entry, there, told, proposer="東京").proposal
        assert accept(desk, name).reopened == ()
        with desk.writing() as (entry, now):
            writing.add(entry, now, "ja", ["6"], "水域をも守る。", replace=True)
        assert desk.read(agreements.holding, ["6"]) == agreed
        with pytest.raises(Refused, match="line 6 is agreed"):
            accept(desk, desk.replace("6", "It guards the waters."))


def move(desk: Desk, language: str, label: str, after: str) -> str:
    """Move a line of a text; return the entry."""
    with desk.writing() as (entry, now):
        told = Proposed(kind="move", label=label, after=after)
        there = in_language(now, language)
        name = proposing.propose(entry, there, told, proposer="東京").proposal
    accept(desk, name)
    return desk.at


def test_an_agreement_keeps_no_move_of_a_translation_from_being_undone(stores: Stores) -> None:
    with stores.copy(bilingual) as url:
        desk = Desk(open_store(url))
        entry = move(desk, "ja", "7", "4")
        agree(desk, "7")
        assert undo(desk, entry) == int(entry[1:])
        entry = move(desk, "en", "6", "4")
        agree(desk, "6")
        with pytest.raises(Refused, match=f"later work stands on {entry}"):
            undo(desk, entry)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_agreed_is_the_authentic_wording(stores: Stores, language: str) -> None:
    with stores.copy(bilingual) as url:
        desk = Desk(open_store(url))
        with desk.writing() as (entry, now):
            found = agreements.agree(entry, in_language(now, language), ["6"], Verdict(AGREED))
        assert [line.text for line in found] == ["It also protects the waters around it."]


def test_reopening_needs_a_reason(desk: Desk) -> None:
    agree(desk, "2")
    name = desk.replace("2", NEW)
    for reason in ("", " \n"):
        with pytest.raises(BadInput):
            accept(desk, name, reopen=True, reason=reason)
    with pytest.raises(BadInput, match="needs a reason"):
        accept(desk, name, reopen=True)
    assert holding(desk) == {"2": AGREED}


def test_a_reopened_line_with_a_new_wording_is_open_again(desk: Desk) -> None:
    agree(desk, "2")
    done = accept(desk, desk.replace("2", NEW), reopen=True, reason="New facts.", by="The leaders")
    assert done.reopened == ("2",)
    assert holding(desk) == {}
    accept(desk, desk.replace("2", "Each party may inspect."))
    agree(desk, "2")
    assert holding(desk) == {"2": AGREED}
    desk.check()


def test_reopen_says_nothing_where_nothing_is_agreed(desk: Desk) -> None:
    done = accept(desk, desk.replace("2", NEW), reopen=True)
    assert done.reopened == ()


def test_an_agreement_is_of_a_wording(desk: Desk) -> None:
    """A line that got other words in spite of it is not agreed."""
    agree(desk, "2")
    line = desk.line("2")
    with desk.reading() as now:
        assert agreements._of_wordings(now, [line._replace(wording=line.wording + 1)]) == []
        assert len(agreements._of_wordings(now, [line])) == 1


def test_what_cannot_be_agreed_is_refused_and_stores_nothing(desk: Desk) -> None:
    accept(desk, desk.delete("3"))
    agree(desk, "1")
    before = desk.everything()
    for labels, error in (
        (["9"], NotFound),
        (["2", "9"], NotFound),
        (["3"], Refused),
        (["1"], Refused),
        ([], BadInput),
    ):
        with pytest.raises(error):
            agree(desk, *labels)
    with pytest.raises(BadInput):
        agree(desk, "2", date="soon")
    with pytest.raises(BadInput):
        agree(desk, "2", mode="vote 7 to 2")
    assert desk.everything() == before
