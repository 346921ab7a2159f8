"""The command line under test: run in this process for speed, or as a process of its own."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from tracker.cli.app import run

ROOT = Path(__file__).parents[2]
SNAPSHOTS = Path(__file__).parent / "snapshots"
SEED = ROOT / "data" / "seed.yaml"
ENVIRONMENT = {
    "COLUMNS": "80",
    "LINES": "25",
    "PYTHONPATH": str(ROOT),
    "PYTHONUTF8": "1",
    "TERM": "xterm-256color",
    "TRACKER_AUTHOR": "Secretary",
    "TRACKER_DEBUG": "",
    "TRACKER_NOW": "2022-09-30T08:15:00Z",
}
# What would change the output, were it set where the tests run.
_UNSET = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "VISUAL", "EDITOR", "PYTHONIOENCODING")


@dataclass(frozen=True)
class Result:
    """What a command wrote, and its exit status."""

    command: str
    stdout: str
    stderr: str
    status: int


@dataclass(frozen=True)
class Desk:
    """A folder to work in; the store is the file in it, unless ``database`` names another."""

    folder: Path
    database: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    def tracker(
        self, *words: str, stdin: bytes = b"", encoding: str = "utf-8", **environment: str
    ) -> Result:
        """Run a command in this process: one line of a shell, or words as they are."""
        words = tuple(shlex.split(words[0])) if len(words) == 1 else words
        named = ("--database", self.database) if self.database else ()
        streams = [_stream(encoding), _stream(encoding)]
        with (
            chdir(self.folder),
            mock.patch.dict(os.environ, self._environment(environment), clear=True),
            mock.patch("sys.stdout", streams[0]),
            mock.patch("sys.stderr", streams[1]),
            mock.patch("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")),
        ):
            status = run([*named, *words])
        written = [stream.buffer.getvalue().decode(encoding) for stream in streams]
        return Result(shlex.join(("tracker", *words)), written[0], written[1], status)

    def process(
        self, *words: str, program: tuple[str, ...] = ("-m", "tracker"), **environment: str
    ) -> Result:
        """Run a command as a process of its own; ``program`` is what Python runs."""
        done = subprocess.run(
            [sys.executable, *program, *words],
            cwd=self.folder,
            env=self._environment(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        return Result(shlex.join(("tracker", *words)), out, err, done.returncode)

    def shell(self, script: str, **environment: str) -> Result:
        """Run a line of a shell in which ``tracker`` is the command under test."""
        tools = self.folder / ".bin"
        tools.mkdir(exist_ok=True)
        shim = tools / "tracker"
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tracker "$@"\n', encoding="utf-8")
        shim.chmod(0o755)
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self._environment(environment) | {"PATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        return Result(script, out, err, done.returncode)

    def store(self) -> str:
        """Every row of every table, the head among them."""
        with closing(sqlite3.connect(self.database or self.folder / "tracker.db")) as connection:
            return "\n".join(connection.iterdump())

    def fresh(self, folder: Path) -> Desk:
        """The same store again, copied into another folder."""
        shutil.copyfile(self.folder / "tracker.db", folder / "tracker.db")
        return Desk(folder)

    def environment_of_processes(self) -> dict[str, str]:
        """The environment in which the commands run."""
        return self._environment({})

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in _UNSET and not name.startswith("TRACKER_")
        }
        return inherited | ENVIRONMENT | dict(self.environment) | dict(more)


def _stream(encoding: str) -> Any:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)


def masked(text: str, desk: Desk) -> str:
    """Return what was written without what differs from one run or version to the next."""
    text = text.replace(str(desk.folder), "FOLDER")
    text = re.sub(r"\b[0-9a-f]{64}\b", "DIGEST", text)
    return "\n".join(line.rstrip() for line in text.splitlines())


def transcript(result: Result, desk: Desk) -> str:
    """Return a command with all it wrote, as it stands in a snapshot."""
    parts = [f"$ {result.command}"]
    parts += [masked(result.stdout, desk)] if result.stdout else []
    parts += ["[stderr]", masked(result.stderr, desk)] if result.stderr else []
    return "\n".join([*parts, f"[exit {result.status}]", ""])


def check_snapshot(name: str, text: str) -> None:
    """Compare with ``snapshots/NAME.txt``; TRACKER_UPDATE_SNAPSHOTS=1 writes it instead."""
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("TRACKER_UPDATE_SNAPSHOTS") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"no snapshot {path.name}; TRACKER_UPDATE_SNAPSHOTS=1 makes it"
    assert text == path.read_text(encoding="utf-8")
