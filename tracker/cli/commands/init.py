"""``tracker init``: make a store."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import Face, face, no_more_interrupts
from tracker.cli.options import Author, Database
from tracker.cli.terminal import say

app = commands()


@app.command(short_help="Make a store.")
def init(
    context: typer.Context,
    example: Annotated[
        bool, typer.Option("--example", help="Put the example record into it.")
    ] = False,
    database: Database = None,
    author: Author = None,
) -> None:
    """Make a store here: tracker.db, or the database named."""
    from tracker.cli.face import FILE
    from tracker.store.migrate import new_store
    from tracker.store.open import name_of, parse

    own = face(context, database, None, author)
    place = own.database or FILE
    with new_store(place) as draft:
        if example:
            _put_example(Face(draft, None, own.author))
        no_more_interrupts()
    say(f"made the store {name_of(parse(place))}")
    say("next: tracker flagged" if example else "next: tracker import FILE")


def _put_example(own: Face) -> None:
    from tracker.cli.importing.records import store_record
    from tracker.formats.record.read import read
    from tracker.services.importing.example import content

    store_record(own, read(content(), "seed.yaml"), "seed.yaml", content(), "init --example")
