"""How every command looks to the command line: plain help, nothing loaded for its sake."""

from __future__ import annotations

import typer


def commands(about: str | None = None) -> typer.Typer:
    """Return an application for one command, or for the verbs of a noun, told of by ``about``."""
    return typer.Typer(
        help=about,
        no_args_is_help=about is not None,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
