"""What a record says about a text: comments with their anchors, and proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.errors import BadInput
from tracker.exchange import record as exchange
from tracker.exchange.record import Comment, Proposal, ProposedChange
from tracker.services import meetings
from tracker.services.anchors import standing
from tracker.services.importing.replay import Text
from tracker.services.inputs import check_optional, check_text
from tracker.services.names import comment_id, proposal_id
from tracker.services.verdicts import Verdict, checked, disposition, store_verdict
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.text import Quote, locate, occurrences

_DECISIONS = ("accepted", "rejected", "withdrawn")


def store_comments(
    entry: Entry, text: Text, comments: Sequence[Comment], sources: Mapping[str, int]
) -> None:
    """Store comments under the numbers they have, or the next ones. Raises BadInput."""
    numbers: dict[str, int] = {}
    anchors: dict[int, list[dict[str, Any]]] = {}
    house = House(entry)
    for comment in parents_first(comments):
        number = _number(entry, text.document, comment)
        if comment.id:
            numbers[comment.id] = number
        parent = numbers[comment.reply_to] if comment.reply_to else None
        store_comment(entry, text.document, number, comment, parent, house, sources)
        if comment.anchors:
            anchors[number] = insert_anchors(entry, text, number, comment)
        else:
            rows = [
                {**row, "comment": number, "inherited": 1} for row in anchors.get(parent or 0, ())
            ]
            entry.insert_many(tables.anchor, rows)
            anchors[number] = rows
        store_dispositions(entry, text.document, number, comment)


def insert_anchors(entry: Entry, text: Text, number: int, comment: Comment) -> list[dict[str, Any]]:
    """Store the anchors of a comment and where they were carried to; return their rows."""
    own = {"document": text.document, "comment": number}
    rows = _ended([{**own, **row} for row in _anchor_rows(text, comment)], entry.number)
    entry.insert_many(tables.anchor, rows)
    return rows


def store_dispositions(entry: Entry, document: int, number: int, comment: Comment) -> None:
    """Store the dispositions of a comment, oldest first. Raises BadInput for one that is none."""
    for verdict in comment.dispositions:
        settled = read_verdict(verdict)
        disposition(settled.outcome, settled.reason)
        store_verdict(entry, document, settled, comment=number)


def _number(entry: Entry, document: int, comment: Comment) -> int:
    if comment.id is None:
        return entry.next_id(tables.comment, document)
    number = comment_id(comment.id)
    entry.reserve_id(tables.comment, document, number)
    return number


def parents_first(comments: Sequence[Comment]) -> Iterator[Comment]:
    """Yield comments in their order, each after the one it replies to."""
    by_id = {comment.id: comment for comment in comments if comment.id}
    done: set[int] = set()
    for comment in comments:
        chain = []
        above: Comment | None = comment
        while above is not None and id(above) not in done:
            done.add(id(above))
            chain.append(above)
            above = by_id.get(above.reply_to) if above.reply_to else None
        yield from reversed(chain)


class House:
    """The store's meetings and participants by their keys, read once."""

    def __init__(self, entry: Entry) -> None:
        self.meetings = {m.key: m for m in meetings.all_meetings(entry.connection)}
        self.participants = {p.key: p for p in meetings.all_participants(entry.connection)}

    def meeting(self, key: str | None) -> meetings.Meeting | None:
        """Return the meeting so named. Raises BadInput if there is none."""
        return self._found(self.meetings, key, "meeting")

    def participant(self, key: str | None) -> meetings.Participant | None:
        """Return the participant so named. Raises BadInput if there is none."""
        return self._found(self.participants, key, "participant")

    @staticmethod
    def _found(known: Mapping[str, Any], key: str | None, noun: str) -> Any:
        if key is not None and key not in known:
            raise BadInput(
                f"there is no {noun} {key!r}", f"add it to the file, or: tracker {noun} add"
            )
        return known[key] if key is not None else None


def store_comment(
    entry: Entry,
    document: int,
    number: int,
    comment: Comment,
    parent: int | None,
    house: House,
    sources: Mapping[str, int],
) -> None:
    """Store a comment's own rows, without its anchors. Raises BadInput for bad texts."""
    meeting = house.meeting(comment.meeting)
    participant = house.participant(comment.participant)
    topic = None
    if comment.topic is not None:
        if meeting is None:
            raise BadInput(f"the topic {comment.topic!r} belongs to a meeting, and none is named")
        topic = meetings.topic_number(meeting, comment.topic)
    name = f"C{number}"
    entry.insert(tables.comment, document=document, id=number)
    entry.append(
        tables.comment_version,
        {"document": document, "comment": number},
        meeting=meeting.id if meeting else None,
        topic=topic,
        speaker=check_text(comment.speaker, f"speaker of {name}"),
        side=check_optional(comment.side, f"side of {name}"),
        participant=participant.id if participant else None,
        kind=comment.kind,
        type=comment.type,
        text=check_text(comment.text, f"text of {name}"),
        context=check_optional(comment.context, f"context of {name}"),
        note=check_optional(comment.note, f"note of {name}"),
        verbatim=int(comment.verbatim),
        parent=parent,
        relation=comment.relation,
        source=sources[comment.source] if comment.source else None,
        locator=check_optional(comment.locator, f"locator of {name}"),
        given_number=check_optional(comment.number, f"number of {name}"),
    )


