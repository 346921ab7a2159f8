"""An edited copy that comes back: what it changes is found; it becomes a proposal or an edition."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from tests.services.desk import Desk
from tests.services.seen import undo
from tests.services.test_importing_draft import bring
from tests.stores import Stores, empty
from tracker.errors import BadInput, NotFound, Refused
from tracker.exchange.record import Unit
from tracker.formats import draft as drafts
from tracker.formats import text as text_format
from tracker.services import agreements, editions, lines
from tracker.services.importing.copy import proposing, revising
from tracker.services.importing.copy.comparing import Comparison, compare
from tracker.services.importing.copy.revising import Naming
from tracker.services.importing.files import File
from tracker.services.proposals.proposal import Proposal
from tracker.services.revising.storing import Stored
from tracker.services.verdicts import Verdict
from tracker.store.open import open_store

COAST = """\
# The Coast

The parties shall keep the harbour open to all ships. Each party may inspect a ship that enters.

- The north has one port.
- The south has two ports for ships of every kind, and a shipyard where old ships are mended.

## Disputes

Disputes are settled by talks. 港は開いておく。
"""


@pytest.fixture
def coast(stores: Stores) -> Iterator[Desk]:
    """A document of eight lines that came from a file."""
    with stores.copy(empty) as url:
        yield bring(open_store(url), COAST.encode())


def compared(
    desk: Desk, text: str, since: str | None = None, unit: Unit = "sentence", **options: bool
) -> Comparison:
    with desk.reading() as now:
        return compare(now, drafts.read(text.encode(), "coast.md", unit=unit), since, **options)


def as_edition(
    desk: Desk, text: str, key: str = "next", since: str | None = None, **naming: str
) -> Stored:
    """Bring a copy in as an edition, the way the command does."""
    comparison = compared(desk, text, since, as_it_came=True)
    file = File("coast.md", text.encode())
    with desk.reading() as now:
        plan = revising.plan(now, comparison, file, Naming(key, "Next", **naming))
    with desk.writing("import") as (entry, now):
        stored = revising.apply(entry, now, plan)
    assert [c for c in stored.carried if c.state != "exact"] == [
        c for c in plan.carried if c.state != "exact"
    ]
    desk.check()
    return stored


def as_proposal(desk: Desk, text: str, since: str | None = None) -> Proposal:
    """Bring a copy in as a proposal, the way the command does."""
    comparison = compared(desk, text, since)
    with desk.reading() as now:
        plan = proposing.plan(now, comparison, File("coast.md", text.encode()))
    with desk.writing("import") as (entry, now):
        stored = proposing.apply(entry, now, plan, proposer="A colleague")
    desk.check()
    return stored


def exported(desk: Desk) -> str:
    return text_format.write(desk.view()).decode()


def told(proposal: Proposal) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(c.kind, c.line, c.after, c.result) for c in proposal.changes]


EDITED = COAST.replace("all ships", "ships of all parties")
INSERTED = COAST.replace("Disputes are", "Each party pays for its own port. Disputes are")
DELETED = COAST.replace("- The north has one port.\n", "")
MOVED = COAST.replace("- The north has one port.\n", "").replace(
    "are mended.\n", "are mended.\n- The north has one port.\n"
)
SPLIT = COAST.replace("every kind, and a shipyard", "every kind.\n- A shipyard")
MERGED = COAST.replace(
    "to all ships. Each party may inspect", "to all ships, and each party may inspect"
)


@pytest.mark.parametrize("unit", ["sentence", "paragraph"])
def test_law_2_a_copy_that_was_not_edited_changes_nothing_in_whatever_unit(
    coast: Desk, unit: Unit
) -> None:
    assert compared(coast, COAST, unit=unit).counts == {"unchanged": 8}


def test_law_2_a_split_that_was_mended_by_hand_is_known_again(stores: Stores) -> None:
    with stores.copy(empty) as url:
        desk = bring(
            open_store(url), b"One sentence here. It goes on. The end.\n", unit="paragraph"
        )
        assert len(desk.labels()) == 1
        assert compared(desk, "One sentence here. It goes on. The end.\n").counts == {
            "unchanged": 1
        }
        edited = compared(desk, "One sentence here. It went on. The end.\n", unit="paragraph")
        assert edited.counts == {"edited": 1}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (EDITED, {"unchanged": 7, "edited": 1}),
        (INSERTED, {"unchanged": 8, "inserted": 1}),
        (DELETED, {"unchanged": 7, "deleted": 1}),
        (MOVED, {"unchanged": 7, "moved": 1}),
        (SPLIT, {"unchanged": 7, "split": 1}),
        (MERGED, {"unchanged": 6, "merged": 1}),
        (COAST.replace("\n\n-", "\n\n\n-"), {"unchanged": 7, "spaced": 1}),
        (COAST.replace("## Dis", "### Dis"), {"unchanged": 7, "spaced": 1}),
        (COAST.replace("\n", "\r\n"), {"unchanged": 8}),
    ],
)
def test_what_became_of_each_line_is_found(coast: Desk, text: str, counts: dict[str, int]) -> None:
    assert compared(coast, text).counts == counts


@pytest.mark.parametrize(
    "text",
    [
        *(EDITED, INSERTED, DELETED, MOVED, SPLIT, MERGED),
        COAST.replace("## Dis", "### Dis"),
        COAST.replace("\n", "\r\n"),
        COAST.rstrip("\n"),
        "Before it all.\n\n" + COAST + "\nAnd behind it.",
        COAST.replace("港は開いておく。", "港は閉じる。船は来ない。"),
    ],
)
def test_law_1_an_edition_goes_out_with_the_bytes_it_came_with(coast: Desk, text: str) -> None:
    before = {line.label: line.id for line in coast.read(lines.running_text)}
    as_edition(coast, text)
    assert exported(coast) == text
    after = {line.label: line.id for line in coast.read(lines.running_text)}
    assert all(before.get(label, line) == line for label, line in after.items())
    assert compared(coast, text).counts.keys() == {"unchanged"}


def test_an_edition_keeps_labels_and_gives_new_lines_the_next_suffix(coast: Desk) -> None:
    both = INSERTED.replace("# The Coast\n", "# The Coast\n\nIn short.\n").replace(
        "- The north has one port.\n", ""
    )
    done = as_edition(coast, both)
    assert coast.labels() == ["1", "1a", "2", "3", "5", "6", "6a", "7", "8"]
    assert (done.inserted, done.deleted, done.changed) == (("1a", "6a"), ("4",), ())
    [edition] = coast.read(editions.all_editions)
    assert (edition.key, edition.name, edition.status) == ("next", "Next", "draft")
    assert edition.state == coast.head[0]
    assert edition.printed["6a"] == "7"
    with coast.reading("next") as then:
        assert lines.find(then, "6a").text == "Each party pays for its own port."


def test_only_what_differs_is_stored(coast: Desk) -> None:
    before = {name: len(rows) for name, rows in coast.everything().items()}
    as_edition(coast, EDITED)
    after = {name: len(rows) for name, rows in coast.everything().items()}
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    written = {"entry", "wording", "version", "source", "edition", "edition_version"}
    assert grown == dict.fromkeys(written, 1) | {"edition_line": 8}


def test_a_heading_of_another_level_is_one_from_then_on(coast: Desk) -> None:
    then = coast.at
    as_edition(coast, COAST.replace("## Dis", "### Dis"))
    assert (coast.line("6").kind, coast.line("6").level) == ("heading", 3)
    assert coast.line("6", then).level == 2
    as_edition(coast, COAST.replace("## Dis", "Dis"), "plain")
    assert (coast.line("6").kind, coast.line("6").level) == ("sentence", None)


def test_comments_go_where_their_words_go(coast: Desk) -> None:
    on_shipyard = coast.say("5", words="where old ships are mended")
    on_whole = coast.say("5")
    on_harbour = coast.say("2", words="the harbour")
    on_ships = coast.say("2", words="all ships")
    on_inspect = coast.say("3", words="may inspect")
    second = coast.say("3")
    text = MERGED.replace("every kind, and a shipyard", "every kind.\n- A shipyard")
    done = as_edition(coast, text.replace("to all ships, and", "to everyone, and"))
    anchors = {name: coast.comment(name).anchors[0] for name in (on_shipyard, on_whole)}
    assert (anchors[on_shipyard].line, anchors[on_shipyard].state) == ("5a", "exact")
    assert (anchors[on_whole].line, anchors[on_whole].scope) == ("5", "line")
    for name, quote in ((on_harbour, "the harbour"), (on_inspect, "may inspect")):
        anchor = coast.comment(name).anchors[0]
        assert (anchor.line, anchor.quote, anchor.state) == ("2", quote, "exact")
        assert coast.line("2").text[anchor.start : anchor.stop] == quote
    # The whole of a line that went into another is only some of its words.
    whole = coast.comment(second).anchors[0]
    assert (whole.line, whole.scope) == ("2", "words")
    assert (
        coast.line("2")
        .text[whole.start : whole.stop]
        .endswith("party may inspect a ship that enters.")
    )
    assert coast.comment(on_ships).anchors[0].state == "orphaned"
    assert done.orphaned == (on_ships,)


def test_a_comment_on_a_whole_line_goes_with_most_of_it_when_it_is_split(coast: Desk) -> None:
    whole = coast.say("5")
    as_edition(
        coast, COAST.replace("The south has two ports for", "The south has two ports.\n- For")
    )
    [anchor] = coast.comment(whole).anchors
    assert (anchor.line, anchor.scope, anchor.state) == ("5a", "line", "exact")


def test_a_line_that_was_merged_away_says_into_which_for_ever(coast: Desk) -> None:
    as_edition(coast, MERGED)
    with coast.reading() as now:
        gone = lines.find(now, "3")
        assert gone.rank is None
        assert lines.merged_into(now, gone.id) == "2"
        assert lines.versions(now, coast.line("2").id)[-1].origin == "merged"


def test_what_a_copy_proposes_is_decided_change_by_change(coast: Desk) -> None:
    text = SPLIT.replace("all ships", "ships of all parties").replace(
        "Disputes are settled by talks. ", "Whoever comes must pay. "
    )
    found = as_proposal(coast, text.replace("## Disputes\n", "## Disputes\n\nIn short."))
    kinds = [change.kind for change in found.changes]
    assert sorted(kinds) == ["delete", "insert", "insert", "replace", "split"]
    assert found.proposer == "A colleague"
    assert exported(coast) == COAST


@pytest.mark.parametrize("text", [EDITED, INSERTED, DELETED, MOVED, SPLIT, MERGED])
def test_an_accepted_copy_is_the_text_it_proposed(coast: Desk, text: str) -> None:
    stored = as_proposal(coast, text)
    coast.accept(stored.id)
    assert exported(coast).split() == text.split()
    assert coast.proposal(stored.id).state == "accepted"
    assert not compared(coast, text).changes_words


def test_white_space_and_markup_alone_propose_nothing(coast: Desk) -> None:
    text = COAST.replace("\n\n-", "\n\n\n-")
    assert not compared(coast, text).changes_words
    before = coast.everything()
    with pytest.raises(Refused, match="no words differ"):
        as_proposal(coast, text)
    assert coast.everything() == before


def test_the_same_file_twice_is_recognised(coast: Desk) -> None:
    as_proposal(coast, EDITED)
    before = coast.everything()
    with pytest.raises(Refused, match=r"coast\.md was imported at @2 already"):
        as_proposal(coast, EDITED)
    assert coast.everything() == before


def test_an_edition_touches_agreed_lines_only_for_a_reason(coast: Desk) -> None:
    with coast.writing("agree") as (entry, now):
        agreements.agree(entry, now, ["2"], Verdict(agreements.AGREED))
    with coast.reading() as now:
        plan = revising.plan(
            now, compared(coast, EDITED), File("coast.md", EDITED.encode()), Naming("next", "Next")
        )
    before = coast.everything()
    with pytest.raises(Refused, match="line 2 is agreed"), coast.writing() as (entry, now):
        revising.apply(entry, now, plan)
    assert coast.everything() == before
    with coast.writing() as (entry, now):
        reason = Verdict("reopened", reason="The ministers met again.")
        assert revising.apply(entry, now, plan, reopen=reason).reopened == ("2",)
    coast.check()


def test_the_text_as_it_stands_is_no_next_edition(coast: Desk) -> None:
    before = coast.everything()
    with pytest.raises(Refused, match="the text as it stands"):
        as_edition(coast, COAST)
    as_edition(coast, EDITED)
    with pytest.raises(Refused, match="there is an edition next already"):
        as_edition(coast, INSERTED)
    with pytest.raises(BadInput, match="looks like a line"):
        as_edition(coast, INSERTED, key="12")
    with pytest.raises(BadInput, match="'sooner' is no status"):
        as_edition(coast, INSERTED, key="other", status="sooner")
    assert {name for name, rows in coast.everything().items() if rows != before[name]} == {
        *("entry", "wording", "version", "source", "edition", "edition_version"),
        *("edition_line", "head", "passage", "the chain"),
    }


def test_another_document_is_refused_with_the_score_that_says_so(coast: Desk) -> None:
    other = "Apples are red. Pears are green, and the plums of the valley ripen in autumn.\n"
    with pytest.raises(Refused, match=r"no copy of coast: \d+% of the shorter text") as refused:
        compared(coast, other)
    assert "--document" in (refused.value.hint or "")


def test_what_changed_since_a_copy_was_made_is_not_undone(coast: Desk) -> None:
    then = coast.at
    coast.accept(coast.replace("7", "Disputes are settled by long talks."))
    coast.accept(coast.insert("5", "The east has none."))
    coast.accept(coast.delete("4"))
    done = as_edition(coast, EDITED, since=then)
    assert done.changed == ("2",)
    assert [text for _, text in coast.text()] == [
        "The Coast",
        "The parties shall keep the harbour open to ships of all parties.",
        "Each party may inspect a ship that enters.",
        COAST.splitlines()[5][2:],
        "The east has none.",
        "Disputes",
        "Disputes are settled by long talks.",
        "港は開いておく。",
    ]


def test_what_both_changed_is_merged_word_by_word(coast: Desk) -> None:
    then = coast.at
    coast.accept(coast.replace("2", "The parties keep the harbour open to all ships."))
    as_edition(coast, EDITED, since=then)
    assert coast.line("2").text == "The parties keep the harbour open to ships of all parties."


def test_what_both_changed_otherwise_collides_and_is_refused(coast: Desk) -> None:
    then = coast.at
    coast.accept(coast.replace("2", "The parties shall keep the harbour open to no ships."))
    before = coast.everything()
    with pytest.raises(Refused, match="two changes of line 2 collide"):
        as_edition(coast, EDITED, since=then)
    coast.accept(coast.delete("2"))
    with pytest.raises(Refused, match="line 2 is not in the text"):
        as_edition(coast, EDITED, since=then)
    with pytest.raises(NotFound, match="there is no state 'never'"):
        as_edition(coast, EDITED, since="never")
    assert coast.proposal("P1").state == "accepted"
    assert len(coast.everything()["edition"]) == len(before["edition"])


@pytest.mark.parametrize(
    ("label", "copy"),
    [("5", SPLIT), ("2", MERGED), ("4", DELETED)],
    ids=["split", "merged", "deleted"],
)
def test_words_written_meanwhile_are_not_lost_where_a_copy_divides_or_ends_their_line(
    coast: Desk, label: str, copy: str
) -> None:
    then = coast.at
    coast.accept(coast.replace(label, f"{coast.line(label).text} And this was added."))
    before = coast.everything()
    with pytest.raises(Refused, match=f"two changes of line {label} collide"):
        as_edition(coast, copy, since=then)
    assert coast.everything() == before


def test_what_both_did_alike_is_stored_once(coast: Desk) -> None:
    then = coast.at
    coast.accept(coast.replace("2", EDITED.splitlines()[2].split(". ")[0] + "."))
    coast.accept(coast.delete("4"))
    both = EDITED.replace("- The north has one port.\n", "").replace("Disputes are", "They are")
    done = as_edition(coast, both, since=then)
    assert (done.changed, done.deleted) == (("7",), ())


def test_what_both_put_in_at_one_place_is_put_in_once(coast: Desk) -> None:
    then = coast.at
    own = "Each party pays for its own port."
    as_edition(coast, INSERTED, since=then)
    further = INSERTED.replace(own, f"First of all. {own} And for its ships.")
    as_edition(coast, further, key="second", since=then)
    wanted = ["First of all.", own, "And for its ships.", "Disputes are settled by talks."]
    assert [text for _, text in coast.text()][6:10] == wanted
    as_edition(coast, INSERTED.replace("one port", "no port"), key="third", since=then)
    assert [text for _, text in coast.text()].count(own) == 1


def test_what_both_moved_to_one_place_stays_there(coast: Desk) -> None:
    then = coast.at
    as_edition(coast, MOVED, since=then)
    done = as_edition(coast, MOVED.replace("by talks", "by long talks"), key="second", since=then)
    assert (done.changed, done.moved) == (("7",), ())


def test_the_same_file_is_not_merged_into_the_text_twice(coast: Desk) -> None:
    then = coast.at
    as_edition(coast, INSERTED, since=then)
    coast.accept(coast.replace("2", "The parties keep the harbour open to all ships."))
    with pytest.raises(Refused, match=f"coast.md was imported at @{int(then[1:]) + 1} already"):
        as_edition(coast, INSERTED, key="second", since=then)
    undo(coast)
    undo(coast)
    undo(coast)
    as_edition(coast, INSERTED, key="second", since=then)
    with pytest.raises(Refused, match="as it stands, which is the edition second"):
        as_edition(coast, INSERTED, key="second")
    with pytest.raises(Refused, match="as it stands, which is the edition second"):
        as_edition(coast, INSERTED, key="third")


def test_lines_of_a_proposed_copy_end_as_those_of_the_document(coast: Desk) -> None:
    text = EDITED.replace("that enters.", "that enters. Each pays for its own port.")
    copy = text.replace("\n", "\r\n")
    assert compared(coast, copy).counts == compared(coast, text).counts
    coast.accept(as_proposal(coast, copy).id)
    assert exported(coast) == text


def test_a_copy_with_other_line_ends_is_the_next_edition_with_these(coast: Desk) -> None:
    copy = INSERTED.replace("\n", "\r\n")
    assert compared(coast, COAST.replace("\n", "\r\n"), as_it_came=True).counts["spaced"] == 5
    as_edition(coast, copy)
    assert exported(coast) == copy


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\nThey meet. They talk at length.\n\n# B\n\n- One port.\n- Two ports. And more.\n",
        "# B\n\n- One port.\n- Two ports. And more.\n\n# A\n\nThey meet. They talk at length.\n",
        "# A\n\n# B\n\nThey meet. They talk at length.\n\n- One port.\n- Two ports. And more.\n",
    ],
)
def test_paragraphs_and_items_that_move_stay_what_they_are(stores: Stores, text: str) -> None:
    came = "# A\n\nThey meet. They talk at length.\n\n# B\n\n- Two ports. And more.\n- One port.\n"
    with stores.copy(empty) as url:
        desk = bring(open_store(url), came.encode())
        desk.accept(as_proposal(desk, text).id)
        rows = [row for row in exported(desk).splitlines() if row]
        assert rows == [row for row in text.splitlines() if row]


def test_white_space_and_markup_that_a_proposal_leaves_are_counted(coast: Desk) -> None:
    text = COAST.replace(" Each party may inspect", "\n\nEach of the parties may inspect")
    assert compared(coast, text).respaced == 1
    assert compared(coast, COAST).respaced == 0


def test_a_copy_that_was_proposed_may_still_become_an_edition(coast: Desk) -> None:
    then = coast.at
    as_proposal(coast, INSERTED)
    coast.accept(coast.replace("2", "The parties keep the harbour open to all ships."))
    assert as_edition(coast, INSERTED, since=then).inserted


def test_what_comes_behind_a_line_that_was_split_comes_behind_its_last_part(coast: Desk) -> None:
    text = SPLIT.replace("are mended.\n", "are mended.\n- The east has none.\n")
    stored = as_proposal(coast, text)
    assert {change.kind for change in stored.changes} == {"split", "insert"}
    coast.accept(stored.id)
    wanted = [line.text for line in compared(coast, text).draft.lines]
    assert [words for _, words in coast.text()] == wanted


def test_a_proposal_says_what_it_started_from_and_is_stale_where_that_changed(coast: Desk) -> None:
    then = coast.at
    coast.accept(coast.replace("2", "The parties keep the harbour open to all ships."))
    stored = as_proposal(coast, EDITED, since=then)
    [change] = stored.changes
    assert change.base == "The parties shall keep the harbour open to all ships."
    assert change.stale


def test_a_copy_of_an_earlier_edition_is_told_from_one_of_the_text(coast: Desk) -> None:
    coast.edition("first")
    for label, words in (("2", "Nothing."), ("3", "Nobody."), ("5", "Nowhere.")):
        coast.accept(coast.replace(label, words))
    assert compared(coast, EDITED).nearer == "first"
    assert compared(coast, EDITED, since="first").nearer is None
    assert compared(coast, exported(coast) + "\nMore.\n").nearer is None


def test_beside_an_unedited_copy_only_the_text_is_read(coast: Desk) -> None:
    copy = drafts.read(exported(coast).encode(), "coast.md", unit="sentence")
    read: list[str] = []
    with coast.reading() as now:
        event.listen(
            now.connection, "before_cursor_execute", lambda *told: read.append(str(told[2]))
        )
        assert set(compare(now, copy).counts) == {"unchanged"}
    assert len(read) == 1


def test_nothing_is_stored_if_the_store_moved_since_the_plan(coast: Desk) -> None:
    comparison = compared(coast, EDITED)
    file = File("coast.md", EDITED.encode())
    with coast.reading() as now:
        edition = revising.plan(now, comparison, file, Naming("next", "Next"))
        proposal = proposing.plan(now, comparison, file)
    coast.say("1")
    before = coast.everything()
    with (
        pytest.raises(Refused, match="the store moved"),
        coast.writing("import") as (entry, now),
    ):
        revising.apply(entry, now, edition)
    with (
        pytest.raises(Refused, match="the store moved"),
        coast.writing("import") as (entry, now),
    ):
        proposing.apply(entry, now, proposal, proposer="A colleague")
    assert coast.everything() == before
