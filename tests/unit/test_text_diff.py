"""Rules for redlines: what a diff shows, keeps, and how long it may take."""

import gc
import random
import subprocess
import sys
import time

import pytest

from tracker.text import Diff, Op, diff, matching, stretches

FAMILY_WITH_GIRL = "👨‍👩‍👧"
FAMILY_WITH_BOY = "👨‍👩‍👦"
GA = "\u304c"
GA_IN_TWO = "\u304b\u3099"


def redline(old: str, new: str) -> str:
    """Write a diff as CriticMarkup would, with brackets of its own."""
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return "".join(marks[op.kind].format(op.text) for op in diff(old, new).ops)


@pytest.mark.parametrize(
    ("drawn", "old", "new"),
    [
        pytest.param(
            "China’s [-external -]behaviors[+ at home and abroad+], and",
            "China’s external behaviors, and",
            "China’s behaviors at home and abroad, and",
            id="a word that moved out of a phrase leaves the rest of it standing",
        ),
        pytest.param(
            "[-Three key topics were covered in the workshop-][+The workshop covered three topics+]"
            ": Xinjiang, [+Taiwan, +]Hong Kong.",
            "Three key topics were covered in the workshop: Xinjiang, Hong Kong.",
            "The workshop covered three topics: Xinjiang, Taiwan, Hong Kong.",
            id="a rewritten clause is one change, an item of a list goes with its comma",
        ),
        pytest.param(
            "peace[+, stability, and prosperity+] in the region",
            "peace in the region",
            "peace, stability, and prosperity in the region",
            id="punctuation goes with the words it brings",
        ),
        pytest.param(
            "The [-policy-][+plan+] of [-Japan-][+Korea+] is clear.",
            "The policy of Japan is clear.",
            "The plan of Korea is clear.",
            id="a word between two single changed words stands",
        ),
        pytest.param(
            "Members shall report. [+Members shall meet. +]Members shall act.",
            "Members shall report. Members shall act.",
            "Members shall report. Members shall meet. Members shall act.",
            id="a new sentence begins where a sentence begins",
        ),
        pytest.param(
            "the [-U.S.-][+US+] and Japan",
            "the U.S. and Japan",
            "the US and Japan",
            id="an abbreviation is one word",
        ),
        pytest.param(
            "政府は、[+行政手続きの+]デジタル化を[+強力に+]推進し、",
            "政府は、デジタル化を推進し、",
            "政府は、行政手続きのデジタル化を強力に推進し、",
            id="Japanese phrases are inserted whole",
        ),
        pytest.param(
            "予算は[-3.5-][+4+]億円（前年比1.2％増。）",
            "予算は3.5億円（前年比1.2％増。）",
            "予算は4億円（前年比1.2％増。）",
            id="input 7: a number with a decimal point is one word",
        ),
        pytest.param(
            "会議は[-毎年-][+隔年+]開催する。",
            "会議は毎年開催する。",
            "会議は隔年開催する。",
            id="input 6: of a run of kanji the words that change",
        ),
        pytest.param(
            "Members shall [+not +]report annually.",
            "Members shall report annually.",
            "Members shall not report annually.",
            id="input 1: an insertion takes one space with it",
        ),
        pytest.param(
            "[-the -]the the report",
            "the the the report",
            "the the report",
            id="input 12: of repeated words the first goes",
        ),
        pytest.param(
            "action [-quite any-][+wholly new+] further",
            "action quite any further",
            "action wholly new further",
            id="neighbouring changed words are one change, the deletion first",
        ),
        pytest.param(
            f"[-{FAMILY_WITH_GIRL}-][+{FAMILY_WITH_BOY}+] and [-🇯🇵-][+🇯🇲+]",
            f"{FAMILY_WITH_GIRL} and 🇯🇵",
            f"{FAMILY_WITH_BOY} and 🇯🇲",
            id="input 4: emoji and flags change whole",
        ),
        pytest.param(
            "{++[+new +]~~<ins>[bold red]\x1b[0m",
            "{++~~<ins>[bold red]\x1b[0m",
            "{++new ~~<ins>[bold red]\x1b[0m",
            id="input 13: text that looks like markup is text",
        ),
        pytest.param("a[- -][+\n+]b", "a b", "a\nb", id="white space is a change of its own"),
        pytest.param(
            "The parties[- -][+\n+]shall meet[-\n-][+ +]in public.",
            "The parties shall meet\nin public.",
            "The parties\nshall meet in public.",
            id="a text wrapped anew has its line ends changed and no word",
        ),
        pytest.param(
            "[+経済+]制裁を行う",
            "制裁を行う",
            "経済制裁を行う",
            id="a longer compound keeps its head",
        ),
        pytest.param(
            "最低賃金引上[+げ+]支援を",
            "最低賃金引上支援を",
            "最低賃金引上げ支援を",
            id="kana written into a long compound",
        ),
        pytest.param(
            "自動的に[-一元収集-][+集約+]する",
            "自動的に一元収集する",
            "自動的に集約する",
            id="one kanji in common between two changes goes with them",
        ),
        pytest.param(
            "政府应当[-每年-][+隔年+]公布[+详细+]报告并接受监督",
            "政府应当每年公布报告并接受监督",
            "政府应当隔年公布详细报告并接受监督",
            id="a clause of kanji alone keeps what stands",
        ),
        pytest.param(
            "[-大国-][+大会+] 会議室",
            "大国 会議室",
            "大会 会議室",
            id="a space ends a run of kanji",
        ),
    ],
)
def test_a_redline_is_what_a_person_would_draw(drawn: str, old: str, new: str) -> None:
    assert redline(old, new) == drawn


