"""Reading summaries of many kinds: who said what, and what nobody said."""

from __future__ import annotations

import pytest

from tracker.errors import BadInput
from tracker.exchange.summary import Statement, Summary
from tracker.formats.summary.read import read

Told = list[tuple[str, str]]


def summary(text: str, **options: str) -> Summary:
    return read(text.encode(), "summary.txt", **options)


def told(text: str) -> Told:
    return [(each.speaker, each.text) for each in summary(text).statements]


def one(text: str) -> Statement:
    (statement,) = summary(text).statements
    return statement


@pytest.mark.parametrize(
    ("text", "speaker", "said", "verbatim"),
    [
        ("One scholar noted that “it is late.”", "One scholar", "it is late.", True),
        ('One scholar noted that "it is late."', "One scholar", "it is late.", True),
        ("One member said that ‘it is wrong’.", "One member", "it is wrong", True),
        ("One member said: “Too long.”", "One member", "Too long.", True),
        ("“It is late,” said one member.", "one member", "It is late,", True),
        ("“It is late,” one member said.", "one member", "It is late,", True),
        ("As one delegate put it, it is late. She said that it is.", "She", "it is.", False),
        ("As Dr. Ito warned, “it is late.”", "Dr. Ito", "it is late.", True),
        ("A member from Norway argued that it is late.", "A member from Norway", "it is late.", 0),
        ("Several felt it was too weak.", "Several", "it was too weak.", False),
        ("Participants stressed the cost.", "Participants", "the cost.", False),
        ("Others, however, disagreed.", "Others", "disagreed.", False),
        ("Two members cautioned against haste.", "Two members", "cautioned against haste.", 0),
        ("The chair asked whether it is late.", "The chair", "whether it is late.", False),
        ("According to one expert, it is late.", "one expert", "it is late.", False),
        ("It is late, one member argued.", "one member", "It is late", False),
        (
            "One member said that the “so-called line” should go.",
            "One member",
            "the “so-called line” should go.",
            False,
        ),
        (
            "“It is late,” he said, “and cold.”",
            "he",
            "“It is late,” he said, “and cold.”",
            False,
        ),
        ("One member described it as “vague.”", "One member", "described it as “vague.”", False),
        ("“It is too late.” – Harbour Association", "Harbour Association", "It is too late.", 1),
        ("“It is too late.” (A resident)", "A resident", "It is too late.", True),
        ("It is late, according to one expert.", "one expert", "It is late", False),
        ("We heard Mr. Ito, who said it is late.", "Mr. Ito", "it is late.", False),
        ("One speaker: “It is too late.”", "One speaker", "It is too late.", True),
        ("Dr. Ito (Keio University) noted that it is late.", "Dr. Ito", "it is late.", False),
        ("Mr. Ito of the State Office argued no.", "Mr. Ito of the State Office", "no.", False),
        ("A member from an NGO said she worried.", "A member from an NGO", "she worried.", False),
        ("It was in May. Professor Ito noted that it is late.", "Professor Ito", "it is late.", 0),
        ("多くの参加者が賛同した。", "多くの参加者", "多くの参加者が賛同した。", False),
        ("ある専門家によれば、遅い。", "ある専門家", "遅い。", False),
        ("座長より挨拶があり、続いて日本側から「遅い」との指摘があった。", "日本側", "遅い", True),
        ("田中氏は「遅い。」と述べた。", "田中氏", "遅い。", True),
        ("日本側からは、遅いとの意見があった。", "日本側", "遅い", False),
    ],
)
def test_a_sentence_says(text: str, speaker: str, said: str, verbatim: bool) -> None:
    found = one(text)
    assert (found.speaker, found.text, found.verbatim) == (speaker, said, bool(verbatim))


@pytest.mark.parametrize(
    "text",
    [
        "The term “genocide theory” was used.",
        "The report “Ships and Ports” says that fees matter.",
        "Polls suggest that people care.",
        "Article 5 states that fees are due.",
        "It was suggested that the fees be waived.",
        "The discussion highlighted how subtle it is.",
        "The participants’ answers showed that it is late.",
        "No member said that it is late.",
        "The text which one scholar criticized is gone.",
        "The line that the members noted is gone.",
        "The two sides concluded a treaty.",
        "The moderator welcomed participants.",
        "He wrote a book, and the members thought about lunch.",
        "The group met twice. It was cold.",
        "“One scholar noted that it is late.”",
        "Date: 12 March 2022\n\nPresent: Ms. Ito, Mr. Brown",
        "「危機」という言葉が繰り返し使われた。",
        "会議は東京で開かれた。",
    ],
)
def test_nobody_says_anything_where_nobody_is_said_to(text: str) -> None:
    assert told(text) == []


