"""Rules for two proposals against one wording."""

import pytest

from tracker.text import collide

REPORT = "Members shall report annually to the Secretariat."
TOPICS = ["trade", "tax", "health", "labour", "energy", "water", "data", "arms", "space", "fish"]
TEN_LINES = "\n".join(
    f"({number}) Members shall report annually to the Secretariat on {topic} measures."
    for number, topic in enumerate(TOPICS, 1)
)


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        pytest.param(
            "Members shall report annually.",
            "Members shall not report annually.",
            "Members may report annually.",
            id="input 1: shall not and may",
        ),
        pytest.param(
            "会議は毎年開催する。",
            "会議は隔年開催する。",
            "会議は毎年東京で開催する。",
            id="input 6: one Japanese phrase",
        ),
        pytest.param(
            "Members meet in Tokyo, if they are asked to, once a year or more.",
            "Members meet in Tokyo once a year or more.",
            "Members meet in Tokyo, if they are invited to, once a year or more.",
            id="input 11: a clause deleted and a word in it changed",
        ),
        pytest.param(
            "One ends. Two ends.",
            "One ends. More begins. Two ends.",
            "One ends. Else begins. Two ends.",
            id="input 14: two insertions at one place",
        ),
        pytest.param("two or more", "three or more", "two or fewer", id="one word between"),
        pytest.param(
            REPORT,
            REPORT.replace("Members", "Parties").replace("Secretariat", "Council"),
            REPORT.replace("Secretariat", "Board"),
            id="the second change of one side",
        ),
        pytest.param(
            "First, the parties meet in public. Then they vote on the text.",
            "The parties First, meet in public. Then they vote on the text.",
            "The parties meet in public. Then they vote on the First, text.",
            id="words moved to two places",
        ),
        pytest.param(
            "The parties meet in public, annually. Then they vote on the text.",
            "The parties meet in public. Then they vote on the annually text.",
            "The parties meet in public. Then they vote on the text.",
            id="words moved by one and deleted by the other",
        ),
        pytest.param("", "one", "two", id="an empty wording"),
        pytest.param("one", "", "one more", id="all deleted"),
    ],
)
def test_changes_of_the_same_words_collide(base: str, ours: str, theirs: str) -> None:
    assert collide(base, ours, theirs)
    assert collide(base, theirs, ours)


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        pytest.param(
            REPORT,
            REPORT.replace("Members", "Parties"),
            REPORT.replace("annually", "yearly"),
            id="far apart",
        ),
        pytest.param(
            REPORT, REPORT.replace("shall", "may"), REPORT.replace("shall", "may"), id="identical"
        ),
        pytest.param(
            REPORT,
            REPORT.replace("shall", "may"),
            REPORT.replace("shall", "may").replace("Secretariat", "Council"),
            id="agreed in part, the rest far apart",
        ),
        pytest.param(REPORT, REPORT, REPORT.replace("shall", "may"), id="one side unchanged"),
        pytest.param(
            "The parties meet in public, annually. Then they vote on the text.",
            "The parties meet in public. Then they vote on the annually text.",
            "Both parties meet in public. Then they vote on the annually text.",
            id="the same move",
        ),
        pytest.param(
            "One ends. Two ends.",
            "One ends. More begins. Two ends.",
            "One ends. More begins. Two ends.",
            id="input 14: the same insertion twice",
        ),
        pytest.param(
            TEN_LINES,
            TEN_LINES.replace("annually to the Secretariat on energy", "to the Council on energy"),
            "(0) New.\n" + TEN_LINES,
            id="input 2: a line above",
        ),
    ],
)
def test_other_changes_do_not_collide(base: str, ours: str, theirs: str) -> None:
    assert not collide(base, ours, theirs)
    assert not collide(base, theirs, ours)
