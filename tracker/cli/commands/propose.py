"""``tracker propose``: propose another wording, a further line, a deletion, a move, a split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import Face, face
from tracker.cli.options import Author, Database, Document, Language, names
from tracker.cli.terminal import given, keeping, say
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.services.proposals.making import Proposed

app = commands()


@app.command(short_help="Propose a change.")
def propose(
    context: typer.Context,
    line: Annotated[
        str | None,
        typer.Argument(
            help="The line to change: 12; lines to merge: 12,13; or what another proposes: P2.1.",
            show_default=False,
        ),
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="WHO", help="Who proposes it.")
    ] = None,
    text: Annotated[
        list[str] | None,
        typer.Option(
            "--text",
            metavar="TEXT",
            help="The wording: words, @file, - or $EDITOR; of a split, one for each part.",
        ),
    ] = None,
    insert_after: Annotated[
        str | None,
        typer.Option("--insert-after", metavar="LINE", help="Insert a line after this; 0: first."),
    ] = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the line.")] = False,
    move_after: Annotated[
        str | None,
        typer.Option("--move-after", metavar="LINE", help="Move the line after this; 0: first."),
    ] = None,
    split: Annotated[
        bool, typer.Option("--split", help="Split the line: a --text, or a row of it, each.")
    ] = False,
    merge: Annotated[bool, typer.Option("--merge", help="Make one line of several.")] = False,
    add_to: Annotated[
        str | None,
        typer.Option("--add-to", metavar="P2", help="Add it to a proposal that is undecided."),
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option("--answers", metavar="C4", help="A comment it answers; may be repeated."),
    ] = None,
    rationale: Annotated[
        str | None, typer.Option("--rationale", metavar="TEXT", help="Why.")
    ] = None,
    language: Language = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Propose one change: of a line, after a line, of several, or of what another proposes."""
    from tracker.services.proposals import writing

    own = face(context, database, document, author, language)
    asked = {"delete": delete, "move": move_after is not None, "split": split, "merge": merge}
    kind = _kind(line, insert_after, asked)
    if add_to is None and from_ is None:
        raise UsageError("--from is missing", "say who proposes it: --from WHO")
    if add_to is not None and (from_ is not None or rationale is not None):
        raise UsageError(
            f"{add_to} has its proposer and rationale already", "leave out --from and --rationale"
        )
    proposed, seen = _proposed(own, kind, line, insert_after or move_after, text or [])
    # What was written in the editor is nowhere else.
    with keeping(None if text else proposed.text), own.writing("propose") as (entry, snapshot):
        if seen is not None:
            entry.expect(seen)
        if add_to is not None:
            done = writing.add_change(
                entry, snapshot, add_to, proposed, answers=names(answers or [])
            )
        else:
            done = writing.propose(
                entry,
                snapshot,
                proposed,
                proposer=from_ or "",
                rationale=rationale,
                answers=names(answers or []),
            )
        entry.command = " ".join(["propose", kind, proposed.label, *proposed.also, *_in(language)])
        entry.summary = f"{done.proposal}.{done.change}"
    say(f"stored as @{entry.number}: {done.proposal}.{done.change}")
    if done.collisions:
        say(f"it collides with {', '.join(done.collisions)}: compare with tracker diff")
        raise typer.Exit(3)


def _in(language: str | None) -> list[str]:
    return ["--language", language] if language else []


def _kind(line: str | None, insert_after: str | None, asked: dict[str, bool]) -> str:
    """Return the kind of change that is asked for. Raises UsageError if it is none or several."""
    if (line is None) == (insert_after is None):
        raise UsageError("one place is needed", "name a LINE, or --insert-after LINE")
    chosen = [kind for kind, is_asked in asked.items() if is_asked]
    if len(chosen) > 1 or (chosen and insert_after is not None):
        raise UsageError(
            "a change is of one kind",
            "choose one of --insert-after, --delete, --move-after, --split and --merge; "
            "--add-to adds another change",
        )
    if chosen:
        return chosen[0]
    return "replace" if insert_after is None else "insert"


def _proposed(
    own: Face, kind: str, line: str | None, after: str | None, texts: list[str]
) -> tuple[Proposed, int | None]:
    """Return the change as it is handed in, and the last entry when its lines were shown."""
    from tracker.services.proposals.making import Proposed

    labels = names([line]) if line is not None else [after or ""]
    if len(labels) != 1 and kind != "merge":
        raise UsageError(
            f"{line!r} names {len(labels)} lines",
            "one change is of one line; --merge joins several",
        )
    if kind in ("delete", "move"):
        if texts:
            noun = "deletion" if kind == "delete" else "move"
            raise UsageError(f"a {noun} has no wording", "leave out --text")
        return Proposed(kind=kind, label=labels[0], after=after if kind == "move" else None), None
    if kind != "split" and len(texts) > 1:
        raise UsageError("--text is given twice", "give one wording; --split takes several")
    if kind == "insert":
        return Proposed(kind=kind, label=labels[0], text=given(_only(texts), "--text")), None
    base, start, seen = (None, "", None) if texts else _current(own, labels)
    if len(texts) > 1:
        parts = tuple(given(text, "--text") for text in texts)
        return Proposed(kind=kind, label=labels[0], base=base, parts=parts), seen
    text = given(_only(texts), "--text", start)
    if kind == "split":
        parts = tuple(part for part in text.splitlines() if part.strip())
        return Proposed(kind=kind, label=labels[0], text=text, base=base, parts=parts), seen
    also = tuple(labels[1:])
    # Of several lines that were shown none may have other words by now.
    seen = seen if also else None
    return Proposed(kind=kind, label=labels[0], text=text, base=base, also=also), seen


def _only(texts: list[str]) -> str | None:
    return texts[0] if texts else None


def _current(own: Face, labels: list[str]) -> tuple[int | None, str, int]:
    """Return a wording, by its id, the text that the editor begins with, and the last entry."""
    from tracker.services import lines
    from tracker.services.names import is_change
    from tracker.services.proposals.making import amended

    with own.reading() as snapshot:
        if is_change(labels[0]):
            _, change = amended(snapshot, labels[0])
            return change.result_wording, change.result or "", snapshot.at
        found = [lines.find(snapshot, label) for label in labels]
        return found[0].wording, " ".join(line.text for line in found), snapshot.at
