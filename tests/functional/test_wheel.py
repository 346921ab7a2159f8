"""The wheel, installed where nothing else is, runs away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    """What the command said on stdout; it must succeed, with nothing of ours in its environment."""
    ours = ("PYTHON", "TRACKER_", "VIRTUAL_ENV")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment | {"COLUMNS": "1000", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    [built] = folder.glob("*.whl")
    return built


def test_everything_in_the_wheel_lies_under_the_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"tracker", "revision_tracker"}


def test_the_wheel_ships_the_migrations_and_the_example(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    migrations = {
        f"tracker/{path.relative_to(ROOT).as_posix()}" for path in ROOT.glob("migrations/**/*.py")
    }
    assert migrations
    assert migrations | {"tracker/data/seed.yaml"} <= names


def test_the_installed_command_shows_the_three_flagged_lines(wheel: Path, tmp_path: Path) -> None:
    venv, desk = tmp_path / "venv", tmp_path / "desk"
    desk.mkdir()
    uv = [sys.executable, "-m", "uv", "--quiet", "--no-config"]
    run(*uv, "venv", "--python", sys.executable, venv, cwd=tmp_path)
    locked = f"--constraints={ROOT / 'requirements.lock'}"
    run(*uv, "pip", "install", "--python", venv, locked, wheel, cwd=tmp_path)

    tracker = venv / ("Scripts" if os.name == "nt" else "bin") / "tracker"
    run(tracker, "init", "--example", cwd=desk)
    flagged = run(tracker, "flagged", cwd=desk)

    for words in ("curtail China", "should not be indifferent", "illiberal international order"):
        assert flagged.count(words) == 1, flagged
