"""How the characters of a file are written: told from its bytes, and written the same way again.

An encoding is named as Python names its codecs; ``-sig`` at the end says that the file begins with
a byte order mark.
"""

from __future__ import annotations

import codecs
import re

from tracker.errors import BadInput
from tracker.exchange import rules

_SIGNATURES = {
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le-sig": codecs.BOM_UTF16_LE,
    "utf-16-be-sig": codecs.BOM_UTF16_BE,
}
# Bytes of cp1252 often are cp932 too, of rare kanji; kana they hardly ever give.
_KANA = re.compile("[\u3041-\u309f\u30a1-\u30fa]")
# What English and Japanese are mostly made of; bytes wrongly read as UTF-16 are not.
_COMMON = re.compile("[\t\r\n -~\u3001\u3002\u3041-\u30ff]")
_MOSTLY = 1 / 3
_LINE_END = re.compile("\r\n|\r|\n")
_UNKNOWN = "save it as UTF-8, or say what it is: --encoding cp932, or cp1252"
_OTHERWISE = "save it as UTF-8"
# No text begins so, in any encoding.
_NO_TEXT = {
    b"PK\x03\x04": "a packed file, such as Word, Excel and LibreOffice write",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "a file of an Office program",
    b"%PDF-": "a PDF",
}


def read_file(content: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding, as :func:`decode` does.

    Raises BadInput, naming the file, for what that refuses, for a file that is no text, and for a
    character that cannot be stored, with the row of the file that it stands in.
    """
    for begin, kind in _NO_TEXT.items():
        if content.startswith(begin):
            hint = "open it in the program that it is of, and save its text as .txt, in UTF-8"
            raise BadInput(f"{name} is no text but {kind}", hint)
    try:
        text, found = decode(content, encoding)
    except BadInput as fault:
        raise BadInput(f"{name}: {fault.message}", fault.hint) from None
    if rules.characters_fault(text) is None:
        return text, found
    rows = enumerate(map(rules.characters_fault, _LINE_END.split(text)), 1)
    number, wrong = next((number, wrong) for number, wrong in rows if wrong is not None)
    raise BadInput(f"{name}, line {number}: it {wrong}", "mend it and import it again")


def decode(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of a file, line ends as they are, and the name of its encoding.

    Unless told, it is found out: by the mark at the beginning, UTF-16, UTF-8, or cp932 where that
    gives kana. Raises BadInput for what cannot be decoded, or not be written back as it was.
    """
    found = _signature(content) or _without_signature(encoding, content)
    skipped = len(_SIGNATURES.get(found, b""))
    try:
        text = content[skipped:].decode(_codec(found))
        again = encode(text, found)
    except UnicodeError as error:
        where = f" at byte {skipped + error.start + 1}" if hasattr(error, "start") else ""
        hint = _OTHERWISE if encoding or skipped else _UNKNOWN
        raise BadInput(f"it is not {_codec(found)}{where}", hint) from None
    if again != content:
        raise BadInput(
            f"it has characters that {found} writes in two ways, and could not be given back as it "
            "is",
            "save it as UTF-8",
        )
    return text, found


def encode(text: str, encoding: str) -> bytes:
    """Return a text in an encoding. Raises BadInput for a character that it does not have."""
    name = _known(encoding)
    try:
        return _SIGNATURES.get(name, b"") + text.encode(_codec(name))
    except UnicodeError as error:
        sign = (
            repr(text[error.start]) if isinstance(error, UnicodeEncodeError) else "way to write it"
        )
        raise BadInput(
            f"{name} has no {sign}, which is in the text", "write it as UTF-8: --encoding utf-8"
        ) from None


def _known(encoding: str) -> str:
    """Return the name by which an encoding is stored. Raises BadInput if it is none of a text."""
    if encoding in _SIGNATURES:
        return encoding
    try:
        # The codecs of Python that are none of text (hex, zip) do not take it.
        " ".encode(encoding)
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise BadInput(
            f"{encoding!r} is no encoding", "such are utf-8, utf-16-le, cp932 and cp1252"
        ) from None
    # The mark that these codecs write is of this machine's making.
    return f"{name}-le-sig" if name == "utf-16" else name


def _without_signature(encoding: str | None, content: bytes) -> str:
    """Return what a file that begins with no mark is said to be, or else seems to be."""
    return _codec(_known(encoding)) if encoding else _guessed(content)


def _codec(encoding: str) -> str:
    return encoding.removesuffix("-sig")


def _signature(content: bytes) -> str | None:
    return next((name for name, mark in _SIGNATURES.items() if content.startswith(mark)), None)


def _guessed(content: bytes) -> str:
    if b"\0" in content and len(content) % 2 == 0:
        common = {name: _common(_read(content, name)) for name in ("utf-16-le", "utf-16-be")}
        likely = max(common, key=lambda name: common[name])
        # A NUL that got into a text of another kind makes less of it look so.
        if common[likely] > max(_MOSTLY, _common(_read(content, "utf-8"))):
            return likely
    if not _read(content, "utf-8") and _KANA.search(_read(content, "cp932")):
        return "cp932"
    return "utf-8"


def _common(text: str) -> float:
    """Return how much of a text is of what most texts are made of."""
    return len(_COMMON.findall(text)) / len(text) if text else 0.0


def _read(content: bytes, encoding: str) -> str:
    """Return the text, or nothing if it cannot be decoded."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""
