"""Finding: where the words of a query stand in a text, and how near to each other."""

from __future__ import annotations

import pytest

from tracker.text.finding import marks, nearness, query


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        pytest.param("China’s human rights abuses", "human rights", ["human rights"], id="words"),
        pytest.param("China’s human rights abuses", "china", ["China"], id="before an apostrophe"),
        pytest.param("Rights are human.", "human rights", ["Rights", "human"], id="scattered"),
        pytest.param("日本の人権外交は人の権利", "人権", ["人権"], id="a pair, not its halves"),
        pytest.param("人の話と本人", "人", ["人", "人"], id="one character"),
        pytest.param("日本のEurope政策", "europe 政策", ["Europe政策"], id="two scripts"),
        pytest.param(
            "データ・ガバナンスの", "データガバナンス", ["データ", "ガバナンス"], id="a dot"
        ),
        pytest.param("Résumé of ＥＵ talks", "resume eu", ["Résumé", "ＥＵ"], id="other forms"),
        pytest.param("a 🎉 party", "🎉", ["🎉"], id="an emoji"),
        pytest.param("about 1,000 ships", "1000", ["1,000"], id="thousands"),
        pytest.param("nothing of it", "else", [], id="nothing"),
        pytest.param("", "else", [], id="no text"),
    ],
)
def test_the_words_that_were_looked_for_are_marked(
    text: str, words: str, marked: list[str]
) -> None:
    assert [text[start:stop] for start, stop in marks(text, query(words).terms)] == marked


def test_words_together_are_nearer_than_scattered_ones_and_these_by_their_distance() -> None:
    asked = query("human rights")
    texts = [
        "It is about Human   Rights!",
        "Rights of human beings.",
        "Rights, said the speaker, of all human beings.",
    ]
    found = [nearness(text, asked) for text in texts]
    assert found == sorted(found)
    assert len(set(found)) == 3
    assert not found[0].scattered


def test_a_word_stands_together_only_as_a_whole_word() -> None:
    assert nearness("It is illiberal order.", query("liberal order")).scattered
    assert not nearness("It is liberal order.", query("liberal order")).scattered
    assert not nearness("中国の人権侵害", query("人権")).scattered


def test_a_query_of_signs_has_no_terms() -> None:
    assert query("!? …").terms == ()
