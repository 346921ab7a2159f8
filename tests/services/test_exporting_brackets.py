"""The running text with rivals in square brackets, as drafting groups know them."""

from __future__ import annotations

import pytest

from tests.services.desk import THREE, Desk, document
from tests.stores import Stores
from tracker.errors import NotFound, Refused
from tracker.formats import markdown, text
from tracker.services.exporting import brackets
from tracker.store import tables
from tracker.store.open import open_store


def lines_of(desk: Desk, *names: str) -> list[str]:
    """The lines as they are written, each with its brackets, without the notice."""
    written = text.write(desk.read(brackets.view, names)).decode()
    return written.rstrip("\n").split("\n\n")[1:]


def test_the_current_words_come_first_and_then_who_wants_which(desk: Desk) -> None:
    desk.replace("1", THREE[0].replace("the harbour", "the bay"), proposer="US side")
    desk.replace("1", THREE[0].replace("the harbour", "the port"), proposer="Japan side")
    assert lines_of(desk) == [
        "The parties shall keep the [harbour][bay — US side][port — Japan side] open to all ships.",
        *THREE[1:],
    ]


def test_who_wants_the_same_words_stands_together(desk: Desk) -> None:
    for who in ("US side", "Japan side"):
        desk.replace("1", THREE[0].replace("harbour", "bay"), proposer=who)
    assert "[harbour][bay — US side; Japan side]" in lines_of(desk)[0]


def test_changes_that_overlap_are_alternatives_for_all_they_touch(desk: Desk) -> None:
    desk.replace("1", THREE[0].replace("keep the harbour open", "open the harbour"), proposer="A")
    desk.replace("1", THREE[0].replace("the harbour open", "the bay open"), proposer="B")
    assert lines_of(desk)[0] == (
        "The parties shall [keep the harbour open][open the harbour — A][keep the bay open — B] "
        "to all ships."
    )


def test_words_that_are_added_or_taken_away(desk: Desk) -> None:
    desk.replace("1", THREE[0].replace("all ships", "all ships and boats"), proposer="A")
    desk.replace("2", THREE[1].replace(" that enters", ""), proposer="B")
    assert lines_of(desk)[:2] == [
        "The parties shall keep the harbour open to all ships [and boats — A].",
        "Each party may inspect any ship [that enters][— B].",
    ]


def test_whole_lines_are_bracketed(desk: Desk) -> None:
    desk.insert("1", "A new line.", proposer="A")
    desk.delete("2", proposer="B")
    desk.move("3", "0", proposer="C")
    assert lines_of(desk) == [
        f"[{THREE[2]} — C]",
        THREE[0],
        "[A new line. — A]",
        f"[{THREE[1]}][— B]",
        f"[{THREE[2]}][— C]",
    ]


def test_a_split_and_a_merge(desk: Desk) -> None:
    desk.split("1", "The parties shall keep the harbour open", "to all ships.", proposer="A")
    desk.merge("2", "3", text="Ships are inspected.", proposer="B")
    assert lines_of(desk) == [
        "The parties shall keep the harbour open [¶ — A] to all ships.",
        "[Each party may inspect any ship that enters][Ships are inspected — B].",
        f"[{THREE[2]}][— B]",
    ]


def test_brackets_of_the_text_are_told_from_ours(stores: Stores) -> None:
    with stores.copy(lambda store: document(store, "See [1] and [2].")) as url:
        desk = Desk(open_store(url))
        desk.replace("1", "See [1] or [2].", proposer="A")
        assert lines_of(desk) == [r"See \[1\] [and][or — A] \[2\]."]
        notice = markdown.write(desk.read(brackets.view)).decode().splitlines()[0]
        assert "have a backslash before them" in notice


def test_the_rule_of_attribution_is_obeyed(desk: Desk) -> None:
    desk.replace("1", THREE[0].replace("harbour", "bay"), proposer="Mr Smith")
    with desk.writing() as (entry, now):
        own = {"document": now.document}
        entry.document = now.document
        settings = {"title": "The Coast", "language": "en", "unit": "sentence"}
        entry.append(tables.document_version, own, **settings, attribution="none")
    assert "[harbour][bay]" in lines_of(desk)[0]


def test_a_proposal_on_a_proposal_is_an_alternative(desk: Desk) -> None:
    main = desk.replace("1", THREE[0].replace("harbour", "bay"), proposer="A")
    desk.replace(main, THREE[0].replace("harbour", "port"), proposer="B")
    assert "[harbour][bay — A][port — B]" in lines_of(desk)[0]


def test_what_is_stale_or_unresolved_is_left_out_and_told(desk: Desk) -> None:
    stale = desk.replace("3", "Talks.")
    desk.accept(desk.replace("3", "Judges."))
    found = desk.read(brackets.view)
    assert f"Left out until updated or resolved: {stale}" in (found.notice or "")
    with pytest.raises(Refused, match="no longer current"):
        lines_of(desk, stale)
    with pytest.raises(NotFound):
        lines_of(desk, "P9")


def test_only_those_named_are_shown(desk: Desk) -> None:
    one = desk.replace("1", THREE[0].replace("harbour", "bay"), proposer="A")
    desk.delete("2")
    assert lines_of(desk, one)[1] == THREE[1]


def test_japanese_words_are_bracketed_without_spaces(stores: Stores) -> None:
    with stores.copy(lambda store: document(store, "両国は港をすべての船に開く。")) as url:
        desk = Desk(open_store(url))
        desk.replace("1", "両国は湾をすべての船に開く。", proposer="甲")
        assert lines_of(desk) == ["両国は[港][湾 — 甲]をすべての船に開く。"]
