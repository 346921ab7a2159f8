"""``tracker verify``: whether the store is as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database, Json
from tracker.cli.terminal import visible, write_json
from tracker.errors import Refused

if TYPE_CHECKING:
    from tracker.services.history import Verification

app = commands()


@app.command(short_help="Say whether the store is as it was written.")
def verify(
    context: typer.Context,
    noted: Annotated[
        str | None,
        typer.Option(
            "--head",
            metavar="DIGEST",
            help="A digest noted earlier ('@31 DIGEST', as export says it): is it still held?",
        ),
    ] = None,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """Recompute the journal's chain and every derived column, and name what does not hold.

    A journal whose last entries were cut off holds in itself: a digest noted earlier finds it out.
    """
    from tracker.cli.render.words import plural
    from tracker.services import history

    with face(context, database).store().read() as connection:
        held = None if noted is None else history.entry_with(connection, noted)
        found = history.verification(connection)
    if as_json:
        told = {"entry": found.number, "digest": found.digest, "faults": list(found.faults)}
        write_json(told if noted is None else {**told, "noted": noted, "noted_entry": held})
    else:
        _tell(found, held)
    if found.faults:
        raise Refused(
            f"{plural(len(found.faults), 'fault')}: the store is not as it was written",
            "restore a backup, or find out who changed it",
        )
    if noted is not None and held is None:
        raise Refused(
            f"no entry of the journal left the digest {noted}",
            "entries were cut off or written anew since it was noted, or it is of another store",
        )


def _tell(found: Verification, held: int | None) -> None:
    for fault in found.faults:
        typer.echo(visible(fault))
    if not found.faults:
        typer.echo(f"the store is as it was written: @{found.number} {found.digest}")
    if held is not None:
        after = found.number - held
        since = "which is the last one" if not after else f"and {after:,} came after it"
        typer.echo(f"the digest noted is that of @{held}, {since}")
