"""Whatever a group does in a year, undoing included, its record goes out, in and out as it was."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.desk import THREE, Desk, document
from tests.services.records import bring, check_sound, out
from tests.services.test_importing_copy import as_edition, as_proposal
from tests.stores import AT, AUTHOR, template
from tracker.errors import TrackerError
from tracker.services import agreements, convening, editions, lines, meetings, reverting, undoing
from tracker.services.comments import assigning, on_proposals
from tracker.services.comments import reading as comments
from tracker.services.comments.writing import Said
from tracker.services.proposals import reading as proposals
from tracker.services.translations import reading as translations
from tracker.services.translations import writing as translating
from tracker.services.undoing import choosing
from tracker.services.verdicts import Verdict
from tracker.store import journal
from tracker.store.open import open_store

Command = Callable[[Desk], object]

labels = st.sampled_from(["1", "2", "3", "1", "2", "3", "1a", "2a"])
proposal = st.integers(1, 4).map(lambda number: f"P{number}")
changes = st.builds(lambda name, number: f"{name}.{number}", proposal, st.integers(1, 2))
said = st.integers(1, 3).map(lambda number: f"C{number}")
texts = st.lists(
    st.sampled_from(["The parties", "keep", "the harbour", "open.", "港は", "開く。"]),
    min_size=1,
    max_size=4,
).map(" ".join)
advice = st.sampled_from(["accept", "reject", "amend", "defer"])
decisions = st.sampled_from(["rejected", "withdrawn", "deferred"])
GROUNDS: dict[str, Any] = {
    "reason": "so it was said",
    "by": "The chairs",
    "date": "2022-09",
    "mode": "vote 7-2-1",
}


def typed(act: Callable[..., Any], *given: Any, **options: Any) -> Callable[[Desk], object]:
    """Return the command that lets a service write."""

    def command(desk: Desk) -> object:
        with desk.writing() as (entry, now):
            return act(entry, now, *given, **options)

    return command


def agreed(label: str, outcome: str) -> Command:
    return typed(agreements.agree, [label], Verdict(outcome, **GROUNDS))


def assigned(name: str, done: bool) -> Command:
    if done:
        return typed(assigning.complete, [name])
    return typed(assigning.assign, [name], "A member", due="2022-10", note="soon")


def rendered(label: str, text: str) -> Command:
    return typed(translating.add, "ja", [label], text)


def confirmed(label: str) -> Command:
    return typed(translating.confirm, "ja", [label])


def said_on(name: str, text: str) -> Command:
    return typed(on_proposals.add, Said(speaker="A voice", text=text), name)


def reverted(number: int) -> Command:
    return typed(reverting.revert, f"@{number}", "before")


def met(desk: Desk) -> None:
    with journal.entry(desk.store, AUTHOR, AT, "meeting open") as entry:
        if not meetings.all_meetings(entry.connection):
            meetings.add_meeting(entry, "w1", name="Workshop", topics=["Ports"])
        convening.open_(entry, "w1")


def corrected(desk: Desk) -> None:
    with journal.entry(desk.store, AUTHOR, AT, "meeting set") as entry:
        convening.correct(entry, "w1", {"place": "a harbour", "date": "2022"})


def reworded(desk: Desk) -> str:
    """Return the running text with a line changed, and one more."""
    with desk.reading() as now:
        told = [line.text for line in lines.running_text(now)]
    return "\n\n".join([*(f"{text} Then." for text in told[:1]), *told[1:], "One more."]) + "\n"


def taken_back(desk: Desk) -> None:
    """Undo the last entry that is to be undone, but for the first, which brought the document."""
    with desk.writing("undo") as (entry, _):
        if choosing.choose(entry.connection, None).number > 1:
            undoing.undo(entry, None)


def b(make: Callable[..., Command], *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Command]:
    return st.builds(make, *parts)


commands: st.SearchStrategy[Command] = st.one_of(
    b(lambda one: lambda d: d.say(one), labels),
    b(lambda one: lambda d: d.say(one, words="harbour"), labels),
    b(lambda one, s: lambda d: d.say(one, scope=s), labels, st.sampled_from(["section", "gap"])),
    b(lambda one: lambda d: d.reply(one), said),
    b(lambda one, to: lambda d: d.tie(one, to), said, labels),
    b(lambda one: lambda d: d.tie(one), said),
    b(lambda one: lambda d: d.dispose(one, outcome="accepted", mode="vote 5-1"), said),
    b(lambda one: lambda d: d.dispose(one, outcome="noted", stage="advised"), said),
    b(assigned, said, st.booleans()),
    b(said_on, proposal | changes, texts),
    b(lambda one, text: lambda d: d.replace(one, text), labels, texts),
    b(lambda one, text: lambda d: d.insert(one, text), labels, texts),
    b(lambda one: lambda d: d.delete(one), labels),
    b(lambda one, to: lambda d: d.move(one, to), labels, labels | st.just("0")),
    b(lambda one, x, y: lambda d: d.split(one, x, y), labels, texts, texts),
    b(lambda one, two, text: lambda d: d.merge(one, two, text=text), labels, labels, texts),
    b(lambda text, to: lambda d: d.replace("2", text, to=to), texts, proposal),
    b(lambda text, to: lambda d: d.insert("2", text, to=to), texts, proposal),
    b(lambda one, text: lambda d: d.replace(one, text), changes, texts),
    b(lambda one: lambda d: d.update(one), proposal),
    b(lambda one, two: lambda d: d.join(one, two), proposal, proposal),
    b(lambda one, text: lambda d: d.resolve(one, text=text), changes, texts),
    b(lambda how, one: lambda d: d.recommend(how, one, reason="better"), advice, proposal),
    b(lambda how, one: lambda d: d.decide(how, one, **GROUNDS), decisions, proposal | changes),
    *([b(lambda one: lambda d: d.accept(one, **GROUNDS), proposal | changes)] * 4),
    b(lambda one, text: lambda d: d.accept(one, as_text=text), proposal | changes, texts),
    b(lambda one: lambda d: d.accept(one, dispose="accepted"), proposal),
    b(agreed, labels, st.sampled_from(["agreed", "agreed ad referendum"])),
    b(rendered, labels, texts),
    b(confirmed, labels),
    b(lambda n: lambda d: d.edition(f"edition-{n}"), st.integers(1, 4)),
    b(lambda n: lambda d: as_edition(d, reworded(d), f"copy-{n}"), st.integers(1, 4)),
    b(lambda n: lambda d: as_proposal(d, reworded(d)), st.integers(1, 4)),
    b(reverted, st.integers(2, 12)),
    st.sampled_from([met, corrected]),
    *([st.just(taken_back)] * 4),
)
years = st.lists(commands, min_size=10, max_size=40)


def copied(folder: str, name: str) -> Desk:
    path = Path(folder) / name
    shutil.copyfile(template(), path)
    return Desk(open_store(str(path)))


def told(desk: Desk) -> dict[str, Any]:
    """What people read of a document, without ids and entries, which are the store's own."""
    with desk.reading() as now:
        found, _ = proposals.listed(now)
        return {
            "text": [_line(line) for line in lines.running_text(now)],
            "agreed": [
                (label, v.outcome, v.votes) for label, v in agreements.holding(now, ALL).items()
            ],
            "comments": [_comment(each) for each in comments.listed(now)[0]],
            "proposals": [
                (p.id, p.state, p.stale, p.in_collision, p.answers, p.lines, len(p.earlier))
                for p in found
            ],
            "changes": [
                (c.kind, c.line, c.base, c.result, c.amends) for p in found for c in p.changes
            ],
            "editions": [(e.key, e.name, e.printed) for e in editions.all_editions(now)],
            "passages": [
                (p.text, p.state, [each.label for each in p.originals]) for p in _passages(now)
            ],
        }


