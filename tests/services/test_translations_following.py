"""What renders a line follows it when lines are split and merged, in either language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.desk import Desk
from tests.services.parallels import bilingual
from tests.stores import Stores
from tracker.services import joints, lines
from tracker.services.lines import NEW, Line
from tracker.services.revising.applying import Passage, Revised
from tracker.services.revising.storing import store
from tracker.services.translations import reading, writing
from tracker.store.open import open_store


@pytest.fixture
def desk(stores: Stores) -> Iterator[Desk]:
    with stores.copy(bilingual) as url:
        made = Desk(open_store(url))
        yield made
        made.check()


def place_of(text: list[Line], label: str) -> int:
    return next(place for place, line in enumerate(text) if line.label == label)


def split(desk: Desk, language: str, label: str, one: str, other: str) -> None:
    """Split a line of a text into two; the second is labelled with an x."""
    with desk.writing("split") as (entry, now):
        text = lines.running_text(now, language)
        place = place_of(text, label)
        line = text[place]
        first = line._replace(text=one, wording=NEW, trail=None)
        second = line._replace(
            id=-1, label=f"{label}x", text=other, wording=NEW, rank=None, block="inline", markup=""
        )._replace(gap=None, after_line=None)
        revised = Revised(
            [*text[:place], first, second, *text[place + 1 :]], [Passage((line.id,), (line.id, -1))]
        )
        store(entry, now, language, text, revised)


def merge(desk: Desk, language: str, one: str, other: str, words: str) -> None:
    """Merge a line into another."""
    with desk.writing("merge") as (entry, now):
        text = lines.running_text(now, language)
        kept, gone = (text[place_of(text, label)] for label in (one, other))
        text_now = list(text)
        text_now[place_of(text, one)] = kept._replace(text=words, wording=NEW)
        left = joints.without(text_now, {gone.id})
        revised = Revised(left, [Passage((kept.id, gone.id), (kept.id,))])
        store(entry, now, language, text, revised)


def passage(desk: Desk, label: str) -> reading.Passage:
    found: reading.Passage = desk.read(reading.passage_of, "ja", label)
    return found


def rendering(desk: Desk, label: str) -> list[str]:
    return [line.label for line in passage(desk, label).renderings]


def test_what_rendered_a_split_line_renders_both_parts_and_is_stale(desk: Desk) -> None:
    split(desk, "en", "14", "It is made public.", "That is within 30 days.")
    both = passage(desk, "14x")
    assert (both.labels, both.state, rendering(desk, "14")) == (("14", "14x"), "stale", ["14"])
    with desk.writing("confirm") as (entry, now):
        writing.confirm(entry, now, "ja", ["14"])
    assert passage(desk, "14x").state == "current"


def test_what_rendered_merged_lines_renders_the_one_and_is_stale(desk: Desk) -> None:
    parts = [line.text for line in desk.read(lines.running_text) if line.label in ("5", "6")]
    merge(desk, "en", "5", "6", "The Charter keeps the harbour open and protects its waters.")
    one = passage(desk, "5")
    assert [(each.then, each.was) for each in one.originals] == [("5:1, 6:1", " ".join(parts))]
    assert (one.labels, one.state, rendering(desk, "5")) == (("5",), "stale", ["5", "6"])
    was = "この憲章は、港をすべての船舶に開かれたものとする。また、周辺の水域を保護する。"
    assert one.text == was
    with desk.writing("add") as (entry, now):
        writing.add(entry, now, "ja", ["5"], "港を開き、水域を守る。", replace=True)
    assert rendering(desk, "5") == ["5"]
    assert (passage(desk, "5").text, passage(desk, "5").state) == (
        "港を開き、水域を守る。",
        "current",
    )


def test_merged_lines_may_be_confirmed_as_they_are_rendered(desk: Desk) -> None:
    merge(desk, "en", "5", "6", "The Charter keeps the harbour open and protects its waters.")
    with desk.writing("confirm") as (entry, now):
        writing.confirm(entry, now, "ja", ["6"])
    assert passage(desk, "5").state == "current"
    assert rendering(desk, "5") == ["5", "6"]


def test_both_parts_of_a_split_translation_render_the_original(desk: Desk) -> None:
    split(desk, "ja", "13", "報告には、検査した船舶の数を記す。", "理由も記す。")
    assert rendering(desk, "13") == ["13", "13x"]
    assert passage(desk, "13").state == "current"


def test_a_merged_translation_renders_what_its_parts_rendered(desk: Desk) -> None:
    merge(desk, "ja", "5", "6", "この憲章は港を開き、水域を守る。")
    assert passage(desk, "6").labels == ("5", "6")
    assert (rendering(desk, "6"), passage(desk, "6").state) == (["5"], "current")


def test_a_deleted_line_of_many_takes_only_what_is_its_own(desk: Desk) -> None:
    with desk.writing("delete") as (entry, now):
        text = lines.running_text(now)
        ids = {line.id for line in text if line.label in ("2", "5", "6", "12")}
        store(entry, now, "en", text, Revised(joints.without(text, ids), []))
    standing = desk.read(lambda now: [line.label for line in lines.running_text(now, "ja")])
    assert {"5", "6", "12"}.isdisjoint(standing)
    assert "2" in standing
    assert passage(desk, "3").state == "stale"
