"""The pictures in the README and the docs, drawn from real runs on the example record.

python docs/pictures.py

The picture of the page is taken by Chromium, those of the Word file are as LibreOffice sets it, in
Word's own fonts or those of the same widths (Debian: fonts-crosextra-caladea).
"""

from __future__ import annotations

import io
import os
import re
import shutil
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
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# CSS pixels: the head of the page and its first passage; and pixels of the picture for each.
PAGE = (1120, 2000)
SCALE = 0.65
# Of a printed page: dots an inch, and how much of it is drawn, in inches.
DOTS = 75
HEIGHT = 9.6
FOLDER = Path(__file__).parent / "pictures"


def main() -> None:
    """Run each command and draw what it printed."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "tracker.db")
        run(["init", "--example"], database)
        for name, arguments in PICTURES.items():
            draw(name, "tracker " + " ".join(arguments), run(arguments, database))
        page = Path(folder) / "page.html"
        run(["export", "-o", str(page)], database)
        take(page, FOLDER / "page.png")
        text = Path(folder) / "word.docx"
        run(["export", "--with", "P1,P2,P3,P4", "-o", str(text)], database)
        print_pages(text, FOLDER / "word")


def print_pages(text: Path, pictures: Path) -> None:
    """Draw the pages of a Word file as LibreOffice sets them: ``word-1.png`` and so on."""
    for tool in ("soffice", "pdftoppm"):
        if shutil.which(tool) is None:
            sys.exit(f"the pictures of the Word file need LibreOffice and poppler: no {tool}")
    own = f"-env:UserInstallation={(text.parent / 'office').as_uri()}"
    command = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(text.parent)]
    subprocess.run([*command, str(text)], check=True, capture_output=True)
    drawn = ["pdftoppm", "-r", str(DOTS), "-H", str(int(HEIGHT * DOTS)), "-png"]
    subprocess.run([*drawn, str(text.with_suffix(".pdf")), str(pictures)], check=True)


def take(page: Path, picture: Path) -> None:
    """Take a picture of how a page begins."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit(f"the picture of the page needs Chromium: one of {', '.join(BROWSERS)}")
    width, height = PAGE
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    options += [f"--window-size={width},{height}", f"--force-device-scale-factor={SCALE}"]
    options += [f"--screenshot={picture}"]
    options += [f"--user-data-dir={page.parent / 'browser'}"]
    subprocess.run([browser, *options, page.as_uri()], check=True, capture_output=True)


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
