"""Lines: the running text, and one line with everything about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from tracker.services.verdicts import Verdict

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


def text_as_json(line: Line, agreed: Mapping[str, Verdict]) -> dict[str, Any]:
    """Return a line as :func:`line_as_json` does, and whether it is agreed."""
    verdict = agreed.get(line.label)
    return {**line_as_json(line), "agreed": verdict.outcome if verdict else None}


def write_text(lines: Sequence[Line], agreed: Mapping[str, Verdict]) -> None:
    """Print the running text, each line with its label, and whether it is agreed."""
    if not agreed:
        write_table(("Line", "Text*"), [(line.label, line.text) for line in lines])
        return
    rows = [(line.label, line.text, agreed_in_short(agreed.get(line.label))) for line in lines]
    write_table(("Line", "Text*", "Agreed"), rows)


def agreed_in_short(verdict: Verdict | None) -> str:
    """Return an agreement as a cell of a table: yes, ad referendum, or nothing."""
    if verdict is None:
        return ""
    return "yes" if verdict.outcome == "agreed" else "ad referendum"


def show_as_json(
    line: Line,
    comments: Sequence[Comment],
    proposals: Sequence[Proposal],
    versions: Sequence[LineVersion],
    deleted: int | None,
    rivals: render_proposals.Rivals,
    agreed: Verdict | None,
    *,
    comments_total: int,
    merged: str | None,
) -> dict[str, Any]:
    """Return a line with everything about it under the names that ``--json`` promises."""
    return {
        **text_as_json(line, {line.label: agreed} if agreed else {}),
        "deleted": f"@{deleted}" if deleted else None,
        "merged_into": merged,
        "agreement": render_comments.verdict_as_json(agreed) if agreed else None,
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
    agreed: Verdict | None,
    *,
    comments_total: int,
    merged: str | None,
) -> None:
    """Print a line with its comments as threads, its rival proposals and its history."""
    from rich.text import Text

    target = console()
    state = f"deleted at @{deleted}" if deleted else f"version {line.number}"
    if merged is not None:
        state = f"merged into {merged} at @{deleted}"
    target.print(Text(f"Line {line.label}", style="bold").append(f" · {state}", style="dim"))
    spans = [
        (anchor.start, anchor.stop, comment.id)
        for comment in comments
        for anchor in comment.anchors
        if anchor.wording == line.wording and anchor.start is not None and not anchor.inherited
        if anchor.stop is not None
    ]
    target.print(flagged(line.text, spans, coloured=coloured(target)))
    if agreed is not None:
        target.print(plain(f"→ {render_comments.verdict_in_words(agreed)}", "green"))
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
