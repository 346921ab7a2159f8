"""Rules for what a text is found by."""

import pytest

from tracker.text.terms import search_terms


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param("His résumé", "RESUME", id="case and accents"),
        pytest.param("a resume", "Résumé", id="accents in the query"),
        pytest.param("Straße, ﬁne", "STRASSE fine", id="letters that fold to two"),
        pytest.param("Ｅｕ１２", "EU12", id="full width"),
        pytest.param("ﾃﾞｰﾀの保護", "データ", id="half width"),
        pytest.param("か\u3099くせい", "がくせい", id="two code points for one letter"),
        pytest.param("China’s share", "China's", id="apostrophes"),
        pytest.param("China’s share", "china", id="a possessive"),
        pytest.param("a long-term plan", "long-term", id="a hyphen"),
        pytest.param("a long-term plan", "term", id="part of a compound"),
        pytest.param("the U.S.-Japan group", "U.S", id="an abbreviation without its last dot"),
        pytest.param("the U.S.-Japan group", "US", id="an abbreviation without dots"),
        pytest.param("a rise of 3.5%", "3.5", id="a decimal"),
        pytest.param("1,000,000 yen", "1000000", id="thousands"),
        pytest.param("see https://example.org/a_b?x=1", "example.org", id="part of an address"),
        pytest.param("制裁関税を課す", "関税", id="two characters within a run"),
        pytest.param("制裁関税を課す", "税", id="one character"),
        pytest.param("データ・ガバナンス", "データガバナンス", id="without the dot"),
        pytest.param("データガバナンス", "データ・ガバナンス", id="with the dot"),
        pytest.param("AI技術と社会", "AI技", id="two scripts"),
        pytest.param("は・\u3099", "は", id="a mark on the dot is not on the letter before"),
        pytest.param("한국은 좋다", "한국", id="Korean with its ending"),
        pytest.param("ภาษาไทย", "ไทย", id="Thai"),
        pytest.param("हिन्दी भाषा", "भाषा", id="Hindi"),
        pytest.param("well done 👍🏽", "👍", id="an emoji of another colour"),
        pytest.param("葛\U000e0100城市", "葛城市", id="a variant of a kanji"),
        pytest.param("soft\u00adhyphen", "softhyphen", id="what nobody sees"),
    ],
)
def test_a_query_finds(text: str, query: str) -> None:
    assert search_terms(query)
    assert set(search_terms(query)) <= set(search_terms(text))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param("reporting", "report", id="part of a Latin word"),
        pytest.param("3.5 percent", "5", id="part of a number"),
        pytest.param("かく", "がく", id="another kana"),
        pytest.param("関西の税", "関税", id="characters that are not neighbours"),
        pytest.param("1, 2, 3", "123", id="a list of numbers"),
    ],
)
def test_a_query_does_not_find(text: str, query: str) -> None:
    assert not set(search_terms(query)) <= set(search_terms(text))


def test_terms_come_once_in_the_order_of_the_text() -> None:
    assert search_terms("The report, the U.S. report 3.5") == ["the", "report", "us", "3.5"]
    assert search_terms("毎年EU") == ["毎", "年", "毎年", "eu"]


@pytest.mark.parametrize("text", ["", " \n", "\x00", "\ud800\udfff", "?!…「」", "%§"])
def test_white_space_and_marks_have_no_terms(text: str) -> None:
    assert search_terms(text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("a" * 300_000, 1, id="no space"),
        pytest.param("a." * 100_000 + "ab", 10, id="an endless abbreviation"),
        pytest.param("日本" * 100_000, 4, id="one run"),
        pytest.param("a\u0301\u0323" * 50_000, 1, id="accents"),
        pytest.param("b" + "\u0301\u0323" * 50_000, 1, id="accents on one letter"),
        pytest.param("\u05b0\u05b1" * 50_000, 1, id="marks without a letter"),
        pytest.param("1,000" * 50_000, 3, id="digits"),
    ],
)
def test_large_texts_have_few_terms_soon(text: str, count: int) -> None:
    assert 1 <= len(search_terms(text)) <= count
