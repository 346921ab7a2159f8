"""Dump and load: a store goes to another database and is the same there; or nothing is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.command import Desk


@pytest.fixture
def dump(desk: Desk) -> Path:
    written = desk.tracker("db dump -o store.jsonl")
    assert (written.status, written.stdout) == (0, "")
    assert written.stderr.splitlines()[0] == "wrote store.jsonl"
    return desk.folder / "store.jsonl"


def test_a_store_is_filled_from_a_dump_and_is_the_same(
    desk: Desk, dump: Path, tmp_path: Path
) -> None:
    other = Desk(desk.folder, str(tmp_path / "other.db"))
    loaded = other.tracker("db load store.jsonl")
    assert loaded.status == 0
    assert loaded.stderr.splitlines()[0].startswith("loaded ")
    for command in ("export --format yaml", "log --json", "verify"):
        assert other.tracker(command).stdout == desk.tracker(command).stdout
    assert other.tracker("db dump").stdout.encode() == dump.read_bytes()


def test_a_dump_is_read_from_standard_input_into_a_store_that_was_made_empty(
    desk: Desk, dump: Path, tmp_path: Path
) -> None:
    other = Desk(desk.folder, str(tmp_path / "other.db"))
    assert other.tracker("init").status == 0
    assert other.tracker("db load -", stdin=dump.read_bytes()).status == 0
    assert other.tracker("db dump").stdout.encode() == dump.read_bytes()


def test_the_head_that_an_export_says_is_found_again(desk: Desk) -> None:
    noted = desk.tracker("export").stderr.strip().removeprefix("head: ")
    assert desk.tracker("comment dispose C1 --outcome noted").status == 0
    found = desk.tracker("verify", "--head", noted)
    assert found.status == 0
    assert found.stdout.splitlines()[1] == "the digest noted is that of @2, and 1 came after it"


def test_a_dump_does_not_overwrite(desk: Desk, dump: Path) -> None:
    before = dump.read_bytes()
    assert desk.tracker("comment dispose C1 --outcome noted").status == 0
    again = desk.tracker("db dump -o store.jsonl")
    assert (again.status, dump.read_bytes()) == (1, before)
    assert desk.tracker("db dump -o store.jsonl --force").status == 0
    assert dump.read_bytes() != before
    assert desk.tracker("db dump -o no/such/folder.jsonl").status == 1


def test_what_cannot_be_loaded_leaves_no_store(desk: Desk, dump: Path, tmp_path: Path) -> None:
    whole = dump.read_bytes()
    for content in (b"", b"a text", whole[: len(whole) // 2], whole + b"{}"):
        dump.write_bytes(content)
        other = Desk(desk.folder, str(tmp_path / "other.db"))
        refused = other.tracker("db load store.jsonl")
        assert (refused.status, refused.stdout) == (1, "")
        assert "Traceback" not in refused.stderr
        assert list(tmp_path.glob("*other*")) == []
    assert desk.tracker("db load no-such-file").status == 1
    assert desk.tracker("db load store.jsonl").status == 1


def test_a_load_that_is_killed_leaves_no_store(desk: Desk, dump: Path, tmp_path: Path) -> None:
    place = tmp_path / "other.db"
    loading = subprocess.Popen(
        [sys.executable, "-m", "tracker", "--database", str(place), "db", "load", "-"],
        cwd=desk.folder,
        env=desk.environment_of_processes(),
        stdin=subprocess.PIPE,
    )
    assert loading.stdin is not None
    with loading:
        lines = dump.read_bytes().splitlines(keepends=True)
        loading.stdin.write(b"".join(lines[: len(lines) // 2]))
        loading.stdin.flush()
        loading.kill()
    assert not place.exists()
    assert Desk(desk.folder, str(place)).tracker("db load store.jsonl").status == 0
