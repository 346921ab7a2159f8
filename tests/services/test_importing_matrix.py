"""A matrix that comes home: what was filled in is stored once, and what is on record stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.services.desk import Desk, Placed, document
from tests.stores import Stores
from tracker.errors import BadInput, Refused
from tracker.exchange.matrix import Returned, Row, Stamp
from tracker.services import convening, meetings
from tracker.services.comments import on_proposals, sealing
from tracker.services.comments import writing as saying
from tracker.services.exporting import matrix as exporting
from tracker.services.exporting.review import said
from tracker.services.importing.files import File
from tracker.services.importing.matrix import planning, storing
from tracker.services.importing.matrix.planning import Plan
from tracker.store.open import Store, open_store

FILE = File("matrix.xlsx", b"what was filled in", "utf-8-sig")
COLUMNS = frozenset(Row._fields) - {"place"}


def harbour(store: Store) -> None:
    """Three lines and three comments: on words, a reply to it, and on the whole."""
    document(
        store,
        "The parties shall keep the harbour open to all ships.",
        "Each party may inspect any ship that enters.",
        "Disputes are settled by talks.",
    )
    desk = Desk(store)
    desk.say("2", words="any ship", speaker="One member", side="Japan", type="technical")
    desk.reply("C1", "counters", speaker="Another member", side="US")
    desk.say(speaker="A scholar", text="All of it is too short.", kind="objection")


@pytest.fixture
def desk(stores: Stores) -> Iterator[Desk]:
    with stores.copy(harbour) as url:
        made = Desk(open_store(url))
        yield made
        made.check()


def out(desk: Desk, **options: Any) -> Returned:
    """The matrix as it went out, in the hands of somebody who may fill it in."""
    with desk.reading() as now:
        written = exporting.matrix(now, **options)
        rows = [row._replace(place=f"row {n}") for n, row in enumerate(written.rows, 2)]
    return Returned(tuple(rows), COLUMNS, written.stamp)


def filled(matrix: Returned, name: str, **cells: str) -> Returned:
    """The matrix with some cells of a comment's row written over."""
    rows = [row._replace(**cells) if row.id == name else row for row in matrix.rows]
    return matrix._replace(rows=tuple(rows))


def with_rows(matrix: Returned, *rows: Row) -> Returned:
    added = [row._replace(place=f"row {n}") for n, row in enumerate(rows, len(matrix.rows) + 2)]
    return matrix._replace(rows=(*matrix.rows, *added))


def plan(desk: Desk, matrix: Returned, meeting: str | None = None) -> Plan:
    found: Plan = desk.read(planning.plan, matrix, FILE, meeting)
    return found


def bring(desk: Desk, matrix: Returned, meeting: str | None = None) -> Plan:
    """Bring a matrix home, if there is anything in it; return what it brought."""
    found = plan(desk, matrix, meeting)
    if not found.is_empty:
        with desk.writing("import") as (entry, now):
            storing.apply(entry, now, found)
    return found


def messages(found: Plan) -> list[str]:
    return [f"{told.place}: {told.message}" for told in found.told]


def new(**cells: str) -> Row:
    return Row(**{"speaker": "A guest", "comment": "A new remark.", **cells})


def test_a_row_says_all_that_is_on_record_of_a_comment(desk: Desk) -> None:
    desk.dispose("C1", outcome="rejected", reason="No room.", by="The chair", date="2022-09")
    desk.edition("draft-2", "Draft 2")
    with desk.reading() as now:
        written = exporting.matrix(now)
        rows = list(written.rows)
    assert (written.title, written.edition) == ("The Coast", "Draft 2")
    assert [row.id for row in rows] == ["C1", "C2", "C3"]
    assert rows[0] == Row(
        id="C1",
        member="Japan",
        speaker="One member",
        line="2",
        passage="paragraph 2",
        type="technical",
        comment="So it should not be.",
        outcome="rejected",
        reason="No room.",
        by="The chair",
        on="2022-09",
        kind="observation",
        words="any ship",
        state="decided",
    )
    assert (rows[1].reply_to, rows[1].relation, rows[1].line) == ("C1", "counters", "2")
    assert (rows[2].line, rows[2].state) == ("", "open")


