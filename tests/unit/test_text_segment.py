"""Rules for the blocks of a document: what is a line, what is markup, what belongs together."""

import pytest

from tracker.text.segmenting import Segment, segment


def split(text: str, **how: str) -> list[tuple[str, str]]:
    """Return lead and text of the segments, after checking that they are the document."""
    made = segment(text, **how)
    assert "".join(part.lead + part.text for part in made) == text
    return [(part.lead, part.text) for part in made]


def texts(text: str, **how: str) -> list[str]:
    return [words for _, words in split(text, **how) if words]


def levels(text: str) -> list[tuple[str, str, int | None]]:
    return [(part.text, part.kind, part.level) for part in segment(text) if part.text]


def test_another_unit_is_an_error() -> None:
    with pytest.raises(ValueError, match="'word'"):
        segment("A.", unit="word")


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "a"])
def test_only_what_trails_makes_a_last_segment_without_text(text: str) -> None:
    assert [part.text for part in segment(text)] == ([text] if text else [])
    assert segment(f"{text}\r\n\f")[-1] == Segment("\r\n\f", "", "paragraph", None)


@pytest.mark.parametrize(
    ("text", "heading", "level", "lead"),
    [
        ("# The text #\nNext", "The text", 1, " #\n"),
        ("### C# and F#\nNext", "C# and F#", 3, "\n"),
        ("###### 1. Who? All. ##  \nNext", "1. Who? All.", 6, " ##  \n"),
        ("Title\n=====\nNext", "Title", 1, "\n=====\n"),
        ("Title. Yes.\r\n---\r\nNext", "Title. Yes.", 2, "\r\n---\r\n"),
        ("## １）国会・行政。DX\nNext", "１）国会・行政。DX", 2, "\n"),
    ],
)
def test_a_heading_is_one_line_and_its_marks_are_none_of_it(
    text: str, heading: str, level: int, lead: str
) -> None:
    made = segment(text)
    assert made[0][1:] == (heading, "heading", level)
    assert made[1].lead == lead


def test_a_heading_without_words_and_an_item_without_words_are_no_lines() -> None:
    assert split("### \n\n### A\n- \n") == [("### \n\n### ", "A"), ("\n- \n", "")]


def test_no_heading_without_a_space_and_no_underline_below_an_item() -> None:
    assert levels("#5 is out\n- item\n---\nb") == [
        ("#5 is out", "sentence", None),
        ("item", "sentence", 1),
        ("b", "sentence", None),
    ]


def test_items_have_the_depth_at_which_they_stand() -> None:
    text = (
        "* a\n  * b\n    1. c\n        * d. E f.\n  - [ ] g\n * h\n\n   More of h.\n\nBack.\n\n- x"
    )
    assert [(words, level) for words, _, level in levels(text)] == [
        *[("a", 1), ("b", 2), ("c", 3), ("d. E f.", 4), ("g", 2), ("h", 1)],
        *[("More of h.", 1), ("Back.", None), ("x", 1)],
    ]


@pytest.mark.parametrize(
    ("lead", "words"),
    [
        ("- ", "a"),
        ("+ [x] ", "a"),
        ("12. ", "a"),
        ("3) ", "a"),
        ("1.", "However, it failed."),
        ("(1) ", "a"),
        ("(iv) ", "a"),
        ("b) ", "a"),
        ("• ", "a"),
        ("・", "項目"),
        ("①", "項目"),
        ("（１）", "項目"),
        ("（イ）", "項目"),
        ("１．", "項目"),
        ("2.", "項目"),
        ("２　", "前項の規定"),
        ("一、", "項目"),
        ("二　", "地方公共団体"),
        ("ア　", "項目"),
        ("> ", "a"),
        ("> > - ", "a"),
        ("- > 1. ", "a"),
        ("[^note]: ", "a"),
        ("\ufeff# ", "a"),
        ("　", "会議"),
    ],
)
def test_marks_before_a_line_are_none_of_its_words(lead: str, words: str) -> None:
    assert split(lead + words) == [(lead, words)]


