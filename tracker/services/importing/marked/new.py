"""A marked text as a new document, with all that it brings, in one entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from tracker.exchange.draft import Draft
from tracker.exchange.marked import Marked
from tracker.services.importing import draft as drafts
from tracker.services.importing.files import File
from tracker.services.importing.marked.basing import based_on_draft
from tracker.services.importing.marked.bringing import Brought, brought, store
from tracker.services.snapshot import latest
from tracker.store.journal import Entry


class Plan(NamedTuple):
    """What importing a marked text as a new document would store."""

    draft: drafts.Plan
    brought: Brought


def plan(
    connection: Connection,
    marked: Marked,
    draft: Draft,
    file: File,
    key: str,
    title: str,
    names: Mapping[str, str],
) -> Plan:
    """Return what a marked text would become; ``draft`` is its untouched words in lines.

    ``names`` says which authors go by another name here. Raises Refused if there is a document of
    that name, BadInput if it is none.
    """
    planned = drafts.plan(connection, draft, file, key, title)
    return Plan(planned, brought(based_on_draft(marked, draft), names))


def apply(entry: Entry, plan: Plan) -> list[str]:
    """Store the document and what it brings; return its proposals' ids.

    Raises Refused if the store moved since.
    """
    text = drafts.store(entry, plan.draft)
    return store(entry, latest(entry.connection, plan.draft.document), text, plan.brought)
