"""Differences: of a line's last versions, of proposals, and between any two states."""

from __future__ import annotations

import pytest

from tests.services.desk import THREE, Desk
from tracker.errors import NotFound, Refused
from tracker.services import differences
from tracker.services.differences import Difference


def told(found: list[Difference]) -> list[tuple[str, str, str, str]]:
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return [
        (d.line, d.old, d.new, "".join(marks[run.kind].format(run.text) for run in d.runs))
        for d in found
    ]


def test_a_lines_last_two_versions_are_compared(desk: Desk) -> None:
    desk.accept(desk.replace("3", "Disputes are settled by judges."))
    desk.accept(desk.replace("3", "All disputes are settled by judges."))
    assert told(desk.read(differences.last_versions, "3")) == [
        ("3", "3:2", "3:3", "[-Disputes-][+All disputes+] are settled by judges.")
    ]


def test_a_line_with_one_version_has_nothing_to_compare(desk: Desk) -> None:
    with pytest.raises(Refused, match="line 2 has only one version") as refused:
        desk.read(differences.last_versions, "2")
    assert refused.value.hint == "tracker show 2 lists its proposals"
    with pytest.raises(NotFound, match="no line '7'"):
        desk.read(differences.last_versions, "7")


def test_a_proposal_is_compared_with_what_it_starts_from(desk: Desk) -> None:
    name = desk.replace("3", "Disputes are settled by judges.")
    desk.insert("0", "Preamble.", to=name)
    desk.delete("2", to=name)
    expected = [
        ("3", "base", f"{name}.1", "Disputes are settled by [-talks-][+judges+]."),
        ("after 0", "base", f"{name}.2", "[+Preamble.+]"),
        ("2", "base", f"{name}.3", f"[-{THREE[1]}-]"),
    ]
    assert told(desk.read(differences.proposals, [name])) == expected
    # And so it stays, whatever becomes of it and of the line.
    desk.accept(desk.replace("3", "Something else."))
    assert told(desk.read(differences.proposals, [name.lower()])) == expected


def test_two_proposals_are_compared_where_they_meet(desk: Desk) -> None:
    one = desk.replace("3", "Disputes are settled by judges.")
    desk.insert("1", "Ships are boats.", to=one)
    two = desk.replace("3", "Disputes are settled by war.")
    desk.insert("1", "Ships are vessels.", to=two)
    desk.delete("2", to=two)
    assert told(desk.read(differences.proposals, [one, two])) == [
        ("3", "base", f"{one}.1", "Disputes are settled by [-talks-][+judges+]."),
        ("3", "base", f"{two}.1", "Disputes are settled by [-talks-][+war+]."),
        ("3", f"{one}.1", f"{two}.1", "Disputes are settled by [-judges-][+war+]."),
        ("1", f"{one}.2", f"{two}.2", "Ships are [-boats-][+vessels+]."),
    ]


def test_two_first_lines_are_compared(desk: Desk) -> None:
    one, two = desk.insert("0", "A preamble."), desk.insert("0", "No preamble.")
    assert told(desk.read(differences.proposals, [one, two])) == [
        ("0", "P1.1", "P2.1", "[-A-][+No+] preamble.")
    ]


def test_proposals_that_never_meet_are_not_compared(desk: Desk) -> None:
    one, two = desk.delete("1"), desk.delete("2")
    with pytest.raises(Refused, match=f"{one} and {two} have no line in common") as refused:
        desk.read(differences.proposals, [one, two])
    assert one in (refused.value.hint or "")
    with pytest.raises(NotFound, match="no proposal P9"):
        desk.read(differences.proposals, [one, "P9"])


def test_two_states_are_compared_line_by_line(desk: Desk) -> None:
    desk.edition("first")
    desk.accept(desk.replace("3", "Disputes are settled by judges."))
    between = desk.at
    desk.accept(desk.insert("1", "Ships are boats."))
    desk.accept(desk.delete("2"))
    changed = ("3", "Disputes are settled by [-talks-][+judges+].")
    came, went = ("1a", "[+Ships are boats.+]"), ("2", f"[-{THREE[1]}-]")

    def compared(one: str, other: str) -> set[tuple[str, str]]:
        found = told(desk.read(differences.states, one, other))
        assert {(old, new) for _, old, new, _ in found} <= {(one or desk.at, other or desk.at)}
        return {(line, words) for line, _, _, words in found}

    assert compared("first", "") == compared("first", desk.at) == {changed, came, went}
    assert compared("first", between) == compared("1:1", "3:2") == {changed}
    assert compared(between, "") == {came, went}
    assert compared("", between) == {("1a", "[-Ships are boats.-]"), ("2", f"[+{THREE[1]}+]")}
    assert compared("", "") == compared("first", "first") == set()
    with pytest.raises(NotFound, match="no state 'second'"):
        compared("first", "second")


def test_a_store_before_its_first_entry_has_nothing_to_compare(desk: Desk) -> None:
    with desk.reading() as now, pytest.raises(NotFound, match="nothing to compare yet") as refused:
        differences.states(now._replace(at=0), "", "")
    assert "tracker import" in (refused.value.hint or "")
