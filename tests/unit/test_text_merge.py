"""Rules for making one text of two revisions."""

import pytest

from tracker.text.merging import Conflict, Merge, merge

REPORT = "Members shall report annually to the Secretariat on all measures."


def revised(text: str, *changes: tuple[str, str]) -> str:
    """Return a text with words replaced; each must stand in it once."""
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        pytest.param(
            REPORT,
            revised(REPORT, ("Members", "Parties")),
            revised(REPORT, ("annually", "yearly")),
            revised(REPORT, ("Members", "Parties"), ("annually", "yearly")),
            id="two words between",
        ),
        pytest.param(
            REPORT,
            revised(REPORT, ("shall", "may")),
            revised(REPORT, ("shall", "may"), ("all measures", "trade")),
            revised(REPORT, ("shall", "may"), ("all measures", "trade")),
            id="input 10: the same replacement is applied once",
        ),
        pytest.param(
            REPORT,
            REPORT + " This is reviewed.",
            "All agree. " + revised(REPORT, (" annually", "")) + " This is reviewed.",
            "All agree. " + revised(REPORT, (" annually", "")) + " This is reviewed.",
            id="input 14: the same insertion is applied once",
        ),
        pytest.param(
            "会議は毎年、東京において開催する。",
            "会議は隔年、東京において開催する。",
            "会議は毎年、東京において公開で開催する。",
            "会議は隔年、東京において公開で開催する。",
            id="Japanese",
        ),
        pytest.param(
            "the the the report is read",
            "the the report is read",
            "the the the report is finally read",
            "the the report is finally read",
            id="one of three equal words",
        ),
        pytest.param(
            "1: 5; 2: 6; 3: 7;",
            "1: 5;  2: 6; 3: 7;",
            "1: 5; 2: 6; 3: 8;",
            "1: 5;  2: 6; 3: 8;",
            id="white space",
        ),
        pytest.param("", "", "", "", id="nothing"),
    ],
)
def test_changes_apart_and_changes_alike_are_merged(
    base: str, ours: str, theirs: str, merged: str
) -> None:
    assert merge(base, ours, theirs).text == merged
    assert merge(base, theirs, ours).text == merged


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "parts"),
    [
        pytest.param(
            "Members shall report annually.",
            "Members shall not report annually.",
            "Members may report annually.",
            ("Members ", Conflict("shall ", "shall not ", "may "), "report annually."),
            id="input 1: shall not and may",
        ),
        pytest.param(
            "会議は毎年開催する。",
            "会議は隔年開催する。",
            "会議は毎年東京で開催する。",
            ("会議は", Conflict("毎年開催", "隔年開催", "毎年東京で開催"), "する。"),
            id="input 6: one Japanese phrase",
        ),
        pytest.param(
            "GitHub will not take any further action unless",
            "GitHub will not wholly new further action unless",
            "GitHub will not quite any further action unless",
            (
                "GitHub will not ",
                Conflict("take any", "wholly new", "quite any"),
                " further action unless",
            ),
            id="input 3",
        ),
        pytest.param(
            "They meet in Tokyo, if they are asked to, once a year.",
            "They meet in Tokyo once a year.",
            "They meet in Tokyo, if they are invited to, once a year.",
            (
                "They meet in Tokyo",
                Conflict(", if they are asked to,", "", ", if they are invited to,"),
                " once a year.",
            ),
            id="input 11: a clause deleted and a word in it changed",
        ),
        pytest.param(
            "One ends. Two ends.",
            "One ends. More begins. Two ends.",
            "One ends. Else starts. Two ends.",
            ("One ends. ", Conflict("", "More begins. ", "Else starts. "), "Two ends."),
            id="input 14: two insertions at one place",
        ),
        pytest.param(
            "two or more",
            "three or more",
            "two or fewer",
            (Conflict("two or more", "three or more", "two or fewer"),),
            id="one word between",
        ),
        pytest.param("", "one", "two", (Conflict("", "one", "two"),), id="an empty base"),
    ],
)
def test_what_collides_is_shown_with_what_each_side_has_there(
    base: str, ours: str, theirs: str, parts: tuple[str | Conflict, ...]
) -> None:
    merged = merge(base, ours, theirs)
    assert merged.parts == parts
    assert merged.text is None


MOVED = "First, the parties meet in public. Then they vote. Last, all is written down."


