"""Where lines of the authentic text move, what renders them goes along, or is said to stay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.desk import Desk
from tests.services.parallels import JAPANESE, bilingual, store_english, store_japanese
from tests.services.seen import undo
from tests.stores import Stores
from tracker.services import lines, reverting, snapshot
from tracker.services.importing.known import running_text
from tracker.services.proposals import deciding
from tracker.services.proposals import writing as proposing
from tracker.services.proposals.deciding import Accepted
from tracker.services.translations import reading, writing
from tracker.services.translations.moving import Beside
from tracker.store.open import open_store

TEXT = JAPANESE.decode()
HARBOUR, WATERS = (
    "この憲章は、港をすべての船舶に開かれたものとする。",
    "また、周辺の水域を保護する。",
)
TALKS = "紛争は協議によって解決する。"


@pytest.fixture
def desk(stores: Stores) -> Iterator[Desk]:
    """Both texts."""
    with stores.copy(bilingual) as url:
        made = Desk(open_store(url))
        yield made
        made.check()


def japanese(desk: Desk) -> str:
    with desk.reading() as now:
        return running_text(snapshot.in_language(now, "ja"))


def in_order(desk: Desk) -> list[str]:
    with desk.reading() as now:
        return [line.label for line in lines.running_text(now, "ja")]


def move(desk: Desk, *moves: tuple[str, str]) -> Accepted:
    """Move lines, each behind another, by one proposal."""
    name = desk.move(*moves[0])
    for label, after in moves[1:]:
        desk.move(label, after, to=name)
    return desk.accept(name)


def test_what_renders_a_line_that_moves_goes_along(desk: Desk) -> None:
    done = move(desk, ("7", "4"))
    assert done.beside == (Beside("ja", ("7",), ()),)
    assert "moved 7 in ja as well" in deciding.in_words(done)
    assert japanese(desk) == TEXT.replace(
        f"{HARBOUR}{WATERS}{TALKS}", f"{TALKS}\n\n{HARBOUR}{WATERS}"
    )
    assert desk.read(reading.passage_of, "ja", "7").state == "current"


def test_it_joins_the_paragraph_that_its_original_joins(desk: Desk) -> None:
    move(desk, ("7", "22"))
    costs = "費用は等分に負担する。"
    assert japanese(desk) == TEXT.replace(TALKS, "").replace(costs, f"{costs}{TALKS}")


def test_items_keep_what_marks_them(desk: Desk) -> None:
    move(desk, ("8", "10"))
    ships, rules = ("- 各締約者は、入港するいかなる船舶も検査することができる。\n", "- 検査は")
    reason = "- 書面による理由なしに船舶を抑留してはならない。\n"
    assert japanese(desk) == TEXT.replace(ships, "").replace(reason, reason + ships)
    assert rules in japanese(desk)


def test_lines_that_move_together_stay_together(desk: Desk) -> None:
    move(desk, ("5", "20"), ("6", "20"), ("7", "20"))
    found = in_order(desk)
    at = found.index("20")
    assert found[at + 1 : at + 4] == ["5", "6", "7"]
    assert f"{HARBOUR}{WATERS}{TALKS}" in japanese(desk)


def test_one_wording_of_several_lines_goes_along_if_all_of_them_move(desk: Desk) -> None:
    done = move(desk, ("2", "7"), ("3", "7"))
    assert done.beside == (Beside("ja", ("2",), ()),)
    assert in_order(desk)[:6] == ["1", "4", "5", "6", "7", "2"]


@pytest.mark.parametrize("label", ["2", "3"])
def test_one_wording_of_several_lines_stays_where_one_moves_alone(desk: Desk, label: str) -> None:
    done = move(desk, (label, "7"))
    assert done.beside == (Beside("ja", (), ("2",)),)
    assert "left 2 in ja where it was" in deciding.in_words(done)
    assert japanese(desk) == TEXT


def test_what_stays_is_no_place_for_others(desk: Desk) -> None:
    """The line 3 moves behind 20, what renders it does not: 7 goes behind what renders 20."""
    done = move(desk, ("3", "20"), ("7", "3"))
    assert done.beside == (Beside("ja", ("7",), ("2",)),)
    found = in_order(desk)
    assert found[found.index("20") + 1] == "7"


def test_where_nothing_renders_a_line_nothing_moves(desk: Desk) -> None:
    desk.accept(desk.insert("5", "It protects the fish, too."))
    done = move(desk, ("5a", "20"))
    assert (done.beside, japanese(desk)) == ((), TEXT)


def test_behind_a_line_without_a_translation_it_stands_behind_the_one_before(desk: Desk) -> None:
    desk.accept(desk.insert("5", "It protects the fish, too."))
    move(desk, ("7", "5a"))
    assert f"{HARBOUR}{TALKS}{WATERS}" in japanese(desk)


def test_what_renders_no_line_stays_behind_the_line_it_stood_behind(desk: Desk) -> None:
    with desk.writing("propose") as (entry, now):
        there = snapshot.in_language(now, "ja")
        told = proposing.Proposed(kind="insert", label="20", text="翻訳者注。")
        name = proposing.propose(entry, there, told, proposer="東京").proposal
    desk.accept(name)
    move(desk, ("7", "20"))
    found = in_order(desk)
    at = found.index("20")
    assert found[at + 1 : at + 3] == ["20a", "7"]


@pytest.mark.parametrize("how", ["undo", "revert"])
@pytest.mark.parametrize("moves", [[("7", "4")], [("8", "10"), ("5", "22")], [("2", "7")]])
def test_taken_back_both_texts_are_as_they_were(
    desk: Desk, how: str, moves: list[tuple[str, str]]
) -> None:
    before = desk.text()
    move(desk, *moves)
    if how == "undo":
        undo(desk)
    else:
        with desk.writing("revert") as (entry, now):
            reverting.revert(entry, now, f"@{entry.number - 1}")
    assert (desk.text(), japanese(desk)) == (before, TEXT)


def test_taken_back_the_white_space_between_lines_is_as_it_was(stores: Stores) -> None:
    content = TEXT.replace("\n\n## 費用", "\n\n\n\n## 費用").encode()
    with stores.copy(store_english) as url:
        desk = Desk(open_store(url))
        store_japanese(desk, content)
        move(desk, ("21", "10"))
        with desk.writing("revert") as (entry, now):
            reverting.revert(entry, now, f"@{entry.number - 1}")
        assert japanese(desk).encode() == content


def test_a_move_of_the_translation_alone_moves_no_original(desk: Desk) -> None:
    before = desk.text()
    with desk.writing("propose") as (entry, now):
        there = snapshot.in_language(now, "ja")
        told = proposing.Proposed(kind="move", label="7", after="4")
        name = proposing.propose(entry, there, told, proposer="東京").proposal
    assert desk.accept(name).beside == ()
    found = in_order(desk)
    assert found[found.index("4") + 1] == "7"
    assert desk.text() == before


def test_a_text_that_was_moved_about_is_translated_where_its_lines_are(desk: Desk) -> None:
    move(desk, ("7", "4"))
    desk.accept(desk.insert("7", "And by nothing else."))
    with desk.writing("translation add") as (entry, now):
        writing.add(entry, now, "ja", ["7a"], "それだけである。")
    found = in_order(desk)
    assert found[found.index("7") + 1] == "7a"
