"""A fault in a record: which field, what is wrong, and what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
"""Where something stands: ``("comments", 3, "speaker")``; counted from 0, told from 1."""

_LONGEST = 60
"""Code points of a value that a message shows."""


@dataclass(frozen=True)
class Fault:
    """What is wrong, and in which field; ``value`` is what stands there."""

    path: Path
    message: str
    value: Any = None

    def told(self) -> str:
        """Return the fault as a sentence."""
        shown = ""
        if isinstance(self.value, str) and self.value:
            cut = self.value if len(self.value) <= _LONGEST else self.value[: _LONGEST - 1] + "…"
            shown = f" ({cut!r})"
        return f"{field_name(self.path)}: {self.message}{shown}"


def field_name(path: Path) -> str:
    """Return what a message calls a field: ``comments.4.speaker`` is the fourth one's."""
    parts = (str(part + 1) if isinstance(part, int) else str(part) for part in path)
    return ".".join(parts) or "the file"
