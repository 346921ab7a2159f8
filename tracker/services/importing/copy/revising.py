"""An edited copy as the next edition: it becomes the text, and gets a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from tracker.errors import Refused
from tracker.services import editions, joints, lines
from tracker.services.importing.copy.comparing import Comparison, Found
from tracker.services.importing.copy.proposing import changes_of
from tracker.services.importing.files import File, refuse_known, store_file
from tracker.services.importing.leads import block_of, parted
from tracker.services.joints import Joint
from tracker.services.lines import NEW, Line
from tracker.services.names import check_key, next_label
from tracker.services.proposals.proposal import Base, Change
from tracker.services.proposals.storing import NewChange
from tracker.services.revising.applying import Passage, Revised, applied
from tracker.services.revising.carrying import Carried
from tracker.services.revising.storing import Stored, foreseen, store
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict
from tracker.store.journal import Entry


class Naming(NamedTuple):
    """How the edition is called."""

    key: str
    name: str
    status: str = "draft"
    date: str | None = None
    note: str | None = None


class Plan(NamedTuple):
    """What the text is to be, and what becomes of the comments on it; nothing is stored yet."""

    comparison: Comparison
    revised: Revised
    carried: tuple[Carried, ...]
    naming: Naming
    file: File
    head: int


def plan(snapshot: Snapshot, comparison: Comparison, file: File, naming: Naming) -> Plan:
    """Return what the text would be with a copy as its next edition.

    A copy of the text as it is becomes the text, code point for code point. What a copy of an
    earlier state changed is merged into the text as it is: what changed meanwhile is not undone.
    Raises Refused if nothing differs, if what both changed collides, if such a file was merged in
    before, or if the name is taken.
    """
    check_key(naming.key, "edition")
    now = lines.running_text(snapshot)
    given = lines.labels(snapshot)
    if lines.are_same_text(comparison.base, now):
        revised = _as_it_came(comparison, given)
    else:
        # Merged in once more, what it puts in would stand there twice; a proposal put in nothing.
        refuse_known(snapshot, file, as_edition=True)
        ours = _not_made_meanwhile(changes_of(comparison, snapshot.language), comparison.base, now)
        known = {line.id: line for line in (*now, *comparison.base)}
        changes = [_change(known, number, change) for number, change in enumerate(ours, 1)]
        revised = applied(now, changes, given)
    if lines.are_same_text(revised.lines, now):
        raise _nothing_new(snapshot, file, naming)
    if any(edition.key == naming.key for edition in editions.all_editions(snapshot)):
        raise Refused(
            f"there is an edition {naming.key} already", "give it another name: --edition NAME"
        )
    carried = foreseen(snapshot, snapshot.language, now, revised)
    return Plan(comparison, revised, tuple(carried), naming, file, snapshot.at)


def _nothing_new(snapshot: Snapshot, file: File, naming: Naming) -> Refused:
    """Return the refusal of a copy that changes nothing, with the edition that the text is."""
    what = f"{file.name} makes nothing else of the text as it stands"
    edition = editions.standing(snapshot)
    if edition is not None:
        return Refused(
            f"{what}, which is the edition {edition.key}: there is nothing to store",
            f"to call it otherwise: tracker edition set {edition.key} --name {naming.name!r}",
        )
    return Refused(
        f"{what}: there is nothing to store", f"to name it: tracker edition add {naming.name!r}"
    )


def apply(entry: Entry, snapshot: Snapshot, plan: Plan, *, reopen: Verdict | None = None) -> Stored:
    """Store a copy as the next edition; ``reopen`` says why it touches lines that are agreed.

    Raises Refused if the store moved since the plan, or if such a line is touched without it.
    """
    entry.expect(plan.head)
    now = lines.running_text(snapshot)
    stored = store(entry, snapshot, snapshot.language, now, plan.revised, reopen=reopen)
    store_file(entry, snapshot.document, plan.file, language=snapshot.language)
    naming = plan.naming
    editions.store(
        entry,
        snapshot.document,
        naming.key,
        state=entry.number,
        printed={line: str(number) for number, line in enumerate(stored.order, 1)},
        values={
            "name": naming.name,
            "status": naming.status,
            "date": naming.date,
            "note": naming.note,
        },
    )
    return stored


def _as_it_came(comparison: Comparison, labels: set[str]) -> Revised:
    """Return the text of a copy, each of its lines being the stored one that it came from."""
    found = {place: (each, at) for each in comparison.found for at, place in enumerate(each.new)}
    end = joints.line_end(comparison.base)
    given = set(labels)
    text: list[Line] = []
    ids: dict[int, int] = {}
    new = 0
    for place, draft in enumerate(comparison.draft.lines):
        each, at = found[place]
        before = text[-1] if text else None
        if each.old and not at:
            line = _kept(comparison, each, place)
        else:
            new -= 1
            label = next_label(before.label if before else "0", given)
            given.add(label)
            line = Line(new, label, draft.kind, draft.level, 1, NEW, draft.text, None, *_NOWHERE)
        ids[place] = line.id
        if joints.lead(line, before, end) != draft.lead or line.id < 0:
            line = line._replace(**_joint(comparison, place, before)._asdict())
        text.append(line)
    if text and joints.trail(text) != comparison.draft.trail:
        text[-1] = text[-1]._replace(trail=comparison.draft.trail)
    passages = [
        Passage(
            tuple(comparison.base[place].id for place in each.old),
            tuple(ids[place] for place in each.new),
        )
        for each in comparison.found
        if each.kind in ("split", "merged")
    ]
    return Revised(text, passages)


# A joint that is about to be given: block, markup, gap, after_line and trail.
_NOWHERE = ("paragraph", "", None, None, None)


def _kept(comparison: Comparison, found: Found, place: int) -> Line:
    """Return a stored line as a copy has it."""
    old, draft = comparison.base[found.old[0]], comparison.draft.lines[place]
    line = old._replace(kind=draft.kind, level=draft.level)
    if found.moved or found.kind == "moved":
        line = line._replace(rank=None)
    return line if old.text == draft.text else line._replace(text=draft.text, wording=NEW)


def _joint(comparison: Comparison, place: int, before: Line | None) -> Joint:
    draft = comparison.draft.lines[place]
    gap, markup = parted(draft, first=place == 0)
    block = "paragraph" if place == 0 else block_of(draft.lead)
    return Joint(block, markup, gap, before.id if before is not None else None)


def _not_made_meanwhile(
    changes: Iterable[NewChange], base: Sequence[Line], now: Sequence[Line]
) -> Iterator[NewChange]:
    """Yield the changes but those that put a line in, or move one, where the text has it by now.

    What else a copy puts in there stands behind it.
    """
    known = {line.id for line in base}
    places: dict[int | None, int] = {line.id: place for place, line in enumerate(now, 1)}
    behind: dict[int | None, int] = {}
    for change in changes:
        after = behind.get(change.after_line, change.after_line)
        if after is not None and after not in places:
            yield change
            continue
        came = takewhile(lambda line: line.id not in known, now[places.get(after, 0) :])
        if change.kind == "insert":
            said = change.results[0].text
            same = next((line.id for line in came if line.text == said), None)
            if same is not None:
                behind[change.after_line] = same
                continue
        if change.kind == "move" and places.get(after, 0) + 1 == places.get(change.bases[0][0]):
            continue
        yield change._replace(after_line=after)


def _change(known: Mapping[int, Line], number: int, change: NewChange) -> Change:
    """Return a change of the copy as one that can be made in the text as it is."""
    after = known.get(change.after_line or 0)
    return Change(
        number=number,
        kind=change.kind,
        language=change.language,
        bases=tuple(
            Base(known[line].label, line, wording, known[line].text, stale=False)
            for line, wording in change.bases
            if line is not None
        ),
        results=change.results,
        after=after.label if after else "0",
        after_id=change.after_line,
        stale=False,
        entry=0,
    )
