"""The options by which several commands say what was said, by whom and about what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.options import ordinal
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.services.anchors import Flag

From = Annotated[
    str, typer.Option("--from", metavar="WHO", help="The speaker, exactly as recorded.")
]
Text = Annotated[
    str | None,
    typer.Option("--text", metavar="TEXT", help="What was said: words, @file, - or $EDITOR."),
]
Kind = Annotated[
    str,
    typer.Option(
        "--kind", help="objection, support, suggestion, question or observation.", metavar="KIND"
    ),
]
Side = Annotated[
    str | None, typer.Option("--side", metavar="SIDE", help="Only where it is stated.")
]
On = Annotated[
    str | None, typer.Option("--on", metavar="WORDS", help="The words of the line it flags.")
]
Occurrence = Annotated[
    int | None,
    typer.Option(
        "--occurrence",
        metavar="N",
        parser=ordinal,
        help="Which, if they stand there twice.",
    ),
]
Meeting = Annotated[
    str | None,
    typer.Option("--meeting", metavar="KEY", help="Where it was said; else at the open one."),
]
Topic = Annotated[
    str | None, typer.Option("--topic", metavar="NAME", help="The meeting's topic it belongs to.")
]
Participant = Annotated[
    str | None,
    typer.Option("--participant", metavar="KEY", help="The voice, where the record says which."),
]
Type = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="general, technical or editorial.")
]
Context = Annotated[
    str | None, typer.Option("--context", metavar="TEXT", help="The clause that introduces it.")
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="The editor's remark on the record.")
]
Number = Annotated[
    str | None, typer.Option("--number", metavar="NO", help="A number given by others: US-012.")
]
Reported = Annotated[
    bool, typer.Option("--reported", help="The text reports what was said, not the very words.")
]
Internal = Annotated[
    bool, typer.Option("--internal", help="Leaves the store only when that is asked for.")
]
Section = Annotated[
    bool, typer.Option("--section", help="On the whole section that the line is in.")
]
Gap = Annotated[
    bool, typer.Option("--gap", help="On the gap after the line: something is missing there.")
]


def flagged(on: str | None, occurrence: int | None) -> Flag | None:
    """Return the words that are flagged; none if none are. Raises UsageError."""
    from tracker.services.anchors import Flag

    if on is None:
        if occurrence is not None:
            raise UsageError("--occurrence needs --on", "say which words: --on WORDS")
        return None
    return Flag(on, occurrence)


def scope_of(section: bool, gap: bool) -> str:
    """Return what of a line is meant. Raises UsageError if it is two things."""
    if section and gap:
        raise UsageError("--section and --gap are two places", "give one of them")
    return "section" if section else "gap" if gap else "line"
