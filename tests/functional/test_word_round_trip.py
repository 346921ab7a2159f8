"""Real Word files, through the store and out again: an independent reader finds what it found.

The files lie beside the project, in ``shared/data/docx``; pandoc reads them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.word import ours, theirs, tracks_rows
from tests.functional.command import ROOT, Desk
from tests.tools import package
from tracker.exchange.marked import Remark
from tracker.formats.docx.read import read

FOLDER = ROOT.parent / "shared" / "data" / "docx"
FILES = sorted(FOLDER.glob("*.docx"))

pytestmark = pytest.mark.skipif(not FILES, reason=f"the Word files are not in {FOLDER}")


def threads(remarks: tuple[Remark, ...]) -> list[tuple[str, str | None, bool]]:
    """What each comment says, what it replies to, and whether it is resolved."""
    said = {remark.id: remark.text for remark in remarks}
    told = [(each.text, said.get(each.parent or ""), each.done) for each in remarks]
    return sorted(told, key=repr)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_tracked_and_said_goes_out_as_it_came_in(file: Path, tmp_path: Path) -> None:
    pandoc = str(package("pypandoc").get_pandoc_path())
    desk = Desk(tmp_path)
    assert desk.tracker("init").status == 0
    done = desk.tracker("import", str(file), "--yes")
    # Where two authors changed the same words, their proposals collide.
    assert done.status in (0, 3), done.stderr
    done = desk.tracker("export --redline @1 -o out.docx")
    assert done.status == 0, done.stderr
    made = tmp_path / "out.docx"
    came, went = theirs(pandoc, file), theirs(pandoc, made)
    assert (went.changes, went.comments) == (came.changes, came.comments)
    before, after = (read(each.read_bytes(), each.name) for each in (file, made))
    assert ours(after) == ours(before)
    assert threads(after.remarks) == threads(before.remarks)
    if not tracks_rows(file.read_bytes()):
        # Of rows that are tracked as a whole pandoc knows nothing.
        assert ours(before) == came
