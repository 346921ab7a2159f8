"""``tracker agree``: lines that are agreed as they say now."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import (
    Author,
    By,
    Database,
    Document,
    Mode,
    OnDate,
    Reason,
    names,
)
from tracker.cli.terminal import say

app = commands()


@app.command(short_help="Record that lines are agreed as they say now.")
def agree(
    context: typer.Context,
    lines: Annotated[list[str], typer.Argument(help="The lines: 1 3 12a.")],
    ad_referendum: Annotated[
        bool,
        typer.Option("--ad-referendum", help="Subject to what those at home say of it."),
    ] = False,
    reason: Reason = None,
    by: By = None,
    on_date: OnDate = None,
    mode: Mode = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Record that lines are agreed as the authentic text has them now, or agreed ad referendum.

    To touch one again, a proposal on it is accepted with --reopen --reason.
    """
    from tracker.services import agreements
    from tracker.services.verdicts import Verdict

    outcome = agreements.AD_REFERENDUM if ad_referendum else agreements.AGREED
    verdict = Verdict(outcome, reason=reason, by=by, date=on_date, mode=mode)
    own = face(context, database, document, author)
    with own.writing("agree") as (entry, snapshot):
        found = agreements.agree(entry, snapshot, names(lines), verdict)
        labels = ", ".join(line.label for line in found)
        entry.command = " ".join(["agree", *(line.label for line in found)])
        entry.summary = f"{labels} {outcome}"
    say(f"stored as @{entry.number}: {entry.summary}")
