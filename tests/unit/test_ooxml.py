"""Office files as packages: what is read of one, and what is refused."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tests.word_files import MAIN_TYPE, p, packed, r, word, word_parts
from tracker.errors import BadInput
from tracker.formats import ooxml
from tracker.formats.docx.package import opened

BODY = p(r("We meet."))
BOMB = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(content: bytes) -> BadInput:
    with pytest.raises(BadInput) as refused:
        opened(content, "draft.docx")
    assert "draft.docx" in refused.value.message
    assert refused.value.hint
    return refused.value


def test_its_parts_are_written_again_as_they_were_and_always_the_same() -> None:
    parts = word_parts(BODY, **{"word/media/image1.png": "\x89PNG", "customXml/item1.xml": "<a/>"})
    package = opened(packed(parts), "draft.docx").package
    written = package.write()
    assert dict(package.parts) == {name: text.encode() for name, text in parts.items()}
    assert list(ooxml.opened(written, "draft.docx").parts) == list(parts)
    assert ooxml.opened(written, "draft.docx").write() == written
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_changed_part_takes_the_place_of_the_old_one() -> None:
    package = opened(word(BODY), "draft.docx").package
    changed = package.changed({"word/document.xml": b"<new/>", "word/more.xml": b"<more/>"})
    assert list(changed.parts) == [*package.parts, "word/more.xml"]
    assert ooxml.opened(changed.write(), "d").parts["word/document.xml"] == b"<new/>"


def test_parts_are_found_by_their_relationships() -> None:
    parts = word_parts(BODY, comments="", styles="")
    rels = "word/_rels/document.xml.rels"
    outside = '<Relationship Id="x" Type="a/image" Target="file:///etc/x" TargetMode="External"/>'
    parts[rels] = parts[rels].replace("</Relationships>", f"{outside}</Relationships>")
    found = opened(packed(parts), "draft.docx")
    assert found.main == "word/document.xml"
    assert found.package.related("comments", found.main) == "word/comments.xml"
    assert found.package.related("image", found.main) is None
    parts[rels] = parts[rels].replace("file:///etc/x", "word/document.xml")
    assert opened(packed(parts), "draft.docx").package.related("image", found.main) is None
    assert [each.external for each in found.package.relations(found.main)] == [False, False, True]
    assert found.package.relations(found.main)[2].target == "file:///etc/x"


@pytest.mark.parametrize("part", ["word/document.xml", "word/unread.xml", "custom/no-suffix"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_document_type_is_refused_in_any_part(part: str, encoding: str) -> None:
    content = f'<?xml version="1.0"?>\n<!-- <a> -->{BOMB}<a>&c;</a>'
    parts: dict[str, str | bytes] = {**word_parts(BODY), part: content.encode(encoding)}
    assert f"{part} has a document type" in refusal(packed(parts)).message


def test_words_about_a_document_type_are_only_words() -> None:
    said = p("<w:r><w:t><![CDATA[<!DOCTYPE a>]]></w:t></w:r>")
    assert opened(word(said), "draft.docx").body.findtext(".//{*}t") == "<!DOCTYPE a>"


def test_an_encoding_that_could_hide_a_document_type_is_refused() -> None:
    hidden = b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>'
    refused = refusal(packed({**word_parts(BODY), "word/unread.xml": hidden}))
    assert "'utf-7'" in refused.message


def test_what_a_part_refers_to_is_not_fetched() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'
    found = opened(word(p(include) + BODY), "draft.docx")
    assert "root:" not in "".join(map(str, found.body.itertext()))


def test_a_bomb_is_refused_while_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "LARGEST_PART", 3 * 2**20)
    monkeypatch.setattr(ooxml, "LARGEST_WHOLE", 4 * 2**20)
    large = {"word/media/a.bin": bytes(3 * 2**20 + 1)}
    assert "more than 3 MB a part" in refusal(packed({**word_parts(BODY), **large})).message
    many = {f"word/media/{n}.bin": bytes(2**20) for n in range(4)}
    assert (
        "4 MB in all, in 'word/media/3.bin'"
        in refusal(packed({**word_parts(BODY), **many})).message
    )


def test_what_an_entry_says_of_its_size_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "LARGEST_PART", 2**20)
    content = packed({**word_parts(BODY), "word/a.bin": bytes(2**21)})
    # Both places where the size stands say that it is one byte.
    lying = content.replace(struct.pack("<I", 2**21), struct.pack("<I", 1))
    assert lying.count(struct.pack("<I", 2**21)) == 0
    assert "cannot be unpacked" in refusal(lying).message


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "MOST_PARTS", 20)
    many = {f"word/{n}.xml": "<a/>" for n in range(20)}
    assert "24 parts; 20 is the limit" in refusal(packed({**word_parts(BODY), **many})).message


@pytest.mark.parametrize(
    "part",
    [
        "../evil.xml",
        "word/../../evil.xml",
        "/etc/evil",
        "C:/evil",
        "word\\evil.xml",
        "word//x",
        ".",
    ],
)
def test_a_name_that_leads_out_is_refused(part: str) -> None:
    assert "not allowed" in refusal(packed({**word_parts(BODY), part: "x"})).message


def test_two_parts_of_one_name_are_refused() -> None:
    content = packed({**word_parts(BODY), "word/Document.xml": "<a/>"})
    assert "two parts named 'word/Document.xml'" in refusal(content).message


def test_a_folder_that_is_packed_is_no_part() -> None:
    assert "word/" not in opened(packed({"word/": "", **word_parts(BODY)}), "d.docx").package.parts


@pytest.mark.parametrize(
    ("main_type", "extra"),
    [
        (MAIN_TYPE, "word/vbaProject.bin"),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "word/other.xml"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "word/other.xml"),
    ],
)
def test_macros_are_refused(main_type: str, extra: str) -> None:
    assert "holds macros" in refusal(word(BODY, main_type, **{extra: "<a/>"})).message


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95, 0.999])
def test_a_file_that_was_cut_off_is_refused(share: float) -> None:
    content = word(BODY)
    assert "damaged or cut off" in refusal(content[: int(len(content) * share)]).message


def test_a_damaged_part_is_refused() -> None:
    content = bytearray(word(p(r("We meet. " * 50))))
    content[content.index(b"word/document.xml") + 40] ^= 0xFF
    assert "damaged" in refusal(bytes(content)).message


def test_a_directory_that_leads_before_the_file_is_refused() -> None:
    content = bytearray(word(BODY))
    at = content.index(b"PK\x05\x06") + 16
    content[at : at + 4] = struct.pack("<I", 2**31)
    assert "damaged" in refusal(bytes(content)).message


def test_a_part_that_is_no_xml_is_refused() -> None:
    refused = refusal(packed({**word_parts(BODY), "word/document.xml": "<w:document>"}))
    assert "word/document.xml is no XML" in refused.message


def test_a_password_is_told() -> None:
    behind = COMPOUND + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    assert "protected by a password" in refusal(behind).message
    content = bytearray(word(BODY))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            content[at + flags] |= 1
    assert "protected by a password" in refusal(bytes(content)).message


def test_an_older_file_under_a_new_name_is_told() -> None:
    older = refusal(COMPOUND + "WordDocument".encode("utf-16-le") + bytes(100))
    assert "older kind (.doc)" in older.message
    assert older.hint == "open it in Word or LibreOffice and save it as .docx"
    sheet = refusal(COMPOUND + "Workbook".encode("utf-16-le") + bytes(100))
    assert "older kind (.xls)" in sheet.message
    assert "older Office program" in refusal(COMPOUND).message


@pytest.mark.parametrize("content", [b"", b"We meet.", b"{\\rtf1 We meet.}", b"%PDF-1.7"])
def test_what_is_no_office_file_is_told(content: bytes) -> None:
    assert "no Office file" in refusal(content).message


def test_another_zip_is_told() -> None:
    assert "a zip, but no Office file" in refusal(packed({"notes.txt": "We meet."})).message


@pytest.mark.parametrize(
    ("main_type", "told"),
    [
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "no Word file but a spreadsheet",
        ),
        (
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
            "no Word file but a presentation",
        ),
        ("text/plain", "its main part is 'text/plain'"),
    ],
)
def test_another_office_file_is_told(main_type: str, told: str) -> None:
    assert told in refusal(word(BODY, main_type)).message


def test_a_file_without_a_document_is_told() -> None:
    parts = word_parts(BODY)
    del parts["word/document.xml"]
    assert "without a document in it" in refusal(packed(parts)).message


def test_a_strict_file_reads_as_any_other() -> None:
    parts = {
        name: text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/",
        )
        .replace("<w:document ", '<w:document w:conformance="strict" ')
        for name, text in word_parts(p(r("See http://purl.oclc.org/ooxml/a/b.")), styles="").items()
    }
    usual = word_parts(p(r("See http://purl.oclc.org/ooxml/a/b.")), styles="")
    package = opened(packed(parts), "draft.docx").package
    assert dict(package.parts) == {name: text.encode() for name, text in usual.items()}


def test_a_namespace_of_the_future_is_told() -> None:
    parts = word_parts(BODY)
    parts["word/document.xml"] = parts["word/document.xml"].replace("/2006/main", "/2061/main")
    refused = refusal(packed(parts))
    assert "/wordprocessingml/2061/main" in refused.message
    assert refused.hint is not None
    assert refused.hint.startswith("it may be too new")


def test_a_text_that_is_another_file_in_it_is_told() -> None:
    assert "other files instead of their text" in refusal(word("<w:altChunk/>")).message


def test_a_text_without_a_body_is_told() -> None:
    parts = word_parts(BODY)
    parts["word/document.xml"] = parts["word/document.xml"].replace("w:body", "w:other")
    assert "has no text in it" in refusal(packed(parts)).message
