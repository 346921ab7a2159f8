"""Translations: the listing of what is stale or missing, and texts side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.cli.render.tables import write_table
from tracker.cli.terminal import plain, say
from tracker.services.lines import Line
from tracker.services.translations.reading import CURRENT, MISSING, Counts, Original, Passage
from tracker.services.translations.sheets import Plan

if TYPE_CHECKING:
    from rich.text import Text


def as_json(passage: Passage) -> dict[str, Any]:
    """Return a passage under the names that ``--json`` promises."""
    return {
        "lines": list(passage.labels),
        "language": passage.language,
        "state": passage.state,
        "rendered_by": [line.label for line in passage.renderings],
        "text": passage.text,
        "originals": [_original_as_json(original) for original in passage.originals],
    }


def _original_as_json(original: Original) -> dict[str, Any]:
    return {
        "line": original.label,
        "version": original.now,
        "text": original.text,
        "translated_version": original.then,
        "translated_text": original.was,
    }


def write_listing(passages: Sequence[Passage]) -> None:
    """Print passages: what the original says and said, and what renders it."""
    write_table(
        ("Lines", "State", "Original*", "Translation*"),
        [
            (" ".join(p.labels), f"{p.language}: {p.state}", _original(p), p.text or "")
            for p in passages
        ],
    )


def _original(passage: Passage) -> str:
    rows = []
    for original in passage.originals:
        rows.append(original.text if original.text is not None else f"{original.label} is gone")
        if original.changed:
            rows.append(f"({original.then} said: {original.was})")
    return "\n".join(rows)


class SideBySide(NamedTuple):
    """An authentic line, or a line that stands in another language only, in several languages."""

    label: str
    cells: Mapping[str, tuple[str | None, str | None]]
    """By language the text, none where another row has it or there is none, and the state."""


def side_by_side(
    text: Sequence[Line],
    others: Mapping[str, tuple[Sequence[Passage], Sequence[Line]]],
    authentic: str,
) -> list[SideBySide]:
    """Return the rows of several texts; ``others`` has the passages and the lines of each.

    What renders several lines stands beside the first of them, what renders none has a row of its
    own.
    """
    behind: dict[str | None, list[SideBySide]] = {}
    for tag, (found, lines) in others.items():
        for line, after in _alone(found, lines):
            row = SideBySide(line.label, {tag: (line.text, None)})
            behind.setdefault(after, []).append(row)
    passages = {
        tag: {label: passage for passage in found for label in passage.labels}
        for tag, (found, _) in others.items()
    }
    rows = behind.get(None, [])
    for line in text:
        cells: dict[str, tuple[str | None, str | None]] = {authentic: (line.text, None)}
        for tag, by_label in passages.items():
            passage = by_label[line.label]
            standing = next(o.label for o in passage.originals if o.now)
            cells[tag] = (passage.text if standing == line.label else None, passage.state)
        rows += [SideBySide(line.label, cells), *behind.get(line.label, ())]
    return rows


def _alone(passages: Sequence[Passage], lines: Sequence[Line]) -> Iterator[tuple[Line, str | None]]:
    """Yield the lines that render none, each with the label of the original it stands behind."""
    last = {
        line.id: next((o.label for o in reversed(passage.originals) if o.now), None)
        for passage in passages
        for line in passage.renderings
    }
    after: str | None = None
    for line in lines:
        if line.id in last:
            after = last[line.id] or after
        else:
            yield line, after


def side_by_side_as_json(row: SideBySide, languages: Sequence[str]) -> dict[str, Any]:
    """Return a row under the names that ``--json`` promises."""
    cells = {tag: row.cells.get(tag, (None, None)) for tag in languages}
    return {
        "line": row.label,
        "texts": {tag: text for tag, (text, _) in cells.items()},
        "states": {tag: state for tag, (_, state) in cells.items() if state},
    }


def write_side_by_side(rows: Sequence[SideBySide], languages: Sequence[str]) -> None:
    """Print texts side by side; what is stale or missing says so."""
    write_table(
        ("Line", *(f"{tag}*" for tag in languages)),
        [(row.label, *(_cell(row.cells.get(tag)) for tag in languages)) for row in rows],
    )


def _cell(cell: tuple[str | None, str | None] | None) -> Text:
    if cell is None:
        return plain("")
    text, state = cell
    if text is None:
        return plain("(missing)" if state == MISSING else "(see above)", "dim")
    shown = plain(text)
    if state not in (None, CURRENT):
        shown.append(f" ({state})", style="yellow")
    return shown


def say_counts(language: str, counts: Counts) -> None:
    """Say on stderr how many lines of a translation are not as their originals are."""
    if counts.stale or counts.missing:
        parts = [f"{counts.stale:,} stale"] if counts.stale else []
        parts += [f"{counts.missing:,} missing"] if counts.missing else []
        said = f"{language}: {' and '.join(parts)} of {sum(counts):,} lines"
        say(f"{said}; tracker translation list --language {language} shows them")


def preview(plan: Plan, limit: int) -> None:
    """Say what each new translation of a table renders."""
    for renewed in plan.renewed[: limit or None]:
        lines = " ".join(renewed.passage.labels)
        if renewed.confirms:
            say(f"  line {lines}: still holds")
            continue
        say(f"  line {lines}: {' '.join((renewed.passage.text or '(missing)').split())}")
        say(f"      → {' '.join(renewed.text.split())}")
    if limit and len(plan.renewed) > limit:
        say(f"  … and {len(plan.renewed) - limit:,} more; --limit 0 shows all")
