"""``tracker verify``: whether the store is as it was written."""

from __future__ import annotations

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database, Json
from tracker.cli.terminal import visible, write_json
from tracker.errors import Refused

app = commands()


@app.command(short_help="Say whether the store is as it was written.")
def verify(context: typer.Context, as_json: Json = False, database: Database = None) -> None:
    """Recompute the journal's chain and every derived column, and name what does not hold."""
    from tracker.cli.render.words import plural
    from tracker.services import history

    with face(context, database).store().read() as connection:
        found = history.verification(connection)
    if as_json:
        write_json({"entry": found.number, "digest": found.digest, "faults": list(found.faults)})
    elif not found.faults:
        typer.echo(f"the store is as it was written: @{found.number} {found.digest}")
    else:
        for fault in found.faults:
            typer.echo(visible(fault))
    if found.faults:
        raise Refused(
            f"{plural(len(found.faults), 'fault')}: the store is not as it was written",
            "restore a backup, or find out who changed it",
        )
