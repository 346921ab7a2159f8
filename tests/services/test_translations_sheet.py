"""What goes out to a translator comes back: once, and only where nothing has moved on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.desk import Desk
from tests.services.parallels import store_english, store_japanese
from tests.stores import Stores
from tracker.errors import BadInput, Refused
from tracker.exchange.translations import Row, Sheet
from tracker.services.importing.files import File
from tracker.services.translations import reading, sheets
from tracker.store.open import Store, open_store

FILE = File("table.csv", b"a table")


def partly_stale(store: Store) -> None:
    """Both texts, of which one passage is stale and one line missing."""
    store_english(store)
    desk = Desk(store)
    store_japanese(desk)
    desk.accept(desk.replace("3", "They have worked side by side for decades."))
    desk.accept(desk.insert("5", "It protects the fish, too."))


@pytest.fixture
def desk(stores: Stores) -> Iterator[Desk]:
    with stores.copy(partly_stale) as url:
        made = Desk(open_store(url))
        yield made
        made.check()


def table(desk: Desk, **new: str) -> Sheet:
    """The table with what is filled in by the first label of a row: ``_3`` for line 3."""
    written: Sheet = desk.read(sheets.sheet, "ja")
    rows = [
        row._replace(new=new[f"_{row.lines[0]}"], number=number)
        for number, row in enumerate(written.rows, 2)
        if f"_{row.lines[0]}" in new
    ]
    return Sheet("ja", tuple(rows))


def bring(desk: Desk, told: Sheet) -> int:
    """Bring a table in; return how many passages it renewed."""
    plan: sheets.Plan = desk.read(sheets.plan, told, FILE)
    if plan.renewed:
        with desk.writing("import") as (entry, now):
            sheets.apply(entry, now, plan)
    return len(plan.renewed)


def states(desk: Desk) -> dict[str, str]:
    return {p.labels[0]: p.state for p in desk.read(reading.passages, "ja")}


def test_the_table_holds_what_is_stale_or_missing(desk: Desk) -> None:
    assert desk.read(sheets.sheet, "ja").rows == (
        Row(
            lines=("2", "3"),
            state="stale",
            versions=("2:1", "3:2"),
            original="The parties share one harbour and one sea.\n"
            "They have worked side by side for decades.",
            original_then="The parties share one harbour and one sea.\n"
            "They have worked side by side since 1987.",
            translation="締約者は一つの港と一つの海を共有し、1987年以来、手を携えて働いてきた。",
        ),
        Row(("5a",), "missing", ("5a:1",), "It protects the fish, too.", "", ""),
    )


def test_new_translations_come_in_once(desk: Desk) -> None:
    told = table(desk, _2="両者は長年ともに働いてきた。", _5a="魚も守る。")
    assert bring(desk, told) == 2
    assert set(states(desk).values()) == {"current"}
    before = desk.everything()
    assert bring(desk, told) == 0
    assert desk.everything() == before


def test_a_translation_repeated_as_it_is_confirms_it(desk: Desk) -> None:
    was = desk.read(reading.passage_of, "ja", "2").text
    told = table(desk, _2=was)
    assert bring(desk, told) == 1
    assert states(desk)["2"] == "current"
    assert desk.read(reading.passage_of, "ja", "2").text == was
    assert bring(desk, told) == 0


def test_what_was_not_filled_in_stays_as_it_is(desk: Desk) -> None:
    assert bring(desk, table(desk, _5a="魚も守る。")) == 1
    assert states(desk)["2"] == "stale"


def test_an_original_that_moved_on_since_is_refused_and_nothing_stored(desk: Desk) -> None:
    told = table(desk, _2="長年ともに働いた。", _5a="魚も守る。")
    desk.accept(desk.replace("3", "They have long worked together."))
    before = desk.everything()
    with pytest.raises(
        Refused, match=r"row 2: the original has moved on .* from 2:1 3:2 to 2:1 3:3"
    ):
        bring(desk, told)
    desk.accept(desk.delete("3"))
    with pytest.raises(Refused, match="3:-"):
        bring(desk, told)
    assert desk.everything() != before


def test_a_translation_that_another_gave_since_is_not_overwritten(desk: Desk) -> None:
    mine, other = table(desk, _2="私の訳。"), table(desk, _2="別の訳。")
    bring(desk, other)
    with pytest.raises(Refused, match="got another translation since"):
        bring(desk, mine)


def test_lines_that_are_not_there_or_stand_twice_are_refused(desk: Desk) -> None:
    good = table(desk, _5a="魚も守る。").rows[0]
    for rows, told in (
        ([good._replace(lines=("99",))], "no passage of the lines 99"),
        ([good._replace(lines=("3",))], "no passage of the lines 3"),
        ([good, good._replace(number=9)], "row 9: line 5a stands in row 3 already"),
        ([good._replace(new="一。\n\n二。")], "row 3: the wording has an empty line"),
    ):
        with pytest.raises(BadInput, match=told):
            bring(desk, Sheet("ja", tuple(rows)))


def test_the_store_must_not_have_moved_in_between(desk: Desk) -> None:
    plan = desk.read(sheets.plan, table(desk, _5a="魚も守る。"), FILE)
    desk.say("1")
    with pytest.raises(Refused, match="moved"), desk.writing("import") as (entry, now):
        sheets.apply(entry, now, plan)


@pytest.mark.parametrize("language", ["en", "", "日本"])
def test_a_table_of_no_other_language_is_refused(desk: Desk, language: str) -> None:
    with pytest.raises((Refused, BadInput)):
        bring(desk, table(desk, _5a="魚も守る。")._replace(language=language))