def test_what_somebody_says_that_others_said_is_one_statement() -> None:
    assert told("One scholar said that the participants argued that it is late.") == [
        ("One scholar", "the participants argued that it is late.")
    ]


def test_two_speakers_of_one_sentence_are_two() -> None:
    assert told("One scholar argued that it is late, and another replied that it is not.") == [
        ("One scholar", "it is late"),
        ("another", "it is not."),
    ]
    assert told("Some suggested waiting; as one member noted, “it is late.”") == [
        ("Some", "waiting"),
        ("one member", "it is late."),
    ]


def test_minutes_that_set_the_speaker_before_a_colon() -> None:
    text = """\
Date: 12 March 2022
Present: Ms. Ito, Mr. Brown

Mr. Brown: The sentence is too weak.

Ms. Ito (Japan): “We should keep it.”

The Chair: It is noted.
"""
    found = summary(text)
    assert [(s.speaker, s.side, s.kind, s.verbatim, s.text) for s in found.statements] == [
        ("Mr. Brown", None, "objection", False, "The sentence is too weak."),
        ("Ms. Ito", "Japan", "suggestion", True, "We should keep it."),
        ("The Chair", None, "observation", False, "It is noted."),
    ]
    assert found.date == "2022-03-12"


def test_bare_names_before_a_colon_are_speakers_where_there_are_several() -> None:
    assert told("Sato: It is late.\n\nBrown: It is not late.")[1] == ("Brown", "It is not late.")
    assert told("Conclusion: It is late.\n\nHarbour: It was built in 1900.") == []


def test_a_list_is_read_item_by_item_under_its_headings() -> None:
    text = """\
# Consultation

- One resident said that the harbour is 'far too noisy at night'.
- more research

## Fees

- Several members disagreed.
- The treasurer replied: "They are low. It's so."
"""
    found = summary(text)
    assert found.title == "Consultation"
    assert [passage.topic for passage in found.passages if passage.statements] == [
        None,
        "Fees",
        "Fees",
    ]
    assert [(s.text, s.relation) for s in found.statements] == [
        ("the harbour is 'far too noisy at night'.", None),
        ("disagreed.", None),
        ("They are low. It's so.", "answers"),
    ]


def test_japanese_minutes_and_prose() -> None:
    text = """\
第1回ワークショップ概要

香港

田中氏は「状況を無視すべきではない」と述べた。これに対し、別の参加者は「そうは思わない。」と反論した。

制裁

山田委員：制裁は最後の手段だと思う。
鈴木委員：賛成です。
"""
    found = summary(text)
    assert [(s.speaker, s.kind, s.relation, s.reply_to, s.text) for s in found.statements] == [
        ("田中氏", "objection", None, None, "状況を無視すべきではない"),
        ("別の参加者", "objection", "counters", 0, "そうは思わない。"),
        ("山田委員", "observation", None, None, "制裁は最後の手段だと思う。"),
        ("鈴木委員", "support", None, None, "賛成です。"),
    ]
    assert [p.topic for p in found.passages if p.statements] == ["香港", "制裁", "制裁"]


@pytest.mark.parametrize(
    ("second", "relation", "replies"),
    [
        ("Another member countered that it is not.", "counters", True),
        ("Another member disagreed with this view.", "counters", True),
        ("Another member disagreed with the treaty of 1965.", None, False),
        ("Building on this comment, another member proposed a date.", "builds_on", True),
        ("Building on the success of the treaty, another member proposed a date.", None, False),
        ("In response, another member said that it is not.", "answers", True),
        ("This point was endorsed by many members.", "endorses", True),
        ("However, another member argued that it is not.", None, False),
        ("There was an objection from one member that it is not.", "counters", True),
    ],
)
def test_a_reply_is_what_the_words_say_is_one(
    second: str, relation: str | None, replies: bool
) -> None:
    found = summary(f"One member said that it is late. {second}").statements[1]
    assert (found.relation, found.reply_to) == (relation, 0 if replies else None)


def test_a_speaker_who_is_taken_up_again_keeps_his_side() -> None:
    text = "One Japanese scholar said that it is late. The scholar added that it is cold."
    assert [s.side for s in summary(text).statements] == ["Japan", "Japan"]
    text = "One Japanese scholar said that it is late. The minister added that it is cold."
    assert [s.side for s in summary(text).statements] == ["Japan", None]


