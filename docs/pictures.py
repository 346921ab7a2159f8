"""The pictures in the README, drawn from real runs on the example record.

python docs/pictures.py
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

WIDTH = 96
PICTURES = {
    "flagged": ["flagged"],
    "show": ["show", "1"],
    "diff": ["diff", "P1", "P2"],
}
FOLDER = Path(__file__).parent / "pictures"


def main() -> None:
    """Run each command and draw what it printed."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "tracker.db")
        run(["init", "--example"], database)
        for name, arguments in PICTURES.items():
            draw(name, "tracker " + " ".join(arguments), run(arguments, database))


def run(arguments: list[str], database: str) -> str:
    """Return what a command prints on a terminal that shows colours."""
    environment = {
        **os.environ,
        "TRACKER_DATABASE": database,
        "COLUMNS": str(WIDTH),
        "FORCE_COLOR": "1",
        "TERM": "xterm-256color",
    }
    command = [sys.executable, "-m", "tracker", *arguments]
    return subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout


def draw(name: str, title: str, printed: str) -> None:
    """Write the picture of what a command printed; it fetches no font."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(printed))
    form = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    svg = console.export_svg(title=title, code_format=form, unique_id=name)
    (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
