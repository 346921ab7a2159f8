"""A small store with rows in every table, current ones and ended ones, written by five entries."""

from __future__ import annotations

from tests.stores import AT, AUTHOR
from tracker.store import journal, sealing, tables
from tracker.store.journal import Entry
from tracker.store.open import Store


def complete(store: Store) -> None:
    """Fill every table."""
    with journal.entry(store, AUTHOR, AT, "prepare") as entry:
        _house(entry)
        entry.follow(AUTHOR, AT, "import")
        _document(entry)
        _text(entry)
        _edition(entry)
        entry.follow(AUTHOR, AT, "comment")
        entry.document = 1
        _comments(entry)
        _proposal(entry)
        entry.follow(AUTHOR, AT, "accept")
        entry.document = 1
        _next_versions(entry)
        if journal.FORMAT >= 3:  # type: ignore[attr-defined]  # what this entry hashes by
            entry.follow(AUTHOR, AT, "undo")
            entry.document = 1
            _of_the_third_format(entry)
        if journal.FORMAT >= 4:  # type: ignore[attr-defined]  # as above
            _of_the_fourth_format(entry)


def _house(entry: Entry) -> None:
    entry.insert(
        tables.series,
        id=1,
        key="S1",
        name="a series",
        hosts="a host",
        held_since="2017-04",
        meetings_planned=3,
        note="a note",
    )
    entry.insert(
        tables.meeting,
        id=1,
        key="W1",
        series=1,
        name="a workshop",
        kind="workshop",
        date="2021-11",
        place="here",
        note="a note",
    )
    entry.insert(tables.topic, meeting=1, number=1, name="a topic")
    entry.insert(tables.participant, id=1, key="voice", name="a voice", side="US", note="a note")
    entry.insert(
        tables.reference,
        id=1,
        key="R1",
        series=1,
        title="a brief",
        authors="some authors",
        date="2019-10",
        publisher="a publisher",
        note="a note",
    )


def _document(entry: Entry) -> None:
    entry.document = 1
    entry.insert(tables.document, id=1, key="paper")
    entry.append(
        tables.document_version,
        {"document": 1},
        title="a paper",
        language="en",
        unit="sentence",
        note="a note",
    )
    entry.insert(
        tables.source,
        document=1,
        id=1,
        role="imported",
        file="paper.txt",
        title="a paper",
        authors="its authors",
        date="2021-07",
        publisher="its publisher",
        note="a note",
        sha256="5" * 64,
        encoding="utf-8",
        content=b"It is so.\n",
    )


def _text(entry: Entry) -> None:
    for number, rank in ((1, "A"), (2, "B")):
        entry.insert(
            tables.line, document=1, id=number, label=str(number), kind="sentence", level=1
        )
        entry.insert(
            tables.wording, document=1, id=number, language="en", text=f"It is so {number}."
        )
        subject = {"document": 1, "line": number, "language": "en"}
        entry.append(tables.version, subject, wording=number, origin="imported")
        entry.append(
            tables.placement,
            subject,
            rank=rank,
            block="inline",
            markup="*",
            gap=" ",
            after_line=1,
        )


def _edition(entry: Entry) -> None:
    entry.insert(tables.edition, document=1, id=1, key="july", state=entry.number)
    entry.append(
        tables.edition_version,
        {"document": 1, "edition": 1},
        name="July",
        status="draft",
        date="2021-07",
        note="a note",
    )
    entry.insert(tables.edition_line, document=1, edition=1, line=1, printed="1.")


def _comments(entry: Entry) -> None:
    for number, parent in ((1, None), (2, 1)):
        entry.insert(tables.comment, document=1, id=number)
        entry.append(
            tables.comment_version,
            {"document": 1, "comment": number},
            meeting=1,
            topic=1,
            speaker="a speaker",
            side="Japan",
            participant=1,
            kind="objection",
            type="technical",
            text="It is not so.",
            context="they said",
            note="a note",
            verbatim=1,
            parent=parent,
            relation="counters" if parent else None,
            source=1,
            locator="page 1",
            given_number="US-012",
        )
        entry.append(
            tables.anchor,
            {"document": 1, "comment": number, "ordinal": 1},
            scope="words",
            wording=1,
            line=1,
            start=6,
            stop=8,
            quote="so",
            prefix="It is ",
            suffix=" 1.",
            state="exact",
            inherited=0,
        )


