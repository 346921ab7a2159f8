"""The rule of attribution: what may be told of who spoke in what leaves the store."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.services.desk import Desk
from tests.services.records import check_round, out
from tests.stores import AUTHOR, Stores
from tracker.errors import BadInput
from tracker.exchange.record import Record
from tracker.services import meetings
from tracker.services.attribution import Voices, voices
from tracker.services.comments.editing import append_version
from tracker.services.exporting import record
from tracker.services.importing import known
from tracker.store.open import Store

NAMES = ("Kawashima", "the envoy", "Amb. Doe", AUTHOR, "voice-7", "p. 3", "US-012")
SIDES = ("Japan",)


def tell(desk: Desk, rule: str | None = None) -> None:
    """A document about which voices with names and sides spoke."""
    with desk.writing() as (entry, _):
        meetings.add_participant(entry, "voice-7", name="Shin Kawashima", side="Japan")
    voice: dict[str, Any] = {"speaker": "the envoy", "side": "Japan", "participant": "voice-7"}
    desk.say("1", **voice, context="Twice asked the envoy:", note="By Kawashima.", number="US-012")
    desk.say("2", speaker="Amb. Doe", text="I see.")
    with desk.writing() as (entry, now):
        append_version(entry, now, 1, {"locator": "p. 3: the envoy said so"})
    desk.dispose("C1", outcome="noted", by="Amb. Doe")
    desk.replace("1", "Ships may come.", proposer="the envoy", answers=["C1"])
    desk.replace("2", "Ships may go.", proposer="Amb. Doe")
    desk.replace("3", "Ships may sink.", proposer="Japan side")
    if rule is not None:
        desk.set(attribution=rule)


def gathered(desk: Desk, **options: Any) -> Record:
    with desk.reading() as now:
        return record.gather(now, **options)


def test_under_none_neither_name_nor_affiliation_leaves(stores: Stores, desk: Desk) -> None:
    tell(desk, "none")
    written = check_round(stores, desk.store).decode()
    for word in (*NAMES, *SIDES):
        assert word not in written, word
    notice = desk.view("P1", "P2", "P3").notice or ""
    assert "read with P1, P2, P3." in notice


def test_under_side_only_the_side_leaves(stores: Stores, desk: Desk) -> None:
    tell(desk, "side")
    written = check_round(stores, desk.store).decode()
    for word in NAMES:
        assert word not in written, word
    told = gathered(desk)
    assert [(c.speaker, c.side) for c in told.comments] == [
        ("Japan", "Japan"),
        ("A participant", None),
    ]
    assert [p.proposer for p in told.proposals] == ["Japan", "A participant", "Japan"]
    assert [v.by for c in told.comments for v in c.dispositions] == [None]
    notice = desk.view("P1", "P2", "P3").notice or ""
    assert "P1 (Japan), P2, P3 (Japan)." in notice


@pytest.mark.parametrize("rule", [None, "label", "name"])
def test_otherwise_the_record_is_as_recorded(stores: Stores, desk: Desk, rule: str | None) -> None:
    tell(desk, rule)
    written = check_round(stores, desk.store).decode()
    for word in (*NAMES, *SIDES):
        assert word in written, word
    assert "P1 (the envoy)" in (desk.view("P1").notice or "")


def test_a_voice_is_named_as_the_rule_says() -> None:
    voice = ("One scholar", "US", "John Doe")
    told = {rule: Voices(rule).speaker(*voice) for rule in ("label", "name", "side", "none")}
    assert told == {
        "label": "One scholar",
        "name": "John Doe",
        "side": "US",
        "none": "A participant",
    }
    assert Voices("name").speaker("One scholar", "US") == "One scholar"
    assert Voices("side").speaker("One scholar", None) == "A participant"
    assert Voices("none").side("US") is None


def test_who_was_stated_with_two_sides_is_of_neither(desk: Desk) -> None:
    desk.say("1", speaker="A member", side="US")
    desk.say("1", speaker="A member", side="Japan")
    desk.say("1", speaker="One", side="US", internal=True)
    desk.set(attribution="side")
    with desk.reading() as now:
        told = voices(now)
        with_internal = voices(now, with_internal=True)
    assert told.party("A member") is None
    assert (told.party("US side"), told.party("日本側")) == ("US", None)
    assert (told.party("One"), with_internal.party("One")) == (None, "US")


def test_what_is_read_in_the_store_is_as_recorded(desk: Desk) -> None:
    tell(desk, "none")
    assert (desk.comment("C1").speaker, desk.comment("C1").side) == ("the envoy", "Japan")
    assert desk.proposal("P1").proposer == "the envoy"


def test_a_rule_that_is_none_is_refused(desk: Desk) -> None:
    before = desk.everything()
    with pytest.raises(BadInput, match="'chatham' is no rule of attribution"):
        desk.set(attribution="chatham")
    assert desk.everything() == before


def test_internal_comments_leave_only_when_asked_for(stores: Stores, desk: Desk) -> None:
    desk.say("1", internal=True, text="Between us.")
    desk.reply("C1", text="Of course.")
    desk.say("1", text="For all.")
    desk.replace("1", "Ships may come.", answers=["C1", "C3"])
    told = gathered(desk)
    assert [comment.id for comment in told.comments] == ["C3"]
    assert told.proposals[0].answers == ("C3",)
    whole = gathered(desk, with_internal=True)
    assert [(c.id, c.internal) for c in whole.comments] == [
        ("C1", True),
        ("C2", True),
        ("C3", False),
    ]
    assert not re.search("Between us|Of course|internal", out(desk.store).decode())
    check_round(stores, desk.store)
    with desk.store.read() as connection:
        assert known.holds_record(connection, told)
        assert known.holds_record(connection, whole)


def test_the_example_is_its_own_export_still(example: Store) -> None:
    from tests.stores import SEED

    assert out(example) == SEED.read_bytes()