def test_words_that_are_gone_and_sections_and_gaps_are_told(desk: Desk) -> None:
    desk.accept(desk.replace("2", "No party may stop a vessel."))
    desk.say("3", scope="gap")
    rows = {row.id: row for row in out(desk).rows}
    assert (rows["C1"].words, rows["C1"].state) == ("any ship", "open; words gone")
    assert rows["C4"].line == "after 3"


def test_the_rows_stand_in_the_order_of_the_text_however_many_are_read_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.say("3", "1")
    desk.say("1", internal=True)
    desk.insert("1", "A new line.")
    with desk.writing("comment add") as (entry, now):
        on_proposals.add(entry, now, saying.Said(speaker="A", text="Good."), "P1")
    desk.accept(desk.delete("3"))
    for size in (1, 2, 100):
        monkeypatch.setattr(exporting, "_AT_ONCE", size)
        told = desk.read(said, with_internal=True)
        assert [row.id for row in out(desk, with_internal=True).rows] == [each.id for each in told]


@pytest.mark.parametrize(("rule", "who"), [("side", "Japan"), ("none", "A participant")])
def test_names_leave_only_as_the_rule_of_attribution_allows(
    desk: Desk, rule: str, who: str
) -> None:
    desk.say("1", internal=True, text="For us alone.")
    desk.set(attribution=rule)
    rows = out(desk).rows
    assert [row.id for row in rows] == ["C1", "C2", "C3"]
    assert rows[0].speaker == who
    assert "One member" not in str(rows)
    assert [row.internal for row in out(desk, with_internal=True).rows if row.id == "C4"] == ["yes"]


@pytest.mark.parametrize("rule", ["label", "side", "none"])
def test_an_untouched_matrix_brings_nothing(desk: Desk, rule: str) -> None:
    desk.dispose("C1", outcome="rejected", reason="No room.", by="One member", date="2022-09")
    desk.set(attribution=rule)
    before = desk.everything()
    found = bring(desk, out(desk))
    assert (found.is_empty, found.told) == (True, ())
    assert desk.everything() == before


def test_a_disposition_that_was_filled_in_is_stored_once(desk: Desk) -> None:
    matrix = filled(
        out(desk), "C1", outcome="accepted in principle", reason="See 3.", by="Chair", on="2022"
    )
    assert [each.comment.id for each in bring(desk, matrix).disposed] == ["C1"]
    told = desk.comment("C1").disposition
    assert told is not None
    assert (told.outcome, told.reason, told.by, told.date) == (
        *("accepted in principle", "See 3."),
        *("Chair", "2022"),
    )
    before = desk.everything()
    assert bring(desk, matrix).is_empty
    assert desk.everything() == before


def test_a_changed_disposition_takes_the_place_of_the_one_before(desk: Desk) -> None:
    desk.dispose("C1", outcome="rejected", reason="No room.", by="The chair", mode="vote 7-2-1")
    bring(desk, filled(out(desk), "C1", reason="No room, and no need."))
    now = desk.comment("C1").disposition
    assert now is not None
    assert (now.outcome, now.reason, now.by, now.votes) == (
        *("rejected", "No room, and no need."),
        *("The chair", "7-2-1"),
    )


def test_who_decided_is_not_lost_where_the_matrix_may_not_name_them(desk: Desk) -> None:
    desk.dispose("C1", outcome="rejected", reason="No room.", by="The chair")
    desk.set(attribution="none")
    bring(desk, filled(out(desk), "C1", reason="No need."))
    now = desk.comment("C1").disposition
    assert now is not None
    assert (now.reason, now.by) == ("No need.", "The chair")


