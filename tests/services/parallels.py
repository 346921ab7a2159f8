"""Texts in two languages for tests, and the steps to bring the second one in."""

from __future__ import annotations

from pathlib import Path

from tests.services.desk import Desk
from tests.stores import AT, AUTHOR
from tracker.formats import draft as formats
from tracker.services.importing import draft, parallel
from tracker.services.importing.files import File
from tracker.store import journal
from tracker.store.open import Store

TEXTS = Path(__file__).parents[1] / "parallel"
ENGLISH = (TEXTS / "harbour.en.md").read_bytes()
JAPANESE = (TEXTS / "harbour.ja.md").read_bytes()


def store_english(store: Store, content: bytes = ENGLISH) -> None:
    """Bring the authentic text in."""
    read = formats.read(content, "harbour.en.md", language="en")
    with store.read() as connection:
        made = draft.plan(
            connection, read, File("harbour.en.md", content, read.encoding), "harbour", "Harbour"
        )
    with journal.entry(store, AUTHOR, AT, "import") as entry:
        draft.apply(entry, made)


def plan_japanese(desk: Desk, content: bytes = JAPANESE) -> parallel.Plan:
    """Pair a Japanese text with the authentic one."""
    read = formats.read(content, "harbour.ja.md", language="ja")
    with desk.reading() as now:
        return parallel.plan(now, read, File("harbour.ja.md", content, read.encoding), "港湾憲章")


def store_japanese(desk: Desk, content: bytes = JAPANESE) -> parallel.Plan:
    """Bring the Japanese text in as it pairs."""
    made = plan_japanese(desk, content)
    with desk.writing("import") as (entry, now):
        parallel.apply(entry, now, made)
    return made


def bilingual(store: Store) -> None:
    """Store the harbour charter in English and Japanese."""
    store_english(store)
    store_japanese(Desk(store))
