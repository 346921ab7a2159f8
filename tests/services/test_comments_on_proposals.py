"""Comments on a proposal, on a change of it and on words it proposes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk
from tracker.errors import BadInput, NotFound, Refused
from tracker.services.anchors import Flag
from tracker.services.comments import on_proposals, reading
from tracker.services.comments.writing import Said
from tracker.services.lines import flagged

OPEN = "The harbour is open."


def say_on(desk: Desk, name: str, words: str | None = None, **said: Any) -> str:
    told = Said(**{"speaker": "A member", "text": "Too short.", **said})
    with desk.writing("comment add") as (entry, now):
        return on_proposals.add(entry, now, told, name, Flag(words) if words else None)


def test_a_comment_is_on_a_proposal_a_change_or_words_of_it(desk: Desk) -> None:
    name = desk.replace("1", OPEN)
    whole, change, words = (
        desk.comment(say_on(desk, *given)) for given in ((name,), (f"{name}.1",), (name, "is open"))
    )
    assert (whole.about, whole.scope, whole.anchors) == (name, "proposal", ())
    assert (change.about, change.scope, change.quote) == (f"{name}.1", "proposal", None)
    assert (words.about, words.scope, words.quote) == (f"{name}.1", "words", "is open")
    assert words.anchors[0].line is None
    with desk.reading() as now:
        said = on_proposals.on(now, [desk.proposal(name)])
    assert [comment.id for comment in said[name]] == ["C1", "C2", "C3"]
    desk.check()


def test_they_do_not_count_on_lines(desk: Desk) -> None:
    name = desk.replace("1", OPEN)
    say_on(desk, name, "is open")
    assert desk.read(flagged) == ([], 0)
    assert desk.read(reading.listed, line=desk.line("1").id)[0] == []


def test_a_reply_is_on_what_its_parent_is_on(desk: Desk) -> None:
    name = desk.replace("1", OPEN)
    parent = say_on(desk, name, "is open")
    found = desk.comment(desk.reply(parent))
    assert (found.about, found.quote, found.reply_to) == (f"{name}.1", "is open", parent)
    with pytest.raises(BadInput, match="is not on one line"):
        desk.reply(parent, words="open")


def test_they_are_disposed_of_like_others(desk: Desk) -> None:
    parent = say_on(desk, desk.replace("1", OPEN))
    desk.dispose(parent, outcome="noted")
    disposition = desk.comment(parent).disposition
    assert disposition is not None
    assert disposition.outcome == "noted"
    desk.check()


def test_they_stay_on_the_words_as_they_were_proposed(desk: Desk) -> None:
    name = desk.replace("1", OPEN)
    words = say_on(desk, name, "is open")
    desk.accept(desk.replace(f"{name}.1", "The harbour is shut."))
    desk.accept(name)
    found = desk.comment(words)
    assert (found.anchor_state, found.quote, found.about) == ("exact", "is open", f"{name}.1")
    again = desk.comment(say_on(desk, f"{name}.1", "open"))
    assert again.quote == "open"


def test_what_is_not_there_is_refused(desk: Desk) -> None:
    name = desk.replace("1", OPEN)
    desk.delete("3", to=name)
    for given, kind in (
        (("P9",), NotFound),
        ((f"{name}.9",), BadInput),
        ((name, "open"), BadInput),
        ((f"{name}.1", "shut"), BadInput),
        ((f"{name}.2", "talks"), Refused),
    ):
        before = desk.everything()
        with pytest.raises(kind):
            say_on(desk, *given)
        assert desk.everything() == before
    with pytest.raises(BadInput, match="not both"):
        say_on(desk, name, topic="Harbours")
