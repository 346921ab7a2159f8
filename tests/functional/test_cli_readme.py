"""The commands that the README shows are run as they stand there, in one folder, in their order."""

from __future__ import annotations

import re
from pathlib import Path

from tests.functional.command import ROOT, Desk

FENCE = re.compile(r"^```(?P<language>\S*)[^\n]*\n(?P<body>.*?)^```\s*$", re.MULTILINE | re.DOTALL)


def commands(readme: str) -> list[str]:
    """Every command: in ``console`` blocks what follows ``$ ``, ``sh`` blocks as a whole."""
    found = []
    for block in FENCE.finditer(readme):
        if block["language"] == "sh":
            found.append(block["body"].strip())
        elif block["language"] == "console":
            found += [
                re.sub(r"\n> ?", "\n", command)
                for command in re.findall(r"^\$ (.*(?:\n> .*)*)", block["body"], re.MULTILINE)
            ]
    return found


def test_every_command_of_the_readme_runs(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for command in commands((ROOT / "README.md").read_text(encoding="utf-8")):
        done = desk.shell(f"set -e\n{command}")
        assert done.status == 0, done


def test_commands_are_found_in_console_and_in_sh_blocks() -> None:
    readme = (
        "```console\n$ tracker a \\\n> --b\noutput $ x\n$ tracker c\n```\n"
        "```text\n$ not this\n```\n```sh\ntracker d\ntracker e\n```\n"
    )
    assert commands(readme) == ["tracker a \\\n--b", "tracker c", "tracker d\ntracker e"]


def test_every_console_block_of_the_readme_shows_a_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = [block["body"] for block in FENCE.finditer(text) if block["language"] == "console"]
    assert [body for body in blocks if not re.search(r"^\$ ", body, re.MULTILINE)] == []
