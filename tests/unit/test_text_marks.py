"""Real texts, marked by hand: where sentences end, and where flagged words stand years later.

The marks are offsets; the texts they are on lie beside the project, in ``shared/data``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from benchmarks.accuracy.anchors import MARKS, by_eye, ours
from benchmarks.accuracy.segmentation import f1, marked_texts
from tracker.text import segment

SHARED = Path(__file__).parents[3] / "shared"
DATA = SHARED / "data"
RECORD = Path(__file__).parents[2] / "data" / "seed.yaml"

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


def test_the_workshop_s_summary_splits_into_the_sentences_that_its_reader_quoted() -> None:
    (source,) = (SHARED / "seeds").glob("000_*.txt")
    told = {" ".join(part.text.split()) for part in segment(source.read_text(encoding="utf-8"))}
    record = yaml.safe_load(RECORD.read_text(encoding="utf-8"))
    quoted = {" ".join(comment["locator"].split()) for comment in record["comments"]}
    # Some quote a clause, or two sentences together: those are no lines.
    whole = {words for words in quoted if words in told}
    assert len(whole) >= 0.85 * len(quoted)
    assert not [line for line in told if len(line) < 10]