def _proposal(entry: Entry) -> None:
    entry.insert(tables.proposal, document=1, id=1)
    entry.append(
        tables.proposal_version,
        {"document": 1, "proposal": 1},
        proposer="a proposer",
        rationale="a reason",
    )
    entry.insert(
        tables.proposal_change,
        document=1,
        proposal=1,
        number=1,
        kind="replace",
        language="en",
        after_line=1,
    )
    entry.insert(tables.wording, document=1, id=3, language="en", text="It may be so.")
    for ordinal, role, wording in ((1, "base", 1), (2, "result", 3)):
        entry.insert(
            tables.proposal_wording,
            document=1,
            proposal=1,
            change=1,
            role=role,
            ordinal=ordinal,
            line=1,
            wording=wording,
        )
    entry.insert(tables.proposal_answer, document=1, proposal=1, comment=1)
    _decide(entry, "rejected", proposal=1, change=1)


def _decide(
    entry: Entry,
    outcome: str,
    *,
    comment: int | None = None,
    proposal: int | None = None,
    change: int | None = None,
) -> None:
    subject = {
        "document": 1,
        "comment": comment,
        "proposal": proposal,
        "change": change,
        "stage": "decided",
    }
    entry.supersede(tables.verdict, **subject)
    entry.insert(
        tables.verdict,
        **subject,
        id=entry.next_id(tables.verdict, 1),
        outcome=outcome,
        reason="a reason",
        decided_by="the leaders",
        decided_on="2022-09",
        mode="consensus",
    )


def _next_versions(entry: Entry) -> None:
    line = {"document": 1, "line": 1, "language": "en"}
    entry.append(tables.version, line, wording=3, origin="edited")
    entry.append(tables.placement, line, rank="C", block="inline", markup="")
    entry.append(
        tables.anchor,
        {"document": 1, "comment": 1, "ordinal": 1},
        scope="words",
        wording=3,
        line=1,
        start=10,
        stop=12,
        quote="so",
        prefix="It may be ",
        suffix=".",
        state="exact",
        inherited=0,
    )
    entry.append(
        tables.edition_version,
        {"document": 1, "edition": 1},
        name="July",
        status="published",
    )
    _decide(entry, "accepted", proposal=1, change=1)
    _decide(entry, "accepted", comment=1)


def _of_the_third_format(entry: Entry) -> None:
    entry.insert(tables.line, document=1, id=3, label="1a", kind="heading", level=2, from_line=1)
    gone = {"document": 1, "line": 3, "language": "en"}
    entry.append(
        tables.placement,
        gone,
        block="line",
        markup="",
        kind="heading",
        level=2,
        into_line=1,
    )
    document = {"title": "a paper", "language": "en", "unit": "sentence", "attribution": "side"}
    entry.append(tables.document_version, {"document": 1}, **document)
    entry.insert(tables.source, document=1, id=2, role="imported", language="ja", encoding="cp932")
    entry.append(
        tables.meeting_version,
        {"meeting": 1},
        series=1,
        name="a workshop",
        kind="workshop",
        date="2021-11-03",
        place="here",
        note="a note",
        open=1,
    )
    entry.insert(tables.wording, document=1, id=4, language="ja", text="そうだ。")
    entry.append(
        tables.version,
        {"document": 1, "line": 1, "language": "ja"},
        wording=4,
        origin="translated",
    )
    link = {"document": 1, "language": "ja", "line": 1, "of_line": 1}
    entry.append(tables.translation, link, wording=3)
    entry.insert(
        tables.proposal_change,
        document=1,
        proposal=1,
        number=2,
        kind="split",
        language="en",
        supersedes=1,
        amends_proposal=1,
        amends_change=1,
    )
    entry.insert(
        tables.proposal_wording,
        document=1,
        proposal=1,
        change=2,
        role="result",
        ordinal=1,
        wording=3,
        kind="sentence",
        level=1,
        block="inline",
        markup="",
        gap=" ",
    )
    entry.insert(
        tables.proposal_source,
        document=1,
        proposal=1,
        change=2,
        ordinal=1,
        from_proposal=1,
        from_change=1,
    )
    entry.append(
        tables.assignment,
        {"document": 1, "comment": 1},
        assignee="a member",
        due="2022-10",
        note="a note",
        done=0,
    )
    entry.append(tables.retraction, {"document": 1, "kind": "comment", "id": 2}, holds=1)
    sealing.seal(entry, tables.comment_version, document=1, comment=2, number=1)
    entry.insert(
        tables.verdict,
        document=1,
        id=entry.next_id(tables.verdict, 1),
        line=1,
        stage="decided",
        outcome="agreed",
        votes="7-2-1",
        wording=3,
    )


def _of_the_fourth_format(entry: Entry) -> None:
    entry.append(
        tables.comment_version,
        {"document": 1, "comment": 1},
        speaker="a speaker",
        kind="objection",
        text="It is not so.",
        verbatim=1,
        said_at="2022-03-04T10:00:00",
    )
    entry.insert(
        tables.proposal_change,
        document=1,
        proposal=1,
        number=3,
        kind="delete",
        language="en",
        made_at="2022-03-04T10:00:00",
        marks="3 4",
    )
