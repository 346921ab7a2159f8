"""The agenda: what is open and waits for the group."""

from __future__ import annotations

from tests.services.desk import Desk, document
from tracker.services import agenda
from tracker.services.agenda import SHOWN, Agenda
from tracker.store.open import Store


def read(desk: Desk) -> Agenda:
    found: Agenda = desk.read(agenda.agenda)
    return found


def test_an_untouched_text_has_nothing_on_the_agenda(desk: Desk) -> None:
    found = read(desk)
    assert (found.document.key, found.at) == ("coast", 1)
    assert (found.flagged, found.flagged_total, found.proposals, found.proposals_total) == (
        *((), 0, (), 0),
    )
    assert (found.undisposed, found.orphaned) == (0, ())


def test_the_agenda_names_what_is_open_until_it_is_settled(desk: Desk) -> None:
    first, second, whole = desk.say("1"), desk.say("2", words="any ship"), desk.say()
    name = desk.replace("2", "Nothing of it is left.")
    found = read(desk)
    assert [line.label for line in found.flagged] == ["1", "2"]
    assert [proposal.id for proposal in found.proposals] == [name]
    assert (found.undisposed, found.orphaned) == (3, ())
    desk.accept(name)
    found = read(desk)
    assert (found.proposals_total, found.orphaned) == (0, (second,))
    desk.dispose(first, second, whole)
    found = read(desk)
    assert (found.flagged_total, found.undisposed, found.orphaned) == (0, 0, ())


def test_the_agenda_names_ten_and_counts_all(store: Store) -> None:
    document(store, *(f"Line {number}." for number in range(1, 15)))
    desk = Desk(store)
    for number in range(1, 13):
        desk.say(str(number))
    for number in range(1, 12):
        desk.delete(str(number))
    found = read(desk)
    assert (len(found.flagged), found.flagged_total) == (SHOWN, 12)
    assert (len(found.proposals), found.proposals_total) == (SHOWN, 11)