def test_input_5_another_unicode_spelling_shows_no_change_and_keeps_the_bytes() -> None:
    made = diff(f"な{GA_IN_TWO}い", f"な{GA}い")
    assert made == Diff((Op("equal", f"な{GA}い", was=f"な{GA_IN_TWO}い"),))
    assert (made.old, made.new) == (f"な{GA_IN_TWO}い", f"な{GA}い")


def test_only_a_respelled_passage_has_two_spellings() -> None:
    made = diff("one two", "one three")
    assert all(op.was is None for op in made.ops)


def test_equal_texts_have_one_equal_op_and_empty_texts_none() -> None:
    assert diff("one", "one").ops == (Op("equal", "one"),)
    assert diff("", "").ops == ()


def test_input_3_a_rewritten_phrase_ends_soon() -> None:
    stem = "GitHub will not take any further action unless"
    assert redline(stem, "GitHub will not wholly new further action unless") == (
        "GitHub will not [-take any-][+wholly new+] further action unless"
    )


def _distinct() -> tuple[str, str]:
    words = [f"t{number}" for number in range(60_000)]
    shuffled = words[:]
    random.Random(1).shuffle(shuffled)
    return " ".join(words), " ".join(shuffled)


def _another_text() -> tuple[str, str]:
    chance = random.Random(2)
    words = [f"w{number}" for number in range(100)]
    return " ".join(chance.choices(words, k=25_000)), " ".join(chance.choices(words, k=25_000))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(*_distinct(), id="input 9: 60,000 distinct words"),
        pytest.param(*_another_text(), id="100,000 code points against others"),
        pytest.param("a" * 10**6, "a" * 10**6 + "b", id="a megabyte without a space"),
        pytest.param("x" + "の" * 10**6, "y" + "の" * 10**6, id="a megabyte of kana"),
        pytest.param("the " * 10**6, "the " * (10**6 - 9) + "end", id="a million repeated words"),
        pytest.param("a b " * 40_000, "b b a " * 30_000, id="two periods"),
        pytest.param("e" + "\u0301" * 10**5, "e" + "\u0301" * 99_999, id="one endless grapheme"),
        pytest.param("x" + "国" * 10**6, "y" + "国" * 10**6, id="a megabyte of kanji"),
        pytest.param(" \n" * 10**5, "\n " * 10**5, id="only white space"),
        pytest.param("\0 " * 10**5, "\0" * 10**5, id="NUL"),
        pytest.param("\ud800 a " * 10**5, "\udfff a " * 10**5, id="lone surrogates"),
        pytest.param("\u0301 " * 10**5, " \u0301" * 10**5, id="marks without a base"),
        pytest.param("שלום עולם " * 10**4, "שלום חבר " * 10**4, id="right to left"),
        pytest.param("", "the " * 10**5, id="an empty text"),
    ],
)
def test_no_text_takes_more_than_a_few_seconds(old: str, new: str) -> None:
    begun = time.process_time()
    made = diff(old, new)
    assert time.process_time() - begun < 8
    assert (made.old, made.new) == (old, new)


