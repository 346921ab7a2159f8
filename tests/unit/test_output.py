"""Files that commands make: whole or not there, and never in the place of another unasked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from tracker.cli.output import write
from tracker.errors import BadInput, Refused

resource = pytest.importorskip("resource")


@contextmanager
def little_room() -> Iterator[None]:
    """Files get no longer than 1,000 bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_cannot_be_written_whole_is_not_there(tmp_path: Path) -> None:
    with little_room(), pytest.raises(BadInput, match="cannot be written"):
        write(b"x" * 5000, tmp_path / "out.docx", force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_stays_as_it_is_where_a_new_one_cannot_be_written_whole(tmp_path: Path) -> None:
    file = tmp_path / "out.docx"
    file.write_bytes(b"old")
    with little_room(), pytest.raises(BadInput, match="cannot be written"):
        write(b"x" * 5000, file, force=True)
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"old", [file])


def test_a_file_that_is_there_stays_unless_told_otherwise(tmp_path: Path) -> None:
    file = tmp_path / f"{'長' * 84}.md"
    write(b"one", file, force=False)
    with pytest.raises(Refused, match="is there already"):
        write(b"two", file, force=False)
    assert file.read_bytes() == b"one"
    write(b"two", file, force=True)
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"two", [file])


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write(b"one", pipe, force=True)
    reader.join(10)
    assert (read, pipe.is_fifo()) == ([b"one"], True)
