"""Taking back what was done to one of two texts: what renders what is as it was before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from tests.services.desk import Desk
from tests.services.parallels import JAPANESE, bilingual
from tests.services.seen import undo
from tests.stores import Stores
from tracker.services import lines, reverting, snapshot
from tracker.services.importing.known import running_text
from tracker.services.proposals import writing as proposing
from tracker.services.proposals.writing import Proposed
from tracker.services.translations import reading, writing
from tracker.services.translations.links import Link, links_in
from tracker.services.translations.reading import Passage
from tracker.services.translations.writing import Renewal
from tracker.store.open import open_store


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


def passages(desk: Desk) -> list[Passage]:
    return list(desk.read(reading.passages, "ja"))


def passage(desk: Desk, label: str) -> Passage:
    found: Passage = desk.read(reading.passage_of, "ja", label)
    return found


def in_japanese(
    desk: Desk, kind: str, label: str, text: str | None = None, **further: Sequence[str]
) -> None:
    """Change the Japanese text."""
    with desk.writing("propose") as (entry, now):
        there = snapshot.in_language(now, "ja")
        told = Proposed(kind=kind, label=label, text=text, **further)  # type: ignore[arg-type]
        name = proposing.propose(entry, there, told, proposer="東京").proposal
    desk.accept(name)


def add(desk: Desk, text: str, *labels: str, **options: bool) -> None:
    with desk.writing("translation add") as (entry, now):
        writing.add(entry, now, "ja", labels, text, **options)


def confirm(desk: Desk, label: str) -> None:
    with desk.writing("translation confirm") as (entry, now):
        writing.confirm(entry, now, "ja", [label])


def revert(desk: Desk, name: str) -> None:
    with desk.writing("revert") as (entry, now):
        reverting.revert(entry, now, name)


def take_back(desk: Desk, how: str) -> None:
    """Undo or revert the last entry."""
    if how == "undo":
        undo(desk)
    else:
        revert(desk, desk.at)


def standing_twice(desk: Desk) -> list[str]:
    text = desk.read(lambda now: lines.running_text(now, "ja"))
    labels = [line.label for line in text]
    return [label for label in set(labels) if labels.count(label) > 1]


HOW = pytest.mark.parametrize("how", ["undo", "revert"])


@HOW
@pytest.mark.parametrize("label", ["7", "12", "14", "1"])
def test_a_deleted_line_comes_back_with_what_rendered_it(desk: Desk, how: str, label: str) -> None:
    before = passages(desk)
    desk.accept(desk.delete(label))
    take_back(desk, how)
    assert japanese(desk).encode() == JAPANESE
    assert [(p.labels, p.text, p.state) for p in passages(desk)] == [
        (p.labels, p.text, p.state) for p in before
    ]
    assert desk.read(reading.alone, "ja") == []


@HOW
def test_a_translation_that_comes_back_is_as_stale_as_it_was(desk: Desk, how: str) -> None:
    desk.accept(desk.replace("7", "Disputes are settled by talks alone."))
    assert passage(desk, "7").state == "stale"
    was = passage(desk, "7").originals
    desk.accept(desk.delete("7"))
    take_back(desk, how)
    assert (passage(desk, "7").state, passage(desk, "7").originals) == ("stale", was)


@HOW
def test_a_translation_that_was_deleted_alone_renders_its_line_again(desk: Desk, how: str) -> None:
    in_japanese(desk, "delete", "7")
    take_back(desk, how)
    assert passage(desk, "7").state == "current"
    assert japanese(desk).encode() == JAPANESE


def test_what_comes_back_to_a_line_that_was_changed_meanwhile_is_stale(desk: Desk) -> None:
    in_japanese(desk, "delete", "7")
    deleted = desk.at
    desk.accept(desk.replace("7", "Disputes are settled by talks alone."))
    revert(desk, deleted)
    assert passage(desk, "7").state == "stale"


@HOW
def test_a_wording_that_is_taken_back_renders_what_it_rendered(desk: Desk, how: str) -> None:
    desk.accept(desk.replace("7", "Disputes are settled by talks alone."))
    in_japanese(desk, "replace", "7", "紛争は、協議だけで解決する。")
    assert passage(desk, "7").state == "current"
    take_back(desk, how)
    assert passage(desk, "7").state == "stale"


def test_two_lines_that_came_back_are_rendered_anew_once(desk: Desk) -> None:
    desk.accept(desk.delete("7"))
    deleted = desk.at
    desk.accept(desk.delete("12"))
    revert(desk, desk.at)
    revert(desk, deleted)
    add(desk, "紛争は、話し合いで解決する。", "7", replace=True)
    assert standing_twice(desk) == []
    assert passage(desk, "7").text == "紛争は、話し合いで解決する。"


def test_a_line_whose_translation_went_on_to_render_others_gets_one_of_its_own(desk: Desk) -> None:
    """The Japanese line 2 renders the lines 2 and 3; then 3 alone, and 2 comes back."""
    desk.accept(desk.delete("2"))
    deleted = desk.at
    confirm(desk, "3")
    revert(desk, deleted)
    assert passage(desk, "2").state == "missing"
    add(desk, "両者は一つの港を共有する。", "2")
    assert standing_twice(desk) == []
    assert passage(desk, "2").text == "両者は一つの港を共有する。"
    assert passage(desk, "2").labels == ("2",)
    assert (passage(desk, "3").labels, passage(desk, "3").state) == (("3",), "current")
    assert japanese(desk).index("両者は") < japanese(desk).index("1987年以来")
    undo(desk)
    assert passage(desk, "2").state == "missing"


def test_several_lines_at_once_get_lines_of_their_own(desk: Desk) -> None:
    add(desk, "委員会は6名で、双方が3名を指名する。", "16", "17", replace=True)
    for label, other in (("2", "3"), ("16", "17")):
        desk.accept(desk.delete(label))
        deleted = desk.at
        confirm(desk, other)
        revert(desk, deleted)
    found = [passage(desk, "2"), passage(desk, "16")]
    with desk.writing("import") as (entry, now):
        renewals = [Renewal([found[0]], "両者は一つの港。"), Renewal([found[1]], "6名。")]
        writing.renew(entry, now, "ja", renewals)
    assert standing_twice(desk) == []
    assert [passage(desk, label).text for label in ("2", "16")] == ["両者は一つの港。", "6名。"]
    assert [passage(desk, label).labels for label in ("3", "17")] == [("3",), ("17",)]


ONE_OF_BOTH = "署名国は年に一度報告する。報告には数を記す。"
PASSAGES: dict[str, Callable[[Desk], object]] = {
    "en merge": lambda desk: desk.accept(desk.merge("11", "12", text="Each reports numbers.")),
    "en split": lambda desk: desk.accept(desk.split("12", "It states all.", "And why.")),
    "ja merge": lambda desk: in_japanese(desk, "merge", "11", ONE_OF_BOTH, also=("12",)),
    "ja split": lambda desk: in_japanese(
        desk, "split", "11", parts=("各締約者は、年に一度、", "合同委員会に報告する。")
    ),
}


def links(desk: Desk) -> list[Link]:
    found: list[Link] = desk.read(links_in, "ja")
    return found


def states(desk: Desk, *labels: str) -> list[tuple[tuple[str, ...], str]]:
    """The passages that lines are in, and the state of each."""
    return [(found.labels, found.state) for found in (passage(desk, each) for each in labels)]


@HOW
@pytest.mark.parametrize("name", PASSAGES)
def test_what_was_split_or_merged_is_linked_as_before_once_it_is_taken_back(
    desk: Desk, how: str, name: str
) -> None:
    before = links(desk)
    PASSAGES[name](desk)
    assert links(desk) != before
    take_back(desk, how)
    assert links(desk) == before


def test_lines_that_part_again_stay_linked_to_what_their_originals_became(desk: Desk) -> None:
    PASSAGES["ja merge"](desk)
    merged = desk.at
    desk.accept(desk.merge("11", "12", text="Each reports numbers."))
    revert(desk, merged)
    assert passage(desk, "11").state == "stale"
    assert [line.label for line in passage(desk, "11").renderings] == ["11", "12"]


def test_what_was_translated_anew_since_stays_linked_to_what_it_renders(desk: Desk) -> None:
    """The lines 11 and 12 are one, and so is what renders them; then the originals part again."""
    PASSAGES["en merge"](desk)
    merged = desk.at
    add(desk, ONE_OF_BOTH, "11", replace=True)
    revert(desk, merged)
    assert states(desk, "11", "12") == [(("11", "12"), "stale")] * 2
    assert passage(desk, "11").text == ONE_OF_BOTH


def test_what_a_line_was_confirmed_to_render_since_is_not_taken_back(desk: Desk) -> None:
    PASSAGES["en merge"](desk)
    merged = desk.at
    confirm(desk, "11")
    revert(desk, merged)
    assert states(desk, "11", "12") == [(("11", "12"), "stale")] * 2
