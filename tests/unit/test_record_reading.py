"""What a record may be made of: plain YAML or JSON, in which every value is a text."""

from __future__ import annotations

import json
import time

import pytest

from tracker.errors import BadInput
from tracker.exchange.record import Record
from tracker.formats.record import tree
from tracker.formats.record.read import LARGEST, read

HEAD = "format: tracker-record/1\ncomments:\n"
SECONDS = 5


def comment(text: str = "so", **fields: str) -> str:
    """A record of one comment; ``fields`` stand in it as they are written."""
    rest = "".join(f"    {name}: {value}\n" for name, value in fields.items())
    return f"{HEAD}  - speaker: A member\n    kind: support\n    text: {text}\n{rest}"


def refused(content: str | bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read(content if isinstance(content, bytes) else content.encode(), "r.yaml")
    assert caught.value.hint
    return caught.value.message


def said(content: str | bytes) -> str:
    record = read(content if isinstance(content, bytes) else content.encode(), "r.yaml")
    text = record.comments[0].text
    assert text is not None
    return text


# Every value is a text


@pytest.mark.parametrize(
    "word",
    [
        *("no", "yes", "on", "off", "true", "False", "y"),
        *("12:30", "190:20:30", "2021-11", "2021-11-03", "2001-12-14t21:59:43.10-05:00"),
        *("1_000", "0o7", "0x1F", "010", "1e3", ".inf", "-.nan", "+1", "=", "None", "nil"),
    ],
)
def test_a_value_stays_what_it_is(word):
    assert said(comment(word)) == word
    assert said(comment(f"'{word}'")) == word


@pytest.mark.parametrize("word", ["null", "Null", "NULL", "~"])
def test_a_null_could_be_meant_either_way(word):
    assert said(comment(f"'{word}'")) == word
    assert refused(comment(note=word)) == (
        f"r.yaml, line 6: comments.1.note: {word} is no value: leave the field out; for the word "
        f"itself, write '{word}' in quotes"
    )


def test_nothing_behind_the_colon_is_no_value() -> None:
    record = read(f"{comment(note='')}series:\n".encode(), "r.yaml")
    assert record.comments[0].note is None
    assert record.series == ()


@pytest.mark.parametrize(("word", "meant"), [("true", True), ("no", False), ("Yes", True)])
def test_verbatim_is_true_or_false(word, meant):
    assert read(comment(verbatim=word).encode(), "r.yaml").comments[0].verbatim is meant


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("|-\n      first\n\n        second", "first\n\n  second"),
        (">-\n      first\n      second", "first second"),
        ('"\\u0085\\u2028a\\e[31m\\uFEFF"', "\x85\u2028a\x1b[31m\ufeff"),
        ("' both sides '", " both sides "),
        ("「同意」 # 注", "「同意」"),
        ("a#b: no, 'c'", None),
        ("a#b:no, 'c'", "a#b:no, 'c'"),
    ],
)
def test_a_text_is_read_as_yaml_has_it(written, text):
    if text is None:
        assert refused(comment(written)).startswith("r.yaml, line 5: not YAML")
    else:
        assert said(comment(written)) == text


# The file


def test_a_byte_order_mark_and_any_line_ends_are_read() -> None:
    text = comment("同意する")
    for content in (
        b"\xef\xbb\xbf" + text.encode(),
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
        f"---\n{text}...\n".encode(),
    ):
        assert said(content) == "同意する"


def test_line_numbers_are_those_of_an_editor_whatever_ends_the_lines() -> None:
    faulty = comment(side="''")
    for end in ("\n", "\r\n", "\r"):
        assert refused(faulty.replace("\n", end)) == "r.yaml, line 6: comments.1.side: is empty"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1: format: is missing"),
        (b"\xef\xbb\xbf", "line 1: format: is missing"),
        (b"# only a remark\n", "line 1: format: is missing"),
        (b"- a\n- b\n", "line 1: format: is missing"),
        (b"Minutes of the meeting\n", "line 1: format: is missing"),
        (b"comments: []\n", "line 1: format: is missing"),
        (b"\nformat: tracker-record/2\n", "line 2: format: 'tracker-record/2' is another form"),
        (b"format:\n- x\n", "line 1: format: is missing"),
    ],
)
def test_a_file_of_another_form_is_refused(content, told):
    assert refused(content) == f"r.yaml, {told}"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (comment().encode("utf-16"), "line 1: byte 1 of the file is 0xff, which is not UTF-8"),
        (
            comment("会議").encode("cp932"),
            "line 5: byte 86 of the file is 0x89, which is not UTF-8",
        ),
        (comment("a\0b").encode(), "line 5: the character NUL: remove it"),
        (
            comment("a\x1bb").encode(),
            r'line 5: the character U+001B: write it as "\u001B", in double quotes',
        ),
        (
            comment("a\x85b").encode(),
            r'line 5: the character U+0085: write it as "\u0085", in double quotes',
        ),
        (
            comment('"a\u2028b"').encode(),
            r'line 5: the character U+2028: write it as "\u2028", in double quotes',
        ),
        (b"\xed\xa0\x80", "line 1: byte 1 of the file is 0xed, which is not UTF-8"),
    ],
)
def test_characters_that_cannot_be_kept_are_refused_with_their_line(content, told):
    assert refused(content) == f"r.yaml, {told}"


