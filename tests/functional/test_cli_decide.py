"""The leaders' session: what stands on the projector, and what is stored of what is typed."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.functional.command import ROOT, Desk, Result
from tests.functional.test_cli_prompts import Answer, Talk, ctrl_c, talk
from tests.functional.test_cli_readme import FENCE

LEADERS = ("decide", "--meeting", "L1", "--by", "Four leaders")


@pytest.fixture
def table(desk: Desk) -> Desk:
    """The example, with a meeting of leaders to decide at; it is @3."""
    added = desk.tracker("meeting add L1 --name 'The leaders' --kind leaders --date 2022-09-30")
    assert added.status == 0
    return desk


def decide(desk: Desk, *typed: str, options: tuple[str, ...] = (), **more: str) -> Result:
    """Hold a session of what is typed, one line after another, without a terminal."""
    lines = "".join(f"{line}\n" for line in typed)
    return desk.tracker(*LEADERS, *options, stdin=lines.encode(), **more)


def sit(
    desk: Desk, *answers: tuple[str, Answer], options: tuple[str, ...] = (), **more: str
) -> Talk:
    """Hold a session at a terminal."""
    return talk(desk, *LEADERS, *options, answers=answers, **more)


def read(desk: Desk, command: str) -> Any:
    return json.loads(desk.tracker(f"{command} --json").stdout)


def entries(desk: Desk) -> list[tuple[str, str]]:
    """The commands and summaries of the journal after the meeting was added, in order."""
    found = [(entry["command"], entry["summary"]) for entry in read(desk, "log")]
    return found[::-1][3:]


def dispositions(desk: Desk, *names: str) -> list[str | None]:
    return [found["disposition"] for found in read(desk, f"comment show {' '.join(names)}")]


def test_each_decision_is_an_entry_with_who_decided_and_when(table: Desk) -> None:
    done = decide(table, "a P1", "y", "n", "r P3", "Too long.", "c C44 noted", "q")
    assert done.status == 0
    assert entries(table) == [
        ("decide --meeting L1: adopt P1", "P1 adopted: changed 1; disposed of C40, C41"),
        ("decide --meeting L1: reject P3", "P3 rejected"),
        ("decide --meeting L1: dispose C44", "C44 noted"),
    ]
    for found in (
        *read(table, "proposal show P1")[0]["verdicts"],
        *read(table, "comment show C44")[0]["dispositions"],
    ):
        assert (found["by"], found["date"]) == ("Four leaders", "2022-09-30")
    assert read(table, "proposal show P3")[0]["verdicts"][0]["reason"] == "Too long."
    summary = done.stdout.rpartition("Decided at L1 by Four leaders")[2]
    assert [line[:2] for line in summary.splitlines() if line] == ["@4", "@5", "@6"]
    assert table.tracker("verify").status == 0


def test_the_end_of_what_is_typed_ends_the_session_with_what_was_stored(table: Desk) -> None:
    done = decide(table, "g", "r P2")
    assert (done.status, entries(table)) == (
        *(0, [("decide --meeting L1: agree 1", "line 1 agreed")]),
    )


def test_a_session_in_which_nothing_is_decided_stores_nothing(table: Desk) -> None:
    before = table.store()
    for typed in ((), ("",), ("q",), ("n", "n", "b", "v", "n", "quit"), ("h vote 7-2-1", "q")):
        done = decide(table, *typed)
        assert (done.status, "nothing was decided" in done.stderr) == (0, True)
    assert table.store() == before


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("a",), "say which one: P1, P2"),
        (("a P3",), "P3 is not on the screen"),
        (("a P1 P2",), "say which one"),
        (("x",), "'x' is no key"),
        (("\x1b[31m",), r"'\x1b[31m' is no key"),
        (("a P2.9",), "there is no change P2.9"),
        (("c C44 noted",), "C44 is not open here"),
        (("c C40 perhaps",), "'perhaps' is no disposition"),
        (("c C40 rejected", ""), "'rejected' needs a reason"),
        (("d", ""), "to defer needs a reason"),
        (("d C1",), "C1 is not on the screen"),
        (("h show of hands",), "'show of hands' is no mode"),
        (("u",), "nothing was decided in this session"),
        (("m P1",), "no editor is set"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_said_and_stores_nothing(
    table: Desk, typed: tuple[str, ...], message: str
) -> None:
    before = table.store()
    done = decide(table, *typed, "q")
    assert (done.status, message in done.stderr) == (0, True), done.stderr
    assert "\x1b" not in done.stderr
    assert table.store() == before


def test_a_session_is_held_at_a_meeting_of_leaders(desk: Desk) -> None:
    before = desk.store()
    for words, message in (
        (LEADERS, "there is no meeting 'L1'"),
        (("decide", "--meeting", "W1", "--by", "A"), "W1 is of the kind 'workshop'"),
        (("decide", "--meeting", "W1", "--by", ""), "only leaders decide"),
    ):
        done = desk.tracker(*words)
        assert (done.status, message in done.stderr) == (1, True), done.stderr
    assert desk.store() == before


def test_a_session_takes_no_date_mode_or_line_that_is_none(table: Desk) -> None:
    before = table.store()
    for options in (
        ("--on-date", "soon"),
        ("--mode", "show of hands"),
        ("--line", "9"),
    ):
        assert decide(table, "g", options=options).status == 1
    assert table.tracker("decide --meeting L1 --by ' '").status == 1
    assert table.store() == before


def test_one_line_alone_can_be_decided_also_where_nothing_is_open(table: Desk) -> None:
    assert table.tracker("comment dispose C44 C45 --outcome noted").status == 0
    assert table.tracker("proposal withdraw P3").status == 0
    done = decide(table, "f", options=("--line", "2"))
    assert "Line 2   (1 of 1)" in done.stdout
    assert entries(table)[-1] == ("decide --meeting L1: agree 2", "line 2 agreed ad referendum")


def test_a_deferral_is_recorded_and_leaves_the_proposal_open(table: Desk) -> None:
    decide(table, "d", "Next time.", "q", options=("--line", "2"))
    found = read(table, "proposal show P3")[0]
    assert (found["state"], found["verdicts"][0]["outcome"]) == ("open", "deferred")
    assert dispositions(table, "C44", "C45") == ["deferred", "deferred"]
    for command in ("proposal list --open", "status"):
        shown = " ".join(table.tracker(command, COLUMNS="200").stdout.split())
        assert "open, deferred (by Four leaders, 2022-09-30, @4)" in shown
    again = decide(table, "a", options=("--line", "2"))
    assert "→ deferred (by Four leaders, 2022-09-30, @4): Next time." in again.stdout
    assert read(table, "proposal show P3")[0]["state"] == "accepted"


def test_how_it_is_decided_can_be_said_for_what_follows(table: Desk) -> None:
    decide(table, "h vote 7-2-1", "c C40 noted", "h", "c C41 noted", "q")
    for name, mode, votes in (("C40", "vote", "7-2-1"), ("C41", None, None)):
        found = read(table, f"comment show {name}")[0]["dispositions"][0]
        assert (found["mode"], found["votes"]) == (mode, votes)


def test_an_agreed_line_is_reopened_for_a_reason_only(table: Desk) -> None:
    assert table.tracker("agree 1 --by 'Four leaders'").status == 0
    before = table.store()
    done = decide(table, "a P1", "", "q")
    assert "line 1 is agreed since @4 by Four leaders" in done.stderr
    assert table.store() == before
    decide(table, "a P1", "New facts.", "n", "q")
    assert entries(table)[-1][1] == "P1 adopted: changed 1; reopened 1"
    assert read(table, "text")[0]["agreed"] is None


def test_comments_on_no_line_come_last_by_topic(table: Desk) -> None:
    done = decide(table, *["n"] * 20)
    titles = re.findall(r"^(.+?)   \((\d) of 7\)", done.stdout, re.MULTILINE)
    assert [title for title, _ in titles] == [
        *("Line 1", "Line 2", "Line 3", "On no line · W1", "On no line · W1 · Xinjiang"),
        *("On no line · W1 · Hong Kong", "On no line · W1 · Supporting democratic governance"),
    ]


def test_all_comments_of_a_topic_can_be_disposed_of_at_once(table: Desk) -> None:
    done = decide(table, "n", "n", "n", "n", "c", "noted", "q")
    assert done.status == 0
    open_ = {found["id"] for found in read(table, "comment list --open --limit 0")}
    topics = {found["id"]: found["topic"] for found in read(table, "comment list --limit 0")}
    assert not [name for name, topic in topics.items() if topic == "Xinjiang" and name in open_]
    assert len(open_) == sum(topic != "Xinjiang" for topic in topics.values())


def test_advice_is_shown_only_when_asked_for(table: Desk) -> None:
    words = ("comment", "recommend", "C40", "--outcome", "noted", "--by", "The editor")
    assert table.tracker(*words).status == 0
    assert "advised" not in decide(table, "q").stdout
    assert "advised: noted (by The editor, @4)" in decide(table, "v", "q").stdout
    shown = decide(table, "q", options=("--show-recommendations",))
    assert "advised: noted" in shown.stdout


def rows(screen: str) -> list[list[str]]:
    """The screens that a session filled, in rows without the marks of the terminal."""
    found = []
    for each in re.split(r"\x1b\[2J\x1b\[H|\x1b\[H\x1b\[2J", screen)[1:]:
        shown = each.partition("\nDecided at")[0].partition("nothing was decided")[0]
        plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown).replace("\r", "")
        found.append(plain.rstrip("\n").split("\n"))
    return found


SIZES = [("80", "24"), ("200", "60"), ("40", "14")]


@pytest.mark.parametrize(("columns", "lines"), SIZES)
@pytest.mark.parametrize("colour", ["", "1"], ids=["colour", "no colour"])
def test_an_item_fills_the_screen_and_no_more(
    table: Desk, columns: str, lines: str, colour: str
) -> None:
    from rich.cells import cell_len

    for words in (
        ("propose", "2", "--from", "日本側", "--text", "日本と米国は、中国における人権の侵害" * 9),
        ("comment", "add", "2", "--from", "日本の学者", "--text", "もっと短くすべきである。" * 9),
    ):
        assert table.tracker(*words).status in (0, 3)  # it collides with another
    prompt = "\r\n> "
    typed = [(prompt, "n\n"), (prompt, "\n"), (prompt, "q\n")]
    if columns == "200":
        typed = [(prompt, "n\n"), (prompt, "q\n")]
    size = {"COLUMNS": columns, "LINES": lines} | ({"NO_COLOR": colour} if colour else {})
    seen = talk(table, *LEADERS, answers=tuple(typed), **size)
    assert seen.status == 0, seen.screen
    screens = rows(seen.screen)
    assert len(screens) == len(typed)
    for screen in screens:
        assert len(screen) == int(lines), "\n".join(screen)
        assert max(cell_len(row) for row in screen) <= int(columns), "\n".join(screen)


def test_a_wide_screen_shows_rivals_side_by_side(table: Desk) -> None:
    seen = sit(table, ("(1 of 7", "q\n"), COLUMNS="200", LINES="60")
    heads = [row for row in rows(seen.screen)[0] if "P1 ·" in row]
    assert len(heads) == 1
    assert "P2 ·" in heads[0]


def test_a_session_at_a_terminal_adopts_and_sums_up(table: Desk) -> None:
    seen = sit(
        table,
        ("(1 of 7", "a P1\n"),
        ("accepted as well? [y/N]", "y\n"),
        ("stored as @4: P1 adopted: changed 1; disposed of C40, C41", "q\n"),
    )
    assert seen.status == 0
    assert "Decided at L1 by Four leaders" in seen.screen
    assert dispositions(table, "C40", "C41", "C42") == ["accepted", "accepted", None]


@pytest.mark.parametrize("late", [False, True], ids=["at the screen", "at a question"])
def test_a_store_that_moved_shows_the_item_anew_and_stores_nothing(table: Desk, late: bool) -> None:
    def decide_elsewhere(_: subprocess.Popen[bytes]) -> str:
        assert table.tracker("proposal accept P2").status == 0
        return "y\n" if late else "a P1\n"

    asked: tuple[tuple[str, Answer], ...] = (("(1 of 7", decide_elsewhere),)
    if late:
        asked = (("(1 of 7", "a P1\n"), ("accepted as well", decide_elsewhere))
    seen = sit(
        table,
        *asked,
        ("somebody else stored @4 meanwhile; nothing was stored", "q\n"),
    )
    assert seen.status == 0
    last = "\n".join(rows(seen.screen)[-1])
    assert ("P1 · " in last, "stale" in last) == (True, True)
    assert entries(table) == [("proposal accept P2", "P2: changed 1; inserted 1a")]


def test_ctrl_c_keeps_what_was_decided_and_says_so(table: Desk) -> None:
    seen = sit(table, ("(1 of 7", "g\n"), ("stored as @4", ctrl_c))
    assert seen.status == 130
    assert "interrupted: what was decided is stored" in seen.screen
    assert "nothing was stored" not in seen.screen
    assert "@4  line 1 agreed" in seen.screen
    assert table.tracker("verify").status == 0


def test_hostile_words_are_shown_and_not_obeyed(table: Desk) -> None:
    words = ("comment", "add", "1", "--from", "\x1b[2Jwho", "--text", "a\x1b]0;b\x07[red]c")
    assert table.tracker(*words).status == 0
    shown = decide(table, "q").stdout
    assert "\x1b" not in shown
    assert r"a\x1b]0;b\x07[red]c" in shown


EDITED = "They should all be clear."


def editor(desk: Desk, script: str) -> str:
    path: Path = desk.folder / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_rival_is_amended_in_the_editor_and_stays_readable_as_proposed(table: Desk) -> None:
    proposed = read(table, "proposal show P1")[0]["changes"][0]["text"]
    program = editor(table, f"grep -q 'at home and abroad' \"$1\" && echo '{EDITED}' > \"$1\"")
    done = decide(table, "m P1", "n", "q", EDITOR=program)
    assert done.status in (0, 3), done.stderr
    assert entries(table) == [("decide --meeting L1: amend P1", "P1 amended: changed 1")]
    assert read(table, "text")[0]["text"] == EDITED
    found = read(table, "proposal show P1")[0]
    assert (found["state"], found["changes"][0]["text"]) == ("accepted", proposed)
    assert found["verdicts"][0]["text"] == EDITED


@pytest.mark.parametrize("script", ["exit 3", "true", ': > "$1"', 'rm "$1"', "kill -9 $$"])
def test_an_editor_that_gives_nothing_new_stores_nothing(table: Desk, script: str) -> None:
    before = table.store()
    done = decide(table, "m P1", "n", "q", EDITOR=editor(table, script))
    assert (done.status, "Traceback" in done.stderr) == (0, False)
    assert "nothing was decided" in done.stderr
    assert table.store() == before


def test_one_change_of_a_proposal_is_adopted_or_rejected(table: Desk) -> None:
    decide(table, "a P2.2", "n", "r P2.1", "", "q")
    assert entries(table) == [
        ("decide --meeting L1: adopt P2.2", "P2.2 adopted: inserted 1a"),
        ("decide --meeting L1: reject P2.1", "P2.1 rejected"),
    ]
    assert read(table, "proposal show P2")[0]["state"] == "partly_accepted"


def test_a_proposal_with_several_wordings_is_amended_one_by_one(table: Desk) -> None:
    done = decide(table, "m P2", "q", EDITOR=editor(table, "true"))
    assert "say which wording: P2.1, P2.2" in done.stderr
    decide(table, "m P2.2", "n", "q", EDITOR=editor(table, f"echo '{EDITED}' > \"$1\""))
    assert entries(table)[-1][1] == "P2.2 amended: inserted 1a"
    assert [line["text"] for line in read(table, "text")][1] == EDITED


def test_what_orphans_a_comment_ends_with_status_3(table: Desk) -> None:
    words = ("comment", "add", "2", "--from", "A", "--text", "Hm.", "--on", "indifferent")
    assert table.tracker(*words).status == 0
    assert table.tracker("propose 2 --from B --text 'They care for human rights.'").status in (0, 3)
    assert decide(table, "a P5", "q", options=("--line", "2")).status == 3


def test_the_page_shows_what_a_session_writes(desk: Desk) -> None:
    page = (ROOT / "docs" / "deciding.md").read_text(encoding="utf-8")
    blocks = [block["body"] for block in FENCE.finditer(page) if block["language"] == "console"]
    for block in blocks:
        command, _, rest = re.sub(r"\n> ", "\n", block).removeprefix("$ ").partition("\n")
        while command.endswith("|"):
            more, _, rest = rest.partition("\n")
            command += f"\n{more}"
        done = desk.shell(command)
        assert (done.status, rest) == (0, done.stdout or done.stderr)


def test_the_last_decision_of_the_session_is_undone(table: Desk) -> None:
    done = decide(table, "g", "c C40 noted", "u", "u", "u", "q")
    assert "nothing was decided in this session" in done.stderr
    assert [summary for _, summary in entries(table)] == [
        *("line 1 agreed", "C40 noted", "undone: @5, C40 noted", "undone: @4, line 1 agreed"),
    ]
    assert "nothing was decided" in done.stderr.splitlines()[-1]
    assert (dispositions(table, "C40"), read(table, "text")[0]["agreed"]) == ([None], None)
    assert table.tracker("verify").status == 0


@pytest.mark.parametrize(
    ("rule", "head"),
    [("label", "C40 · One participant"), ("side", "C46 · US"), ("none", "C40 · A participant")],
)
def test_the_rule_of_attribution_holds_on_the_projector(table: Desk, rule: str, head: str) -> None:
    with closing(sqlite3.connect(table.folder / "tracker.db")) as connection, connection:
        connection.execute("UPDATE document_version SET attribution = ?", (rule,))
    shown = decide(table, "n", "n", "q").stdout
    assert head in shown
    hidden = ("One participant", "One American participant", "Example drafted for this program")
    assert [name in shown for name in hidden] == [rule == "label"] * 3
    assert ("(US)" in shown) == (rule == "label")
