"""A parallel file: a text in another language, paired with the authentic one and stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.errors import BadInput, Refused
from tracker.exchange.draft import Draft, DraftLine
from tracker.exchange.parallel import Paired, Source
from tracker.services import lines
from tracker.services.importing.files import File, store_file
from tracker.services.importing.leads import block_of, parted
from tracker.services.inputs import check_optional_line
from tracker.services.lines import NEW, Line
from tracker.services.names import next_label
from tracker.services.revising.applying import Revised
from tracker.services.revising.storing import store
from tracker.services.snapshot import Snapshot
from tracker.services.translations.links import store_links
from tracker.services.translations.writing import ORIGIN, check_other
from tracker.store.journal import Entry
from tracker.text.fitting import Piece
from tracker.text.paralleling import parallel

# Of texts that render one another .94 was measured, of others up to .49.
_LEAST_SCORE = 0.55


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a parallel file would store, found out without storing anything.

    ``score`` says how much of the text found a sure partner, from 0 to 1.
    """

    draft: Draft
    file: File
    head: int
    key: str
    language: str
    title: str | None
    originals: tuple[Line, ...]
    pairs: tuple[Paired, ...]
    score: float

    @property
    def sources(self) -> list[Source]:
        """The authentic lines as they are shown beside what renders them."""
        return [Source(line.label, line.text) for line in self.originals]


def plan(snapshot: Snapshot, draft: Draft, file: File, title: str | None) -> Plan:
    """Return how a text in the draft's language pairs with the authentic text.

    ``title`` is what it gives itself; a text without one goes by that of the document.

    Raises Refused if the document has a text in that language, or the draft is none of it.
    """
    language = check_other(snapshot, draft.language)
    check_optional_line(title, "title")
    if lines.running_text(snapshot, language, limit=1):
        raise Refused(
            f"{snapshot.key} has a text in {language} already, and {file.name} is not the same",
            f"changes go in with tracker propose --language {language}",
        )
    originals = lines.running_text(snapshot, snapshot.authentic)
    found = parallel(
        [_piece_of_line(line) for line in originals],
        [_piece(line, first=place == 0) for place, line in enumerate(draft.lines)],
    )
    pairs = tuple(
        Paired(
            tuple(originals[place].label for place in pair.old), pair.new, pair.score, pair.doubtful
        )
        for pair in found
    )
    sure = sum(len(pair.new) * pair.score for pair in found if pair.old)
    return Plan(
        draft=draft,
        file=file,
        head=snapshot.at,
        key=snapshot.key,
        language=language,
        title=title,
        originals=tuple(originals),
        pairs=pairs,
        score=sure / len(draft.lines),
    )


def refuse_other_text(plan: Plan) -> None:
    """Raise Refused unless a text seems to render the document: most of it finds no partner."""
    if plan.score < _LEAST_SCORE:
        raise Refused(
            f"{plan.file.name} does not seem to render {plan.key}: {plan.score:.0%} of it fits",
            "if it does, say what renders what: --show-pairs, and then --pairs @FILE",
        )


def with_pairs(plan: Plan, pairs: Sequence[Paired]) -> Plan:
    """Return the plan with pairs that a person made.

    Raises BadInput for lines put together over the end of a paragraph.
    """
    for pair in pairs:
        for place in pair.places[1:]:
            line = plan.draft.lines[place]
            if block_of(line.lead) == "paragraph":
                raise BadInput(
                    f"“{line.text[:40]}” begins a paragraph: it is no part of the wording before",
                    "give it other labels, or - for none",
                )
    return replace(plan, pairs=tuple(pairs))


def apply(entry: Entry, snapshot: Snapshot, plan: Plan) -> None:
    """Store the lines of a parallel file. Raises Refused if the store moved since."""
    entry.expect(plan.head)
    pairs = sorted((pair for pair in plan.pairs if pair.places), key=_first_place)
    text = _text(plan, pairs, lines.labels(snapshot))
    store(entry, snapshot, plan.language, [], Revised(text, []), origin=ORIGIN)
    by_label = {line.label: line for line in plan.originals}
    links = {
        (by_label[pair.labels[0]].id, by_label[label].id): by_label[label].wording
        for pair in pairs
        for label in pair.labels
    }
    store_links(entry, snapshot.document, plan.language, links)
    store_file(entry, snapshot.document, plan.file, language=plan.language, title=plan.title)
    entry.summary = f"{plan.key} in {plan.language}"


def _first_place(pair: Paired) -> int:
    return pair.places[0]


def _text(plan: Plan, pairs: Sequence[Paired], taken: set[str]) -> list[Line]:
    """Return the lines of the new text: what renders none is a new line behind the one before."""
    by_label = {line.label: line for line in plan.originals}
    labels = set(taken)
    text: list[Line] = []
    for pair in pairs:
        before = text[-1] if text else None
        parts = [plan.draft.lines[place] for place in pair.places]
        if pair.labels:
            own, label = by_label[pair.labels[0]].id, pair.labels[0]
        else:
            own, label = -len(text) - 1, next_label(before.label if before else "0", labels)
        labels.add(label)
        gap, markup = parted(parts[0], first=before is None)
        text.append(
            Line(
                id=own,
                label=label,
                kind=parts[0].kind,
                level=parts[0].level,
                number=1,
                wording=NEW,
                text="".join(part.lead + part.text for part in parts)[len(parts[0].lead) :],
                rank=None,
                block=block_of(parts[0].lead) if before else "paragraph",
                markup=markup,
                gap=gap,
                after_line=before.id if before else None,
                trail=None,
            )
        )
    text[-1] = text[-1]._replace(trail=plan.draft.trail)
    return text


def _piece(line: DraftLine, *, first: bool) -> Piece:
    markup = "" if line.kind == "heading" else parted(line, first=first)[1]
    joint = "paragraph" if first else block_of(line.lead)
    return Piece(line.text, line.kind, line.level, joint, markup.strip())


def _piece_of_line(line: Line) -> Piece:
    markup = "" if line.kind == "heading" else line.markup.strip()
    return Piece(line.text, line.kind, line.level, line.block, markup)


def unpaired(plan: Plan) -> tuple[list[Paired], list[Paired], list[Paired]]:
    """Return what does not fit: doubtful pairs, lines not rendered, and what renders none."""
    return (
        [pair for pair in plan.pairs if pair.doubtful],
        [pair for pair in plan.pairs if not pair.places],
        [pair for pair in plan.pairs if not pair.labels],
    )


def shapes(pairs: Iterable[Paired]) -> dict[str, int]:
    """Count the pairs by how many lines render how many: ``1-1``, ``2-1``."""
    counts: dict[str, int] = {}
    for pair in pairs:
        if pair.labels and pair.places:
            shape = f"{len(pair.labels)}-{len(pair.places)}"
            counts[shape] = counts.get(shape, 0) + 1
    return counts
