"""Documents: their settings, kept version by version."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.services.desk import Desk, document
from tracker.errors import BadInput, Refused, TrackerError
from tracker.services import documents
from tracker.store import tables


def test_a_document_tells_how_much_there_is_of_it(desk: Desk) -> None:
    desk.say("1")
    desk.say()
    desk.accept(desk.delete("2"))
    document(desk.store, "One.", key="river")
    with desk.store.read() as connection:
        found = documents.all_documents(connection)
        counts = documents.counts(connection, found)
    assert [(d.key, d.title, d.language, *counts[d.id]) for d in found] == [
        ("coast", "The Coast", "en", 2, 2),
        ("river", "The Coast", "en", 1, 0),
    ]


def test_settings_are_changed_one_by_one_and_those_before_are_kept(desk: Desk) -> None:
    desk.set(title="海岸 > not a title")
    desk.set(note="a remark")
    found = desk.read(documents.find)
    assert (found.title, found.note) == ("海岸 > not a title", "a remark")
    version = tables.document_version
    with desk.store.read() as connection:
        rows = connection.execute(select(version.c.title, version.c.note).order_by("number")).all()
    assert rows == [
        ("The Coast", None),
        ("海岸 > not a title", None),
        ("海岸 > not a title", "a remark"),
    ]
    desk.check()


@pytest.mark.parametrize(
    ("settings", "error", "said"),
    [
        ({}, Refused, "nothing would change"),
        ({"title": "The Coast"}, Refused, "nothing would change"),
        ({"title": " "}, BadInput, "title is empty"),
        ({"note": ""}, BadInput, "note is empty"),
        ({"title": "\0"}, BadInput, "title"),
    ],
)
def test_settings_that_are_none_are_refused(
    desk_once: Desk, settings: dict[str, str], error: type[TrackerError], said: str
) -> None:
    before = desk_once.everything()
    with pytest.raises(error, match=said) as refused:
        desk_once.set(**settings)
    assert refused.value.hint
    assert desk_once.everything() == before


@pytest.mark.parametrize(
    ("key", "options", "error", "said"),
    [
        ("coast", {}, Refused, "there is a document coast already"),
        ("12", {}, BadInput, "'12' cannot be a name"),
        ("river", {"language": "日本語"}, BadInput, "'日本語' is no language"),
        ("river", {"language": ""}, BadInput, "'' is no language"),
        ("river", {"title": ""}, BadInput, "title is empty"),
    ],
)
def test_a_document_that_cannot_be_kept_is_refused(
    desk_once: Desk, key: str, options: dict[str, str], error: type[TrackerError], said: str
) -> None:
    before = desk_once.everything()
    with pytest.raises(error, match=said), desk_once.writing() as (entry, _):
        documents.add(entry, key, **{"title": "The River", **options})
    assert desk_once.everything() == before


def test_sources_are_listed_with_what_is_known_of_them(example_once: Desk) -> None:
    found = example_once.read(documents.sources)
    assert [source.role for source in found] == ["cited", "cited", "imported"]
    assert found[0].title is not None
    assert found[0].sha256 is not None
    assert found[-1].file == "seed.yaml"
