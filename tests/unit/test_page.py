"""The page: whatever people wrote is data in it, and everything is told that is to be read."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from tracker.exchange.review import (
    Passage,
    Review,
    ReviewLine,
    Rival,
    Ruling,
    Said,
    Spot,
    Was,
)
from tracker.exchange.view import Run
from tracker.formats.html.markup import data, element
from tracker.formats.html.page import write
from tracker.formats.html.words import flagged

HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "javascript:alert(1)",
    "</style></title></p><!-- ]]> &lt;b&gt; &amp; &#60; {{7*7}} ${x}",
    "a\0\x1b[2J\x85\u202eb\u2066c\ufffe",
    "<b>\r\nかな\u3000</b>",
)
ELEMENTS = frozenset(
    re.findall(
        r"\S+",
        """html head meta title style body a header p h1 h2 h3 h4 h5 h6 bdi figure svg rect
        figcaption nav ul li main section article span mark sup div br ins del ol b aside footer
        table thead tbody tr th td""",
    )
)
ATTRIBUTES = frozenset(
    re.findall(
        r"\S+",
        """lang dir class id href role scope charset name content http-equiv viewBox width height
        x y fill fill-opacity preserveAspectRatio focusable data-head aria-label aria-labelledby
        aria-hidden""",
    )
)
OPEN = "The harbour is open to all ships."

anything = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
)


def review(word: str, length: int = 4) -> Review:
    """A review in which every text is this one; its first words are flagged, if it has as many."""
    ruling = Ruling(word, word, word, word, word)
    spots = (
        Spot("1", 0, min(length, len(word)), word, "exact"),
        Spot("1", None, None, word, "orphaned"),
    )
    base = Said("C1", word, word, word, word, spots, lines=("1",))
    comments = (
        base._replace(meeting=word, topic=word, date=word, context=word),
        base._replace(id="C2", note=word, number=word, type=word, reply_to="C1", relation=word),
        base._replace(id="C3", internal=True, verbatim=True, disposition=ruling),
        base._replace(
            id="C4", recommendation=ruling, answered_by=("P1", "P99"), lines=("2",), spots=()
        ),
        Said("C5", word, None, word, word, topic=word, scope="document"),
        Said("C6", word, None, word, word, about="P1", lines=("9",)),
    )
    runs = (Run("equal", word), Run("delete", word), Run("insert", word))
    rivals = tuple(
        Rival(f"P{number}.1", f"P{number}", kind, word, word, runs, word, ("C1",), ruling)._replace(
            collides=("P2",), lines=("1", "2"), after="1", stale=number == 1, deferral=ruling
        )
        for number, kind in enumerate(("replace", "insert", "move", "split", "merge"), 1)
    )
    return Review(
        key=word,
        title=word,
        language="en",
        entry=7,
        edition=word,
        date=word,
        sentence=word,
        passages=(
            Passage("1", None, word, ("C1", "C2"), rivals),
            Passage(None, "0", "", (), rivals[1:2]),
            Passage("9", None, "", (), rivals[:1]),
        ),
        lines=(
            ReviewLine("1", "heading", 1, "", word, ("C1", "C2", "C3"), (("ja", word, "stale"),)),
            ReviewLine("2", "paragraph", None, "\n\n- ", word, ("C4",), (("ja", word, None),)),
            ReviewLine("3", "paragraph", None, "", "", (), (("ja", word, "alone"),)),
        ),
        comments=comments,
        changes=(Was("1", ("edited",), word, word, runs, (word,)),),
        since=word,
        languages=("ja",),
    )


def tree(page: bytes | str) -> Any:
    """A page, or a part of one, as XML, which forgives nothing."""
    return etree.fromstring(page)


def shape(page: bytes) -> list[tuple[str, ...]]:
    """The elements in their order, each with the names of its attributes."""
    root = tree(page)
    return [(str(each.tag), *sorted(set(each.attrib) - {"lang"})) for each in root.iter()]


@given(anything)
@example("x" * 300)
@settings(max_examples=60)
def test_no_text_in_any_field_becomes_markup(word: str) -> None:
    page = write(review(word))
    roots: list[Any] = [html.document_fromstring(page), tree(page)]
    for root in roots:
        for each in root.iter():
            assert each.tag in ELEMENTS
            assert set(each.attrib) <= ATTRIBUTES | {"viewbox", "preserveaspectratio"}
            assert each.get("href", "#").startswith("#")
        assert [each.tag for each in root.iter("style")] == ["style"]
    # Line ends become elements of their own, a blank one is no text.
    if not re.search(r"[\r\n\x85\u2028\u2029]", word) and word.strip():
        assert shape(page) == shape(write(review("y" * len(word))))


@pytest.mark.parametrize("word", HOSTILE)
def test_every_text_is_there_to_be_read(word: str) -> None:
    told = "".join(tree(write(review(word))).itertext())
    assert tree(f"<p>{data(word)}</p>".encode()).text in told


def test_controls_are_written_out() -> None:
    assert data("a\0b\x1b\u202ec\r\n") == "a\\x00b\\x1b\\u202ec\n"
    assert element("p", "<&>", title_='"') == '<p title="&quot;">&lt;&amp;&gt;</p>'


def test_nothing_can_run_and_nothing_is_fetched() -> None:
    page = tree(write(review("word")))
    style = page.findtext(".//style") or ""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert not re.search(r"url\(|@import|@font-face|expression", style)
    assert page.xpath("//*[@src or @style or self::script or self::link or self::form]") == []


def test_every_link_leads_to_a_place_on_the_page() -> None:
    page = tree(write(review("word")))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {to[1:] for to in page.xpath("//@href")} <= set(ids)
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_threads_are_told_however_deep_they_are() -> None:
    comments = [Said("C1", "A", None, "question", "Why?", lines=("1",))]
    comments += [
        comments[0]._replace(id=f"C{number}", reply_to=f"C{number - 1}", relation="answers")
        for number in range(2, 1501)
    ]
    names = tuple(comment.id for comment in comments)
    line = ReviewLine("1", "paragraph", None, "", OPEN, names)
    found = review("word")._replace(passages=(), lines=(line,), comments=tuple(comments))
    page = tree(write(found))
    told = [each.get("id") for each in page.iter("article")]
    assert told == list(names)
    assert len(page.xpath("//article[@id='C1500']/ancestor::ol")) == 5
    head = "".join(page.find(".//*[@id='C1500-by']").itertext())
    assert head == "C1500 A · question, answers C1499"


def test_headings_leave_out_no_level() -> None:
    lines = tuple(
        ReviewLine(str(number), "heading", level, "\n\n", f"Heading {number}")
        for number, level in enumerate((2, 4, 4, 1, 6, 3), 1)
    )
    page = tree(write(review("word")._replace(lines=lines, passages=())))
    levels = [int(each.tag[1]) for each in page.iter() if re.fullmatch("h[1-6]", str(each.tag))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    own = page.xpath("//section[@id='text']//*[@class='words']")
    assert [each.tag for each in own] == ["h3", "h4", "h4", "h3", "h4", "h4"]


def test_flagged_words_are_marked_also_where_they_overlap() -> None:
    spans = [(4, 11, "C1"), (4, 19, "C2"), (15, 33, "C3")]
    root = tree(f"<p>{flagged(OPEN, spans)}</p>")
    marks = [(seen(mark), mark.get("class")) for mark in root.iter("mark")]
    assert marks == [
        ("harbour", "twice"),
        (" is ", None),
        ("open", "twice"),
        (" to all ships.", None),
    ]
    assert [link.text for link in root.iter("a")] == ["C1", "C2", "C3"]
    assert "".join(root.itertext()) == (
        "The [flagged by C1, C2: harbour]C1 is [flagged by C3: open]C2 to all ships.]C3"
    )


def seen(root: Any) -> str:
    """The text of an element, without what is only heard."""
    return "".join(root.xpath(".//text()[not(ancestor::*[@class='heard'])]"))


@given(st.text("ab ", min_size=1, max_size=12), st.data())
def test_marking_changes_no_word(text: str, given: st.DataObject) -> None:
    place = st.integers(0, len(text))
    drawn = [sorted(given.draw(st.tuples(place, place))) for _ in range(3)]
    spans = [(start, end, f"C{n}") for n, (start, end) in enumerate(drawn, 1)]
    root = tree(f"<p>{flagged(text, spans)}</p>")
    for refs in root.xpath("//sup"):
        parent = refs.getparent()
        parent.remove(refs) if not refs.tail else refs.clear(keep_tail=True)
    assert seen(root) == text
    marked = "".join(seen(mark) for mark in root.iter("mark"))
    flagged_ = {at for start, end, _ in spans for at in range(start, end)}
    assert marked == "".join(text[at] for at in sorted(flagged_))


def test_a_redline_is_heard_as_well_as_seen() -> None:
    page = tree(write(review("word")))
    changed = page.xpath("//p[@class='redline']")[0]
    assert "".join(changed.itertext()) == "word[deleted: word end][inserted: word end]"


def test_japanese_is_said_to_be_japanese() -> None:
    page = tree(write(review("漁獲枠の配分")._replace(language="en")))
    assert set(page.xpath("//*[contains(@class, 'other')]/@lang")) == {"ja"}
    assert set(page.xpath("//p[@class='said']/@lang")) == {"ja"}
    english = tree(write(review("quota")))
    assert english.xpath("//p[@class='said']/@lang") == []
    assert english.get("lang") == "en"


def test_stale_and_missing_translations_say_so() -> None:
    found = review("word")
    missing = found.lines[1]._replace(others=(("ja", "", "missing"),))
    page = tree(write(found._replace(lines=(found.lines[0], missing, found.lines[2]))))
    chips = page.xpath("//*[contains(@class, 'chip')][not(text()='internal')]")
    assert [chip.text for chip in chips] == [
        "the original has changed since",
        "not translated yet",
        "in this language only",
    ]


def test_an_empty_document_is_a_page() -> None:
    page = tree(
        write(Review("key", "Title", "en", 1, None, None, "nothing", (), (), (), draft=False))
    )
    told = "".join(page.itertext())
    assert "DRAFT" not in told.replace(page.findtext(".//style"), "")
    assert "Nothing is under revision." in told
    assert page.xpath("//svg | //table") == []


def test_a_long_text_has_no_more_bars_than_can_be_seen() -> None:
    lines = tuple(
        ReviewLine(str(number), "paragraph", None, "\n\n", OPEN) for number in range(1, 1001)
    )
    passages = tuple(Passage(str(number), None, OPEN, ("C1",) * number) for number in range(1, 41))
    found = review("word")._replace(lines=lines, passages=passages)
    page = tree(write(found))
    assert 1 <= len(page.xpath("//rect[@class='heat']")) <= 120
    caption = "".join(page.find(".//figcaption").itertext())
    assert "line 40: 40" in caption
    assert "406 on 28 more lines" in caption
