"""OpenDocument texts (ISO/IEC 26300), with native tracked changes and comments."""

from __future__ import annotations

_TYPE = b"mimetypeapplication/vnd.oasis.opendocument"


def is_one(content: bytes, name: str) -> bool:
    """Return whether a file says of itself that it is one, or is named so."""
    return _TYPE in content[:100] or name.lower().endswith(".odt")
