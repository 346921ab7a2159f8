"""What a store should hold, looked up and compared with the model."""

from __future__ import annotations

from tests.property.law_model import Flagged, Model
from tracker.services import lines, snapshot
from tracker.services.comments import editing
from tracker.services.comments import reading as comments
from tracker.services.comments.reading import Anchor
from tracker.services.lines import Line
from tracker.services.proposals import reading as proposals
from tracker.services.snapshot import Snapshot
from tracker.store.open import Store


def check_text(model: Model, ids: dict[str, int], then: Snapshot) -> None:
    """Law 4, at one state."""
    text = lines.running_text(then)
    assert [(line.label, line.text) for line in text] == model.texts[then.at - 1]
    for line in text:
        assert ids.setdefault(line.label, line.id) == line.id


def check_every_state(model: Model, ids: dict[str, int], store: Store) -> None:
    """Law 4, at every state."""
    with store.read() as connection:
        now = snapshot.latest(connection)
        for number, text in enumerate(model.texts, 1):
            then = snapshot.at_state(now, f"@{number}")
            check_text(model, ids, then)
            for label, words in text:
                line = lines.find(then, label)
                assert (line.id, line.text) == (ids[label], words)
                last = lines.versions(then, line.id)[-1]
                assert (last.number, last.text) == (line.number, words)


def check_comments(model: Model, now: Snapshot) -> None:
    """Law 5."""
    found = {comment.id: comment for comment in comments.listed(now)[0]}
    assert list(found) == list(model.comments)
    standing = {label: lines.find(now, label) for label in model.words}
    for name, expected in model.comments.items():
        comment = found[name]
        assert (comment.text, comment.reply_to) == (expected.text, expected.parent)
        said = [version.text for version in editing.versions(now, name)]
        assert said == [*expected.earlier, expected.text]
        settled = comment.disposition
        assert (settled and settled.outcome) == expected.disposition
        for anchor, flagged in zip(comment.anchors, expected.flagged, strict=True):
            assert (anchor.line, anchor.quote) == (flagged.label, flagged.quote)
            _check_anchor(anchor, flagged, standing[flagged.label])


def _check_anchor(anchor: Anchor, flagged: Flagged, line: Line) -> None:
    assert anchor.state in flagged.states, (flagged, line.text)
    flagged.settle(anchor.state)
    assert anchor.wording == line.wording
    if anchor.state == "orphaned" or flagged.words is None:
        assert anchor.start is anchor.stop is None
        return
    assert anchor.start is not None
    words = line.text[anchor.start : anchor.stop]
    if anchor.state == "exact":
        assert words.startswith(flagged.words[0])
        assert words.endswith(flagged.words[-1])
        assert all(word in words for word in flagged.words)
    assert any(word in words for word in flagged.words)
    assert not any(word in words for word in set(flagged.line) - set(flagged.words))


def check_proposals(model: Model, now: Snapshot) -> None:
    """Law 7."""
    found = {proposal.id: proposal for proposal in proposals.listed(now)[0]}
    assert list(found) == list(model.proposals)
    for name, expected in model.proposals.items():
        proposal = found[name]
        assert (proposal.state, list(proposal.answers)) == (expected.state, expected.answers)
        assert proposal.stale == model.stale(expected)
        assert [
            (change.kind, change.line or change.after, change.base, change.result)
            for change in proposal.changes
        ] == [
            (change.kind, change.label, change.base_text, change.result_text)
            for change in expected.changes
        ]


def check_flagged(model: Model, now: Snapshot) -> None:
    """The count of open comments is what a recount gives."""
    found, _ = lines.flagged(now, decided=True)
    expected = [(label, *model.counts(label)) for label in model.order]
    assert [(line.label, line.comments, line.open) for line in found] == [
        counts for counts in expected if counts[1]
    ]
