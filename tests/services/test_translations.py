"""Two languages of one document: what renders what, and when it no longer does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.desk import Desk
from tests.services.parallels import (
    JAPANESE,
    bilingual,
    plan_japanese,
    store_english,
    store_japanese,
)
from tests.services.seen import undo
from tests.stores import Stores
from tracker.errors import BadInput, NotFound, Refused
from tracker.services import agenda, documents, lines, snapshot
from tracker.services.anchors import Flag
from tracker.services.comments import writing as saying
from tracker.services.exporting import text as exporting
from tracker.services.importing.known import document_with, running_text
from tracker.services.proposals import writing as proposing
from tracker.services.proposals.writing import Proposed
from tracker.services.translations import reading, writing
from tracker.services.translations.reading import Passage
from tracker.services.translations.unfinished import unfinished
from tracker.store.open import open_store


@pytest.fixture
def desk(stores: Stores) -> Iterator[Desk]:
    """Both texts."""
    with stores.copy(bilingual) as url:
        made = Desk(open_store(url))
        yield made
        made.check()


@pytest.fixture
def english_desk(stores: Stores) -> Iterator[Desk]:
    """The authentic text alone."""
    with stores.copy(store_english) as url:
        made = Desk(open_store(url))
        yield made
        made.check()


def passages(desk: Desk) -> list[Passage]:
    return list(desk.read(reading.passages, "ja"))


def passage(desk: Desk, label: str) -> Passage:
    found: Passage = desk.read(reading.passage_of, "ja", label)
    return found


def state(desk: Desk, label: str) -> str:
    return passage(desk, label).state


def japanese(desk: Desk) -> str:
    with desk.reading() as now:
        return running_text(snapshot.in_language(now, "ja"))


def add(desk: Desk, text: str, *labels: str, **options: bool) -> str:
    with desk.writing("translation add") as (entry, now):
        return writing.add(entry, now, "ja", labels, text, **options).labels[0]


def propose(desk: Desk, kind: str, label: str, text: str | None = None) -> str:
    with desk.writing("propose") as (entry, now):
        there = snapshot.in_language(now, "ja")
        proposed = Proposed(kind=kind, label=label, text=text)
        return proposing.propose(entry, there, proposed, proposer="東京").proposal


def test_law_1_each_language_goes_out_byte_for_byte(desk: Desk) -> None:
    assert japanese(desk).encode() == JAPANESE
    with desk.reading() as now:
        there = snapshot.in_language(now, "ja")
        assert documents.title(there) == "港湾憲章"
        assert documents.title(now) == "Harbour"
        assert exporting.view(there, exporting.Request()).title == "港湾憲章"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_law_1_holds_in_every_encoding(english_desk: Desk, encoding: str, end: str) -> None:
    content = JAPANESE.decode().replace("\n", end).encode(encoding)
    store_japanese(english_desk, content)
    with english_desk.reading() as now:
        there = snapshot.in_language(now, "ja")
        whole = exporting.view(there, exporting.Request())
    from tracker.formats import text

    assert text.write(whole) == content


def test_law_2_the_text_of_any_language_is_known_again(desk: Desk) -> None:
    with desk.store.read() as connection:
        assert document_with(connection, JAPANESE.decode()) == "harbour"
        assert document_with(connection, JAPANESE.decode().replace("\n", "\r\n")) == "harbour"
        assert document_with(connection, JAPANESE.decode() + "終わり。") is None
    with pytest.raises(Refused, match="has a text in ja already"):
        plan_japanese(desk, JAPANESE + "終わり。".encode())


def test_every_authentic_line_is_in_one_passage_in_order(desk: Desk) -> None:
    found = passages(desk)
    assert [label for each in found for label in each.labels] == desk.labels()
    assert {each.state for each in found} == {"current"}
    two = passage(desk, "3")
    assert two.labels == ("2", "3")
    assert two.text == "締約者は一つの港と一つの海を共有し、1987年以来、手を携えて働いてきた。"
    one = passage(desk, "13")
    assert (one.labels, one.text) == (
        ("13",),
        "報告には、検査した船舶の数を記す。抑留した船舶の数とその理由も記す。",
    )


def test_a_changed_original_makes_its_passage_stale_and_no_other(desk: Desk) -> None:
    desk.accept(desk.replace("3", "They have worked side by side for decades."))
    assert [each.labels for each in passages(desk) if each.state == "stale"] == [("2", "3")]
    both = passage(desk, "2")
    assert [(o.now, o.then, o.changed) for o in both.originals] == [
        ("2:1", "2:1", False),
        ("3:2", "3:1", True),
    ]
    assert both.originals[1].was == "They have worked side by side since 1987."
    counts = reading.counted(passages(desk))
    assert (counts.stale, counts.missing) == (2, 0)
    found = desk.read(unfinished)
    assert [(each.labels, each.state) for each in found] == [(("2", "3"), "stale")]


def test_where_nothing_is_stale_or_missing_the_agenda_lists_nothing(desk: Desk) -> None:
    assert desk.read(unfinished) == []


def test_what_is_stale_or_missing_is_on_the_agenda(desk: Desk) -> None:
    desk.accept(desk.replace("6", "It guards the waters."))
    for after in ("5", "7"):
        desk.accept(desk.insert(after, "It protects the fish, too."))
    found = desk.read(agenda.agenda, "2022-10-15", limit=1)
    assert (found.translations.items, found.translations.total) == ((("ja", ("6",)),), 1)
    assert (found.untranslated.items, found.untranslated.total) == ((("ja", ("5a",)),), 2)


def test_a_language_whose_text_was_taken_back_is_not_on_the_agenda(desk: Desk) -> None:
    undo(desk)
    assert desk.read(unfinished) == []


def test_confirmed_it_is_current_and_says_what_it_said(desk: Desk) -> None:
    desk.accept(desk.replace("3", "They have worked side by side for decades."))
    before = japanese(desk)
    with desk.writing("translation confirm") as (entry, now):
        writing.confirm(entry, now, "ja", ["3", "2"])
    assert state(desk, "3") == "current"
    assert japanese(desk) == before
    with pytest.raises(Refused, match="is current"), desk.writing() as (entry, now):
        writing.confirm(entry, now, "ja", ["3"])


def test_a_new_wording_of_the_translation_refreshes_it(desk: Desk) -> None:
    desk.accept(desk.replace("3", "They have worked side by side for decades."))
    desk.accept(propose(desk, "replace", "2", "締約者は長年ともに働いてきた。"))
    assert state(desk, "2") == "current"
    assert "長年ともに" in japanese(desk)
    assert desk.line("2").text == "The parties share one harbour and one sea."


def test_a_deleted_original_takes_what_renders_only_it_along(desk: Desk) -> None:
    desk.accept(desk.delete("7"))
    assert "紛争は協議" not in japanese(desk)
    desk.accept(desk.delete("3"))
    assert "1987年以来" in japanese(desk)
    left = passage(desk, "2")
    assert (left.labels, left.state) == (("2", "3"), "stale")
    assert (left.originals[1].now, left.originals[1].text) == (None, None)
    desk.accept(desk.delete("2"))
    assert "1987年以来" not in japanese(desk)
    assert "2" not in [label for each in passages(desk) for label in each.labels]


def test_a_deleted_translation_leaves_its_original_missing(desk: Desk) -> None:
    desk.accept(propose(desk, "delete", "7"))
    assert state(desk, "7") == "missing"
    assert desk.line("7").rank is not None
    assert add(desk, "紛争は、協議で解決する。", "7") == "7"
    assert state(desk, "7") == "current"
    assert "保護する。紛争は、協議で解決する。" in japanese(desk)


def test_an_inserted_original_is_missing_until_it_is_translated(desk: Desk) -> None:
    desk.accept(desk.insert("5", "It protects the fish, too."))
    assert state(desk, "5a") == "missing"
    with pytest.raises(NotFound, match="line 5a has no version in ja"), desk.reading() as now:
        lines.find(snapshot.in_language(now, "ja"), "5a")
    add(desk, "魚も守る。", "5a")
    assert "ものとする。魚も守る。また、" in japanese(desk)
    with pytest.raises(Refused, match="line 5a has a version in ja"):
        add(desk, "魚を守る。", "5a")
    add(desk, "魚を守る。", "5a", replace=True)
    assert passage(desk, "5a").text == "魚を守る。"


def test_a_text_is_translated_line_by_line_as_it_is_built(english_desk: Desk) -> None:
    for label, text in (
        ("4", "目的"),
        ("1", "港湾憲章"),
        ("8", "検査できる。"),
        ("6", "水を守る。"),
    ):
        add(english_desk, text, label)
    assert japanese(english_desk) == "# 港湾憲章\n\n## 目的\n\n水を守る。\n\n- 検査できる。\n"
    counts = reading.counted(passages(english_desk))
    assert (counts.current, counts.stale, counts.missing) == (4, 0, 21)


def test_one_rendering_of_several_lines_can_be_given_at_once(english_desk: Desk) -> None:
    assert add(english_desk, "委員会は6名で、双方が3名を指名する。", "16", "17") == "16"
    assert passage(english_desk, "17").labels == ("16", "17")
    assert add(english_desk, "委員会は6名。", "17", replace=True) == "16"
    assert [line.label for line in passage(english_desk, "16").renderings] == ["16"]


@pytest.mark.parametrize("language", ["en", "", "日本語", "x y"])
def test_no_translation_into_what_is_no_other_language(english_desk: Desk, language: str) -> None:
    before = english_desk.everything()
    with pytest.raises((Refused, BadInput)), english_desk.writing() as (entry, now):
        writing.add(entry, now, language, ["1"], "Hafen")
    assert english_desk.everything() == before


@pytest.mark.parametrize("text", ["", " ", "一。\n\n二。", "a\0b"])
def test_no_wording_that_cannot_be_stored(english_desk: Desk, text: str) -> None:
    with pytest.raises(BadInput):
        add(english_desk, text, "1")


def test_no_translation_of_lines_there_are_not(english_desk: Desk) -> None:
    for label in ("99", "C1", ""):
        with pytest.raises(NotFound):
            add(english_desk, "無い。", label)
    with pytest.raises(BadInput):
        add(english_desk, "無い。")


def test_a_language_that_the_document_lacks_is_told(english_desk: Desk) -> None:
    with english_desk.reading() as now, pytest.raises(NotFound, match="no text in 'ja'") as told:
        snapshot.in_language(now, "ja")
    assert "translation add" in str(told.value.hint)


def test_comments_stand_on_words_of_either_language(desk: Desk) -> None:
    with desk.writing("comment add") as (entry, now):
        there = snapshot.in_language(now, "ja")
        said = saying.Said(speaker="会員", text="本当か。")
        saying.add(entry, there, said, ["6"], Flag("周辺の水域"))
    desk.say("6", words="waters around it")
    desk.accept(desk.replace("6", "It also protects the waters near it."))
    anchors = [desk.comment(name).anchors[0] for name in ("C1", "C2")]
    assert (anchors[0].state, anchors[0].quote) == ("exact", "周辺の水域")
    assert anchors[1].state in ("partial", "exact")
    desk.accept(desk.delete("6"))
    assert [desk.comment(name).anchors[0].state for name in ("C1", "C2")] == ["orphaned"] * 2


def test_proposals_of_two_languages_do_not_collide(desk: Desk) -> None:
    desk.replace("6", "It guards the waters.")
    with desk.writing("propose") as (entry, now):
        there = snapshot.in_language(now, "ja")
        proposed = Proposed(kind="replace", label="6", text="水域を守る。")
        done = proposing.propose(entry, there, proposed, proposer="東京")
    assert done.collisions == ()
    with pytest.raises(Refused, match="on the text in ja"):
        desk.view("P2")
    with desk.reading() as now:
        there = snapshot.in_language(now, "ja")
        assert "水域を守る。" in str(exporting.view(there, exporting.Request(None, ("P2",))))


def test_a_past_state_knows_its_own_passages(desk: Desk) -> None:
    at = desk.at
    desk.accept(desk.replace("6", "It guards the waters."))
    with desk.reading(at) as then:
        assert reading.counted(reading.passages(then, "ja")).stale == 0
    with desk.reading("@1") as then:
        assert {each.state for each in reading.passages(then, "ja")} == {"missing"}


def test_a_sentence_without_an_original_is_a_line_of_its_own(english_desk: Desk) -> None:
    content = (
        JAPANESE.decode()
        .replace("## 費用\n", "翻訳者注：この訳文は参考訳である。\n\n## 費用\n")
        .encode()
    )
    made = store_japanese(english_desk, content)
    alone = english_desk.read(reading.alone, "ja")
    assert [(line.label, line.text) for line in alone] == [
        ("20a", "翻訳者注：この訳文は参考訳である。")
    ]
    assert japanese(english_desk).encode() == content
    assert len(made.pairs) == len(passages(english_desk)) + 1
    with pytest.raises(NotFound, match="stands in ja only"), english_desk.reading() as now:
        reading.passage_of(now, "ja", "20a")
    with pytest.raises(NotFound, match="no version in en"), english_desk.reading() as now:
        lines.find(now, "20a")


def test_a_line_that_was_not_named_keeps_its_translation(english_desk: Desk) -> None:
    desk = english_desk
    first, second, third = desk.labels()[:3]
    add(desk, "二つの文。", second, third)
    before = desk.everything()
    with pytest.raises(Refused, match=f"line {third} is rendered in ja together with one of"):
        add(desk, "別の文。", first, second, replace=True)
    assert desk.everything() == before
    add(desk, "三つの文。", first, second, third, replace=True)
    add(desk, "また別の文。", second, replace=True)
