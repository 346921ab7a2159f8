"""Lines: the running text, and one line with everything about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tracker.cli.render import comments as render_comments
from tracker.cli.render import proposals as render_proposals
from tracker.cli.render.rivals import write_rivals
from tracker.cli.render.tables import write_table
from tracker.cli.render.words import flagged, plural
from tracker.cli.terminal import coloured, console, plain
from tracker.services.comments.reading import Comment
from tracker.services.lines import Line, LineVersion
from tracker.services.proposals.proposal import Proposal

if TYPE_CHECKING:
    from rich.text import Text


def line_as_json(line: Line) -> dict[str, Any]:
    """Return a line of the running text under the names that ``--json`` promises."""
    return {
        "line": line.label,
        "kind": line.kind,
        "level": line.level,
        "version": line.number,
        "text": line.text,
    }


def write_text(lines: Sequence[Line]) -> None:
    """Print the running text, each line with its label."""
    write_table(("Line", "Text*"), [(line.label, line.text) for line in lines])


def show_as_json(
    line: Line,
    comments: Sequence[Comment],
    proposals: Sequence[Proposal],
    versions: Sequence[LineVersion],
    deleted: int | None,
    rivals: render_proposals.Rivals,
    *,
    comments_total: int,
) -> dict[str, Any]:
    """Return a line with everything about it under the names that ``--json`` promises."""
    return {
        **line_as_json(line),
        "deleted": f"@{deleted}" if deleted else None,
        "comments_total": comments_total,
        "comments": [render_comments.as_json(comment) for comment in comments],
        "proposals": [
            render_proposals.as_json(proposal, rivals.get(proposal.id, ()))
            for proposal in proposals
        ],
        "versions": [
            {
                "version": f"{line.label}:{version.number}",
                "entry": version.since,
                "at": version.at.isoformat().replace("+00:00", "Z"),
                "author": version.author,
                "origin": version.origin,
                "text": version.text,
            }
            for version in versions
        ],
    }


def write_show(
    line: Line,
    comments: Sequence[Comment],
    proposals: Sequence[Proposal],
    versions: Sequence[LineVersion],
    deleted: int | None,
    rivals: render_proposals.Rivals,
    *,
    comments_total: int,
) -> None:
    """Print a line with its comments as threads, its rival proposals and its history."""
    from rich.text import Text

    target = console()
    state = f"deleted at @{deleted}" if deleted else f"version {line.number}"
    target.print(Text(f"Line {line.label}", style="bold").append(f" · {state}", style="dim"))
    spans = [
        (anchor.start, anchor.stop, comment.id)
        for comment in comments
        for anchor in comment.anchors
        if anchor.wording == line.wording and anchor.start is not None and not anchor.inherited
        if anchor.stop is not None
    ]
    target.print(flagged(line.text, spans, coloured=coloured(target)))
    if comments:
        target.print(_heading(plural(comments_total, "comment")))
        render_comments.write_threads(comments, target)
    if proposals:
        target.print(_heading(plural(len(proposals), "proposal")))
        write_rivals(line.label, proposals, target, rivals)
    target.print(_heading("History"))
    for version in versions:
        when = f"{version.at:%Y-%m-%d}"
        words = f"{line.label}:{version.number}  @{version.since}  {when}  {version.origin}"
        target.print(plain(f"{words} by {version.author}", "dim"))


def _heading(words: str) -> Text:
    from rich.text import Text

    return Text(f"\n{words}", style="bold underline")