def _anchor_rows(text: Text, comment: Comment) -> Iterator[dict[str, Any]]:
    """Yield the anchors of a comment, each followed by where it was carried to."""
    for ordinal, anchor in enumerate(comment.anchors, 1):
        wording, words = text.version(anchor.line, anchor.language, anchor.version)
        span = locate_words(comment.id or comment.speaker, anchor, words)
        shared = {"ordinal": ordinal, "line": text.line(anchor.line), "inherited": 0}
        first = {**shared, "number": 1, "state": "exact", **standing(wording, words, span)}
        yield first
        for number, stands in enumerate(anchor.carried, 2):
            wording, words = text.version(anchor.line, anchor.language, stands.version)
            there = None
            if stands.start is not None and stands.end is not None:
                if not 0 <= stands.start < stands.end <= len(words):
                    raise BadInput(
                        f"{comment.id} stands outside of line {anchor.line} at "
                        f"{stands.start} to {stands.end}"
                    )
                there = (stands.start, stands.end)
            yield {
                **shared,
                "number": number,
                **(standing(wording, words, there) if there else {"wording": wording}),
                "scope": first["scope"],
                "quote": first.get("quote"),
                "state": stands.state,
            }


def locate_words(name: str, anchor: exchange.Anchor, words: str) -> tuple[int, int] | None:
    """Return where an anchor's words stand in a wording; none for the whole line.

    Raises BadInput if they do not stand there, or several times and nothing says which.
    """
    if anchor.quote is None:
        return None
    if anchor.start is not None:
        end = anchor.start + len(anchor.quote)
        if words[anchor.start : end] == anchor.quote:
            return anchor.start, end
    found = locate(Quote(anchor.quote, start=anchor.start), words)
    if found is None:
        count = len(occurrences(anchor.quote, words))
        raise BadInput(
            f"{name}: line {anchor.line} holds the words {anchor.quote!r} {count} times",
            "quote words that stand there once, or say where they start",
        )
    return found


def _ended(rows: Sequence[dict[str, Any]], entry: int) -> list[dict[str, Any]]:
    """Return anchor rows of which only the last of each place is current."""
    last = {row["ordinal"]: row["number"] for row in rows}
    return [
        row if row["number"] == last[row["ordinal"]] else {**row, "until": entry} for row in rows
    ]


def read_verdict(verdict: exchange.Verdict) -> Verdict:
    """Return a verdict of a record. Raises BadInput if it cannot be stored."""
    return checked(
        Verdict(
            outcome=verdict.outcome,
            stage=verdict.stage,
            change=verdict.change,
            reason=verdict.reason,
            by=verdict.by,
            date=verdict.date,
            mode=verdict.mode,
        )
    )


def store_proposals(entry: Entry, text: Text, proposals: Sequence[Proposal]) -> None:
    """Store proposals under the numbers they have. Raises BadInput."""
    document = text.document
    for proposal in proposals:
        number = proposal_id(proposal.id)
        entry.reserve_id(tables.proposal, document, number)
        entry.insert(tables.proposal, document=document, id=number)
        entry.append(
            tables.proposal_version,
            {"document": document, "proposal": number},
            proposer=check_text(proposal.proposer, f"name of who {proposal.id} is from"),
            rationale=check_optional(proposal.rationale, f"rationale of {proposal.id}"),
        )
        for change in proposal.changes:
            _store_change(entry, text, proposal, number, change)
        answers = [
            {"document": document, "proposal": number, "comment": comment_id(answer)}
            for answer in dict.fromkeys(proposal.answers)
        ]
        entry.insert_many(tables.proposal_answer, answers)
        for verdict in proposal.decisions:
            if verdict.outcome not in _DECISIONS:
                raise BadInput(
                    f"{verdict.outcome!r} is no decision on {proposal.id}",
                    f"use one of: {', '.join(_DECISIONS)}",
                )
            store_verdict(entry, document, read_verdict(verdict), proposal=number)


def _store_change(
    entry: Entry, text: Text, proposal: Proposal, number: int, change: ProposedChange
) -> None:
    document = text.document
    language = change.language or text.language
    name = f"{proposal.id}.{change.number}"
    after = text.line(change.after) if change.after not in (None, "0") else None
    own = {"document": document, "proposal": number}
    entry.insert(
        tables.proposal_change,
        **own,
        number=change.number,
        kind=change.kind,
        language=language,
        after_line=after,
    )
    line = text.line(change.line) if change.line else None
    row = {**own, "change": change.number, "ordinal": 1, "line": line}
    if change.line:
        base, _ = text.version(change.line, language, change.version)
        entry.insert(tables.proposal_wording, **row, role="base", wording=base)
    if change.text is not None:
        result = text.proposed.get(name)
        if result is None:
            result = entry.next_id(tables.wording, document)
            words = check_text(change.text, f"wording of {name}")
            entry.insert(
                tables.wording, document=document, id=result, language=language, text=words
            )
        entry.insert(tables.proposal_wording, **row, role="result", wording=result)