@pytest.mark.parametrize(
    "escape", ['"\\ud800"', '"a\\uDFFFb"', '"\\ud83d\\ude00"', '"\\U00110000"']
)
def test_half_a_character_is_refused_even_if_it_is_escaped(escape):
    assert refused(comment(escape)) == (
        "r.yaml, line 5: the escape stands for half a character or for none: write the character "
        "itself"
    )


def test_a_file_too_large_is_refused_unread() -> None:
    began = time.monotonic()
    told = refused(b"#" * (LARGEST + 1))
    assert told == "r.yaml has 67,108,865 bytes; 67,108,864 is the limit"
    assert time.monotonic() - began < SECONDS


# What YAML can do, and a record may not


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            comment("&a so"),
            "5: comments.1.text: anchors and aliases are not read: write the text out",
        ),
        (comment("*a"), "5: comments.1.text: anchors and aliases are not read: write the text out"),
        (
            comment("!!str so"),
            "5: comments.1.text: the tag tag:yaml.org,2002:str is not read: leave it out",
        ),
        (comment("! so"), "5: comments.1.text: the tag ! is not read: leave it out"),
        (
            comment("!!python/object/apply:os.system ['true']"),
            (
                "5: comments.1.text: the tag tag:yaml.org,2002:python/object/apply:os.system is "
                "not read: leave it out"
            ),
        ),
        (comment(**{"<<": "{note: x}"}), "6: comments.1.<<: is no field here"),
        (
            comment(**{"<<": "*a"}),
            "6: comments.1.<<: anchors and aliases are not read: write the text out",
        ),
        (
            comment(**{"&a note": "x"}),
            "6: comments.1: anchors and aliases are not read: write the text out",
        ),
        (comment(note="a\n    note: b"), "7: comments.1.note: stands here twice"),
        (comment(**{"? [a]\n    ": "b"}), "6: comments.1: the name of a field must be a word"),
        (comment(**{"''": "b"}), "6: comments.1: the name of a field must be a word"),
        (f"{comment()}---\n{comment()}", "7: a second document in the file"),
        (comment("'so"), "5: not YAML: found unexpected end of stream"),
        (f"{HEAD}\t- a\n", "3: not YAML: found character that cannot start any token"),
        (comment("[" * 30), "5: nested more than 20 deep"),
        (
            comment("\n" + "".join(f"{' ' * (6 + n)}a:\n" for n in range(30))),
            "24: nested more than 20 deep",
        ),
    ],
)
def test_what_is_not_plain_is_refused(content, told):
    assert refused(content) == f"r.yaml, line {told}"


LAUGHS = "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
HOSTILE = {
    "a billion laughs": f"format: tracker-record/1\na: &a [{'lol,' * 9}]\n{LAUGHS}".encode(),
    "an alias of itself": b"format: tracker-record/1\na: &a [*a]\n",
    "open brackets": b"format: tracker-record/1\na: " + b"[" * 4_000_000,
    "open braces": b"format: tracker-record/1\na: " + b"{a: " * 1_000_000,
    "dashes": b"format: tracker-record/1\na:\n " + b"- " * 2_000_000,
    "no end of a quotation": b"format: tracker-record/1\na: '" + b"a " * 4_000_000,
    "colons": b"format: tracker-record/1\na: " + b"a: " * 1_000_000,
    "empty lines": b"format: tracker-record/1\nx: y\n" + b"\n" * 8_000_000,
    "a long word": b"format: tracker-record/1\nx: " + b"a" * 8_000_000,
    "unknown fields": b"format: tracker-record/1\n"
    + b"".join(b"k%d: b\n" % number for number in range(50_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_bounded_time(name):
    began = time.monotonic()
    assert refused(HOSTILE[name]).startswith("r.yaml, line ")
    assert time.monotonic() - began < SECONDS


def test_a_file_of_too_many_values_is_refused(monkeypatch):
    monkeypatch.setattr(tree, "MOST", 10)
    assert refused(comment() + "topics:\n" + "  - x\n" * 10) == (
        "r.yaml, line 9: more than 10 values in the file"
    )


# JSON

TEXT = 'the "\\ud83d" is 😀\u2028, said\tshe /'
PLAIN = {
    "format": "tracker-record/1",
    "comments": [
        {
            "speaker": "Ms. Null",
            "side": None,
            "kind": "support",
            "text": TEXT,
            "verbatim": True,
        }
    ],
}


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_is_read_as_any_program_writes_it(indent):
    record: Record = read(json.dumps(PLAIN, indent=indent).encode(), "r.json")
    assert record.comments[0].text == TEXT
    assert record.comments[0].side is None
    assert record.comments[0].verbatim is True


def test_faults_of_json_are_told_with_their_line() -> None:
    faulty = json.dumps({**PLAIN, "series": [{"id": "S1"}]}, indent=1)
    line = 1 + faulty[: faulty.index('"id"')].count("\n") - 1
    assert refused(faulty) == f"r.yaml, line {line}: series.1.name: is missing"


def test_half_a_character_in_json_is_refused() -> None:
    assert "half a character" in refused(json.dumps({**PLAIN, "note": "\ud800"}))
