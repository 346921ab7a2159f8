"""CriticMarkup, OpenDocument and Web Annotations on the command line."""

from __future__ import annotations

import json

import pytest

from tests.functional.command import Desk
from tests.functional.test_cli_refusals import check_refused
from tracker.exchange.marked_source import accepted
from tracker.formats.criticmarkup.read import parse
from tracker.formats.odt.read import read


@pytest.mark.parametrize("form", ["criticmarkup", "odt", "jsonld"])
def test_what_goes_out_stores_nothing_and_is_the_same_each_time(desk: Desk, form: str) -> None:
    before = desk.store()
    for name in ("one", "two"):
        done = desk.tracker(f"export --format {form} -o {name}")
        assert (done.status, done.stdout) == (0, "")
    assert desk.store() == before
    assert (desk.folder / "one").read_bytes() == (desk.folder / "two").read_bytes()


def test_forms_are_known_by_the_name_of_the_file(desk: Desk) -> None:
    desk.tracker("export -o a.odt --with P3")
    found = read((desk.folder / "a.odt").read_bytes(), "a.odt")
    assert found.stamp is not None
    assert found.stamp.proposals == ("P3",)
    assert len(found.remarks) == 47
    desk.tracker("export -o a.jsonld")
    assert json.loads((desk.folder / "a.jsonld").read_text("utf-8"))["total"] == 47


def test_accepting_and_rejecting_all_gives_the_two_clean_exports(desk: Desk) -> None:
    found = parse(desk.tracker("export --format criticmarkup --with P1,P3").stdout)
    assert found.text == desk.tracker("export").stdout
    drafted = desk.tracker("export --with P1,P3").stdout.partition("\n\n")[2]
    assert accepted(found.text, found.marks) == drafted


@pytest.mark.parametrize("form", ["criticmarkup", "odt"])
def test_a_file_that_comes_home_unchanged_stores_nothing(desk: Desk, form: str) -> None:
    name = "home.odt" if form == "odt" else "home.md"
    desk.tracker(f"export --format {form} --with P3,P4 -o {name}")
    before = desk.store()
    done = desk.tracker(f"import {name} --yes")
    assert done.status == 0
    assert "nothing to store" in done.stderr
    assert desk.store() == before


def test_a_change_and_a_comment_made_in_criticmarkup_come_home(desk: Desk) -> None:
    desk.tracker("export --format criticmarkup -o home.md")
    file = desk.folder / "home.md"
    text = file.read_text("utf-8")
    text = text.replace(
        "should not be indifferent", "{--should--}{++must++}{>>— Ann<<} not be indifferent"
    )
    text = text.replace("abuses or", "{==abuses==}{>>@Ben: Which?<<} or", 1)
    file.write_text(text, "utf-8")
    done = desk.tracker("import home.md --yes")
    assert done.status == 0, done.stderr
    assert "from Ann" in desk.tracker("proposal show P5").stdout
    assert "must" in desk.tracker("diff P5").stdout
    shown = desk.tracker("comment show C48").stdout
    assert "Ben" in shown
    assert "Which?" in shown
    assert "abuses" in shown


def test_plain_markdown_with_braces_stays_what_it_is_and_that_is_said(desk: Desk) -> None:
    (desk.folder / "notes.md").write_text("# A text\n\nWrite {++this++} so.\n", "utf-8")
    done = desk.tracker("import notes.md --yes")
    assert done.status == 0
    assert "--as criticmarkup" in done.stderr
    assert "{++this++}" in desk.tracker("text --document notes").stdout
    other = desk.tracker("import notes.md --as criticmarkup --document other --yes")
    assert other.status == 0, other.stderr
    assert "Write so." in desk.tracker("text --document other").stdout.replace("  ", " ")


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("export --format jsonld --with P1", "jsonld has no use for --with"),
        ("export --format odt --encoding cp932", "odt has no use for --encoding"),
        ("export --format criticmarkup --brackets", "criticmarkup has no use for --brackets"),
    ],
)
def test_options_that_a_form_has_no_use_for_are_refused(
    desk: Desk, command: str, wrong: str
) -> None:
    check_refused(desk.tracker(command), 2, wrong)


def test_what_cannot_be_read_is_refused_and_stores_nothing(desk: Desk) -> None:
    before = desk.store()
    (desk.folder / "bad.odt").write_bytes(b"PK\x03\x04 cut off")
    check_refused(desk.tracker("import bad.odt --yes"), 1, "bad.odt is damaged or cut off")
    (desk.folder / "bad.md").write_text("a\n{++ b", "utf-8")
    done = desk.tracker("import bad.md --as criticmarkup --yes")
    check_refused(done, 1, "bad.md, line 2: the mark {++ is never closed")
    assert desk.store() == before


def test_internal_comments_leave_only_when_asked_for(desk: Desk) -> None:
    desk.tracker("comment add 1 --from A --text 'Between us.' --internal")
    for form in ("criticmarkup", "jsonld"):
        done = desk.tracker(f"export --format {form}")
        assert "left out: 1 internal comment" in done.stderr
        assert "Between us" not in done.stdout
        assert "Between us." in desk.tracker(f"export --format {form} --with-internal").stdout
