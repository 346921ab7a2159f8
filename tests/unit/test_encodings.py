"""How a file is written is told from its bytes, and it is written the same way again."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadInput
from tracker.formats.encodings import decode, encode, read_file

ENGLISH = "The vote was held.\r\nIt “failed”.\n"
JAPANESE = "会議は毎年開催する。\r\n「賛成です。」と述べた。\r\n"

FILES = {
    "utf-8": (JAPANESE.encode(), JAPANESE),
    "utf-8-sig": (b"\xef\xbb\xbf" + ENGLISH.encode(), ENGLISH),
    "utf-16-le-sig": (b"\xff\xfe" + JAPANESE.encode("utf-16-le"), JAPANESE),
    "utf-16-be-sig": (b"\xfe\xff" + ENGLISH.encode("utf-16-be"), ENGLISH),
    "utf-16-le": (JAPANESE.encode("utf-16-le"), JAPANESE),
    "utf-16-be": (ENGLISH.encode("utf-16-be"), ENGLISH),
    "cp932": (JAPANESE.encode("cp932"), JAPANESE),
}


@pytest.mark.parametrize("name", FILES)
def test_an_encoding_is_found_out_and_gives_the_bytes_back(name: str) -> None:
    content, text = FILES[name]
    assert decode(content) == (text, name)
    assert encode(text, name) == content


CODECS = [
    "cp932",
    "cp1252",
    "utf-16",
    "utf-8-sig",
    "latin-1",
    "euc-jp",
    "idna",
    "punycode",
    "utf-7",
]


@given(st.text(st.characters(codec="utf-8")))
def test_any_utf_8_is_read_as_it_is_with_or_without_a_mark(text: str) -> None:
    content = text.encode()
    if not content.startswith(b"\xef\xbb\xbf") and "\0" not in text:
        assert decode(content) == (text, "utf-8")
        assert decode(b"\xef\xbb\xbf" + content) == (text, "utf-8-sig")


@given(st.binary(), st.sampled_from([None, *CODECS]))
def test_what_is_read_is_given_back_byte_for_byte_or_refused(
    content: bytes, encoding: str | None
) -> None:
    with suppress(BadInput):
        text, found = decode(content, encoding)
        marks = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
        mark = next((mark for mark in marks if content.startswith(mark)), b"")
        assert mark + text.encode(found.removesuffix("-sig")) == content


def test_utf_16_is_written_with_a_mark_so_that_it_can_be_read_again() -> None:
    content = encode("賛成です", "utf-16")
    assert content.startswith(b"\xff\xfe")
    assert decode(content) == ("賛成です", "utf-16-le-sig")


@pytest.mark.parametrize("text", ["a\0bc", "x\0\n ", "\0abc", "One.\n\0\n ", "会議\0は。\n"])
def test_a_nul_in_a_file_does_not_make_it_utf_16(text: str) -> None:
    assert len(text.encode()) % 2 == 0
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_nul_in_a_file_is_told_with_its_line(end: str) -> None:
    content = end.join(("One.", "Two\0.", "Three.")).encode()
    with pytest.raises(BadInput, match=r"a\.md, line 2: it has a NUL character at position 4"):
        read_file(content, "a.md")


@pytest.mark.parametrize("text", ["あいうえお\n", "1,2,3\n", "いいえ。\n"])
def test_short_texts_in_utf_16_are_found_out_too(text: str) -> None:
    assert decode(text.encode("utf-16-le")) == (text, "utf-16-le")


def test_a_mark_that_is_not_there_is_not_cut_off() -> None:
    assert decode(b"abc", "utf-8-sig") == ("abc", "utf-8")


def test_bytes_of_no_encoding_are_refused_and_the_place_named() -> None:
    with pytest.raises(BadInput, match="not utf-8 at byte 3") as refused:
        decode("It’s caf\xe9".encode("cp1252") + b"\xff\xfe")
    assert "--encoding" in (refused.value.hint or "")


def test_western_text_is_not_taken_for_japanese() -> None:
    content = "“The naïve café” – she said.".encode("cp1252")
    with pytest.raises(BadInput):
        decode(content)
    assert decode(content, "windows-1252") == ("“The naïve café” – she said.", "cp1252")


def test_a_character_that_an_encoding_writes_in_two_ways_is_refused() -> None:
    # Row 13 of the NEC extension and the standard row both have this sign.
    content = "会議は".encode("cp932") + b"\x87\x9a"
    assert content.decode("cp932").endswith("∵")
    with pytest.raises(BadInput, match="in two ways"):
        decode(content)


@pytest.mark.parametrize("name", ["no-such", "hex", "rot13", "", "utf 8\0", "zip", "../x"])
def test_what_is_no_encoding_of_text_is_refused_by_name(name: str) -> None:
    with pytest.raises(BadInput, match="is no encoding"):
        decode(b"text", name or "?")


def test_a_character_that_the_encoding_does_not_have_is_named() -> None:
    with pytest.raises(BadInput, match="cp932 has no 'é'") as refused:
        encode("会議 café", "cp932")
    assert "utf-8" in (refused.value.hint or "")
