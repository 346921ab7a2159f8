"""One item of a session on the projector: it fills the screen, page by page if it must."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.cli.render.comments import said, verdict_in_words
from tracker.cli.render.proposals import place
from tracker.cli.render.words import flagged, plural, redline
from tracker.cli.terminal import coloured, plain
from tracker.services.attribution import Voices
from tracker.services.comments.reading import Comment
from tracker.services.open_items import Opened
from tracker.services.proposals.proposal import Proposal
from tracker.services.redlines import of_change
from tracker.services.verdicts import Verdict

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_SIDE_BY_SIDE = 120
"""Columns from which two rivals stand beside each other."""
_WIDEST = 110
"""Columns of a sentence that the eye still follows from one row to the next."""


class Names(NamedTuple):
    """How voices are named on the screen, and the names of participants by their keys."""

    voices: Voices
    participants: dict[str, str]

    def of(self, comment: Comment) -> str:
        """Return who said it, as the document's rule of attribution has it."""
        name = self.participants.get(comment.participant or "")
        speaker = self.voices.speaker(comment.speaker, comment.side, name)
        side = self.voices.side(comment.side)
        return f"{speaker} ({side})" if side and side != speaker else speaker


def pages(found: Opened, names: Names, target: Console, rows: int, *, advice: bool) -> list[str]:
    """Return an item as pages of at most ``rows`` rows, each as it is to be printed."""
    with target.capture() as capture:
        _write(found, names, target, advice=advice)
    # A row ends where its words do: blanks to the edge would be read out, and copied.
    lines = [line.rstrip() for line in capture.get().rstrip("\n").split("\n")]
    return ["\n".join(lines[start : start + rows]) for start in range(0, len(lines), rows)]


def _write(found: Opened, names: Names, target: Console, *, advice: bool) -> None:
    room = min(target.width, _WIDEST)
    if found.line is not None:
        _write_line(found, target)
    if len(found.rivals) > 1 and target.width >= _SIDE_BY_SIDE:
        _write_beside(found.rivals, names, target, advice=advice)
    else:
        for rival in found.rivals:
            target.print()
            for part in _rival(rival, names, target, advice=advice):
                target.print(part, width=room)
    if found.comments:
        target.print(plain(f"\n{plural(len(found.comments), 'open comment')}", "bold"))
    for comment in found.comments:
        target.print()
        target.print(_comment(comment, names, advice=advice), width=room)


def _write_line(found: Opened, target: Console) -> None:
    line = found.line
    assert line is not None
    if found.deleted is not None:
        target.print(plain(f"deleted at @{found.deleted}; it said:", "bold"))
    spans = [
        (anchor.start, anchor.stop, comment.id)
        for comment in found.comments
        for anchor in comment.anchors
        if anchor.wording == line.wording and not anchor.inherited
        if anchor.start is not None and anchor.stop is not None
    ]
    shown = flagged(line.text, spans, coloured=coloured(target))
    target.print(shown, width=min(target.width, _WIDEST))
    if found.agreed is not None:
        target.print(plain(f"→ {verdict_in_words(found.agreed)}", "bold green"))


def _write_beside(
    rivals: Sequence[Proposal], names: Names, target: Console, *, advice: bool
) -> None:
    """Print rivals two and two."""
    from rich.console import Group
    from rich.table import Table

    blocks = [Group("", *_rival(rival, names, target, advice=advice)) for rival in rivals]
    table = Table.grid(expand=True, padding=(0, 4))
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    for first in range(0, len(blocks), 2):
        table.add_row(*blocks[first : first + 2])
    target.print(table)


def _rival(rival: Proposal, names: Names, target: Console, *, advice: bool) -> list[RenderableType]:
    """Return a proposal as a few blocks: its redline, and what the text would say."""
    from rich.padding import Padding
    from rich.text import Text

    proposer = names.voices.party(rival.proposer)
    facts = [f"from {proposer}"] if proposer else []
    facts += ["stale"] if rival.stale else []
    facts += ["in collision"] if rival.in_collision else []
    facts += [f"answers {', '.join(rival.answers)}"] if rival.answers else []
    head = Text(rival.id, style="bold")
    head.append_text(plain("".join(f" · {fact}" for fact in facts)))
    body: list[Text] = []
    for change in rival.open_changes:
        body.append(plain(place(rival, change), "dim"))
        body.append(redline(of_change(change), coloured=coloured(target)))
        if change.bases and change.results:
            body += [plain("would read:", "dim"), plain(change.result or "", "bold")]
    if rival.rationale and not names.voices.hides:
        body.append(plain(f"why: {rival.rationale}", "italic"))
    body += [plain(text, "cyan") for text in _told(rival.verdicts, names, advice=advice)]
    return [head, Padding(Text("\n").join(body), (0, 0, 0, 4))]


def _told(verdicts: Sequence[Verdict], names: Names, *, advice: bool) -> list[str]:
    """Return what was decided before, and, where it is asked for, what is advised."""
    found = []
    for verdict in verdicts:
        named = verdict._replace(by=names.voices.party(verdict.by))
        if verdict.stage == "decided":
            found.append(f"→ {verdict_in_words(named)}")
        elif advice:
            found.append(f"advised: {verdict_in_words(named)}")
    return found


def _comment(comment: Comment, names: Names, *, advice: bool) -> Text:
    from rich.text import Text

    head = Text(comment.id, style="bold")
    if comment.reply_to:
        relation = (comment.relation or "replies to").replace("_", " ")
        head.append(f" {relation} {comment.reply_to}")
    on = f"on {comment.about}" if comment.about else None
    facts = [names.of(comment), comment.kind, comment.meeting, on]
    head.append_text(plain("".join(f" · {fact}" for fact in facts if fact)))
    lines = [head]
    quotes = [
        f"on “{anchor.quote}”{' (words gone)' if anchor.state == 'orphaned' else ''}"
        for anchor in comment.anchors
        if anchor.quote and not anchor.inherited
    ]
    lines += [plain(quote, "dim") for quote in quotes]
    lines.append(plain(said(comment)))
    lines += [plain(text, "cyan") for text in _told(comment.dispositions, names, advice=advice)]
    return Text("\n").join(lines)
