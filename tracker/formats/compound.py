"""Files of the older kind (MS-CFB): `.doc` and `.xls`, and Office files behind a password."""

from __future__ import annotations

from tracker.errors import BadInput

_BEGIN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_DOCX = "open it in Word or LibreOffice and save it as .docx"
# Their streams are told by names in UTF-16; the first that is there says what the file is.
_STREAMS = (
    ("EncryptedPackage", "is protected by a password", "save it without one, and hand in that"),
    ("WordDocument", "is a Word file of the older kind (.doc), whatever its name says", _AS_DOCX),
    (
        "Workbook",
        "is an Excel file of the older kind (.xls), whatever its name says",
        "open it in Excel or LibreOffice and save it as .xlsx",
    ),
)


def refuse(content: bytes, name: str) -> None:
    """Raise BadInput, saying what it is, for a file of the older kind."""
    if not content.startswith(_BEGIN):
        return
    for stream, is_one, hint in _STREAMS:
        if stream.encode("utf-16-le") in content:
            raise BadInput(f"{name} {is_one}", hint)
    raise BadInput(f"{name} is a file of an older Office program", _AS_DOCX)
