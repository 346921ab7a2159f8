"""A command loads what it needs: help almost nothing, a reading command no migrations."""

from __future__ import annotations

import sys

import pytest

from tests.functional.command import Desk

LOADED = """
import sys
from tracker.cli.app import run
status = run(sys.argv[1:])
sys.stderr.write("\\n" + " ".join(sorted(sys.modules)))
sys.exit(status)
"""
# The least that a typer program with one option loads when it runs.
BARE = """
import sys
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None)
@app.command()
def main(limit: int = typer.Option(1, min=0)): pass
app(["--limit", "2"], standalone_mode=False)
sys.stderr.write("\\n" + " ".join(sorted(sys.modules)))
"""


def loaded(desk: Desk, *words: str, program: str = LOADED) -> set[str]:
    done = desk.process(*words, program=("-c", program))
    assert done.status == 0, done
    return set(done.stderr.splitlines()[-1].split())


def packages(modules: set[str]) -> set[str]:
    return {name.split(".")[0] for name in modules}


HEAVY = {"sqlalchemy", "alembic", "rich", "lxml", "yaml", "diff_match_patch", "psycopg", "regex"}


@pytest.mark.parametrize("words", [(), ("flagged",), ("comment",), ("proposal", "accept")])
def test_help_loads_nothing_heavy(empty_desk: Desk, words: tuple[str, ...]) -> None:
    assert packages(loaded(empty_desk, *words, "--help")) & HEAVY == set()


def test_the_version_loads_nothing_heavy(empty_desk: Desk) -> None:
    assert packages(loaded(empty_desk, "--version")) & HEAVY == set()


def test_help_loads_the_module_of_its_own_command_only(empty_desk: Desk) -> None:
    ours = {name for name in loaded(empty_desk, "show", "--help") if ".commands." in name}
    assert ours == {"tracker.cli.commands.show"}


@pytest.mark.parametrize("command", ["flagged", "show 1", "status", "text", "log"])
def test_a_reading_command_loads_no_migrations_no_yaml_and_no_orm(desk: Desk, command: str) -> None:
    modules = loaded(desk, *command.split())
    assert {"sqlalchemy", "rich"} <= packages(modules)
    unwanted = {"alembic", "yaml", "psycopg", "lxml"}
    assert packages(modules) & unwanted == set()
    assert "sqlalchemy.orm" not in modules
    assert "sqlalchemy.dialects.postgresql" not in modules


def test_flagged_compares_nothing_and_checks_no_models_of_ours(desk: Desk) -> None:
    modules = loaded(desk, "flagged")
    assert "diff_match_patch" not in modules
    bare = loaded(desk, program=BARE)
    pydantic = {name for name in modules if name.split(".")[0].startswith("pydantic")}
    assert pydantic <= bare


def test_json_needs_no_rich(desk: Desk) -> None:
    assert "rich" not in packages(loaded(desk, "flagged", "--json"))


def test_the_probe_sees_what_is_loaded(desk: Desk) -> None:
    assert "diff_match_patch" in loaded(desk, "diff", "P1")
    assert "yaml" in loaded(desk, "export", "--format", "yaml")
    assert sys.version_info >= (3, 11)
