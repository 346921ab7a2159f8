"""Editing a comment: each version is kept as it was said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk
from tracker.errors import BadInput, NotFound, Refused
from tracker.services import meetings
from tracker.services.comments import editing


def test_every_version_is_kept_with_its_exact_words(desk: Desk) -> None:
    desk.say("1", words="the harbour", text="First.", side="Japan", note="A note.")
    before = desk.at
    desk.edit("C1", text="Second.", kind="objection", side=None)
    desk.edit("C1", speaker="A guest", type="editorial", number="US-1", verbatim=False)
    now = desk.comment("C1")
    assert (now.text, now.kind, now.side, now.speaker) == ("Second.", "objection", None, "A guest")
    assert (now.type, now.number, now.verbatim, now.note) == ("editorial", "US-1", False, "A note.")
    assert now.quote == "the harbour"
    told = desk.read(editing.versions, "C1")
    assert [(v.number, v.text, v.side, v.speaker, v.given) for v in told] == [
        (1, "First.", "Japan", "A member", None),
        (2, "Second.", None, "A member", None),
        (3, "Second.", None, "A guest", "US-1"),
    ]
    assert desk.comment("C1", before).text == "First."
    desk.check()


def test_replies_and_dispositions_stay(desk: Desk) -> None:
    desk.say("1")
    desk.reply("C1", "counters")
    desk.dispose("C1", outcome="noted")
    desk.edit("C1", text="Otherwise.")
    desk.edit("C2", relation="builds on")
    assert desk.comment("C1").disposition is not None
    assert (desk.comment("C2").reply_to, desk.comment("C2").relation) == ("C1", "builds_on")
    desk.check()


def test_what_becomes_internal_takes_its_replies_along(desk: Desk) -> None:
    desk.say("1")
    desk.reply("C1")
    desk.reply("C2")
    assert desk.edit("C1", internal=True) == ["C1", "C2", "C3"]
    assert all(desk.comment(name).internal for name in ("C1", "C2", "C3"))
    with pytest.raises(Refused, match="C2 replies to C1, which is internal"):
        desk.edit("C2", internal=False)
    assert desk.edit("C1", internal=False) == ["C1"]
    assert desk.edit("C2", internal=False) == ["C2"]
    desk.check()


def test_a_reply_to_an_internal_comment_is_internal(desk: Desk) -> None:
    desk.say("1", internal=True)
    desk.reply("C1")
    assert desk.comment("C2").internal


REFUSED: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "nothing changes": ({"text": "So it should not be."}, Refused, "nothing would change"),
    "no text": ({"text": " "}, BadInput, "the text of the comment is empty"),
    "no such kind": ({"kind": "joke"}, BadInput, "'joke' is no kind"),
    "no such meeting": ({"meeting": "W9"}, NotFound, "there is no meeting 'W9'"),
    "no such voice": ({"participant": "x"}, NotFound, "there is no participant 'x'"),
    "no reply": ({"relation": "counters"}, BadInput, "C1 is no reply"),
    "no such relation": ({"relation": "likes"}, BadInput, "'likes' is no relation"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_stored_is_refused_and_stores_nothing(desk: Desk, case: str) -> None:
    changes, error, told = REFUSED[case]
    desk.say("1")
    before = desk.everything()
    with pytest.raises(error, match=told):
        desk.edit("C1", **changes)
    assert desk.everything() == before


def test_an_unknown_comment_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound, match="there is no comment C7"):
        desk.edit("C7", text="x")


def test_a_comment_with_a_topic_keeps_its_meeting(desk: Desk) -> None:
    with desk.writing() as (entry, _):
        meetings.add_meeting(entry, "W1", name="First", topics=["Ports"])
        meetings.add_meeting(entry, "W2", name="Second")
    desk.say(meeting="W1", topic="Ports")
    with pytest.raises(Refused, match="C1 has the topic 'Ports' of W1"):
        desk.edit("C1", meeting="W2")
