"""The page to be read and decided on, as HTML or as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.exporting.records import say_internal
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.cli.exporting.forms import Asked
    from tracker.services.snapshot import Snapshot


def write(snapshot: Snapshot, name: str, asked: Asked) -> bytes:
    """Return the page. Raises NotFound for a state or a language that is not there."""
    from tracker.formats.html import page, pdf
    from tracker.services.exporting.review import gather

    found = gather(
        snapshot,
        since=asked.redline,
        with_internal=asked.with_internal,
        languages=_others(snapshot, asked.languages),
    )
    say_internal(snapshot, with_internal=asked.with_internal)
    written = page.write(found)
    return pdf.printed(written) if name == "pdf" else written


def _others(snapshot: Snapshot, tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages to stand beside the authentic one."""
    from tracker.services.snapshot import in_language

    if tags and not snapshot.is_authentic:
        raise UsageError("--language and --languages are two things", "leave one of them out")
    return tuple(tag for tag in dict.fromkeys(tags) if not in_language(snapshot, tag).is_authentic)
