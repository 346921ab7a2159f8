"""The lines of a text under review, with their comments, and their texts in other languages."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.exchange.review import ReviewLine, Said
from tracker.services import joints, lines
from tracker.services.lines import Line
from tracker.services.snapshot import Snapshot
from tracker.services.translations import reading as translations
from tracker.services.translations.reading import CURRENT, Passage


def review_lines(
    snapshot: Snapshot, text: Sequence[Line], said: Sequence[Said], languages: Sequence[str]
) -> tuple[ReviewLine, ...]:
    """Return the lines of the authentic text, or of any where no other ``languages`` are asked for.

    A comment on a translation stands on the line that it renders, too.
    """
    comments: dict[str, list[str]] = {}
    for comment in said:
        for label in comment.lines:
            comments.setdefault(label, []).append(comment.id)
    beside = [_Beside(snapshot, language) for language in languages]
    found: list[ReviewLine] = [each for other in beside for each in other.behind(None)]
    for line, lead in zip(text, joints.leads(text), strict=True):
        labels = [line.label, *(label for other in beside for label in other.labels(line))]
        found.append(
            ReviewLine(
                label=line.label,
                kind=line.kind,
                level=line.level,
                lead=lead,
                text=line.text,
                comments=tuple(
                    dict.fromkeys(name for label in labels for name in comments.get(label, ()))
                ),
                others=tuple(other.of(line) for other in beside),
            )
        )
        found += [
            each._replace(comments=tuple(comments.get(each.label, ())))
            for other in beside
            for each in other.behind(line.id)
        ]
    return tuple(found)


class _Beside:
    """A translation: what stands beside each authentic line, and behind it without an original."""

    def __init__(self, snapshot: Snapshot, language: str) -> None:
        self._language = language
        self._of: dict[int, Passage] = {}
        firsts: dict[int, int] = {}
        lost: dict[int, str] = {line.id: "alone" for line in translations.alone(snapshot, language)}
        for passage in translations.passages(snapshot, language):
            standing = [original.id for original in passage.originals if original.now]
            self._of.update(dict.fromkeys(standing, passage))
            for rendering in passage.renderings:
                if standing:
                    firsts[rendering.id] = standing[-1]
                else:
                    lost[rendering.id] = passage.state
        self._behind: dict[int | None, list[ReviewLine]] = {}
        last: int | None = None
        for line in lines.running_text(snapshot, language):
            last = firsts.get(line.id, last)
            if line.id in lost:
                others = ((language, line.text, lost[line.id]),)
                own = ReviewLine(line.label, line.kind, line.level, "", "", others=others)
                self._behind.setdefault(last, []).append(own)

    def of(self, line: Line) -> tuple[str, str, str | None]:
        """Return what stands beside a line: at the first of several that are rendered as one."""
        passage = self._of[line.id]
        standing = [original.id for original in passage.originals if original.now]
        if line.id != standing[0]:
            return self._language, "", None
        state = None if passage.state == CURRENT else passage.state
        return self._language, passage.text or "", state

    def labels(self, line: Line) -> list[str]:
        """Return the labels of the lines that render a line, at the first that they render."""
        passage = self._of[line.id]
        return [each.label for each in passage.renderings] if self.of(line)[1] else []

    def behind(self, line: int | None) -> list[ReviewLine]:
        """Return what stands behind a line, or before the first, and renders no line."""
        return self._behind.get(line, [])