def test_a_long_text_with_few_changes_shows_few_changes() -> None:
    words = random.Random(4).choices([f"w{number}" for number in range(300)], k=30_000)
    changed = words[:]
    for place in range(50, 30_000, 300):
        changed[place] = "changed"
    made = diff(" ".join(words), " ".join(changed))
    assert (made.old, made.new) == (" ".join(words), " ".join(changed))
    assert sum(op.kind == "insert" for op in made.ops) == 100
    assert {op.text for op in made.ops if op.kind == "insert"} == {"changed"}


ENGLISH = (*[f"measure{n} " for n in range(400)], "3.5 ", "U.S. ", "said,\xa0", "end.\r\n")
JAPANESE = (
    *[f"{a}{b}を" for a in "会議政府委員" for b in "毎年開催予算"],
    "ラーメン、",
    "た。",
    "\u3000",
)


@pytest.mark.parametrize("words", [ENGLISH, JAPANESE])
@pytest.mark.parametrize("seed", range(6))
def test_what_both_texts_have_is_skipped_and_the_redline_is_the_same(
    words: tuple[str, ...], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    old = chance.choices(words, k=8_000)
    new = old[:]
    for place in reversed(range(80, 8_000, 500)):
        at = place + chance.randint(0, 250)
        written = [f"changed{at} " for _ in range(chance.randint(0, 2))]
        new[at : at + chance.randint(0 if written else 1, 2)] = written
    pair = "".join(old), "".join(new)
    found = stretches.stretches(*pair)
    made = diff(*pair)
    monkeypatch.setattr(stretches, "LONG", 10**9)
    assert sum(stretch.length for stretch in found) > len(pair[0]) / 2
    assert stretches.stretches(*pair) == []
    assert made == diff(*pair)
    assert (made.old, made.new) == pair


@pytest.mark.parametrize("odd", ["e\u0301 ", "\x01"])
def test_every_word_is_read_where_graphemes_are_long_or_the_mark_of_a_stretch_stands(
    odd: str,
) -> None:
    text = "".join(random.Random(9).choices(ENGLISH, k=6_000))
    assert stretches.stretches(text, text + "new")
    assert stretches.stretches(text + odd, text + "new") == []
    made = diff(text + odd, text + "new")
    assert (made.old, made.new) == (text + odd, text + "new")


def test_white_space_that_changed_beside_a_stretch_changes_alone() -> None:
    text = "".join(random.Random(9).choices(ENGLISH, k=6_000))
    half = text.index("measure7 ", len(text) // 2)
    made = diff(text, text[: half + 8] + "\n" + text[half + 9 :])
    assert [op for op in made.ops if op.kind != "equal"] == [
        Op("delete", " "),
        Op("insert", "\n"),
    ]


def test_a_stretch_stands_however_much_is_rewritten_around_it() -> None:
    words = random.Random(9).choices(ENGLISH, k=6_000)
    kept = "".join(words[3_000:3_080])
    new = words[:]
    new[2_000:3_000] = [f"before{n} " for n in range(1_000)]
    new[3_080:4_000] = [f"after{n} " for n in range(1_000)]
    made = diff("".join(words), "".join(new))
    assert any(op.kind == "equal" and kept.strip() in op.text for op in made.ops)


def test_known_places_are_matched_though_more_words_match_without_them() -> None:
    assert matching.match("abcdX", "Xabcd") == [(0, 1, 4)]
    assert matching.match("abcdX", "Xabcd", [(4, 0)]) == [(4, 0, 1)]


LINE = "Members shall report annually to the Secretariat.\n"


def test_one_word_in_a_text_of_one_word_is_one_change() -> None:
    old = ["the"] * 20_000
    new = [*old[:5_000], "of", *old[5_001:14_000], "and", *old[14_000:]]
    made = diff(" ".join(old), " ".join(new))
    assert [op.text for op in made.ops if op.kind == "delete"] == ["the"]
    assert [op.text.strip() for op in made.ops if op.kind == "insert"] == ["of", "and"]


def test_of_a_thousand_equal_lines_the_edited_and_the_new_one_change() -> None:
    old = [LINE] * 1_000
    edited = LINE.replace("annually", "yearly")
    new = [*old[:300], edited, *old[301:700], "A new line.\n", *old[700:]]
    made = diff("".join(old), "".join(new))
    assert [op.text for op in made.ops if op.kind != "equal"] == [
        "annually",
        "yearly",
        "A new line.\n",
    ]


def test_input_2_a_line_inserted_and_the_rest_renumbered_changes_no_word() -> None:
    lines = [f"({n}) Members shall report annually on measure {n}0." for n in range(1, 11)]
    renumbered = [line.replace(f"({n})", f"({n + 1})") for n, line in enumerate(lines, start=1)]
    new = [*lines[:4], "(5) Members shall meet.", *renumbered[4:]]
    made = diff("\n".join(lines), "\n".join(new))
    deleted = [op.text for op in made.ops if op.kind == "delete"]
    assert all(text.isdecimal() for text in deleted)
    assert len(deleted) <= 6


def test_where_much_has_changed_the_words_in_common_are_still_found() -> None:
    chance = random.Random(7)
    words = chance.choices([f"w{number}" for number in range(2_000)], k=20_000)
    changed = [f"new{n}" if chance.random() < 0.5 else word for n, word in enumerate(words)]
    made = matching.match(words, changed)
    assert sum(block.length for block in made) >= sum(map(str.__eq__, words, changed))


def test_what_diff_match_patch_sees_can_be_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    from diff_match_patch import diff_match_patch

    seen: list[str] = []
    original = diff_match_patch.diff_main

    def spy(self: object, left: str, right: str, *rest: object) -> object:
        seen.extend([left, right])
        return original(self, left, right, *rest)

    monkeypatch.setattr(diff_match_patch, "diff_main", spy)
    chance = random.Random(3)
    letters = ["\ud800", "\udfff", "\x00", "a", "b", "の", "👩"]
    for _ in range(20):
        diff(" ".join(chance.choices(letters, k=30)), " ".join(chance.choices(letters, k=30)))
    assert seen
    for text in seen:
        text.encode("utf-8")


def test_few_changes_are_compared_by_diff_match_patch_and_many_by_bit_vectors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used: list[str] = []

    def spy(name: str) -> None:
        original = getattr(matching, name)

        def compare(left: list[int], right: list[int]) -> object:
            used.append(name)
            return original(left, right)

        monkeypatch.setattr(matching, name, compare)

    spy("_fine")
    spy("_coarse")
    matching.match(list("abcd"), list("badc"))
    matching.match([*"ab" * 200, "x"], ["y", *"ba" * 200])
    assert used == ["_fine", "_coarse"]


def test_no_clock_decides_what_a_redline_shows() -> None:
    assert matching._engine().Diff_Timeout == 0


def test_plain_text_loads_neither_regex_nor_an_engine_it_does_not_need() -> None:
    program = (
        "import sys; from tracker.text import diff, locate, Quote;"
        "diff('会議は毎年開催する。', '会議は隔年開催する。'); locate(Quote('年'), '会議は毎年');"
        "assert not {'regex', 'diff_match_patch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_garbage_collector_is_left_as_it_was() -> None:
    words = [f"w{number}" for number in range(10_000)]
    for was in (True, False):
        (gc.enable if was else gc.disable)()
        try:
            diff(" ".join(words), " ".join(words[1:]))
            assert gc.isenabled() == was
        finally:
            gc.enable()
