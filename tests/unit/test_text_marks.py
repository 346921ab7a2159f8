"""Real texts, marked by hand: where sentences end, and where flagged words stand years later.

The marks are offsets; the texts they are on lie beside the project, in ``shared/data``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.accuracy.anchors import MARKS, by_eye, ours
from benchmarks.accuracy.segmentation import f1, marked_texts

DATA = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=f"the marked texts are not in {DATA}")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_sentences_end_where_a_careful_reader_ends_them(language: str) -> None:
    texts = list(marked_texts(language, DATA))
    wanted = {span for text in texts for span in text.marked}
    found = {span for text in texts for span in text.ours}
    assert len(wanted) >= 300
    assert f1(wanted, found) >= 0.97


@pytest.mark.parametrize("language", ["en", "ja"])
def test_flagged_words_are_where_a_careful_reader_finds_them_and_never_elsewhere(
    language: str,
) -> None:
    verdicts = by_eye(MARKS / f"anchors_{language}.json", DATA, ours)
    assert verdicts.total() >= 100
    assert (verdicts["other words"], verdicts["false place"]) == (0, 0)
    assert verdicts["right"] + verdicts["partly"] >= 0.9 * verdicts.total()
