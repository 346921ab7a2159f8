"""Laws 1 and 2 for every language: a text goes out as it came in, whatever it renders."""

from __future__ import annotations

import shutil
import tempfile

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.desk import Desk, Placed, document
from tests.stores import template
from tracker.errors import TrackerError
from tracker.exchange.parallel import Paired
from tracker.formats import draft as formats
from tracker.formats import text as written
from tracker.services import lines, snapshot
from tracker.services.exporting import text as exporting
from tracker.services.importing import parallel
from tracker.services.importing.files import File
from tracker.services.importing.known import document_with
from tracker.services.translations import reading, writing
from tracker.store.open import Store, open_store
from tracker.text.fitting import Piece
from tracker.text.paralleling import parallel as paired

SENTENCES = st.sampled_from(
    [
        "海は広い。",
        "両者は1987年から働いた。",
        "「よい。」と述べた。",
        "IMOの規則",
        "港はどこか。",
        "なお、参考訳である。",
    ]
)
JOINTS = st.sampled_from(["", "\n", "\n\n", "\n\n- ", "\n\n## ", "\n\n\n", " \n\n1. ", "\r\n\r\n"])
ENGLISH = (
    "The sea is wide.",
    "They have worked since 1987.",
    "The rules of the IMO",
    "Where is it?",
)


@st.composite
def japanese(draw: st.DrawFn) -> bytes:
    """A text with joints of all sorts, in some encoding."""
    parts = draw(st.lists(st.tuples(JOINTS, SENTENCES), min_size=1, max_size=12))
    text = draw(st.sampled_from(["", "# "])) + "".join(lead + words for lead, words in parts)
    text += draw(st.sampled_from(["", "\n", "\n\n", "\r\n"]))
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])))


def made(folder: str) -> Store:
    store = open_store(shutil.copyfile(template(), f"{folder}/store.db"))
    document(store, *ENGLISH)
    return store


@settings(max_examples=40, deadline=None)
@given(content=japanese(), data=st.data())
def test_a_translation_goes_out_as_it_came_in_however_it_is_paired(
    content: bytes, data: st.DataObject
) -> None:
    read = formats.read(content, "b.md", language="ja")
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(made(folder))
        with desk.reading() as now:
            plan = parallel.plan(now, read, File("b.md", content, read.encoding), "海")
        if data.draw(st.booleans()):
            labels = data.draw(st.permutations(["1", "2", "3", "4"]))
            pairs = [
                Paired((labels[place],) if place < len(labels) else (), (place,))
                for place in range(len(read.lines))
            ]
            plan = parallel.with_pairs(plan, pairs)
        with desk.writing("import") as (entry, now):
            parallel.apply(entry, now, plan)
        with desk.reading() as now:
            there = snapshot.in_language(now, "ja")
            assert written.write(exporting.view(there, exporting.Request())) == content
            found = reading.passages(now, "ja")
            assert [label for each in found for label in each.labels] == desk.labels()
            rendering = [line.id for each in found for line in each.renderings]
            alone = [line.id for line in reading.alone(now, "ja")]
            standing = [line.id for line in lines.running_text(there)]
            assert sorted([*rendering, *alone]) == sorted(standing)
        with desk.store.read() as connection:
            assert document_with(connection, read.text) == "coast"
        desk.check()


moves = st.lists(
    st.tuples(st.integers(1, 6), st.integers(0, 6)).filter(lambda move: move[0] != move[1]),
    min_size=1,
    max_size=4,
)
joints = st.lists(st.sampled_from(["paragraph", "inline", "line"]), min_size=6, max_size=6)


def translated(folder: str, blocks: list[str], rendered: set[int]) -> Desk:
    """Six lines, some of which are rendered, each by one line."""
    store = open_store(shutil.copyfile(template(), f"{folder}/store.db"))
    document(store, *(Placed(f"Line {n}.", block=block) for n, block in enumerate(blocks, 1)))
    desk = Desk(store)
    for number in sorted(rendered):
        with desk.writing("translation add") as (entry, now):
            writing.add(entry, now, "ja", [str(number)], f"{number}行目。")
    return desk


@settings(max_examples=10, deadline=None)
@given(
    blocks=joints,
    rendered=st.sets(st.integers(1, 6), min_size=1),
    steps=st.lists(moves, min_size=1, max_size=3),
)
def test_what_renders_one_line_each_stands_in_the_order_of_these_whatever_moves(
    blocks: list[str], rendered: set[int], steps: list[list[tuple[int, int]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = translated(folder, blocks, rendered)
        for step in steps:
            try:
                name = desk.move(str(step[0][0]), str(step[0][1]))
                for label, after in step[1:]:
                    desk.move(str(label), str(after), to=name)
                desk.accept(name)
            except TrackerError:
                continue
            text = desk.read(lines.running_text, "ja")
            order = [label for label in desk.labels() if int(label) in rendered]
            assert [line.label for line in text] == order
            assert all(line.text == f"{line.label}行目。" for line in text)
            assert {p.state for p in desk.read(reading.passages, "ja")} <= {"current", "missing"}
        desk.check()


@settings(max_examples=60, deadline=None)
@given(
    old=st.lists(st.tuples(st.text("ab 12.", min_size=1, max_size=40), st.booleans()), max_size=12),
    new=st.lists(
        st.tuples(st.text("あ海12。", min_size=1, max_size=30), st.booleans()), max_size=12
    ),
)
def test_every_piece_of_both_texts_is_in_just_one_pair(
    old: list[tuple[str, bool]], new: list[tuple[str, bool]]
) -> None:
    sides = [
        [Piece(text, joint="paragraph" if begins else "inline") for text, begins in side]
        for side in (old, new)
    ]
    found = paired(*sides)
    assert [place for pair in found for place in pair.old] == list(range(len(old)))
    assert [place for pair in found for place in pair.new] == list(range(len(new)))
    assert all(0 <= pair.score <= 1 for pair in found)
    for pair in found:
        assert all(sides[1][place].joint == "inline" for place in pair.new[1:])