def test_words_moved_to_two_places_collide_and_do_not_stand_twice() -> None:
    ours = "the parties meet First, in public. Then they vote. Last, all is written down."
    theirs = "the parties meet in public. Then they vote. Last, all is First, written down."
    merged = merge(MOVED, ours, theirs)
    assert [tuple(conflict) for conflict in merged.conflicts] == [
        ("First, ", "", ""),
        ("", "First, ", ""),
        ("", "", "First, "),
    ]
    assert merged.resolve([conflict.ours for conflict in merged.conflicts]) == ours
    assert merged.resolve([conflict.base for conflict in merged.conflicts]) == MOVED


def test_words_that_one_side_moved_and_the_other_deleted_collide() -> None:
    ours = "First, the parties meet in public. Last, all is written down. Then they vote."
    theirs = "First, the parties meet in public. Last, all is written down."
    merged = merge(MOVED, ours, theirs)
    assert merged.resolve([conflict.ours for conflict in merged.conflicts]) == ours
    assert merged.resolve([conflict.theirs for conflict in merged.conflicts]) == theirs


def test_both_halves_of_a_move_are_in_conflict_if_one_is() -> None:
    ours = "Then they vote. First, the parties meet in public. Last, all is written down."
    theirs = "First, the parties meet in public. Then they elect. Last, all is written down."
    merged = merge(MOVED, ours, theirs)
    assert len(merged.conflicts) == 2
    assert merged.resolve([conflict.ours for conflict in merged.conflicts]) == ours
    assert merged.resolve([conflict.theirs for conflict in merged.conflicts]) == theirs


def test_the_same_move_is_made_once() -> None:
    ours = "Then they vote. First, the parties meet in public. Last, all is written down."
    theirs = ours.replace("written", "put")
    assert merge(MOVED, ours, theirs).text == theirs


def test_a_conflict_is_resolved_by_any_text() -> None:
    merged = merge("two or more days", "three or more days", "two or fewer days")
    assert merged.resolve(["some"]) == "some days"
    for texts in ([], ["some", "more"]):
        with pytest.raises(ValueError, match="for 1 conflicts"):
            merged.resolve(texts)


def test_another_unicode_spelling_is_no_change_and_the_new_one_is_kept() -> None:
    ga = "か\u3099"
    assert merge("水が出る。", f"水{ga}出る。", "水が出る。").text == f"水{ga}出る。"
    assert merge("水が毎日多く出る。", f"水{ga}毎日多く出る。", "水が毎日多く出た。").text == (
        f"水{ga}毎日多く出た。"
    )
    assert merge("two が four", "2 が 4", f"two {ga} four").text == f"2 {ga} 4"
    # Of two new spellings the first by code point: か before が.
    base, ours, theirs = "が \u212b", f"{ga} \u00c5", "が A\u030a"
    assert merge(base, ours, theirs) == merge(base, theirs, ours)
    assert merge(base, ours, theirs).text == f"{ga} A\u030a"


TOPICS = ["trade", "tax", "health", "labour", "energy", "water", "data", "arms", "space", "fish"]


def test_input_2_ten_lines_alike_keep_their_changes_apart() -> None:
    lines = [
        f"({number}) Members shall report annually to the Secretariat on {topic} measures."
        for number, topic in enumerate(TOPICS, 1)
    ]
    ours = "\n".join(lines).replace("annually to the Secretariat on energy", "to us on energy")
    theirs = "(0) New.\n" + "\n".join(lines)
    assert merge("\n".join(lines), ours, theirs).text == "(0) New.\n" + ours


@pytest.mark.parametrize(
    "base",
    [
        pytest.param(" ".join(map(str, range(60_000))), id="60,000 different words in one line"),
        pytest.param("the " * 20_000, id="one word again and again"),
        pytest.param("a" * 200_000, id="no space"),
        pytest.param(" \n" * 100_000, id="white space"),
        pytest.param("\x00\ud800\u0301" * 5_000, id="NUL, surrogates, marks without a base"),
        pytest.param("שלום " * 5_000, id="right to left"),
    ],
)
def test_large_and_odd_texts_are_merged(base: str) -> None:
    ours, theirs = "First of all. " + base, base + " Last of all."
    assert merge(base, ours, theirs).text in (ours + " Last of all.", None)
    assert merge(base, base[: len(base) // 2], theirs) != Merge(())
