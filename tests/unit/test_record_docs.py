"""``docs/record.md`` says what is so: its examples are read, and it names every field."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from tracker.errors import BadInput
from tracker.exchange import record
from tracker.exchange.record import Strict
from tracker.formats.record.read import read
from tracker.formats.record.write import write_yaml

PAGE = Path(__file__).parents[2] / "docs" / "record.md"


def examples(language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )


def test_the_whole_record_is_as_the_program_writes_it() -> None:
    whole = examples("yaml")[0].encode()
    assert write_yaml(read(whole, "record.yaml")) == whole


def test_the_meetings_comments_can_be_read() -> None:
    comments = read(examples("yaml")[1].encode(), "w2.yaml").comments
    assert [comment.reply_to for comment in comments] == [None, "a1", "C1"]


@pytest.mark.parametrize("part", Strict.__subclasses__(), ids=lambda part: part.__name__)
def test_every_field_is_described(part):
    page = PAGE.read_text("utf-8")
    for field in fields(part):
        name = "from" if field.name == "proposer" else field.name
        assert f"`{name}`" in page, name


WORDS = ["Kind", "Type", "Relation", "Unit", "LineKind", "Block", "Origin", "AnchorState"]
WORDS += ["ChangeKind", "EditionStatus", "Stage", "Mode", "Scope", "Agreed"]


@pytest.mark.parametrize("name", WORDS)
def test_every_word_that_a_field_takes_is_described(name):
    page = PAGE.read_text("utf-8")
    assert [word for word in get_args(getattr(record, name)) if word not in page] == []


def test_the_faults_it_shows_are_those_that_are_told() -> None:
    faulty = """\
format: tracker-record/1
meetings:
  - id: W2
    name: Second Workshop
comments:
  - id: a1
    kind: support
    text: This is what matters most.
    meeting: W2
  - id: a2
    speaker: A member
    kind: complaint
    text: So it is.
    meeting: W2
    topics: Ports
"""
    with pytest.raises(BadInput) as caught:
        read(faulty.encode(), "record.yaml")
    assert caught.value.message == examples("text")[0].strip()
