"""Search finds exactly the texts that a look at each of them finds, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.desk import three_lines
from tests.stores import AT, AUTHOR, Stores
from tracker.exchange import rules
from tracker.services import searching
from tracker.services.comments.writing import Said, add
from tracker.services.snapshot import latest
from tracker.store import journal
from tracker.store.open import Store, open_store
from tracker.text import search_terms
from tracker.text.finding import marks

PIECES = (
    *(
        "human",
        "rights",
        "Human",
        "RIGHTS",
        "right",
        "U.S.",
        "US",
        "1,000",
        "1000",
        "3.5",
        "résumé",
    ),
    *(
        "resume",
        "人権",
        "人",
        "権",
        "権利",
        "データ・",
        "ガバナンス",
        "ﾃﾞｰﾀ",
        "Ｅｕ",
        "EU",
        "🎉",
        "한국어",
    ),
    *(" ", " ", " ", "’s", "-", ".", ",", "“", "_", "'", "\\", "&", "|", "!", ":", "*", '"', "%"),
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
    st.text(min_size=1, max_size=12),
)


class _Enough(Exception):
    """Ends an entry that must leave nothing behind."""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A document of three lines, shared: what is said of it is undone each time."""
    stores: Stores = request.getfixturevalue(f"{request.param}_stores")
    with stores.copy(three_lines) as url:
        yield open_store(url)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=6), TEXTS)
def test_search_finds_what_a_look_at_every_text_finds(
    store: Store, texts: list[str], words: str
) -> None:
    texts = [text for text in texts if rules.text_fault(text) is None]
    terms = set(search_terms(words))
    if not texts or not terms:
        return
    with suppress(_Enough), journal.entry(store, AUTHOR, AT, "comment add") as entry:
        snapshot = latest(entry.connection)
        names = [add(entry, snapshot, Said(speaker="A", text=text)) for text in texts]
        entry.close()
        held = dict(zip(names, texts, strict=True))
        right = {name for name, text in held.items() if terms <= set(search_terms(text))}
        results = searching.find(latest(entry.connection), words, within=["comments"])
        assert {found.id for found in results.found} == right
        for found in results.found:
            assert list(found.marks) == sorted(found.marks)
            assert all(0 <= start < stop <= len(found.text) for start, stop in found.marks)
        raise _Enough


@given(TEXTS, TEXTS)
def test_marks_are_apart_in_order_and_hold_no_white_space_at_their_edges(
    text: str, words: str
) -> None:
    found = marks(text, tuple(search_terms(words)))
    edges = [edge for mark in found for edge in mark]
    assert edges == sorted(set(edges))
    for start, stop in found:
        assert text[start:stop].strip() == text[start:stop]
