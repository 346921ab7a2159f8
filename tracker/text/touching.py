"""Whether two revisions of a text changed one sentence: a clean merge may still not make sense."""

from collections.abc import Iterator

from tracker.text.diff import diff
from tracker.text.sentences import sentence_spans


def one_sentence(base: str, ours: str, theirs: str, language: str) -> bool:
    """Say whether both revisions change words of one sentence of ``base``, each in its own way."""
    if ours == theirs or base in (ours, theirs):
        return False
    spans = sentence_spans(base, language)
    return bool(set(_touched(base, ours, spans)) & set(_touched(base, theirs, spans)))


def _touched(base: str, revision: str, spans: list[tuple[int, int]]) -> Iterator[int]:
    """Yield which sentences a revision changes; what is put between two is of both."""
    position = 0
    for op in diff(base, revision).ops:
        end = position + len(op.old)
        if op.kind != "equal":
            for number, (first, last) in enumerate(spans):
                if first <= end and position <= last:
                    yield number
        position = end
