"""Every terminal, pipe and encoding: the output is readable or ends in silence."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from tests.functional.command import Desk

JAPANESE = "日米両国は、中国の人権侵害と民主主義の抑圧に無関心であってはならない。"


@pytest.fixture(scope="module")
def japanese(example_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = example_desk.fresh(tmp_path_factory.mktemp("japanese"))
    for words in (
        ("comment", "add", "2", "--from", "日本の学者", "--side", "日本", "--text", JAPANESE),
        ("propose", "2", "--from", "日本側", "--text", JAPANESE, "--rationale", "短くするため。"),
        ("meeting", "add", "W2", "--name", "第二回ワークショップ", "--place", "東京"),
        ("participant", "add", "voice-7", "--name", "日本の学者", "--note", "本人の発言による。"),
        ("proposal", "accept", "P5"),
        ("edition", "add", "二〇二二年九月", "--key", "second"),
    ):
        assert desk.tracker(*words).status in (0, 3)
    return desk


SHOWING = (
    "status",
    "flagged",
    "text",
    "show 2",
    "comment list",
    "comment show C48",
    "proposal list",
    "proposal show P5",
    "diff 2",
    "log",
    "meeting list",
    "meeting show W2",
    "participant list",
    "reference list",
    "edition list",
    "edition show second",
    "document list",
    "document show",
)


@pytest.mark.parametrize("columns", [20, 40, 80])
@pytest.mark.parametrize("command", SHOWING)
def test_no_line_is_wider_than_the_terminal(japanese: Desk, command: str, columns: int) -> None:
    shown = japanese.tracker(command, COLUMNS=str(columns))
    assert shown.status == 0
    assert [line for line in shown.stdout.splitlines() if cell_len(line) > columns] == []


@pytest.mark.parametrize("columns", [20, 40, 80])
@pytest.mark.parametrize("command", SHOWING)
def test_words_are_readable_on_a_narrow_terminal(
    japanese: Desk, command: str, columns: int
) -> None:
    """No column is so narrow that its words come down letter by letter."""
    shown = japanese.tracker(command, COLUMNS=str(columns)).stdout
    alone = re.findall(
        r"(?:^ *\S ?\n){4}", "\n".join(map(str.rstrip, shown.splitlines())), re.MULTILINE
    )
    assert alone == []


@pytest.mark.parametrize("columns", ["20", "40", "80"])
def test_japanese_is_whole_at_every_width(japanese: Desk, columns: str) -> None:
    for command in ("text", "flagged", "show 2", "comment show C48", "proposal show P5"):
        shown = japanese.tracker(command, COLUMNS=columns).stdout
        letters = "".join(c for c in shown if not c.isspace() and not c.isascii())
        for word in ("人権侵害", "民主主義"):
            assert all(letter in letters for letter in word)
    narrow = japanese.tracker("comment show C48", COLUMNS=columns).stdout
    assert JAPANESE in "".join(narrow.split())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp932", "shift_jis", "utf-8"])
@pytest.mark.parametrize("command", [*SHOWING, "show 日本"])
def test_no_encoding_of_the_terminal_stops_a_command(
    japanese: Desk, command: str, encoding: str
) -> None:
    shown = japanese.tracker(command, encoding=encoding)
    assert shown.status == (1 if command == "show 日本" else 0)
    assert "a fault in this program" not in shown.stderr


def test_what_an_encoding_lacks_is_written_out(japanese: Desk) -> None:
    for words in (("comment", "show", "C48"), ("show", "日本")):
        shown = japanese.process(*words, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert r"\u65e5\u672c" in shown.stdout + shown.stderr
        assert "Traceback" not in shown.stderr


def test_a_locale_without_utf_8_stops_no_command(japanese: Desk) -> None:
    shown = japanese.process("show", "2", LANG="C", LC_ALL="C", PYTHONUTF8="")
    assert (shown.status, "Traceback" in shown.stderr) == (0, False)
    words = ("comment", "add", "2", "--from", "学者", "--text", "はい。")
    stored = japanese.process(*words, LANG="C", LC_ALL="C", PYTHONUTF8="")
    assert stored.status == 0
    assert "はい。" in japanese.tracker("comment list --limit 0").stdout


def test_an_export_is_utf_8_whatever_the_terminal_is(japanese: Desk) -> None:
    shown = japanese.process("export", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert JAPANESE in shown.stdout


ESCAPE = "\x1b["


def test_a_pipe_gets_no_colours(desk: Desk) -> None:
    assert ESCAPE not in desk.process("show", "1").stdout


@pytest.mark.parametrize(
    "command", ["log", "flagged", "text", "proposal list", "show 1", "meeting list", "status"]
)
def test_rows_in_a_pipe_end_with_their_words(desk: Desk, command: str) -> None:
    shown = desk.process(*command.split())
    assert shown.status == 0
    assert [row for row in shown.stdout.splitlines() if row != row.rstrip()] == []


def test_force_color_gives_colours_to_a_pipe(desk: Desk) -> None:
    assert ESCAPE in desk.process("show", "1", FORCE_COLOR="1").stdout


def test_no_color_leaves_colours_out_and_marks_the_redline(desk: Desk) -> None:
    shown = desk.process("diff", "P1", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert re.search(ESCAPE.replace("[", r"\[") + r"[0-9;]*3[0-9]m", shown) is None
    assert "[-external -]" in shown


def test_a_dumb_terminal_gets_no_escapes(desk: Desk) -> None:
    shown = desk.process("diff", "P1", TERM="dumb").stdout
    assert ESCAPE not in shown
    assert "[-external -]" in shown


LONG = (
    "comment list --limit 0",
    "comment list --limit 0 --json",
    "export --format yaml",
    "--help",
)


@pytest.mark.parametrize("command", LONG)
def test_a_broken_pipe_ends_in_silence_with_0(desk: Desk, command: str) -> None:
    for reader in ("head -1", "true"):
        script = f"tracker {command} | {reader} > seen; echo ${{PIPESTATUS[0]}}"
        done = desk.shell(script)
        assert done.stdout == "0\n", done
        assert "Broken" not in done.stderr
        assert "Traceback" not in done.stderr
        assert "a fault" not in done.stderr


def test_a_command_that_writes_is_stored_though_nobody_reads_its_messages(desk: Desk) -> None:
    done = desk.shell(
        "tracker comment dispose C1 --outcome noted 2>&1 | true; echo ${PIPESTATUS[0]}"
    )
    assert done.stdout == "0\n"
    assert '"entry": 2' in desk.tracker("log --json").stdout


def test_a_merge_is_stored_though_nobody_reads_what_it_shows_before(desk: Desk) -> None:
    merge = "tracker proposal merge P1 P2 --from X --yes 2> said"
    done = desk.shell(f"{merge} | true; echo ${{PIPESTATUS[0]}}")
    assert done.stdout == "3\n"
    assert "P5.1 is in collision" in (desk.folder / "said").read_text()
    assert '"entry": 3' in desk.tracker("log --json").stdout


def test_an_import_is_stored_though_nobody_reads_what_it_shows_before(desk: Desk) -> None:
    notes = "# Meeting W2: Second Workshop\n\n## Line 1\n\n- One scholar: Something.\n"
    (desk.folder / "w2.md").write_text(notes, encoding="utf-8")
    done = desk.shell("tracker import w2.md --yes 2>&1 | true; echo ${PIPESTATUS[0]}")
    assert done.stdout == "0\n"
    assert '"entry": 3' in desk.tracker("log --json").stdout


@pytest.mark.parametrize("command", ["flagged", "export", "verify", "--help", "log --json"])
def test_a_closed_stdout_stops_no_command(desk: Desk, command: str) -> None:
    done = desk.shell(f"tracker {command} >&-")
    assert (done.status, "a fault" in done.stderr, "Traceback" in done.stderr) == (0, False, False)
    assert desk.tracker("verify").status == 0


def test_a_closed_stderr_or_stdin_stops_no_command(desk: Desk) -> None:
    assert desk.shell("tracker text 2>&-").status == 0
    assert desk.shell("tracker show 9 2>&-").status == 1
    assert desk.shell("tracker proposal accept P1 <&-").status == 0
    refused = desk.shell("tracker propose 2 --from A --text - <&-")
    assert (refused.status, "the wording is empty" in refused.stderr) == (1, True)
    assert desk.tracker("verify").status == 0


def test_a_full_disk_is_told(desk: Desk) -> None:
    for command in ("flagged", "export"):
        done = desk.shell(f"tracker {command} > /dev/full")
        assert done.status == 1
        assert "cannot be written: No space left" in done.stderr
        assert "Traceback" not in done.stderr
