"""The laws 4, 5, 7 and 8, whatever commands come in whatever order, against a plain model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event

from tests.property.law_checks import (
    check_comments,
    check_every_state,
    check_flagged,
    check_proposals,
    check_text,
)
from tests.property.law_model import (
    SCRIPTS,
    Change,
    Comment,
    Flagged,
    Model,
    Proposal,
    Words,
    joined,
)
from tests.services.desk import Desk, document
from tests.stores import Stores, empty
from tracker.errors import TrackerError
from tracker.services import snapshot
from tracker.store.open import Store, open_store
from tracker.store.verify import verify

scripts = st.sampled_from(SCRIPTS)


def in_a_hurry(connection: Any, _record: object) -> None:
    """Wait for no disk: nothing of these stores outlives the test."""
    connection.execute("PRAGMA synchronous = OFF")


class Laws(RuleBasedStateMachine):
    """Commands on one document, and after each of them everything it should hold."""

    stores: Stores

    def __init__(self) -> None:
        super().__init__()
        self.opened = self.stores.copy(empty)
        self.store: Store = open_store(self.opened.__enter__())
        if self.store.engine.dialect.name == "sqlite":
            event.listen(self.store.engine, "connect", in_a_hurry)
        self.desk = Desk(self.store)
        self.model = Model()
        self.ids: dict[str, int] = {}

    def teardown(self) -> None:
        if self.model.texts:
            check_every_state(self.model, self.ids, self.store)
            self.desk.check()
        self.opened.__exit__(None, None, None)

    @initialize(chosen=st.lists(st.tuples(scripts, st.integers(2, 6)), min_size=1, max_size=3))
    def begin(self, chosen: list[tuple[str, int]]) -> None:
        for number, (script, count) in enumerate(chosen, 1):
            label = str(number)
            self.model.take(label, script, self.model.new_words(script, count))
            self.model.order.append(label)
        document(self.store, *(text for _, text in self.model.text()))
        self.model.entry()

    @rule(data=st.data())
    def type_a_command(self, data: st.DataObject) -> None:
        """One rule, so that none is left out of a run and the weights are ours."""
        model = self.model
        possible = {
            self.say: 5,
            self.reply: 2 if model.comments else 0,
            self.edit: 1 if model.comments else 0,
            self.move: 3 if model.comments else 0,
            self.revise: 6 if model.order else 0,
            self.propose: 3 if model.order else 0,
            self.add_change: 1 if model.order and model.named("open") else 0,
            self.accept: 3 if model.ready() else 0,
            self.decide: 1 if model.named("open") else 0,
            self.dispose: 2 if model.comments else 0,
            self.name_an_edition: 1 if model.order else 0,
            self.set_title: 1,
            self.be_refused: 2,
        }
        chosen = [command for command, weight in possible.items() for _ in range(weight)]
        data.draw(st.sampled_from(chosen))(data)

    # What people type.

    def say(self, data: st.DataObject) -> None:
        labels, words = self._some_place(data)
        text = f"Said «{len(self.model.comments)}» 語\n{data.draw(st.text(max_size=3))!r}"
        flagged = [self._flag(label, words) for label in labels]
        name = self.desk.say(*labels, words=flagged[0].quote if flagged else None, text=text)
        self.model.comments[name] = Comment(text, None, flagged)
        self.model.entry()

    def reply(self, data: st.DataObject) -> None:
        parent = data.draw(st.sampled_from(list(self.model.comments)))
        flagged = self.model.reply(parent)
        quote = None
        labels = list(dict.fromkeys(one.label for one in flagged))
        if len(labels) == 1 and labels[0] in self.model.order and data.draw(st.booleans()):
            flagged = [self._flag(labels[0], self._some_words(data, labels[0]))]
            quote = flagged[0].quote
        text = f"Replied {len(self.model.comments)}"
        name = self.desk.reply(parent, words=quote, text=text)
        self.model.comments[name] = Comment(text, parent, flagged, own=quote is not None)
        self.model.entry()

    def edit(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(list(self.model.comments)))
        comment = self.model.comments[name]
        comment.earlier.append(comment.text)
        comment.text = f"Said otherwise at {len(self.model.texts)}"
        assert self.desk.edit(name, text=comment.text) == [name]
        self.model.entry()

    def move(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(list(self.model.comments)))
        labels, words = self._some_place(data)
        flagged = [self._flag(label, words) for label in labels]
        if self.model.stands_so(name, flagged):
            with pytest.raises(TrackerError, match="stands there already"):
                self.desk.tie(name, *labels, words=flagged[0].quote if flagged else None)
            return
        self.desk.tie(name, *labels, words=flagged[0].quote if flagged else None)
        self.model.move(name, flagged)
        self.model.entry()

    def propose(self, data: st.DataObject) -> None:
        change = self._some_change(data, set())
        answers = data.draw(
            st.lists(st.sampled_from(list(self.model.comments) or [""]), max_size=2)
        )
        answers = sorted({answer for answer in answers if answer}, key=lambda name: int(name[1:]))
        name = self._propose_first(change, answers)
        for _ in range(data.draw(st.integers(0, 2))):
            self._add(data, name)

    def add_change(self, data: st.DataObject) -> None:
        self._add(data, data.draw(st.sampled_from(self.model.named("open"))))

    def accept(self, data: st.DataObject) -> None:
        self._accept(data, data.draw(st.sampled_from(self.model.ready())))

    def revise(self, data: st.DataObject) -> None:
        """Change a line, of which something was said if there is one, and accept it."""
        flagged = [label for label in self.model.order if any(self.model.on(label))]
        label = data.draw(st.sampled_from(flagged or self.model.order))
        change = self._replacement(data, label)
        kind = data.draw(st.sampled_from(["replace", "replace", "replace", "insert", "delete"]))
        if kind == "insert":
            change = self._insertion(data, label)
        elif kind == "delete":
            change = replace(change, kind=kind, result=None)
        name = self._propose_first(change, [])
        self._accept(data, name)

    def _accept(self, data: st.DataObject, name: str) -> None:
        dispose = data.draw(st.sampled_from([None, "noted", "rejected"]))
        shown = [(line.label, line.runs[0].text) for line in self.desk.view(name).lines]
        self.desk.accept(name, dispose)
        self.model.accept(name)
        if dispose:
            for answered in self.model.proposals[name].answers:
                comment = self.model.comments[answered]
                comment.disposition = comment.disposition or dispose
        self.model.entry()
        assert shown == self.model.text()

    def decide(self, data: st.DataObject) -> None:
        outcome = data.draw(st.sampled_from(["rejected", "withdrawn"]))
        name = data.draw(st.sampled_from(self.model.named("open")))
        self.desk.decide(outcome, name)
        self.model.proposals[name].state = outcome
        self.model.entry()

    def dispose(self, data: st.DataObject) -> None:
        outcome = data.draw(st.sampled_from(["accepted", "rejected", "noted"]))
        names = data.draw(st.lists(st.sampled_from(list(self.model.comments)), min_size=1))
        self.desk.dispose(*names, outcome=outcome, reason="so")
        for name in names:
            self.model.comments[name].disposition = outcome
        self.model.entry()

    def name_an_edition(self, _: st.DataObject) -> None:
        self.desk.edition(f"edition-{len(self.model.texts)}")
        self.model.entry()

    def set_title(self, _: st.DataObject) -> None:
        self.desk.set(title=f"Title {len(self.model.texts)}")
        self.model.entry()

    def be_refused(self, data: st.DataObject) -> None:
        """Law 8."""
        refused: list[Any] = [
            lambda: self.desk.say("99"),
            lambda: self.desk.say("1", words="nowhere to be found"),
            lambda: self.desk.reply("C999"),
            lambda: self.desk.dispose(*list(self.model.comments)[:1], "C999"),
            self.desk.set,
            lambda: self.desk.insert("99", "Text."),
            lambda: self.desk.edition("@1"),
        ]
        refused += [
            lambda name=name: self.desk.accept(name)
            for name, proposal in self.model.proposals.items()
            if proposal.state != "open" or self.model.stale(proposal)
        ]
        refused += [
            lambda name=name: self.desk.dispose(name, outcome="rejected")
            for name in self.model.comments
        ]
        refused += [
            lambda label=label: self.desk.delete(label)
            for label in self.model.words
            if label not in self.model.order
        ]
        command = data.draw(st.sampled_from(refused))
        before = self.desk.everything()
        with pytest.raises(TrackerError) as told:
            command()
        assert told.value.hint
        assert self.desk.everything() == before

    # What they draw from.

    def _some_place(self, data: st.DataObject) -> tuple[list[str], Words | None]:
        """No line, one, or two; of one perhaps some words."""
        labels = data.draw(st.lists(st.sampled_from(self.model.order or [""]), max_size=2))
        labels = [label for label in dict.fromkeys(labels) if label]
        some = len(labels) == 1 and data.draw(st.booleans())
        return labels, self._some_words(data, labels[0]) if some else None

    def _some_words(self, data: st.DataObject, label: str) -> Words:
        words = self.model.words[label]
        start = data.draw(st.integers(0, len(words) - 1))
        return words[start : data.draw(st.integers(start + 1, len(words)))]

    def _flag(self, label: str, words: Words | None) -> Flagged:
        own = self.model.words[label]
        return Flagged(label, own, words, self.model.scripts[label], set(words or ()))

    def _some_change(self, data: st.DataObject, taken: set[str]) -> Change:
        kinds = ["replace", "replace", "replace", "insert", "delete"]
        free = [label for label in self.model.order if label not in taken]
        kind = data.draw(st.sampled_from(kinds if free else ["insert"]))
        if kind == "insert":
            return self._insertion(data, data.draw(st.sampled_from(["0", *self.model.order])))
        label = data.draw(st.sampled_from(free))
        change = self._replacement(data, label)
        return change if kind == "replace" else replace(change, kind=kind, result=None)

    def _insertion(self, data: st.DataObject, after: str) -> Change:
        script = data.draw(scripts)
        words = self.model.new_words(script, data.draw(st.integers(1, 5)))
        return Change("insert", after, script, None, words)

    def _replacement(self, data: st.DataObject, label: str) -> Change:
        base, script = self.model.words[label], self.model.scripts[label]
        return Change("replace", label, script, base, self._other_words(data, label))

    def _other_words(self, data: st.DataObject, label: str) -> Words:
        """Some words for others, or the words of an earlier version again."""
        words, script = self.model.words[label], self.model.scripts[label]
        earlier = [each for each in self.model.earlier[label] if each != words]
        again: bool = data.draw(st.booleans()) if earlier else False
        if again:
            chosen: Words = data.draw(st.sampled_from(earlier))
            return chosen
        start = data.draw(st.integers(0, len(words)))
        stop = data.draw(st.integers(start, len(words)))
        least = 1 if start == stop or stop - start == len(words) else 0
        written = self.model.new_words(script, data.draw(st.integers(least, 3)))
        return words[:start] + written + words[stop:]

    def _propose_first(self, change: Change, answers: list[str]) -> str:
        name = self._propose(change, None, answers=answers)
        self.model.proposals[name] = Proposal([change], answers)
        self.model.entry()
        return name

    def _propose(self, change: Change, to: str | None, **options: Any) -> str:
        done = self.desk.change(change.kind, change.label, change.result_text, to, **options)
        return done.proposal

    def _add(self, data: st.DataObject, name: str) -> None:
        proposal = self.model.proposals[name]
        taken = {change.label for change in proposal.changes if change.kind != "insert"}
        change = self._some_change(data, taken)
        self._propose(change, name)
        proposal.changes.append(change)
        self.model.entry()

    # What holds after each of them.

    @invariant()
    def everything_holds(self) -> None:
        if not self.model.texts:
            return
        with self.store.read() as connection:
            now = snapshot.latest(connection)
            # It takes as long as all the rest, and finds later too what it would find now.
            if now.at % 4 == 0:
                assert list(verify(connection)) == []
            assert now.at == len(self.model.texts)
            check_text(self.model, self.ids, now)
            check_comments(self.model, now)
            check_proposals(self.model, now)
            check_flagged(self.model, now)


QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def run(stores: Stores, examples: int, steps: int) -> None:
    class OnTheseStores(Laws):
        pass

    OnTheseStores.stores = stores
    run_state_machine_as_test(
        OnTheseStores,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=QUIET,
            phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        ),
    )


def test_the_laws_hold_whatever_is_typed(sqlite_stores: Stores) -> None:
    run(sqlite_stores, examples=18, steps=20)


def test_the_laws_hold_on_postgresql_too(postgres_stores: Stores) -> None:
    run(postgres_stores, examples=2, steps=10)


def test_a_word_of_the_model_is_in_no_other() -> None:
    words = [word for script in SCRIPTS for word in Model().new_words(script, 234)]
    text = "\n".join(words)
    assert all(text.count(word) == 1 for word in words)
    assert joined("ja", ("一議", "丁議")) == "一議、丁議。"