def test_what_the_store_decided_since_is_neither_undone_nor_written_over(desk: Desk) -> None:
    old = out(desk)
    desk.dispose("C1", "C2", outcome="noted")
    found = bring(desk, filled(old, "C2", outcome="accepted"))
    assert found.is_empty
    (told,) = messages(found)
    assert told.startswith("row 3: C2 became 'accepted' here, and 'noted' in the store since the")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"outcome": "rejected"}, "'rejected' needs a reason"),
        ({"outcome": "maybe"}, "'maybe' is no disposition"),
        ({"outcome": "noted", "on": "9/30/2022"}, "'9/30/2022' is no date: write 2021, 2021-07"),
        ({"reason": "We thank you."}, "observations without a disposition are not taken"),
    ],
)
def test_a_disposition_that_cannot_be_taken_is_told_and_the_rest_is(
    desk: Desk, cells: dict[str, str], told: str
) -> None:
    found = bring(desk, filled(filled(out(desk), "C1", **cells), "C3", outcome="noted"))
    assert [each.comment.id for each in found.disposed] == ["C3"]
    assert told in messages(found)[0]
    assert messages(found)[0].startswith("row 2: ")


def test_an_emptied_disposition_stays_and_is_told(desk: Desk) -> None:
    desk.dispose("C1", outcome="noted")
    found = bring(desk, filled(out(desk), "C1", outcome=""))
    assert messages(found) == ["row 2: C1 stays noted: an empty cell undoes nothing"]
    assert bring(desk, out(desk)._replace(rows=())).told == ()


def test_a_changed_comment_is_told_and_the_record_stays(desk: Desk) -> None:
    changed = filled(out(desk), "C1", comment="Something else.", line="3", outcome="noted")
    found = bring(desk, changed)
    assert len(found.disposed) == 1
    assert [message.partition(" stays ")[0] for message in messages(found)] == [
        "row 2: the text of C1",
        "row 2: the line of C1",
    ]
    assert desk.comment("C1").text == "So it should not be."
    assert desk.comment("C1").lines == ("2",)


def test_what_the_record_changed_since_is_no_change_of_the_matrix(desk: Desk) -> None:
    old = out(desk)
    desk.edit("C1", text="So it must not be.")
    desk.tie("C1", "3")
    assert bring(desk, old).told == ()


def test_new_rows_become_comments(desk: Desk) -> None:
    added = with_rows(
        out(desk),
        new(line="1", words="all ships", type="editorial", kind="question", member="Japan"),
        new(speaker="", member="JP 012", line="1-3", comment="Too long.", proposed="Cut it."),
        new(reply_to="C1", relation="endorses", comment="Quite so."),
        new(reply_to="c1", line="2", comment="And again."),
        new(line="general", number="7", comment="On the whole.", outcome="noted"),
        new(comment="It is about these words.", words="settled by talks"),
        new(line="after 3", comment="Something is missing."),
    )
    found = bring(desk, added)
    assert (found.told, len(found.fresh)) == ((), 7)
    made = [desk.comment(f"C{number}") for number in range(4, 11)]
    assert [planned.id for planned in found.fresh] == [comment.id for comment in made]
    first, second, third, fourth, fifth, sixth, seventh = made
    assert (first.quote, first.type, first.kind, first.side) == (
        *("all ships", "editorial"),
        *("question", "Japan"),
    )
    assert (second.speaker, second.side, second.number) == ("JP", "JP", "JP 012")
    assert (second.lines, second.kind) == (("1", "2", "3"), "suggestion")
    assert second.text == "Too long.\n\nProposed change: Cut it."
    assert (third.reply_to, third.relation, third.quote) == ("C1", "endorses", "any ship")
    assert (fourth.reply_to, fourth.quote) == ("C1", "any ship")
    assert fifth.disposition is not None
    assert (fifth.anchors, fifth.number, fifth.disposition.outcome) == ((), "7", "noted")
    assert (sixth.lines, sixth.quote) == (("3",), "settled by talks")
    assert (seventh.lines, seventh.scope) == (("3",), "gap")
    before = desk.everything()
    again = bring(desk, added)
    assert (again.is_empty, again.told) == (True, ())
    assert desk.everything() == before
    assert bring(desk, out(desk)).told == ()


