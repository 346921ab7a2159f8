"""What the journal hashes is frozen: an old entry must hash for ever as it did."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zlib import crc32

import pytest
from sqlalchemy import LargeBinary, Table, Text, update

from tests.store.complete import complete
from tests.stores import Stores
from tracker.store import digest, tables
from tracker.store.digest import FORMAT, FORMATS, GENESIS, entry_digest, hashed_columns, row_digest
from tracker.store.open import open_store
from tracker.store.verify import verify

# A change here breaks every journal that is out there: add a format instead.
ROWS_OF_FORMAT_1 = {
    "anchor": "f027ffad8073740b5f806661daab8bca3b37273eb4523b088ab88e4ddda5e1e1",
    "comment": "e5fc8ce91c54481cd7179ea7964d21f35f07f467e5b97dd0d039eee3cb437fbb",
    "comment_version": "6f90e04468692812b03d55f203eda5d4e4bcce26c664002b91334e1843bdec5e",
    "document": "edd838785621eaa01f5bdd21c36e3bafbd198da033af26fd5bd2b64ec1a33982",
    "document_version": "61622e0074cfb55896a0101526369e5ca23e7bf12e46d160e4b0b16fdfa30883",
    "edition": "00779ab92f54645af16c7411f62d7990162056b2a0c9cac58de8f1ed39493e99",
    "edition_line": "50cdc52d6b061fbb6dd40b0ae633872ae20bea03e2ef7f31e74b2b3eb79eb140",
    "edition_version": "df3dbf6bb3b2cb08b05c3bdc12c4f6df6f8eaab68e6f1843b5c39058ab37e9e3",
    "line": "d91a5fc9dd79dc4ee1161bf50dc10c8a49c1d087072e84d274a1d2bd13b60078",
    "meeting": "c05248019abae0f7f36b4482f446d7d9866debe157f8bda3a3ec3b82a08ccb79",
    "participant": "4d153399d438873b29b284c74fc38f658767a67b4f81432f5e4d24e742bb75ce",
    "placement": "1cf8173e35d5accbc566060b4118ecc197b8335aa0e48162a3b81d96ba7acae2",
    "proposal": "2e7208f8899ca8b90d8e9c07325e71bcdc850961e996050937fa3a56b50c9700",
    "proposal_answer": "e69db377e13d4efd8b04e295da48e965744dbede330697cc05aa3a29370eaebd",
    "proposal_change": "1a3cabd4372b9f166aece8b2c4c8de00001809c5069eabb0a350787029ef6bdd",
    "proposal_version": "90b91a41e736e1bdb0e16215685e3842796bb62620522dd5695c11b7338c483d",
    "proposal_wording": "5911e5b343209534ae8b53fa3f91867af2d3ba8297093580fac7fdbb1786e9a6",
    "reference": "5f87e12b491ad80f6d0c97e537499db3eae2d9cafe9e471075013b7d1ea2751b",
    "series": "a4634ce63428e204a1f8d3998847e3baf332dffda581c8539370ff2233bbe402",
    "source": "050083112dbab4d0ece65fc657c907ad9529261e9dc026148efab88ad2d3f0ba",
    "topic": "a85e7ad92b5aafc50c87df21c5adf8bed9bbc9357160b67ea9d00bdf17e71692",
    "verdict": "557eb3e4fef3efdb18b77e39104a41fd584f623c33b420db0a20d573adca0c32",
    "version": "ecc2556d70af74891813f3b5320d1a91095c2ad57893071538a9679587ed1609",
    "wording": "308957d750c1d4805dea1a5cfc5965170729184394b826b6cdbfb3420f46308d",
}
ROWS_OF_FORMAT_2 = ROWS_OF_FORMAT_1 | {
    "placement": "25acc1c9cc959e7195ecbde64307217ea1d0819d6cf6f434fa05bc4f38200f7c",
}
ROWS_OF_FORMAT_3: dict[str, str] = ROWS_OF_FORMAT_2 | {
    "assignment": "ed8404edad0effaf30db1f3db8c3343aa195768a30d36abded449ad5b129b7ed",
    "comment_version": "4bd2c0683db07c4e2838df24ab93f0f5bba8654dff41ad31f61592df3b968edc",
    "document_version": "3e975784b8f33d5bf99d58d0aa48a20d17afe39a1f1efb06cd785d12ccb4be8e",
    "line": "bdb81f883b825257789bc957e666c4e7c3a526251bafc8c49caa2e719ca5b089",
    "meeting_version": "8d67d136f4e01219cd0b93182583c8a53536dba1ccb6d042718cbca09fd64454",
    "placement": "5289e494435e80d378e8b6b730d5a54edc2d1f90a9afabaed92ab8f901c8a171",
    "proposal_change": "18a82a01f22e341689cb9b4b1f3d862adbf464aeefcfd524da9256454307de10",
    "proposal_source": "661369f015de917227fc55fc1b2cf30fae050f7f9e1577ddb66a52027bfe6314",
    "proposal_wording": "e9363bc959e26ec3ae75e996ff9a6dcbd0b55b7af0ba33ea6d0c004f8d6873c8",
    "retraction": "4659d09c54e3f8262858f86ca7558b491a710e138d2dd5b866e99b8f9635f765",
    "seal": "1fa4b0057120c977f725370a35a2126403a76e89bdb8f61efa77857b33e1f426",
    "source": "73078bc643d5e4ae2056a40046ae863d55ee41e46323541e087cf0bf04d16ebf",
    "translation": "88dbbbea3b5fd771ef27a6bcf53377a9e97b9f6159a95fbdcb906739805db3c5",
    "verdict": "38cebce23588148c8846263909842ceb4467170d563ffe6f08d7da2fc9384662",
}
ROWS_OF_FORMAT_4 = ROWS_OF_FORMAT_3 | {
    "comment_version": "1cbd1b76629bf89899d613e19e5993910ea2ae31a1d958bfddf22df7828e7a92",
    "proposal_change": "53df70b94f16f0e416221c3430d72a0e073a884e8ac22a1000c16b4fe962619b",
}
ENTRY_OF_FORMAT_1 = "b7313abde73271107f9ff39c18c61fb115f35666d27d743e8e4d176c39cb7afe"

DERIVED = {"until", "placement.open", "anchor.line", "digest", "salt"}
SALT = b"sixteen bytes  !"
HEADER: dict[str, Any] = {
    "number": 2,
    "document": 1,
    "author": "Kamiya 会議",
    "at": datetime(2022, 9, 30, 8, 15, 0, 120, UTC),
    "command": "import",
    "summary": "record",
    "format": 1,
    "rows": 24,
}


def row_of(table: Table) -> dict[str, Any]:
    """A row with a value in every column, made of its name: it is the same for ever."""
    values: dict[str, Any] = {"salt": SALT}
    for column in table.columns:
        if isinstance(column.type, LargeBinary):
            values.setdefault(column.name, b"\x00\xff")
        elif isinstance(column.type, Text):
            values[column.name] = f"“{column.name}”\n"
        else:
            values[column.name] = crc32(column.name.encode())
    return values


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("form", "digests"),
    [(1, ROWS_OF_FORMAT_1), (2, ROWS_OF_FORMAT_2), (3, ROWS_OF_FORMAT_3), (4, ROWS_OF_FORMAT_4)],
)
def test_a_row_of_every_table_hashes_as_its_format_always_did(
    form: int, digests: dict[str, str]
) -> None:
    assert {
        t.name: row_digest(t, row_of(t), form) for t in tables.JOURNALED if hashed_columns(t, form)
    } == digests


def test_an_entry_hashes_as_format_1_always_did() -> None:
    hashed = [table for table in tables.JOURNALED if hashed_columns(table, 1)]
    rows = [(table, row_digest(table, row_of(table), 1)) for table in hashed]
    assert entry_digest(GENESIS, HEADER, rows) == ENTRY_OF_FORMAT_1


def test_every_column_is_hashed_by_the_newest_format_or_known_to_be_derived() -> None:
    assert max(FORMATS) == FORMAT
    for table in tables.JOURNALED:
        hashed = hashed_columns(table, FORMAT)
        derived = {c.name for c in table.c if {c.name, f"{table.name}.{c.name}"} & DERIVED}
        assert sorted(hashed) == sorted(set(table.c.keys()) - derived), table.name


def test_every_column_of_an_entry_is_in_its_header_or_is_its_place_in_the_chain() -> None:
    assert set(tables.entry.c.keys()) == {*HEADER, "digest", "previous"}


@pytest.mark.parametrize("name", [*HEADER])
def test_every_part_of_the_header_is_hashed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(digest._COLUMNS, 7, digest._COLUMNS[1])
    other = HEADER["at"] + timedelta(microseconds=1) if name == "at" else 7
    assert entry_digest(GENESIS, {**HEADER, name: other}, []) != entry_digest(GENESIS, HEADER, [])


def test_a_row_is_the_json_array_of_its_table_and_columns_with_words_as_salted_hashes() -> None:
    row = {"document": 1, "id": 2, "language": "en", "text": "会議", "entry": 3, "salt": SALT}
    words = sha256(SALT + "会議".encode())
    array = f'["wording",1,2,"en","{words}",3]'
    assert row_digest(tables.wording, row) == sha256(array.encode())


def test_what_is_not_there_is_hashed_as_null_and_not_as_nothing() -> None:
    row = {"document": 1, "id": 2, "label": "2", "kind": "heading", "level": None, "entry": 3}
    assert row_digest(tables.line, row) == sha256(b'["line",1,2,"2","heading",null,null,3]')
    assert row_digest(tables.line, {**row, "level": 0}) != row_digest(tables.line, row)


def test_an_entry_is_the_digest_before_it_its_header_and_its_rows_by_table_and_digest() -> None:
    header = ["2", "1", '"Kamiya 会議"', '"import"', '"record"', "1", "24"]
    text = f'[{",".join(header)},"2022-09-30T08:15:00.000120Z"]'
    rows = [(tables.line, "b" * 64), (tables.line, "a" * 64), (tables.document, "c" * 64)]
    expected = sha256((GENESIS + text + "c" * 64 + "a" * 64 + "b" * 64).encode())
    assert entry_digest(GENESIS, HEADER, rows) == expected
    assert entry_digest(GENESIS, HEADER, reversed(rows)) == expected


def test_a_time_is_hashed_as_utc_wherever_it_was_told() -> None:
    at = HEADER["at"]
    tokyo = {**HEADER, "at": at.astimezone(timezone(timedelta(hours=9)))}
    assert entry_digest(GENESIS, tokyo, []) == entry_digest(GENESIS, HEADER, [])


def test_the_same_words_in_two_rows_have_nothing_in_common() -> None:
    row = row_of(tables.wording)
    assert row_digest(tables.wording, row) != row_digest(
        tables.wording, {**row, "salt": SALT[::-1]}
    )


def test_a_row_can_be_recomputed_from_the_hashes_of_its_words_alone() -> None:
    for table in tables.JOURNALED:
        row = row_of(table)
        array: list[Any] = [table.name]
        for name in hashed_columns(table, FORMAT):
            value = row[name]
            if table.c[name].info.get("words"):
                value = sha256(SALT + (value if isinstance(value, bytes) else value.encode()))
            array.append(value)
        stub = json.dumps(array, ensure_ascii=False, separators=(",", ":"))
        assert row_digest(table, row) == sha256(stub.encode())


def test_the_chain_holds_when_words_and_salt_are_erased(stores: Stores) -> None:
    erased = {"text": None, "salt": None}
    with stores.copy(complete) as url, open_store(url).write() as connection:
        connection.execute(update(tables.wording).values(erased))
        told = list(verify(connection))
    # Nothing but the rows themselves and what is found in them: no entry of the chain.
    assert any(each.startswith("wording (") for each in told)
    assert not [
        each
        for each in told
        if not each.startswith("wording (") and not each.endswith("is not found by what it says")
    ]


def test_what_was_said_of_the_text_can_be_erased() -> None:
    kept = {
        f"{table.name}.{column.name}"
        for table in tables.JOURNALED
        for column in table.c
        if column.info.get("words") and not column.nullable
    }
    # Names and titles stand; an editor changes them, nobody's remark is in them.
    assert kept == {
        *("series.name", "meeting.name", "topic.name", "participant.name", "reference.title"),
        *("document_version.title", "edition_version.name"),
    }