@pytest.mark.parametrize(
    "line",
    [
        *[
            "3.5 million people came.",
            "1.x is old",
            "2024. was good",
            "１．５倍とした。",
            "3.5億円",
        ],
        *[
            "-1 is less",
            "*Anna is a fellow.",
            "○○省は回答した。",
            "（案）を公表する。",
            "第3条　会議は",
        ],
        *["Article 3", "1.2.3 Scope", "A. Einstein was right.", "(The annex is informative.)"],
        *["—Anna, Editor", "[link](x)", "#hash", "2 * 3 = 6"],
    ],
)
def test_words_that_only_look_like_marks_stay(line: str) -> None:
    assert texts(line)[0].split()[0] == line.split()[0]


@pytest.mark.parametrize(
    "next_unit",
    [
        "Article 4 Scope",
        "第3条　会議は",
        "1.2.3 Scope",
        "- x",
        "(1) x",
        "① 項目",
        "・項目",
        "# H",
        "> q",
    ],
)
def test_a_unit_begins_a_line_whatever_stands_before(next_unit: str) -> None:
    first = "The members of the committee shall then turn to the"
    assert texts(f"{first}\n{next_unit}", unit="paragraph")[0] == first


def test_a_number_at_the_head_of_a_running_line_is_no_item() -> None:
    text = "They met on the\n12. December 2024"
    assert texts(text, unit="paragraph") == [text]
    assert texts("1. a\n2. b") == ["a", "b"]
    assert texts("They shall:\n2. report.\n3. pay.") == ["They shall:", "report.", "pay."]


def test_rows_are_lines_with_their_pipes_and_the_line_under_the_head_is_none() -> None:
    text = "| A | B |\n|---|:-:|\n| 1. x | Y. Z. |\n\nA | B\n--|--\n1 | 2\n\nNot | a row."
    assert split(text) == [
        ("", "| A | B |"),
        ("\n|---|:-:|\n", "| 1. x | Y. Z. |"),
        ("\n\n", "A | B"),
        ("\n--|--\n", "1 | 2"),
        ("\n\n", "Not | a row."),
    ]
    assert [part.kind for part in segment(text)] == ["paragraph"] * 4 + ["sentence"]


@pytest.mark.parametrize(
    "code",
    ["```py\nx. Y\n\n# z\n```", "~~~~\n```\nx. Y\n~~~~", "```\nnever closed. A\n\n- b", "```"],
)
@pytest.mark.parametrize("unit", ["sentence", "paragraph"])
def test_code_between_fences_is_one_line(code: str, unit: str) -> None:
    assert segment(f"{code}\n \n", unit=unit) == [
        Segment("", code, "paragraph", None),
        Segment("\n \n", "", "paragraph", None),
    ]


def test_indented_code_is_one_line_and_indented_prose_is_prose() -> None:
    assert split("Thus:\n\n    a = 1\n    b = 2\n\n    c\n\nEnd.") == [
        ("", "Thus:"),
        ("\n\n    ", "a = 1\n    b = 2\n\n    c"),
        ("\n\n", "End."),
    ]
    assert texts("    We met. We left.\n\n    The chair\nspoke.") == [
        *["We met.", "We left.", "The chair\nspoke."]
    ]
    assert texts("- a\n\n  b. It\n\n        code") == ["a", "b. It", "code"]


def test_what_is_markup_only_is_in_no_line() -> None:
    text = "---\ntitle: A. B\n---\nOne.\n\n***\n\n<!-- No. Line.\n\n# here -->\nTwo.\n- - -\n"
    assert texts(text) == ["One.", "Two."]
    assert texts("---\nNo front matter.\n\n<!-- never closed. Yes.") == [
        *["No front matter.", "<!-- never closed.", "Yes."]
    ]


def test_html_and_link_definitions_are_whole_lines() -> None:
    text = '<div>\nA. B c. D\n</div>\n\n[x]: http://a.b "A. B"\nEnd.'
    assert texts(text) == ["<div>\nA. B c. D\n</div>", '[x]: http://a.b "A. B"', "End."]