def test_a_row_that_came_in_without_an_id_is_known_by_its_words_later(desk: Desk) -> None:
    form = with_rows(Returned((), COLUMNS), new(line="1"))
    bring(desk, form)
    bring(desk, form._replace(rows=(form.rows[0]._replace(outcome="noted"),)))
    settled = desk.comment("C4").disposition
    assert settled is not None
    assert settled.outcome == "noted"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"line": "99"}, "there is no line '99'"),
        ({"line": "Table 1"}, "'Table' names no line"),
        ({"line": "3-1"}, "line 3 does not stand before line 1"),
        ({"comment": " "}, "there is no comment in it"),
        ({"speaker": ""}, "it does not say who speaks"),
        ({"speaker": "A\nB"}, "the name of who speaks must stand on one line"),
        ({"meeting": "W9"}, "there is no meeting 'W9'"),
        ({"reply_to": "C99"}, "there is no comment C99 to reply to"),
        ({"id": "C99"}, "C99 is not in the store; a new comment has no ID"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_the_others_are(
    desk: Desk, cells: dict[str, str], told: str
) -> None:
    found = bring(desk, with_rows(out(desk), new(**cells), new(comment="A good one.")))
    assert [planned.comment.text for planned in found.fresh] == ["A good one."]
    assert len(found.told) == 1
    assert messages(found)[0].startswith(f"row 5: {told}")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"type": "major"}, "'major' is no type of a comment and is left out"),
        ({"line": "1", "words": "no such"}, "line 1 does not hold the words 'no such'; it is on"),
        ({"line": "1, 2", "words": "the"}, "the flagged words are left out"),
        ({"words": "the moon"}, "no line holds the words 'the moon'"),
        ({"clause": "7", "passage": "Table 2"}, "no section is known by '7, Table 2'"),
        ({"topic": "Fish"}, "no meeting of it has the topic 'Fish'"),
        ({"outcome": "maybe"}, "'maybe' is no disposition; the comment is taken without it"),
    ],
)
def test_what_is_left_out_of_a_new_comment_is_told(
    desk: Desk, cells: dict[str, str], told: str
) -> None:
    found = bring(desk, with_rows(out(desk), new(**cells)))
    assert len(found.fresh) == 1
    assert told in messages(found)[0]
    assert bool(found.left_out) == ("clause" not in cells)
    assert bool(plan(desk, with_rows(out(desk), new(**cells))).left_out) == bool(found.left_out)


def test_a_line_that_was_deleted_is_told_with_its_end(desk: Desk) -> None:
    desk.accept(desk.delete("3"))
    found = bring(desk, with_rows(out(desk), new(line="3")))
    assert messages(found) == [f"row 5: line 3 was deleted at {desk.at}; the row is left out"]


def test_a_clause_is_known_by_the_words_or_the_number_of_its_heading(stores: Stores) -> None:
    def charter(store: Store) -> None:
        document(
            *(store, Placed("3.1 Scope", kind="heading"), "It holds everywhere."),
            *(Placed("3.2 Terms", kind="heading"), "A ship is a ship."),
        )

    with stores.copy(charter) as url:
        desk = Desk(open_store(url))
        rows = [new(clause=clause, comment=clause) for clause in ("3.2", "Clause 3.1", "3.1 scope")]
        found = bring(desk, with_rows(Returned((), COLUMNS), *rows))
        assert found.told == ()
        anchored = [
            (each.comment.anchors[0].line, each.comment.anchors[0].scope) for each in found.fresh
        ]
        assert anchored == [("3", "section"), ("1", "section"), ("1", "section")]
        assert out(desk).rows[0].line == "section 1"
        assert out(desk).rows[0].clause == "3.1 Scope"
        desk.check()


