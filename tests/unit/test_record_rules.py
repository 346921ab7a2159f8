"""A reader of records and the services that store them accept the same values."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.errors import TrackerError
from tracker.exchange import rules
from tracker.services import inputs, names, verdicts

texts = st.text() | st.text(st.sampled_from("0129ac \t\n\0\ud800é会"), max_size=6)
keys = st.text(st.sampled_from("0129aczCPp@.-_ é"), max_size=6)
dates = st.from_regex(r"\A\d{3,4}(-\d\d?){0,3}\Z") | texts


def accepts(check: Callable[..., object], *given: str | None) -> bool:
    try:
        check(*given)
    except TrackerError:
        return False
    return True


@given(texts)
@example("x" * inputs.LONGEST)
@example("x" * (inputs.LONGEST + 1))
def test_the_same_texts(text):
    assert (rules.text_fault(text) is None) == accepts(inputs.check_text, text, "text")


@given(dates)
@example("2020-02-29")
@example("2021-02-29")
def test_the_same_dates(text):
    assert (rules.date_fault(text) is None) == accepts(inputs.check_date, text, "date")


@given(keys)
def test_the_same_names(text):
    assert (rules.key_fault(text) is None) == accepts(names.check_key, text, "meeting")


@given(keys)
def test_the_same_labels(text):
    assert (rules.label_fault(text) is None) == names.is_label(text)


@pytest.mark.parametrize("word", [*verdicts.DISPOSITIONS, "Revised", "ACCEPTED", "postponed", ""])
@pytest.mark.parametrize("reason", ["because", None])
def test_the_same_dispositions(word, reason):
    known = rules.disposition(word)
    well = known in rules.NEED_NO_REASON or (known is not None and reason is not None)
    assert well == accepts(verdicts.disposition, word, reason)
    assert not well or known == verdicts.disposition(word, reason)
