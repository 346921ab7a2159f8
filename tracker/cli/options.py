"""The options that many commands share."""

from __future__ import annotations

from typing import Annotated

import typer


def whole_number(text: str | int) -> int:
    """Return a number of things. Raises BadParameter, which names the value, for anything else."""
    if isinstance(text, int):
        return text
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise typer.BadParameter(f"{text!r} is no whole number from 0 to 999,999,999")
    return int(text)


def names(given: list[str]) -> list[str]:
    """Return the names given, apart or with commas between them."""
    return [name for words in given for name in words.replace(",", " ").split()]


def ordinal(text: str | int) -> int:
    """Return which of several things is meant, from 1. Raises BadParameter for anything else."""
    number = whole_number(text)
    if number < 1:
        raise typer.BadParameter(f"{text!r} is none: they count from 1")
    return number


Database = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="URL", help="The store: a file or a URL.", show_default=False
    ),
]
Document = Annotated[
    str | None,
    typer.Option(
        "--document",
        metavar="KEY",
        help="The document, where there are several.",
        show_default=False,
    ),
]
Author = Annotated[
    str | None,
    typer.Option("--author", metavar="NAME", help="Who types this.", show_default=False),
]
Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="TAG",
        help="The text in this language, such as ja; else the authentic one.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON.", show_default=False)]
Limit = Annotated[
    int,
    typer.Option("--limit", metavar="N", parser=whole_number, help="How many to list; 0 for all."),
]
All = Annotated[
    bool, typer.Option("--all", help="Also what was undone, marked so.", show_default=False)
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Store without asking.", show_default=False)]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="STATE", help="As it was at @31, july-2021 or 12:3."),
]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")]
By = Annotated[str | None, typer.Option("--by", metavar="WHO", help="Who decided.")]
OnDate = Annotated[
    str | None,
    typer.Option(
        "--on-date", metavar="DATE", help="When it was decided: 2022-09-30, 2022-09, 2022."
    ),
]
Mode = Annotated[
    str | None,
    typer.Option(
        "--mode", metavar="HOW", help="How: consensus, silence, vote, or votes: 'vote 7-2-1'."
    ),
]
Reopen = Annotated[
    bool, typer.Option("--reopen", help="Touch lines that are agreed, for the reason given.")
]