ALL = [f"{number}{letter}" for number in range(9) for letter in ["", *"abcdefghi"]]


def _passages(now: Any) -> Sequence[Any]:
    return translations.passages(now, "ja")


def _line(line: lines.Line) -> tuple[Any, ...]:
    return line.label, line.kind, line.level, line.text, line.block, line.markup, line.trail


def _comment(each: comments.Comment) -> tuple[Any, ...]:
    anchors = [
        (a.line, a.scope, a.quote, a.start, a.stop, a.state, a.inherited) for a in each.anchors
    ]
    settled = [v.outcome for v in (each.disposition, each.recommendation) if v is not None]
    given = each.assignment._replace(entry=0) if each.assignment else None
    return each.id, each.text, each.topic, each.meeting, each.about, anchors, settled, given


def check_record(desk: Desk, folder: str, name: str) -> None:
    check_sound(desk.store)
    written, other = out(desk.store), copied(folder, name)
    bring(other.store, written)
    assert out(other.store).decode() == written.decode()
    check_sound(other.store)
    assert told(other) == told(desk)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(years)
def test_a_year_goes_out_in_and_out_as_it_was(year: list[Command]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = copied(folder, "year.db")
        document(desk.store, *THREE)
        for number, command in enumerate(year):
            try:
                command(desk)
            except TrackerError:
                continue
            if number % 10 == 9:
                check_record(desk, folder, f"{number}.db")
        check_record(desk, folder, "end.db")