def test_topics_are_those_that_a_sentence_lists_where_parts_have_no_headings() -> None:
    text = """\
Three topics were covered: trade, fishing rights, and the calendar of meetings.


On trade, one member said that it is late.


Fishing rights came next. One member noted that “fish do not vote at all.”

A second member argued that they do.


One member asked when the meetings of the calendar begin.
"""
    assert [p.topic for p in summary(text).passages if p.statements] == [
        "Trade",
        "Fishing rights",
        "Fishing rights",
        "The calendar of meetings",
    ]


def test_a_summary_wrapped_at_a_page_is_read_as_if_it_were_not() -> None:
    text = "One scholar noted that “it is much too late for all of the\nnegotiators to go home.”\n"
    assert one(text).text == "it is much too late for all of the negotiators to go home."


def test_rows_titles_and_further_meetings_are_told() -> None:
    text = """\
First Workshop

One member said that it is late.

Second Workshop

One member said that it is cold.
"""
    found = summary(text)
    assert [s.row for s in found.statements] == [3, 7]
    assert [passage.row for passage in found.passages if passage.meeting] == [5]


def test_what_nobody_is_named_for_is_told_apart() -> None:
    (passage,) = summary("He is “quite tough”. One member said that “it is late by now.”").passages
    assert passage.unnamed == ("quite tough",)


def test_doubts_say_why() -> None:
    assert one("One scholar noted that it is late.").doubts == ()
    (doubt,) = one("One scholar noted that it should go.").doubts
    assert doubt == ("likely", "suggestion is told from “should”")
    assert [d.level for d in one("He noted that it is late.").doubts] == ["likely", "check"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_any_encoding_of_a_draft_is_read(encoding: str) -> None:
    content = "田中氏は「遅い。」と述べた。\r\n".encode(encoding)
    assert read(content, "summary.txt").statements[0].text == "遅い。"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no words"),
        (b" \r\n\n", "has no words"),
        (b"<!-- only a remark -->", "has no words"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "not utf-8"),
        (b"a\x00b", "NUL"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        read(content, "summary.txt")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("別の参加者は、文言を修正することを提案した。", "文言を修正すること"),
        ("グリーン委員は、制裁に触れることに反対した。", "制裁に触れること"),
        ("ある学者は、これを削ることについて懸念を示した。", "これを削ること"),
        ("佐藤委員は、具体的であることが重要だと述べた。", "具体的であることが重要だ"),
        ("佐藤委員は、米国と協力すると強く主張した。", "米国と協力する"),
        ("佐藤委員は、米国との協力が必要との認識を示した。", "米国との協力が必要"),
    ],
)
def test_japanese_words_are_told_to_their_end(text: str, said: str) -> None:
    assert one(text).text == said


@pytest.mark.parametrize("word", ["出席者", "欠席委員", "参加者", "司会", "Speakers"])
def test_who_was_there_is_nothing_that_was_said(word: str) -> None:
    assert told(f"{word}：佐藤、グリーン、田中\n\n佐藤委員：賛成である。") == [
        ("佐藤委員", "賛成である。")
    ]
    assert told("参加者：賛成である。") == [("参加者", "賛成である。")]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("American participants stressed the cost.", ["American participants"]),
        ("U.S. scholars said that it is late.", ["U.S. scholars"]),
        (
            "Japanese members said that it is late; a U.S. scholar, however, said that it is not.",
            ["Japanese members", "a U.S. scholar"],
        ),
        ("JP participant: Name the measures.", ["JP participant"]),
    ],
)
def test_speakers_may_be_named_by_their_side_alone(text: str, speakers: list[str]) -> None:
    found = summary(text).statements
    assert [each.speaker for each in found] == speakers
    assert all(each.side in ("US", "Japan") for each in found)
    assert told("Chinese officials have said that the policy is wrong.") == []


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        "‘a ",
        "one scholar said that ",
        "((“",
        "Aa Bb ",
        "Mr. Sato: no.\n\n",
        "「",
        "と述べた。",
        f"x{' ' * 2_000}\n",
        f"{' ' * 2_000}\nx\n",
        f"One scholar{' ' * 20_000}noted that it is so.",
        f"参加者は、{'　' * 20_000}と述べた。",
    ],
)
def test_a_long_file_of_anything_ends_soon(unit: str) -> None:
    read((unit * (100_000 // len(unit))).encode(), "summary.txt")
