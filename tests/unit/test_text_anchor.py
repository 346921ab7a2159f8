"""Rules for quotes and the places they name."""

import time

import pytest

from tracker.text import (
    Carried,
    Diff,
    Op,
    Quote,
    diff,
    follow,
    locate,
    nearest,
    occurrences,
    quote_at,
)

GA = "\u304c"
GA_IN_TWO = "\u304b\u3099"
FAMILY = "👨‍👩‍👧"


def found(quote: Quote, text: str) -> str | None:
    span = locate(quote, text)
    return None if span is None else text[slice(*span)]


@pytest.mark.parametrize(
    ("exact", "text", "stands"),
    [
        ('China\'s "policy"', "on China’s “policy” now", "China’s “policy”"),
        ("China’s “policy”", 'on China\'s "policy" now', 'China\'s "policy"'),
        ("two words", "the two \n\u3000 words", "two \n\u3000 words"),
        ("two\u00a0words", "the two words", "two words"),
        (f"な{GA}い", f"は な{GA_IN_TWO}い は", f"な{GA_IN_TWO}い"),
        (f"な{GA_IN_TWO}い", f"は な{GA}い は", f"な{GA}い"),
        ("a\r\nb", "x a b", "a b"),
        ("Policy", "the policy", None),
        ("👩", FAMILY, None),
        ("か", GA_IN_TWO, None),
        ("a\u3000\ufe0f", f"{GA_IN_TWO} a\u3000\ufe0f", "a\u3000\ufe0f"),
        ("", "text", None),
        ("gone", "the text", None),
    ],
)
def test_a_quote_is_found_as_a_reader_reads_it(exact: str, text: str, stands: str | None) -> None:
    assert found(Quote(exact), text) == stands


def test_among_several_places_the_context_decides() -> None:
    text = "in the report and on the report and to the report"
    assert locate(Quote("the report", prefix="on "), text) == (21, 31)
    assert locate(Quote("the report", suffix=" and to"), text) == (21, 31)
    assert locate(Quote("the report", prefix="changed words on "), text) == (21, 31)


def test_context_counts_before_the_start() -> None:
    text = "in the report and on the report"
    assert locate(Quote("the report", prefix="on ", start=3), text) == (21, 31)


def test_among_equal_places_the_nearest_to_the_start_is_taken() -> None:
    assert locate(Quote("the", start=5), "the the the report") == (4, 7)


def test_several_places_and_nothing_to_choose_by_are_unknown() -> None:
    assert locate(Quote("the"), "the the the report") is None
    assert locate(Quote("the", start=2), "the the") is None
    assert locate(Quote("the", prefix="before "), "on the and in the") is None


def test_a_quote_that_stands_once_needs_no_context() -> None:
    assert found(Quote("report", prefix="elsewhere "), "the report") == "report"


def test_occurrences_do_not_overlap() -> None:
    assert occurrences("a a", "a  a a a") == [(0, 4), (5, 8)]
    assert occurrences("", "text") == []
    assert occurrences("👩", f"{FAMILY} 👩") == [(6, 7)]


def test_quote_at_keeps_32_code_points_of_context_and_whole_graphemes() -> None:
    text = "x" * 40 + "e\u0301" + "y" * 40
    assert quote_at(text, 41, 42) == Quote("e\u0301", "x" * 32, "y" * 32, 40)
    assert quote_at(FAMILY * 20, 50, 55).prefix == FAMILY * 6


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 2), (-1, 2), (0, 99)])
def test_a_quote_of_nothing_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="passage"):
        quote_at("some text", start, end)
    with pytest.raises(ValueError, match="span"):
        follow((start, end), diff("some text", "text"))


@pytest.mark.parametrize(
    ("exact", "text", "like"),
    [
        ("recieve the report", "Members shall receive the reports soon.", "receive the reports"),
        ("予算を別に定める", "会議は毎年開催する。予算は別に定める。", "予算は別に定める"),
        ("EXTERNAL behaviour", "China’s external behaviors, and", "external behaviors"),
        ("zebra", "nothing at all", None),
        ("", "text", None),
        ("words", "", None),
    ],
)
def test_nearest_is_the_passage_most_like_the_words(
    exact: str, text: str, like: str | None
) -> None:
    span = nearest(exact, text)
    assert (None if span is None else text[slice(*span)]) == like


def test_long_texts_are_searched_in_bounded_time() -> None:
    text = "the report of " * 8_000
    begun = time.process_time()
    assert nearest("a raport off teh", text) is not None
    assert locate(Quote("the report" * 9), text) is None
    assert locate(Quote("a" * 50_000, prefix="b"), "a" * 100_000) is None
    assert len(occurrences("a" * 10, "a" * 100_000)) == 10_000
    assert time.process_time() - begun < 5


WORDS = "The group shares concerns about external behaviors."


@pytest.mark.parametrize(
    ("new", "carried"),
    [
        pytest.param(f"Today: {WORDS}", ("concerns about external", "exact"), id="moved"),
        pytest.param(
            WORDS.replace("about", "everywhere about"),
            ("concerns everywhere about external", "exact"),
            id="an insertion inside is covered",
        ),
        pytest.param(
            WORDS.replace("concerns", "deep concerns").replace("external", "external and other"),
            ("concerns about external", "exact"),
            id="an insertion at an edge is not",
        ),
        pytest.param(
            WORDS.replace("concerns", "fears"), ("about external", "partial"), id="an edge is gone"
        ),
        pytest.param(
            WORDS.replace("external", "bad"), ("concerns about", "partial"), id="the end is gone"
        ),
        pytest.param(
            WORDS.replace("about", "over"), ("concerns over external", "partial"), id="the middle"
        ),
        pytest.param(WORDS.replace("concerns about external", "bad"), None, id="words gone"),
        pytest.param(
            WORDS.replace("concerns about external", "fears of external"), None, id="most gone"
        ),
        pytest.param("", None, id="all gone"),
        pytest.param(
            WORDS.replace(" about", "  about"), ("concerns  about external", "exact"), id="space"
        ),
    ],
)
def test_flagged_words_are_followed_or_said_to_be_gone(
    new: str, carried: tuple[str, str] | None
) -> None:
    start = WORDS.index("concerns")
    now = follow((start, start + len("concerns about external")), diff(WORDS, new))
    assert (now and (new[now.start : now.end], now.state)) == carried


def test_input_12_the_second_of_three_stays_itself_when_the_first_goes() -> None:
    made = diff("the the the report", "the the report")
    assert follow((4, 7), made) == Carried(0, 3, "exact")
    told = Diff((Op("equal", "the "), Op("delete", "the "), Op("equal", "the report")))
    assert follow((4, 7), told) is None
    assert follow((8, 11), told) == Carried(4, 7, "exact")


def test_input_12_an_insertion_after_leaves_it_alone() -> None:
    made = diff("the the the report", "the the the final report")
    assert follow((4, 7), made) == Carried(4, 7, "exact")


def test_input_5_words_are_followed_through_another_spelling() -> None:
    old, new = f"な{GA_IN_TWO}い 文", f"な{GA}い 文 だ"
    assert follow((5, 6), diff(old, new)) == Carried(4, 5, "exact")
    assert follow((2, 3), diff(old, new)) == Carried(1, 2, "exact")


def test_flagged_white_space_stands_whole_or_is_gone() -> None:
    assert follow((1, 2), diff("a b", "x a b")) == Carried(3, 4, "exact")
    assert follow((1, 2), diff("a b", "a\nb")) is None
