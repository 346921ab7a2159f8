"""The tour in ``docs/tour.md`` is played as it stands there, and shows what its commands write.

A fence that names a file (``markdown w2.md``) is that file. In a ``console`` fence what follows
``$ `` is a command, with the rows after a ``\\`` or a ``|``; beneath it stands what it writes. What
is piped writes nothing to stderr: it might come before or after.
``<!-- clock: DATE -->`` sets the clock. TRACKER_UPDATE_SNAPSHOTS=1 writes the page anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.functional.command import ROOT, Desk, masked

PAGE = ROOT / "docs" / "tour.md"
PART = re.compile(
    r"^<!-- clock: (?P<day>\S+) -->$"
    r"|^```(?P<language>\S+)(?: (?P<file>\S+))?\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
COMMAND = re.compile(r"^\$ .*(?:(?<=[\\|])\n> .*)*", re.MULTILINE)


def script(command: str) -> str:
    """Return what is typed: a command of the page without its prompts."""
    return re.sub(r"\n> ", "\n", command.removeprefix("$ "))


def shown(command: str, desk: Desk, day: str) -> str:
    """Run a command; return it with what it writes, as it stands in the page."""
    done = desk.shell(
        f"exec 2>&1\n{script(command)}", TRACKER_NOW=f"{day}T09:00:00Z", PYTHONUNBUFFERED="1"
    )
    assert done.status == 0, done
    written = masked(done.stdout, desk)
    return f"{command}\n{written}" if written else command


def played(page: str, desk: Desk) -> str:
    """Play the page: write its files, run its commands; return it as it ought to be."""
    parts, end, day = [], 0, ""
    for part in PART.finditer(page):
        parts.append(page[end : part.start()])
        end, text = part.end(), part.group()
        if part["day"]:
            day = part["day"]
        elif part["file"]:
            (desk.folder / part["file"]).write_text(part["body"], encoding="utf-8")
        elif part["language"] == "console":
            rows = [shown(command, desk, day) for command in COMMAND.findall(part["body"])]
            text = "\n".join(["```console", *rows, "```"])
        parts.append(text)
    return "".join([*parts, page[end:]])


def test_the_tour_shows_what_its_commands_write(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    now = played(page, Desk(tmp_path))
    if os.environ.get("TRACKER_UPDATE_SNAPSHOTS") == "1":
        PAGE.write_text(now, encoding="utf-8")
        page = now
    assert page == now


def test_commands_may_go_on_and_what_they_write_may_look_like_it() -> None:
    body = "$ tracker a \\\n>   --b |\n> head\n> output\n$ tracker c\n$ tracker d\noutput $ x\n"
    assert COMMAND.findall(body) == [
        "$ tracker a \\\n>   --b |\n> head",
        "$ tracker c",
        "$ tracker d",
    ]
    assert script("$ tracker a \\\n>   --b") == "tracker a \\\n  --b"
