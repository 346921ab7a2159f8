"""Other ways to merge: git, one unit a line, and diff-match-patch."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tracker.text.words import units

# The base and two revisions.
Texts = tuple[str, str, str]

_RUNS_OF_GIT = 1_000
_ALL_IN_A_FOLDER = (
    'i=0; while [ -e "$i.base" ]; do git merge-file -p "$i.ours" "$i.base" "$i.theirs" '
    '>"$i.merged" 2>"$i.errors"; echo $?; i=$((i+1)); done'
)


def merged_by_git(given: Sequence[Texts]) -> list[str | None]:
    """Return what git makes of each, one unit (a word and its white space) a line; None: conflict.

    RuntimeError if git fails.
    """
    merged: list[str | None] = []
    for first in range(0, len(given), _RUNS_OF_GIT):
        some = given[first : first + _RUNS_OF_GIT]
        with tempfile.TemporaryDirectory() as folder:
            for number, texts in enumerate(some):
                for name, text in zip(("base", "ours", "theirs"), texts, strict=True):
                    Path(folder, f"{number}.{name}").write_bytes(_lines(text))
            run = subprocess.run(
                ["sh", "-c", _ALL_IN_A_FOLDER], cwd=folder, capture_output=True, check=True
            )
            for number, status in enumerate(run.stdout.split()):
                # git's status is the number of conflicts, up to 127, and 255 for an error.
                if int(status) > 127:
                    raise RuntimeError(Path(folder, f"{number}.errors").read_text())
                text = _text(Path(folder, f"{number}.merged").read_bytes())
                merged.append(None if int(status) else text)
    return merged


def patched(texts: Texts) -> str | None:
    """Apply our patches to their text with diff-match-patch; None if one of them fails.

    ImportError if it is not installed.
    """
    engine = import_module("diff_match_patch").diff_match_patch()
    engine.Diff_Timeout = 0
    base, ours, theirs = texts
    merged, worked = engine.patch_apply(engine.patch_make(base, ours), theirs)
    return str(merged) if all(worked) else None


def _lines(text: str) -> bytes:
    # Escaped, no unit holds a line end.
    return b"".join((word + space).encode("unicode_escape") + b"\n" for word, space in units(text))


def _text(lines: bytes) -> str:
    return lines.replace(b"\n", b"").decode("unicode_escape")
