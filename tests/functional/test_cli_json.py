"""JSON: the names that ``--json`` promises, and listings that are cut only when they say so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.functional.command import Desk

COMMENT = {
    *("id", "lines", "topic", "speaker", "side", "kind", "text", "verbatim", "reply_to"),
    *("relation", "quote", "anchor", "anchor_state", "disposition"),
}


def read(desk: Desk, command: str) -> Any:
    written = desk.tracker(command)
    assert written.status == 0, written.stderr
    return json.loads(written.stdout)


def test_flagged_lines_have_their_numbers(desk: Desk) -> None:
    found = read(desk, "flagged --json")
    assert [(line["line"], line["comments"], line["proposals"]) for line in found] == [
        ("1", 4, 2),
        ("2", 2, 1),
        ("3", 2, 1),
    ]
    for line in found:
        assert {type(line[name]) for name in ("line", "text", "state")} == {str}
        assert line["state"] == "open"


def test_a_line_whose_comments_all_have_a_disposition_is_decided(desk: Desk) -> None:
    assert desk.tracker("comment dispose C44 C45 --outcome noted").status == 0
    assert [line["line"] for line in read(desk, "flagged --json")] == ["1", "3"]
    states = {line["line"]: line["state"] for line in read(desk, "flagged --all --json")}
    assert states == {"1": "open", "2": "decided", "3": "open"}


def test_comments_have_the_promised_names(desk: Desk) -> None:
    found = read(desk, "comment list --limit 0 --json")
    assert len(found) == 47
    assert all(set(comment) >= COMMENT for comment in found)
    by_id = {comment["id"]: comment for comment in found}
    reply = by_id["C41"]
    assert (reply["reply_to"], reply["relation"], reply["lines"]) == ("C40", "counters", ["1"])
    assert (reply["anchor"], reply["anchor_state"], reply["verbatim"]) == ("line", "exact", True)
    on_the_whole = by_id["C1"]
    assert (on_the_whole["lines"], on_the_whole["anchor"]) == ([], "document")
    assert by_id["C8"]["topic"] == "Xinjiang"
    assert by_id["C8"]["side"] == "Japan"
    assert by_id["C40"]["side"] is None


def test_a_comment_on_words_tells_the_words_and_what_became_of_them(desk: Desk) -> None:
    desk.tracker("comment add 2 --from A --text Hm. --on indifferent")
    desk.tracker("comment add 2 --from A --text Hm. --on 'human rights abuses'")
    desk.tracker("propose 2 --from B --text 'They should speak up against human abuses.'")
    desk.tracker("comment dispose C48 --outcome revised --reason Partly.")
    desk.tracker("proposal accept P5")
    gone, partly = read(desk, "comment show C48 C49 --json")
    assert (gone["quote"], gone["anchor"], gone["anchor_state"]) == (
        *("indifferent", "words", "orphaned"),
    )
    assert (partly["quote"], partly["anchor_state"]) == ("human rights abuses", "partial")
    assert gone["disposition"] == "accepted in principle"


def test_proposals_have_the_promised_names(desk: Desk) -> None:
    desk.tracker("propose 2 --from Tokyo --text 'They care.' --answers C44")
    desk.tracker("proposal accept P5")
    desk.tracker("proposal withdraw P1")
    found = {proposal["id"]: proposal for proposal in read(desk, "proposal list --json")}
    assert list(found) == ["P1", "P2", "P3", "P4", "P5"]
    assert all(
        set(proposal) >= {"id", "lines", "from", "author", "state", "answers"}
        for proposal in found.values()
    )
    fifth = found["P5"]
    assert (fifth["lines"], fifth["from"], fifth["author"]) == (["2"], "Tokyo", "Secretary")
    assert (fifth["state"], fifth["answers"]) == ("accepted", ["C44"])
    assert (found["P1"]["state"], found["P2"]["state"]) == ("withdrawn", "open")
    assert {name for name, proposal in found.items() if proposal["stale"]} == {"P3"}


def test_the_log_has_the_promised_names(desk: Desk) -> None:
    desk.tracker("comment dispose C1 --outcome noted")
    newest = read(desk, "log --json")[0]
    assert {name: newest[name] for name in ("entry", "at", "author", "command", "summary")} == {
        "entry": 3,
        "at": "2022-09-30T08:15:00Z",
        "author": "Secretary",
        "command": "comment dispose",
        "summary": "C1",
    }


LISTINGS = (
    "flagged",
    "text",
    "comment list",
    "proposal list",
    "log",
    "search the",
    "comment suggest C9",
    "meeting list",
    "participant list",
    "reference list",
    "edition list",
    "document list",
    "translation list",
)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Two at least of everything that is listed but documents."""
    for command in (
        "meeting add W2 --name Second",
        "edition add Second",
        "comment dispose C1 --outcome noted",
        "translation add 1 --language ja --text 一。",
    ):
        assert desk.tracker(command).status == 0
    return desk


@pytest.mark.parametrize("listing", LISTINGS)
def test_every_listing_takes_json_and_a_limit(filled: Desk, listing: str) -> None:
    everything = read(filled, f"{listing} --json --limit 0")
    assert isinstance(everything, list)
    assert read(filled, f"{listing} --json --limit 1") == everything[:1]


@pytest.mark.parametrize("listing", [each for each in LISTINGS if each != "document list"])
@pytest.mark.parametrize("form", ["", "--json"])
def test_a_listing_that_is_cut_tells_the_total_on_stderr(
    filled: Desk, listing: str, form: str
) -> None:
    total = len(read(filled, f"{listing} --json --limit 0"))
    assert total > 1
    cut = filled.tracker(f"{listing} --limit 1 {form}")
    assert f"1 of {total}; --limit 0 lists all" in cut.stderr
    assert "--limit" not in filled.tracker(f"{listing} --limit 0 {form}").stderr


def test_japanese_stands_in_json_as_it_is(desk: Desk) -> None:
    desk.tracker("comment", "add", "1", "--from", "日本の学者", "--text", "もっと短く。")
    written = desk.tracker("comment show C48 --json").stdout
    assert "日本の学者" in written
    assert json.loads(written)[0]["text"] == "もっと短く。"