def test_a_sentence_goes_on_over_line_ends_and_quotation_marks() -> None:
    assert split("> The chair\n> spoke. All\n> left.\n>\n> So be it.\nReply.") == [
        ("> ", "The chair\n> spoke."),
        (" ", "All\n> left."),
        ("\n>\n> ", "So be it."),
        ("\n", "Reply."),
    ]
    assert split("* item one\n  goes on. It\n  ends.\n") == [
        ("* ", "item one\n  goes on."),
        (" ", "It\n  ends."),
        ("\n", ""),
    ]


WRAPPED = """\
The committee met in Geneva on Monday, and the representatives of
Japan and France agreed to the text without any further changes.
Members shall report every year to the Secretariat. The report of
Austria was late.

Anna Ito
Secretariat
"""


def test_in_wrapped_text_full_lines_go_on_and_short_ones_end() -> None:
    assert texts(WRAPPED, unit="paragraph") == [
        WRAPPED.split("\n\n")[0],
        "Anna Ito",
        "Secretariat",
    ]
    long = "The minutes of the meeting were then read out. " * 4
    assert texts(f"{WRAPPED}\n{long}\nNext", unit="paragraph")[-2:] == [long.strip(), "Next"]
    assert texts(WRAPPED)[1] == "Members shall report every year to the Secretariat."


@pytest.mark.parametrize(
    "text",
    [
        "The House of the Association for Lasting Peace\nPublications\n1 Main St\nGeneva 12",
        "Date: Monday\nPlace: Geneva\nPresent: all",
        "議事録\n日時：4月1日\n出席者：全員\n会議は毎年開催する。",
        f"{'Members shall report annually. ' * 9}\nThe budget was adopted.\n{'It is law. ' * 20}",
        "We want:\nspeed;\nclarity.",
        "Hard break  \nnext\\\nLast",
    ],
)
def test_elsewhere_each_line_is_a_paragraph(text: str) -> None:
    assert len(texts(text, unit="paragraph")) == len(text.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        "The text was\nadopted.",
        "It was adopted by\nMr. Sato.",
        "日米同盟は地域の\n安定の礎である。",
        f"The milder approach that was taken by the {'whole '}group\n\neschews competition.",
    ],
)
def test_a_line_goes_on_where_it_visibly_does(text: str) -> None:
    assert texts(text) == [text]
    assert texts(text.replace("\n", "\r\n")) == [text.replace("\n", "\r\n")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_alike(ending: str) -> None:
    text = "# A\n\n- b\n- c. D e.\n\n> f\n\n| g |\n|---|\n| h |\n"
    other = split(text.replace("\n", ending))
    assert other == [(lead.replace("\n", ending), words) for lead, words in split(text)]


def test_a_paragraph_is_one_line_where_paragraphs_are_asked_for() -> None:
    assert texts("A b c. D e f.\n\n- G h. I j.\n\n> K l. M n.", unit="paragraph") == [
        *["A b c. D e f.", "G h. I j.", "K l. M n."]
    ]
    kinds = [part.kind for part in segment("# A\n\nB. C\n\n- d", unit="paragraph")]
    assert kinds == ["heading", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        *[
            "(" * 50_000,
            "「" * 50_000,
            "a." * 25_000,
            "a. B" * 12_000,
            "“A. B " * 8_000,
            "> " * 9_000,
        ],
        *[
            "- " * 9_000,
            "「。」" * 9_000,
            "[a](b " * 9_000,
            "<!--\n" * 9_000,
            "`" * 50_000,
            "_" * 50_000,
        ],
        *[
            "#" * 50_000,
            "-" * 50_000 + "x",
            " " * 50_000,
            "\n" * 50_000,
            "| - " * 9_000,
            "1.\n" * 9_000,
        ],
        *["    x\n\n" * 5_000, "\u0301" * 50_000, " ".join(f"w{n}." for n in range(9_000))],
        "".join(" " * depth + "- x\n" for depth in range(300)),
    ],
)
def test_texts_made_to_break_a_program_are_split_without_loss(text: str) -> None:
    split(text)


def test_a_comment_whose_end_is_followed_by_words_is_words_and_ends_soon() -> None:
    text = "<!--\n" * 50_000 + "--> x"
    assert "".join(part.lead + part.text for part in segment(text)) == text
    assert [part.text for part in segment("<!-- a\nb -->\n\nWords.\n")] == ["Words.", ""]
