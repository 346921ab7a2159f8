"""A parallel file comes in: paired, shown, mended, stored once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.desk import Desk
from tests.services.parallels import (
    ENGLISH,
    JAPANESE,
    TEXTS,
    plan_japanese,
    store_english,
    store_japanese,
)
from tests.stores import AT, AUTHOR, Stores, empty
from tracker.errors import BadInput, Refused
from tracker.exchange.parallel import Paired
from tracker.formats import draft as formats
from tracker.services import lines, snapshot
from tracker.services.importing import draft, parallel
from tracker.services.importing.files import File
from tracker.services.importing.known import running_text
from tracker.services.proposals import writing as proposing
from tracker.services.translations import reading
from tracker.store import journal
from tracker.store.open import open_store


@pytest.fixture
def desk(stores: Stores) -> Iterator[Desk]:
    """The authentic text alone."""
    with stores.copy(store_english) as url:
        made = Desk(open_store(url))
        yield made
        made.check()


def store(desk: Desk, plan: parallel.Plan) -> None:
    with desk.writing("import") as (entry, now):
        parallel.apply(entry, now, plan)


def test_planning_stores_nothing_and_tells_what_does_not_fit(desk: Desk) -> None:
    before = desk.everything()
    content = JAPANESE.decode().replace("3. 委員会は長崎で開かれる。\n", "").encode()
    plan = plan_japanese(desk, content)
    assert desk.everything() == before
    _, missing, _ = parallel.unpaired(plan)
    assert [pair.labels for pair in missing] == [("15",)]
    assert plan.score > 0.8
    assert sum(parallel.shapes(plan.pairs).values()) == 22
    store(desk, plan)
    assert desk.read(reading.passage_of, "ja", "15").state == "missing"


def test_another_text_altogether_is_refused_with_its_score(desk: Desk) -> None:
    plan = plan_japanese(desk, (TEXTS / "fisheries.ja.md").read_bytes())
    with pytest.raises(Refused, match=r"does not seem to render harbour: \d+% of it fits"):
        parallel.refuse_other_text(plan)
    parallel.refuse_other_text(plan_japanese(desk))


def test_pairs_that_a_person_made_are_stored_in_the_order_of_the_file(desk: Desk) -> None:
    plan = plan_japanese(desk)
    swapped: dict[tuple[str, ...], tuple[str, ...]] = {("5",): ("6",), ("6",): ("5",)}
    pairs = [pair._replace(labels=swapped.get(pair.labels, pair.labels)) for pair in plan.pairs]
    store(desk, parallel.with_pairs(plan, pairs))
    with desk.reading() as now:
        there = snapshot.in_language(now, "ja")
        assert running_text(there).encode() == JAPANESE
        labels = [line.label for line in lines.running_text(there)]
    assert labels.index("6") < labels.index("5")


def test_one_wording_does_not_run_over_the_end_of_a_paragraph(desk: Desk) -> None:
    plan = plan_japanese(desk)
    with pytest.raises(BadInput, match="begins a paragraph"):
        parallel.with_pairs(plan, [Paired(("1",), (0, 1))])


def test_the_store_must_not_have_moved_in_between(desk: Desk) -> None:
    plan = plan_japanese(desk)
    desk.say("1")
    before = desk.everything()
    with pytest.raises(Refused, match="moved"):
        store(desk, plan)
    assert desk.everything() == before


def test_a_text_that_left_may_come_again(desk: Desk) -> None:
    store_japanese(desk)
    for label in ("5", "6", "7"):
        desk.accept(desk.delete(label))
    with desk.reading() as now:
        there = snapshot.in_language(now, "ja")
        rest = [line.label for line in lines.running_text(there)]
    for label in rest:
        with desk.writing("propose") as (entry, now):
            told = proposing.Proposed(kind="delete", label=label)
            there = snapshot.in_language(now, "ja")
            name = proposing.propose(entry, there, told, proposer="A").proposal
        desk.accept(name)
    store_japanese(desk)
    with desk.reading() as now:
        assert running_text(snapshot.in_language(now, "ja")).encode() == JAPANESE


def test_a_document_of_paragraphs_pairs_by_paragraphs(stores: Stores) -> None:
    with stores.copy(empty) as url:
        made = open_store(url)
        read = formats.read(ENGLISH, "a.md", language="en", unit="paragraph")
        with made.read() as connection:
            plan = draft.plan(connection, read, File("a.md", ENGLISH), "harbour", "Harbour")
        with journal.entry(made, AUTHOR, AT, "import") as entry:
            draft.apply(entry, plan)
        desk = Desk(made)
        other = formats.read(JAPANESE, "b.md", language="ja", unit="paragraph")
        with desk.reading() as now:
            found = parallel.plan(now, other, File("b.md", JAPANESE), "港")
        assert parallel.shapes(found.pairs) == {"1-1": len(other.lines)}
