"""The words that fields of a record take, and what all its parts have in common."""

from __future__ import annotations

from typing import ClassVar, Literal

Kind = Literal["objection", "support", "suggestion", "question", "observation"]
Type = Literal["general", "technical", "editorial"]
Relation = Literal["counters", "builds_on", "endorses", "answers"]
Unit = Literal["sentence", "paragraph"]
LineKind = Literal["heading", "sentence", "paragraph"]
Block = Literal["paragraph", "line", "inline"]
Origin = Literal["imported", "inserted", "edited", "split", "merged", "translated", "reverted"]
AnchorState = Literal["exact", "partial", "orphaned"]
Scope = Literal["section", "gap"]
ChangeKind = Literal["replace", "insert", "delete", "move", "split", "merge", "remove"]
Agreed = Literal["agreed", "agreed ad referendum", "reopened"]
EditionStatus = Literal["draft", "adopted", "published"]
Stage = Literal["advised", "decided"]
Attribution = Literal["side", "label", "name", "none"]
Mode = Literal["consensus", "vote", "silence"]


class Strict:
    """A record part takes the fields it names and no others."""

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid"}
