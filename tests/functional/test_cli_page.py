"""The page on the command line."""

from __future__ import annotations

import os
import re
import sys
import zlib
from importlib import import_module

import pytest

from tests.functional.command import Desk
from tests.functional.test_cli_refusals import check_refused
from tests.unit.test_page import tree


def told(content: str) -> str:
    """The words of a page."""
    return "".join(tree(content.encode()).find("body").itertext())


def test_a_page_goes_out_by_its_name_and_stores_nothing(desk: Desk) -> None:
    before = desk.store()
    done = desk.tracker("export -o page.html")
    assert (done.status, done.stdout) == (0, "")
    assert "wrote page.html" in done.stderr
    assert desk.store() == before
    written = (desk.folder / "page.html").read_bytes().decode()
    assert desk.tracker("export --format html").stdout == written
    assert "3 passages under revision, 8 comments, 4 proposals" in told(written)


def test_a_redline_says_since_when_changes_are_told(desk: Desk) -> None:
    desk.tracker("proposal accept P3 --by 'The chair'")
    page = told(desk.tracker("export --format html --redline @1").stdout)
    assert "What changed since @1" in page
    assert "decided: 1 proposal accepted" in page
    check_refused(desk.tracker("export --format html --redline nowhere"), 1, "no state 'nowhere'")


def test_internal_comments_leave_only_when_asked_for(desk: Desk) -> None:
    desk.tracker("comment add 1 --from A --text 'Between us.' --internal")
    done = desk.tracker("export --format html")
    assert "left out: 1 internal comment" in done.stderr
    assert "Between us" not in done.stdout
    page = told(desk.tracker("export --format html --with-internal").stdout)
    assert "Between us." in page
    assert "With internal comments: not to be passed on." in page


def test_names_leave_as_the_rule_of_attribution_allows(desk: Desk) -> None:
    desk.tracker("document set --attribution none")
    page = told(desk.tracker("export --format html").stdout)
    for name in (
        "One American scholar",
        "Example drafted for this program by",
        "Japanese scholar (",
    ):
        assert name not in page
    assert "A participant" in page


def test_languages_stand_side_by_side(desk: Desk) -> None:
    desk.tracker("translation add 2 --language ja --text 人権侵害を看過してはならない。")
    page = desk.tracker("export --format html --languages en,ja").stdout
    assert 'lang="ja"' in page
    assert "人権侵害を看過してはならない。" in told(page)
    assert "not translated yet" in told(page)
    refused = desk.tracker("export --format html --languages en,ja --language ja")
    check_refused(refused, 2, "two things")
    check_refused(desk.tracker("export --format html --languages fr"), 1, "no text in 'fr'")
    japanese = desk.tracker("export --format html --language ja").stdout
    assert "The United States" not in told(japanese)
    assert "人権侵害を看過してはならない。" in told(japanese)


@pytest.mark.parametrize("form", ["markdown", "yaml"])
def test_other_forms_have_no_use_for_languages(desk: Desk, form: str) -> None:
    refused = desk.tracker(f"export --format {form} --languages en,ja")
    check_refused(refused, 2, "has no use for --languages")


def test_a_pdf_goes_out_where_it_can_be_set(desk: Desk) -> None:
    try:
        import_module("weasyprint")
    except (ImportError, OSError) as error:
        reason = f"WeasyPrint, of the extra pdf, cannot be used: {error!r}"
        if os.environ.get("TRACKER_REQUIRE_TOOLS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    done = desk.tracker("export -o page.pdf")
    assert done.status == 0, done.stderr
    written = (desk.folder / "page.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    packed = re.findall(rb"/ObjStm.*?stream\r?\n(.*?)\s*endstream", written, re.DOTALL)
    objects = b"".join(zlib.decompressobj().decompress(each) for each in packed)
    assert b"/StructTreeRoot" in objects, "a screen reader finds no headings in it"


def test_without_weasyprint_the_extra_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    done = desk.tracker("export -o page.pdf")
    check_refused(done, 1, "WeasyPrint")
    assert "revision-tracker[pdf]" in done.stderr
    assert not (desk.folder / "page.pdf").exists()
