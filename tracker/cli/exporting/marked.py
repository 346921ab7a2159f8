"""The text and its comments for other tools: CriticMarkup, OpenDocument, Web Annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.exporting.records import say_internal

if TYPE_CHECKING:
    from tracker.cli.exporting.forms import Asked
    from tracker.exchange.marked_source import MarkedSource
    from tracker.services.snapshot import Snapshot


def write_criticmarkup(snapshot: Snapshot, name: str, asked: Asked) -> bytes:  # noqa: ARG001  # all take it
    """Return the text with its changes and comments in plain characters."""
    from tracker.formats.criticmarkup.write import write
    from tracker.formats.encodings import encode

    return encode(write(_source(snapshot, asked)), asked.encoding or "utf-8")


def write_odt(snapshot: Snapshot, name: str, asked: Asked) -> bytes:  # noqa: ARG001  # all take it
    """Return the text with tracked changes and comments as LibreOffice has them."""
    from tracker.formats.odt.write import write
    from tracker.formats.paragraphs import paragraphed

    source = _source(snapshot, asked)
    notice = source.notice if asked.with_ else None
    return write(paragraphed(source), notice, f"{source.title} · @{snapshot.at}")


def write_annotations(snapshot: Snapshot, name: str, asked: Asked) -> bytes:  # noqa: ARG001  # all take it
    """Return the comments as Web Annotations."""
    from tracker.formats import jsonld
    from tracker.services.exporting import annotations

    say_internal(snapshot, with_internal=asked.with_internal)
    return jsonld.write(annotations.gather(snapshot, with_internal=asked.with_internal))


def _source(snapshot: Snapshot, asked: Asked) -> MarkedSource:
    from tracker.services.exporting.marked import marked
    from tracker.services.exporting.text import Request

    say_internal(snapshot, with_internal=asked.with_internal)
    request = Request(asked.redline, asked.with_)
    return marked(snapshot, request, with_internal=asked.with_internal)
