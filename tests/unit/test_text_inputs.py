"""Fifteen inputs that break naive versions, by name, through what ``tracker.text`` offers."""

from __future__ import annotations

import pytest

from tracker.text import align, carry, collide, diff, merge, segment

TEN = [
    f"({number}) Members shall report annually to the Secretariat on {topic} measures."
    for number, topic in enumerate(
        ["trade", "health", "water", "air", "border", "food", "labour", "safety", "data", "law"], 1
    )
]
TWO_SECTIONS = [
    "Fishing",
    "Fishing is open to all states that keep the quotas of this agreement.",
    "Ports",
    "Every party opens its ports to ships that carry food or medicine.",
]


def told(old: str, new: str) -> list[tuple[str, str]]:
    """The changes of a redline."""
    return [(op.kind, op.text) for op in diff(old, new).ops if op.kind != "equal"]


def test_input_1_shall_not_and_may_collide() -> None:
    base = "Members shall report annually."
    ours, theirs = "Members shall not report annually.", "Members may report annually."
    assert collide(base, ours, theirs)
    assert merge(base, ours, theirs).text is None


def test_input_2_numbered_lines_keep_who_they_are_when_one_is_added_above() -> None:
    edited = [*TEN[:4], TEN[4].replace("annually", "every two years"), *TEN[5:]]
    added = "(1) The Secretariat publishes what it receives."
    renumbered = [
        f"({number}){line.partition(')')[2]}" for number, line in enumerate([added, *TEN], 1)
    ]
    assert [(match.old, match.new) for match in align(TEN, renumbered)] == [
        ((number,), (number + 1,)) for number in range(10)
    ]
    assert carry([(4, 27, 35)], TEN, renumbered) == [(5, 27, 35)]
    assert merge("\n".join(TEN), "\n".join(edited), "\n".join(renumbered)).text == "\n".join(
        line.replace("annually", "every two years") if "border" in line else line
        for line in renumbered
    )


def test_input_3_two_rewritten_phrases_end_and_collide() -> None:
    base = "GitHub will not take any further action unless"
    ours = "GitHub will not wholly new further action unless"
    theirs = "GitHub will not quite any further action unless"
    assert told(base, ours) == [("delete", "take any"), ("insert", "wholly new")]
    assert len(merge(base, ours, theirs).conflicts) == 1


@pytest.mark.parametrize(("old", "new"), [("👨‍👩‍👧", "👨‍👩‍👦"), ("🇯🇵", "🇯🇲")])
def test_input_4_whole_graphemes_change(old: str, new: str) -> None:
    assert told(f"A {old} met.", f"A {new} met.") == [("delete", old), ("insert", new)]


def test_input_5_another_spelling_shows_no_change_and_keeps_the_bytes() -> None:
    one, two = "会議が開く。", "会議か\u3099開く。"
    assert told(one, two) == []
    assert (diff(one, two).old, diff(one, two).new) == (one, two)


def test_input_6_japanese_changes_in_one_run_neither_replace_nor_double_the_sentence() -> None:
    base = "会議は毎年開催する。"
    merged = merge(base, "会議は隔年開催する。", "会議は毎年東京で開催する。")
    for side in zip(*merged.conflicts, strict=True):
        text = merged.resolve(list(side))
        assert text.count("会議は") == text.count("する。") == 1


def test_input_7_quotations_and_numbers_end_no_japanese_sentence() -> None:
    text = "委員は「賛成です。」と述べた。予算は3.5億円（前年比1.2％増。）となった。"
    assert [part.text for part in segment(text, language="ja")] == [
        "委員は「賛成です。」と述べた。",
        "予算は3.5億円（前年比1.2％増。）となった。",
    ]


def test_input_8_abbreviations_end_a_sentence_only_where_one_ends() -> None:
    text = "The vote was held in Washington, D.C. It failed. See Sec. 4.2(b), para. 3."
    assert [part.text for part in segment(text)] == [
        "The vote was held in Washington, D.C.",
        "It failed.",
        "See Sec. 4.2(b), para. 3.",
    ]


def test_input_9_a_line_of_60_000_distinct_tokens_is_compared() -> None:
    words = [f"t{number}" for number in range(60_000)]
    changed = [*words[:30_000], "new", *words[30_001:]]
    assert told(" ".join(words), " ".join(changed)) == [("delete", "t30000"), ("insert", "new")]


def test_input_10_the_same_replacement_on_both_sides_is_made_once() -> None:
    base, both = "Members shall report annually.", "Members may report annually."
    assert merge(base, both, both).text == both


def test_input_11_a_word_changed_in_a_deleted_clause_collides_and_nothing_is_lost() -> None:
    base = "The ports stay open, as long as the parties agree in writing, to all ships."
    ours = "The ports stay open to all ships."
    theirs = base.replace("writing", "advance")
    merged = merge(base, ours, theirs)
    assert merged.text is None
    assert any("advance" in conflict.theirs for conflict in merged.conflicts)


def test_input_12_a_comment_on_the_second_the_stays_on_it() -> None:
    base = "the the the report"
    # Nobody can tell which of them was deleted; it may be the one beside the insertion.
    merged = merge(base, "the the report", "the the the final report")
    assert merged.conflicts == (("the ", "", "the final "),)
    assert carry([(0, 4, 7)], [base], ["the the the final report"]) == [(0, 4, 7)]
    assert carry([(0, 4, 7)], [base], ["the the final report"]) == [(0, 4, 7)]


@pytest.mark.parametrize("marks", ["{++", "~~", "<ins>", "[bold red]", "\x1b[31m"])
def test_input_13_wording_that_looks_like_markup_is_words(marks: str) -> None:
    old, new = f"A {marks}text{marks} stands.", f"A {marks}text{marks} still stands."
    assert told(old, new) == [("insert", "still ")]
    assert merge(old, new, old).text == new
    assert "".join(part.lead + part.text for part in segment(old)) == old


def test_input_14_two_insertions_at_one_place_collide_unless_they_are_the_same() -> None:
    base = "The report is public."
    one, two = "The annual report is public.", "The final report is public."
    assert collide(base, one, two)
    assert not collide(base, one, one)


def test_input_15_two_sections_that_change_places_take_their_comments_along() -> None:
    swapped = [*TWO_SECTIONS[2:], *TWO_SECTIONS[:2]]
    found = {match.old: match for match in align(TWO_SECTIONS, swapped)}
    assert {old: match.new for old, match in found.items()} == {
        (0,): (2,),
        (1,): (3,),
        (2,): (0,),
        (3,): (1,),
    }
    assert sum(match.moved for match in found.values()) == 2
    assert carry([(1, 0, 7), (3, 6, 11)], TWO_SECTIONS, swapped) == [(3, 0, 7), (1, 6, 11)]
