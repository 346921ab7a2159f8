"""The screen: an item, what happened last, and the keys. It fills the terminal, or is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.projector.keys import KEYS
from tracker.cli.terminal import console, plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from tracker.cli.projector.session import Session
    from tracker.cli.render.projector import Names
    from tracker.services.open_items import Opened

_ON_RIVALS = "amr"
_ON_LINES = "gf"
_FEWEST = 5
"""Rows of text on a page, however small the terminal."""


def show(session: Session, found: Opened, message: str) -> bool:
    """Show a page of an item; return whether it is its last."""
    from tracker.cli.render import projector

    target = console()
    names = _names(session)
    keys = _keys(found, target.width)
    # The head and a rule, the message, the keys, and the line that is typed.
    rows = max(_FEWEST, target.height - 4 - len(keys)) if session.screens else 1_000_000
    pages = projector.pages(found, names, target, rows, advice=session.advice)
    session.page = min(session.page, len(pages) - 1)
    if session.screens:
        target.clear()
    _write_head(session, found, len(pages), target)
    print(pages[session.page])
    last = session.page == len(pages) - 1
    if session.screens:
        print("\n" * (rows - pages[session.page].count("\n") - 1), end="")
        target.print(_one_row(message or ("" if last else "Enter: the next page"), target))
        for row in keys:
            target.print(plain(row, "dim"))
    return last


def _write_head(session: Session, found: Opened, pages: int, target: Console) -> None:
    place = f"{session.place + 1} of {len(session.items)}"
    page = f" · page {session.page + 1} of {pages}" if pages > 1 else ""
    head = f"{found.title}   ({place}{page})   {session.sitting.meeting}, {session.sitting.by}"
    target.print(_one_row(head, target, "bold reverse"))
    target.print("─" * target.width)


def _one_row(text: str, target: Console, style: str = "") -> Text:
    row = plain(text.replace("\n", " "), style)
    row.truncate(target.width - 1, overflow="ellipsis")
    return row


def _names(session: Session) -> Names:
    from tracker.cli.render.projector import Names
    from tracker.services import meetings
    from tracker.services.attribution import voices

    with session.own.reading() as snapshot:
        participants = meetings.all_participants(snapshot.connection)
        return Names(voices(snapshot), {found.key: found.name for found in participants})


def _keys(found: Opened, width: int) -> list[str]:
    """Return the keys that make sense on an item, in rows of a width."""
    left_out = "" if found.rivals else _ON_RIVALS
    left_out += "" if found.can_be_agreed else _ON_LINES
    left_out += "" if found.comments else "c"
    rows = [""]
    for key, name in KEYS.items():
        if key in left_out:
            continue
        told = f"{key} {name}"
        if rows[-1] and len(rows[-1]) + len(told) + 3 > width:
            rows.append("")
        rows[-1] += f"   {told}" if rows[-1] else told
    return rows
