"""Laws of the record's form: written and read, it is the same; written again, the same bytes."""

from __future__ import annotations

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.exchange import rules
from tracker.exchange.record import (
    Agreed,
    Agreement,
    Anchor,
    Assignment,
    Change,
    Comment,
    Document,
    Edition,
    Line,
    Meeting,
    Origin,
    Participant,
    Place,
    Proposal,
    ProposedChange,
    Record,
    Reference,
    Result,
    Series,
    Source,
    Standing,
    Verdict,
    Version,
)
from tracker.formats.record.read import read
from tracker.formats.record.write import write_json, write_yaml

PIECES = [
    *("a", "b ", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", "\x85", "\u2028", "\u2029"),
    *("\ufeff", "\x1b[31m", "- ", "# ", " #", ": ", "'", '"', "“", "\\", "\\n", "%", "@", "`"),
    *("!", "!!int ", "&a ", "*a", "<<", "null", "~", "no", "12:30", "|", ">", "...", "---"),
    *("?", ",", "[", "]", "{", "}", "=", "\x7f", "\x0b", "\x0c", "\x1c", "\xa0", "\u3000"),
    *(
        "会議は",
        "「同意」",
        "が",
        "か\u3099",
        "ｶﾞ",
        "😀",
        "👨‍👩‍👧",
        "e\u0301",
        "\ufffe",
        "\U0001fffe",
    ),
    *("word " * 40, "長い" * 80, "\ue000", "2021-11-03", "0o7", "1_000", "\u200b", "\u202e"),
]
pieces = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
characters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
texts = (pieces | characters).filter(lambda text: text.strip() != "")
maybe = st.none() | texts
# Names and titles stand on one line; what the journal says of itself is printable besides.
one_line = texts.map(lambda text: "".join(text.splitlines())).filter(lambda text: text.strip())
maybe_line = st.none() | one_line
headers = texts.map(lambda text: "".join(filter(str.isprintable, text))[:200]).filter(str.strip)
names = st.from_regex(r"[a-z][a-z0-9._-]{0,20}[a-z]", fullmatch=True).filter(
    lambda name: rules.key_fault(name) is None
)
dates = st.none() | st.sampled_from(["2021", "2021-07", "2021-11-03", "0001-01-01"])


@st.composite
def lines(draw: st.DrawFn, number: int) -> Line:
    versions = [Version(text=text) for text in draw(st.lists(texts, min_size=1, max_size=3))]
    return Line(
        label=str(number),
        kind=draw(st.sampled_from(["heading", "sentence", "paragraph"])),
        level=draw(st.none() | st.integers(1, 9)),
        versions=tuple(
            Version(
                number=place,
                change=place,
                language=draw(st.sampled_from([None, "en"])),
                origin=draw(st.sampled_from(get_args(Origin))),
                text=version.text,
            )
            for place, version in enumerate(versions, 1)
        ),
        places=(
            Place(
                after=str(number - 1) if number > 1 else None,
                block=draw(st.sampled_from(["paragraph", "line", "inline"])),
                markup=draw(characters | pieces),
                gap=draw(st.none() | characters | pieces),
                trail=draw(st.none() | characters | pieces),
                kind=draw(st.sampled_from([None, "heading", "paragraph"])),
            ),
        ),
        split_from="1" if number > 1 and draw(st.booleans()) else None,
        agreements=tuple(
            Agreement(outcome=outcome, version=1, reason=draw(texts), by=draw(maybe_line))
            for outcome in draw(st.lists(st.sampled_from(get_args(Agreed)), max_size=2))
        ),
    )


@st.composite
def anchors(draw: st.DrawFn, text: tuple[Line, ...]) -> Anchor:
    line = draw(st.sampled_from(text))
    words = line.versions[0].text
    start = draw(st.integers(0, len(words) - 1))
    quote = words[start : draw(st.integers(start + 1, len(words)))]
    if not quote.strip():
        return Anchor(line=line.label, scope=draw(st.sampled_from([None, "section", "gap"])))
    later = len(line.versions) > 1
    carried = (Standing(version=2, state="orphaned"),) if later else ()
    return Anchor(line=line.label, version=1, quote=quote, start=start, carried=carried)


def verdicts(outcomes: list[str], advice: list[str]) -> st.SearchStrategy[tuple[Verdict, ...]]:
    return st.lists(verdict("decided", outcomes) | verdict("advised", advice), max_size=2).map(
        tuple
    )


def verdict(stage: str, outcomes: list[str]) -> st.SearchStrategy[Verdict]:
    return st.builds(
        Verdict,
        outcome=st.sampled_from(outcomes),
        stage=st.just(stage),
        reason=texts,
        by=maybe_line,
        date=dates,
        mode=st.sampled_from([None, "consensus", "vote", "silence"]),
    )


@st.composite
def comments(draw: st.DrawFn, text: tuple[Line, ...], number: int) -> Comment:
    reply = number > 1 and draw(st.booleans())
    return Comment(
        id=f"C{number}",
        number=draw(maybe_line),
        meeting="w1",
        anchors=tuple(draw(st.lists(anchors(text), max_size=2))),
        reply_to=f"C{number - 1}" if reply else None,
        relation="builds_on" if reply else None,
        speaker=draw(one_line),
        side=draw(maybe_line),
        kind=draw(st.sampled_from(["objection", "support", "question"])),
        type=draw(st.sampled_from([None, "general", "technical"])),
        context=draw(maybe),
        verbatim=draw(st.booleans()),
        text=draw(texts),
        note=draw(maybe),
        source="a file" if draw(st.booleans()) else None,
        locator=draw(maybe),
        dispositions=draw(verdicts(["accepted", "deferred"], ["noted"])),
        assigned=draw(
            st.none()
            | st.builds(Assignment, to=one_line, due=dates, note=maybe, done=st.booleans())
        ),
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = tuple(draw(lines(number)) for number in range(1, draw(st.integers(2, 4))))
    last = max(len(line.versions) for line in text)
    said = tuple(draw(comments(text, number)) for number in range(1, draw(st.integers(1, 4))))
    change = ProposedChange(number=1, kind="replace", line="1", version=1, text=draw(texts))
    parts = st.builds(Result, text=texts, block=st.sampled_from([None, "line"]), gap=maybe)
    divided = ProposedChange(
        number=2,
        kind="split",
        line="1",
        version=1,
        supersedes=1,
        sources=("P1.1",),
        results=tuple(draw(st.lists(parts, min_size=2, max_size=3))),
    )
    return Record(
        series=(
            Series(id=draw(names), name=draw(one_line), hosts=(draw(one_line),), since="2017-04"),
        ),
        meetings=(
            Meeting(id="w1", name=draw(one_line), date=draw(dates), topics=(draw(one_line),)),
        ),
        participants=(Participant(id=draw(names), name=draw(one_line), side=draw(maybe_line)),),
        references=(Reference(id=draw(names), title=draw(one_line), note=draw(maybe)),),
        document=Document(key=draw(names), title=draw(one_line), note=draw(maybe)),
        sources=(Source(file="a file", title=draw(maybe_line), sha256="0f" * 32),),
        changes=tuple(
            Change(
                number=number,
                author=draw(headers),
                at="2022-09-30T08:15:00.000001Z",
                command=draw(headers),
                summary=draw(headers | st.just("")),
            )
            for number in range(1, last + 1)
        ),
        lines=text,
        editions=(Edition(id=draw(names), name=draw(one_line), printed={"1": draw(texts)}),),
        comments=said,
        proposals=(
            Proposal(
                id="P1",
                proposer=draw(one_line),
                rationale=draw(maybe),
                answers=tuple(comment.id or "" for comment in said),
                changes=(change, divided),
                decisions=draw(verdicts(["accepted", "rejected", "deferred"], ["accept", "amend"])),
            ),
        ),
    )


@settings(max_examples=60)
@given(records())
def test_a_record_written_as_yaml_is_read_as_it_was(record):
    written = write_yaml(record)
    assert read(written, "r.yaml") == record
    assert write_yaml(read(written, "r.yaml")) == written


@settings(max_examples=40)
@given(records())
def test_a_record_written_as_json_is_read_as_it_was(record):
    written = write_json(record)
    assert read(written, "r.json") == record
    assert write_json(read(written, "r.json")) == written


@settings(max_examples=25)
@given(records())
def test_lines_may_end_in_any_way_and_a_mark_may_stand_first(record):
    # A text of several lines is a block, and its lines end as those of the file do.
    written = b"\xef\xbb\xbf" + write_yaml(record).replace(b"\n", b"\r\n")
    assert read(written, "r.yaml") == record