def test_new_comments_belong_to_the_meeting_that_they_name_or_that_is_open(desk: Desk) -> None:
    with desk.writing("meeting add") as (entry, _):
        meetings.add_meeting(entry, "W1", name="First", topics=("Fish",))
    rows = [new(meeting="W1", topic="Fish"), new(meeting="First", comment="Two.", line="1")]
    bring(desk, with_rows(out(desk), *rows))
    assert (desk.comment("C4").meeting, desk.comment("C4").topic) == ("W1", "Fish")
    assert desk.comment("C5").meeting == "W1"
    bring(desk, with_rows(out(desk), new(comment="Three.")))
    with desk.writing("meeting open") as (entry, _):
        convening.open_(entry, "W1")
    bring(desk, with_rows(out(desk), new(comment="Four.")))
    assert [desk.comment(name).meeting for name in ("C6", "C7")] == [None, "W1"]
    with desk.writing("meeting add") as (entry, _):
        meetings.add_meeting(entry, "W2", name="Second")
    bring(desk, with_rows(out(desk), new(comment="5."), new(comment="6.", meeting="W1")), "Second")
    assert [desk.comment(name).meeting for name in ("C8", "C9")] == ["W2", "W1"]
    with pytest.raises(BadInput, match="there is no meeting 'W9'; known: W1, W2"):
        plan(desk, out(desk), "W9")


def test_without_a_stamp_a_number_proves_nothing(desk: Desk) -> None:
    foreign = filled(out(desk), "C1", comment="Another document's.", outcome="noted")
    found = bring(desk, foreign._replace(stamp=None))
    assert found.is_empty
    assert "does not say what C1 says" in messages(found)[0]
    same = filled(out(desk), "C1", outcome="noted")._replace(stamp=None)
    assert len(bring(desk, same).disposed) == 1


def test_a_matrix_of_another_document_or_a_later_state_is_refused(desk: Desk) -> None:
    for stamp, told in (
        (Stamp("land", 2), "from land, and not from coast"),
        (Stamp("coast", 99), "@99"),
    ):
        with pytest.raises(Refused, match=told):
            plan(desk, out(desk)._replace(stamp=stamp))


def test_the_same_comment_twice_in_a_file_is_stored_once(desk: Desk) -> None:
    found = bring(desk, with_rows(out(desk), new(line="1"), new(line="1"), new(line="2")))
    assert len(found.fresh) == 2
    assert messages(found) == ["row 6: it says the same as C4, a row above; it is stored once"]


def test_two_rows_that_dispose_of_one_comment_are_told(desk: Desk) -> None:
    matrix = filled(out(desk), "C1", outcome="noted")
    again = matrix.rows[0]._replace(outcome="accepted")
    found = bring(desk, with_rows(matrix, again))
    assert len(found.disposed) == 1
    assert messages(found) == [
        "row 5: C1 stands in row 2 with a disposition already; the row is left out"
    ]


def test_a_sealed_remark_does_not_come_back(desk: Desk) -> None:
    old = out(desk)
    erased = desk.read(sealing.plan, "C1")
    with desk.writing("comment seal") as (entry, now):
        sealing.apply(entry, now, erased, "asked for")
    found = bring(desk, filled(old, "C1", outcome="noted"))
    assert [each.comment.id for each in found.disposed] == ["C1"]
    assert found.told == ()
    assert desk.comment("C1").text == ""
    row = out(desk).rows[0]
    assert (row.comment, row.speaker, row.state) == ("", "", "sealed")


def test_the_store_must_not_have_moved_in_between(desk: Desk) -> None:
    found = plan(desk, filled(out(desk), "C1", outcome="noted"))
    desk.say("1")
    with pytest.raises(Refused, match="moved"), desk.writing("import") as (entry, now):
        storing.apply(entry, now, found)
