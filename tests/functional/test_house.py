"""Rules of the house that neither the linter nor the type checker can hold."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(ROOT.glob("tracker/**/*.py"))
LONGEST_MODULE = 350

# Written so that the patterns do not find themselves.
REGISTRY = rb"p[y]pi\.org|p[y]thonhosted|registry\.n[p]mjs|deb\.d[e]bian|archive\.u[b]untu"
MACHINE_PATH = rb"(?<![\w.:/~-])/(?:r[o]ot|h[o]me|U[s]ers|w[o]rk)/\w|/tm[p]/bash_jobs"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """The files of the checkout that are, or are about to be, under version control."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    paths = [ROOT / line for line in listed.stdout.split("\0") if line]
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("forbidden", [REGISTRY, MACHINE_PATH], ids=["registry", "machine path"])
def test_no_file_names_a_registry_host_or_a_path_of_one_machine(
    files: list[Path], forbidden: bytes
) -> None:
    pattern = re.compile(forbidden)
    found = {
        name(path): match.group().decode()
        for path in files
        if (match := pattern.search(path.read_bytes()))
    }
    assert found == {}


def requirements() -> list[str]:
    """The requirements of the lock, each with its hashes, comments left out."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def test_the_lock_pins_and_hashes_every_requirement_and_says_nothing_else() -> None:
    marker = r"( ; [^;]+?)?"
    locked = re.compile(rf"[a-z0-9-]+==[\w.]+{marker}(\s+--hash=sha256:[0-9a-f]{{64}})+\s*")
    assert [line for line in requirements() if not locked.fullmatch(line)] == []


def test_the_lock_holds_everything_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(line for extra in project["project"]["optional-dependencies"].values() for line in extra),
    ]
    names = {re.split(r"[^\w-]", line)[0].lower() for line in asked}
    assert names - {line.split("==")[0] for line in requirements()} == set()


def test_a_module_is_read_in_one_sitting() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {path: n for path, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_only_the_store_knows_sql_dialects() -> None:
    dialect = re.compile(r"sqlalchemy\.dialects|dialect\.name")
    outside = [path for path in MODULES if ROOT / "tracker" / "store" not in path.parents]
    assert [name(path) for path in outside if dialect.search(path.read_text("utf-8"))] == []
