"""Bad input: one message that says what to do, the right status, and a store as it was before."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests.functional.command import SEED, Desk, Result


def check_refused(result: Result, status: int, *said: str) -> None:
    """It was refused in a message and a hint, and nothing else was written."""
    assert result.status == status, result
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0].startswith("tracker: "), result.stderr
    assert lines[-1].startswith("  "), result.stderr
    assert result.stderr.count("tracker: ") - result.stderr.count(": tracker: ") >= 1
    assert "Traceback" not in result.stderr
    assert "a fault in this program" not in result.stderr
    for words in said:
        assert words in result.stderr


@pytest.fixture(scope="module")
def decided_desk(example_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """P2 accepted, so that P1 is stale; P3 withdrawn; line 3 deleted by P5."""
    desk = example_desk.fresh(tmp_path_factory.mktemp("decided"))
    for command, status in (
        ("propose 3 --from A --delete", 3),
        ("proposal accept P2", 0),
        ("proposal withdraw P3", 0),
        ("proposal accept P5", 3),
    ):
        assert desk.tracker(command).status == status
    return desk


@pytest.fixture
def decided(decided_desk: Desk, tmp_path: Path) -> Desk:
    return decided_desk.fresh(tmp_path)


NOT_FOUND = {
    "show 9": ("no line '9'", "tracker text"),
    "show nonsense": ("no line 'nonsense'",),
    "log 9": ("no line '9'",),
    "diff 9": ("no line '9'",),
    "propose 9 --from A --text b": ("no line '9'",),
    "propose --insert-after 9 --from A --text b": ("no line '9'",),
    "comment add 9 --from A --text b": ("no line '9'",),
    "comment add 1,9 --from A --text b": ("no line '9'",),
    "comment list --line 9": ("no line '9'",),
    "comment suggest C99": ("no comment C99",),
    "comment suggest C1 --link 9": ("no line '9'",),
    "flagged --meeting W9": ("no meeting 'W9'",),
    "comment list --meeting W9": ("no meeting 'W9'", "W1"),
    "comment show C99": ("no comment C99", "the last one is C47"),
    "comment show P1": ("'P1' is no comment", "tracker comment list"),
    "comment show C0": ("'C0' is no comment",),
    "comment show C99999999999999999999": ("is no comment",),
    "comment reply C99 --from A --text b": ("no comment C99", "the last one is C47"),
    "comment reply nonsense --from A --text b": ("'nonsense' is no comment",),
    "comment dispose C99 --outcome noted": ("no comment C99", "the last one is C47"),
    "comment dispose C1 C99 --outcome noted": ("no comment C99",),
    "comment add --from A --text b --meeting W9": ("no meeting 'W9'",),
    "comment add --from A --text b --participant nobody": ("no participant 'nobody'",),
    "comment add --from A --text b --meeting W1 --topic Weather": ("'Weather'",),
    "proposal show P9": ("no proposal P9",),
    "proposal accept P9": ("no proposal P9",),
    "proposal reject nonsense": ("'nonsense' is no proposal", "tracker proposal list"),
    "propose 1 --from A --text b --answers C99": ("no comment C99",),
    "propose 1 --add-to P9 --text b": ("no proposal P9",),
    "diff P9": ("no proposal P9",),
    "diff P1 P9": ("no proposal P9",),
    "export --with P9": ("no proposal P9",),
    "export --redline nowhere": ("no state 'nowhere'", "july-2021"),
    "text --at nowhere": ("no state 'nowhere'", "july-2021"),
    "text --at @99": ("no entry @99", "the last one is @6"),
    "text --at @0": ("no entry @0",),
    "text --at @99999999999999999999": ("there is no state",),
    "text --at 1:9": ("no version 1:9", "tracker show 1"),
    "text --at 1:99999999999999999999": ("no state",),
    "diff nowhere..@1": ("no state 'nowhere'",),
    "diff @1..@99": ("no entry @99",),
    "edition show nowhere": ("no edition 'nowhere'", "july-2021"),
    "meeting show W9": ("no meeting 'W9'", "W1"),
    "document show nowhere": ("no document 'nowhere'", "urgent-recommendations"),
    "--document nowhere flagged": ("no document 'nowhere'", "urgent-recommendations"),
    "import nowhere.yaml --yes": ("there is no file nowhere.yaml",),
    "--database nowhere.db flagged": ("no store at", "tracker init"),
    "--database mysql://host/name flagged": ("'mysql'", "postgresql://"),
    "--database :// flagged": ("cannot be read",),
}
NOT_FOUND |= {"comment add --from A --text b --topic Xinjiang": ("belongs to a meeting",)}


@pytest.mark.parametrize("command", NOT_FOUND)
def test_what_is_not_there_is_named_with_what_is(decided: Desk, command: str) -> None:
    before = decided.store()
    check_refused(decided.tracker(command), 1, *NOT_FOUND[command])
    assert decided.store() == before


REFUSED = {
    "comment suggest C40": ("C40 is on line 1 already", "comment show C40"),
    "comment suggest C1 --link 3": ("line 3 was deleted", "a line that stands"),
    "proposal accept P2": ("P2 is accepted already, since @4", "tracker proposal show P2"),
    "proposal accept P3": ("P3 is withdrawn already, since @5",),
    "proposal reject P2": ("P2 is accepted already",),
    "proposal withdraw P3": ("P3 is withdrawn already",),
    "proposal accept P1": (
        "P1.1 starts from a wording of line 1 that is no longer current",
        "the line now says: However",
        "share and should give support",
        "tracker proposal update P1",
    ),
    "proposal accept P4": ("line 3, which was deleted at @6",),
    "export --with P1": ("no longer current",),
    "export --with P2": ("accepted already",),
    "propose 3 --from A --text b": ("line 3 was deleted at @6",),
    "propose 3 --from A --delete": ("line 3 was deleted at @6",),
    "propose 1 --add-to P2 --text b": ("P2 is accepted",),
    "diff 2": ("only one version",),
    "diff P3 P4": ("no line in common",),
    "comment dispose C1 --outcome rejected": ("'rejected' needs a reason", "--reason"),
    "comment dispose C1 --outcome perhaps": ("'perhaps' is no disposition", "accepted, "),
    "comment dispose C1 --outcome noted --on-date 2022-02-30": ("'2022-02-30' is no date",),
    "comment dispose C1 --outcome noted --mode shouting": ("'shouting' is no mode",),
    "proposal reject P4 --mode shouting": ("'shouting' is no mode", "consensus"),
    "comment add 1 --from A --text b --kind poem": ("'poem'", "objection, support"),
    "comment add 1 --from A --text b --type poem": ("'poem'", "general"),
    "comment reply C40 --from A --text b --relation hates": ("'hates'", "counters"),
    "comment add 2 --from A --text b --on 'human right abuse in China'": (
        "does not hold the words",
        "the nearest passage is: ",
    ),
    "comment add 2 --from A --text b --on rights --occurrence 2": ("1 time", "from 1 to 1"),
    "comment add 2 --from A --text b --on ' '": ("the flagged words are empty",),
    "comment add 1,2 --from A --text b --on Japan": ("in one line",),
    "comment add 1 --from ' ' --text b": ("empty",),
    "comment add 1 --from A --text ' '": ("empty",),
    "propose 1 --from A --text ''": ("the wording is empty",),
    "propose 1 --from '' --text b": ("empty",),
    "edition add 12": ("'12' cannot be a name", "july-2021"),
    "edition add X --key C4": ("'C4' cannot be a name",),
    "edition add X --key P3.1": ("cannot be a name",),
    "edition add X --key @3": ("cannot be a name",),
    "edition add X --key 12a": ("cannot be a name",),
    "edition add X --key 'a b'": ("cannot be a name",),
    "edition add 'July 2021'": ("july-2021 already",),
    "edition add X --date 2022-13": ("'2022-13' is no date",),
    "edition add X --date yesterday": ("'yesterday' is no date",),
    "edition add X --status perfect": ("'perfect'", "adopted"),
    "meeting add W1 --name Again": ("W1 already",),
    "meeting add 12 --name X": ("'12' cannot be a name",),
    "meeting add C1 --name X": ("'C1' cannot be a name",),
    "meeting add W9 --name X --date 30.9.2022": ("'30.9.2022' is no date",),
    "meeting add W9 --name ''": ("empty",),
    "meeting add W9 --name X --series S9": ("'S9'",),
    "participant add voice-1 --name X": ("voice-1 already",),
    "participant add P1 --name X": ("cannot be a name",),
    "reference add R1 --title X": ("R1 already",),
    "reference add 1a --title X": ("cannot be a name",),
    "document set --title ' '": ("empty",),
    "init": ("is there already", "--database"),
    "db backup tracker.db": ("is there already",),
    "db backup nowhere/copy.db": ("nowhere/copy.db cannot be",),
    "export -o nowhere/draft.md": ("nowhere/draft.md cannot be written: No such file",),
    "export -o folder.md": ("is there already", "--force"),
    "export -o folder.md --force": ("folder.md cannot be written: Is a directory",),
    "import nowhere --yes": ("there is no file nowhere",),
    "import folder.md --yes": ("folder.md is a folder",),
    "import draft.odt --yes": ("draft.odt is no OpenDocument text", "save it as .odt"),
    "import draft.rtf --yes": ("'.rtf'", "--as draft, record"),
    "import empty.yaml --yes": ("empty.yaml",),
    "import broken.yaml --yes": ("broken.yaml",),
    "import binary.yaml --yes": ("binary.yaml",),
    "import seed.yaml --yes": ("urgent-recommendations is in the store already",),
    "--database foreign.db flagged": ("some other program", "--database"),
    "--database foreign.db propose 1 --from A --text b": ("some other program",),
    "--database foreign.db db upgrade": ("some other program",),
    "--database foreign.db init": ("is there already",),
    "--database binary.yaml flagged": ("is not a database",),
    "--database folder.md flagged": ("no store at",),
    "--database postgresql://127.0.0.1:1/x flagged": ("cannot be opened",),
    "comment dispose C1 --outcome noted --author ''": ("no name of an author", "--author"),
    "--author ' ' comment dispose C1 --outcome noted": ("no name of an author", "--author"),
}


@pytest.fixture
def cluttered(decided: Desk) -> Desk:
    """The decided desk with files on it that are no use."""
    folder = decided.folder
    (folder / "folder.md").mkdir()
    for name in ("draft.odt", "draft.rtf"):
        (folder / name).write_text("words", encoding="utf-8")
    (folder / "draft.yaml").write_text("words", encoding="utf-8")
    (folder / "empty.yaml").write_text("", encoding="utf-8")
    (folder / "broken.yaml").write_text("a: [1\nb: }", encoding="utf-8")
    (folder / "binary.yaml").write_bytes(b"\xff\xfe\x00\x01" * 300)
    (folder / "seed.yaml").write_bytes(SEED.read_bytes())
    with closing(sqlite3.connect(folder / "foreign.db")) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    return decided


@pytest.mark.parametrize("command", REFUSED)
def test_what_breaks_a_rule_is_refused_with_status_1(cluttered: Desk, command: str) -> None:
    before, files = cluttered.store(), listing(cluttered.folder)
    check_refused(cluttered.tracker(command), 1, *REFUSED[command])
    assert cluttered.store() == before
    assert listing(cluttered.folder) == files


def listing(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}


USAGE = {
    "import draft.yaml --as poem --yes": ("'poem'", "draft, record"),
    "nonsense": ("No such command 'nonsense'", "tracker --help"),
    "flagge": ("Did you mean 'flagged'",),
    "comment nonsense": ("nonsense", "tracker comment --help"),
    "flagged --nonsense": ("--nonsense", "tracker flagged --help"),
    "flagged --limit -1": ("--limit", "tracker flagged --help"),
    "flagged --limit many": ("--limit",),
    "show": ("line", "tracker show --help"),
    "comment dispose --outcome noted": ("comments", "tracker comment dispose --help"),
    "comment dispose C1": ("--outcome",),
    "text more": ("more", "tracker text --help"),
    "import": ("file", "tracker import --help"),
    "import seed.yaml": ("--yes",),
    "comment add 1 --text b": ("--from is missing",),
    "comment add 1 --from A": ("--text is missing", "@file"),
    "comment add 1 --from A --text b --occurrence 2": ("--occurrence needs --on",),
    "comment add 1 --from A --text b --on they --occurrence 0": ("--occurrence",),
    "comment add 1 --from A --text b --on they": ("2 times", "1: ", "2: ", "--occurrence N"),
    "propose": ("one place is needed", "--insert-after"),
    "propose 1 --insert-after 2 --from A --text b": ("one place is needed",),
    "propose 1 --text b": ("--from is missing",),
    "propose 1 --from A": ("--text is missing",),
    "propose 1 --from A --delete --text b": ("a deletion has no wording",),
    "propose --insert-after 1 --from A --delete": ("a change is of one kind", "--add-to"),
    "propose 1 --from A --move-after 2 --text b": ("a move has no wording",),
    "propose 1,2 --from A --text b": ("'1,2' names 2 lines", "--merge"),
    "propose 1 --from A --text b --text c": ("--text is given twice", "--split"),
    "proposal merge P1 P2": ("Missing option '--from'", "tracker proposal merge --help"),
    "proposal merge P1 --from A": ("two proposals or more",),
    "proposal resolve P1.1 --take P1 --text b": ("two answers",),
    "export --brackets --redline @1": ("mark the text twice",),
    "export --brackets --format yaml": ("yaml has no use for --brackets", "markdown, text"),
    "propose 1 --add-to P4 --from A --text b": ("P4 has its proposer", "--from"),
    "flagged --kind objections": ("'objections' is no kind", "observation"),
    "search": ("words", "tracker search --help"),
    "search ''": ("'' has no word",),
    "search '!?' --in lines": ("no word to look for", "a character of Japanese"),
    "search words --in footnotes": ("'footnotes' cannot be searched", "lines, proposals, comments"),
    "diff": ("what", "tracker diff --help"),
    "diff a b c": ("cannot be compared", "A..B"),
    "document set": ("nothing to set", "--title"),
    "edition add 日本": ("'日本' makes no key", "--key"),
    "export --format papyrus": ("'papyrus' is no format", "markdown, text, criticmarkup"),
    "export -o draft.papyrus": ("'draft.papyrus' is no format", "markdown"),
    "export --format yaml --with P4": ("yaml has no use for --with", "markdown, text"),
    "export --format json --redline @1": ("json has no use for --redline", "markdown, text"),
}


@pytest.mark.parametrize("command", USAGE)
def test_words_that_do_not_fit_together_are_usage_errors(desk: Desk, command: str) -> None:
    text = SEED.read_text(encoding="utf-8")
    other = text.replace("key: urgent-recommendations", "key: second")
    (desk.folder / "seed.yaml").write_text(other, encoding="utf-8")
    before = desk.store()
    result = desk.tracker(command)
    if command == "import seed.yaml":
        # What it would store is shown before it is asked about.
        result = Result(result.command, result.stdout, _from_message(result.stderr), result.status)
    check_refused(result, 2, *USAGE[command])
    assert desk.store() == before


def _from_message(stderr: str) -> str:
    return stderr[stderr.index("tracker: ") :]


def test_a_store_with_two_documents_asks_which(desk: Desk) -> None:
    text = SEED.read_text(encoding="utf-8")
    other = text.replace("key: urgent-recommendations", "key: second")
    (desk.folder / "second.yaml").write_text(other, encoding="utf-8")
    assert desk.tracker("import second.yaml --yes").status == 0
    before = desk.store()
    for command in ("flagged", "show 1", "propose 1 --from A --text b", "status", "export"):
        check_refused(desk.tracker(command), 2, "urgent-recommendations, second", "--document KEY")
    assert desk.store() == before
    assert desk.tracker("flagged --document second").status == 0
    assert desk.tracker("flagged", TRACKER_DOCUMENT="second").status == 0


def test_a_text_that_no_store_can_keep_is_refused(desk: Desk) -> None:
    before = desk.store()
    texts = {
        "a\0b": "NUL character at position 2",
        "half \udced a character": "half a character (U+DCED) at position 6",
        "a" * 100_001: "100,001 characters; 100,000 is the limit",
    }
    for text, said in texts.items():
        for command in (
            ("comment", "add", "1", "--from", "A", "--text", text),
            ("comment", "add", "1", "--from", text, "--text", "b"),
            ("comment", "reply", "C40", "--from", "A", "--text", text),
            ("comment", "add", "1", "--from", "A", "--text", "b", "--note", text),
            ("comment", "add", "1", "--from", "A", "--text", "b", "--side", text),
            ("comment", "dispose", "C1", "--outcome", "noted", "--reason", text),
            ("propose", "1", "--from", "A", "--text", text),
            ("propose", "1", "--from", text, "--text", "b"),
            ("propose", "1", "--from", "A", "--text", "b", "--rationale", text),
            ("proposal", "accept", "P1", "--reason", text),
            ("proposal", "reject", "P1", "--by", text),
            ("meeting", "add", "W9", "--name", text),
            ("meeting", "add", "W9", "--name", "b", "--topic", text),
            ("participant", "add", "voice-9", "--name", text),
            ("reference", "add", "R99", "--title", text),
            ("edition", "add", text, "--key", "x"),
            ("document", "set", "--title", text),
        ):
            check_refused(desk.tracker(*command), 1, said)
    assert desk.store() == before


def test_a_name_that_is_too_odd_to_find_anything_is_only_not_found(desk: Desk) -> None:
    for odd in ("a\0b", "half \udced", "\x1b[31m", "x" * 100_001):
        for command in (
            ("show", odd),
            ("comment", "show", odd),
            ("proposal", "accept", odd),
            ("text", "--at", odd),
            ("edition", "show", odd),
            ("meeting", "show", odd),
            ("--document", odd, "flagged"),
            ("comment", "add", "1", "--from", "A", "--text", "b", "--on", odd),
        ):
            check_refused(desk.tracker(*command), 1)


def test_a_file_that_is_not_utf_8_is_refused_at_its_byte(desk: Desk) -> None:
    (desk.folder / "bad.txt").write_bytes(b"words \xff")
    (desk.folder / "nul.txt").write_bytes(b"wo\0rds")
    before = desk.store()
    propose = "propose 1 --from A --text"
    check_refused(desk.tracker(f"{propose} @bad.txt"), 1, "bad.txt is not UTF-8 at byte 7")
    check_refused(desk.tracker(f"{propose} @nul.txt"), 1, "NUL character at position 3")
    check_refused(desk.tracker(f"{propose} @none.txt"), 1, "none.txt cannot be read: No such file")
    check_refused(desk.tracker(f"{propose} @."), 1, ". cannot be read: Is a directory")
    odd = desk.tracker(f"{propose} -", stdin=b"\xff")
    check_refused(odd, 1, "standard input is not UTF-8 at byte 1")
    check_refused(desk.tracker(f"{propose} -"), 1, "the wording is empty")
    assert desk.store() == before


def test_bytes_of_the_command_line_that_are_no_utf_8_are_refused(desk: Desk) -> None:
    before = desk.store()
    result = desk.shell("tracker propose 1 --from A --text $'a\\xff'")
    check_refused(result, 1, "half a character (U+DCFF) at position 2", "in UTF-8")
    assert desk.store() == before


def test_an_author_is_a_printable_name(desk: Desk) -> None:
    before = desk.store()
    for name in ("a\nb", "\x1b[31mred", "\u202eevil", " ", "a" * 201):
        refused = desk.tracker("--author", name, "comment", "dispose", "C1", "--outcome", "noted")
        check_refused(refused, 1, "no name of an author", "--author")
        refused = desk.tracker("comment dispose C1 --outcome noted", TRACKER_AUTHOR=name)
        check_refused(refused, 1, "no name of an author", "--author")
    assert desk.store() == before


def test_a_fixed_time_must_be_a_time(desk: Desk) -> None:
    for time in ("yesterday", "2022-09-30T08:15:00"):
        refused = desk.tracker("comment dispose C1 --outcome noted", TRACKER_NOW=time)
        check_refused(refused, 1, f"TRACKER_NOW is {time!r}", "2022-09-30T08:15:00Z")


@pytest.fixture
def impatient() -> Iterator[None]:
    """Nobody waits for a lock."""

    def hurry(connection: Any) -> None:
        if connection.dialect.name == "sqlite":
            connection.connection.dbapi_connection.execute("PRAGMA busy_timeout = 20")

    event.listen(Engine, "engine_connect", hurry)
    yield
    event.remove(Engine, "engine_connect", hurry)


@pytest.mark.usefixtures("impatient")
def test_a_store_that_another_command_writes_can_be_read_and_says_so(desk: Desk) -> None:
    before = desk.store()
    with closing(sqlite3.connect(desk.folder / "tracker.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert desk.tracker("flagged").status == 0
        refused = desk.tracker("comment dispose C1 --outcome noted")
        check_refused(refused, 1, "being written by another command", "try again")
        other.rollback()
    assert desk.store() == before


def test_a_message_names_no_password(desk: Desk) -> None:
    refused = desk.tracker("--database postgresql://me:secret@127.0.0.1:1/x flagged")
    check_refused(refused, 1, "postgresql://me:***@127.0.0.1:1/x")
    assert "secret" not in refused.stderr


def test_a_collision_is_stored_and_ends_with_status_3(desk: Desk) -> None:
    done = desk.tracker("propose 1 --from A --text 'However, they compete.'")
    assert (done.status, done.stdout) == (3, "")
    assert "stored as @3: P5.1" in done.stderr
    assert "collides with P1, P2" in done.stderr


def test_an_orphan_is_stored_and_ends_with_status_3(desk: Desk) -> None:
    assert desk.tracker("comment add 2 --from A --text b --on indifferent").status == 0
    assert desk.tracker("propose 2 --from A --text 'They care.'").status == 3
    done = desk.tracker("proposal accept P5")
    assert (done.status, done.stdout) == (3, "")
    assert "C48" in done.stderr


def test_two_commands_at_once_are_both_stored(desk: Desk) -> None:
    results: list[Result] = []
    threads = [
        threading.Thread(
            target=lambda text=text: results.append(
                desk.process("comment", "add", "1", "--from", "A", "--text", text)
            )
        )
        for text in ("one", "two", "three")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [result.status for result in results] == [0, 0, 0]
    assert desk.tracker("verify").status == 0
    assert desk.tracker("log --limit 1 --json").stdout.count('"entry": 5') == 1


def test_overwriting_keeps_a_link_and_who_may_read(desk: Desk) -> None:
    kept = desk.folder / "kept.md"
    kept.write_text("old")
    kept.chmod(0o600)
    (desk.folder / "link.md").symlink_to("kept.md")
    assert desk.tracker("export -o link.md --force").status == 0
    assert (desk.folder / "link.md").is_symlink()
    assert kept.read_text() == desk.tracker("export").stdout
    assert kept.stat().st_mode & 0o777 == 0o600


def test_overwriting_writes_into_a_pipe_and_puts_no_file_in_its_place(desk: Desk) -> None:
    pipe = desk.folder / "pipe.md"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert desk.tracker("export -o pipe.md --force").status == 0
        assert os.read(reading, 20)
    finally:
        os.close(reading)
    assert pipe.is_fifo()
