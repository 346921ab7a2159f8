"""The page in a real browser: nothing is fetched or run, all is there, on any screen and on paper.

They are skipped where there is no Chromium; TRACKER_REQUIRE_TOOLS=1 makes that a failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import NAMES, Tab, browser, page
from tests.functional.command import Desk
from tests.services.parallels import ENGLISH, JAPANESE
from tests.tools import program
from tests.unit.test_page import HOSTILE, review
from tracker.formats.html.page import write

SEEN = """
[...document.querySelectorAll(%r)].filter(e => e.checkVisibility()).map(e => e.innerText.trim())
"""
# The contrast of each text with what is behind it, as WCAG 2 reckons it, where it is too low.
FAINT = """
(() => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => c.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.checkVisibility()) continue;
    const pair = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < 4.5) found.push([e.tagName, e.className, ratio]);
  }
  return found;
})()
"""


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    """One browser for all of these tests."""
    with browser(program(*NAMES)) as opened:
        yield opened


@pytest.fixture(scope="module")
def example_page(example_desk: Desk) -> str:
    """The address of the page of the example."""
    done = example_desk.tracker("export -o example.html --force")
    assert done.status == 0, done.stderr
    return (example_desk.folder / "example.html").as_uri()


@pytest.fixture(scope="module")
def bilingual_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page in two languages, on which there is something of everything."""
    desk = Desk(tmp_path_factory.mktemp("bilingual"))
    for name, content in (("harbour.en.md", ENGLISH), ("harbour.ja.md", JAPANESE)):
        (desk.folder / name).write_bytes(content)
    for command in (
        "init",
        "import harbour.en.md --document harbour --yes",
        "import harbour.ja.md --document harbour --language ja --yes",
        "edition add 'May 2021' --status published",
        "comment add 5 --from 'A member' --side Japan --text 漁港は開かれている。 --on harbour",
        "comment add 5 --from 'Another' --text 'All of it?'",
        "comment reply C2 --from 'A third' --relation answers --text Yes.",
        "propose 5 --from 'A side' --text 'The harbour is open.' --answers C1 --rationale Short.",
        "propose 5 --from 'B side' --text 'The harbour is shut.'",
        "propose --insert-after 6 --from 'B side' --text 'It has a lighthouse.'",
        "propose 8 --from 'B side' --text 'A line of another wording.'",
        "proposal accept P4 --by 'The chair' --on-date 2022-09-30",
        "export -o page.html --languages en,ja",
    ):
        done = desk.tracker(command)
        assert done.status in (0, 3), (command, done.stderr)
    return (desk.folder / "page.html").as_uri()


@pytest.fixture(params=["example_page", "bilingual_page"])
def any_page(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(request.param)
    return found


def open_quietly(tab: Tab, url: str) -> None:
    """Open a page; it asks for nothing, and neither the page nor the browser complains."""
    tab.look(width=1200)
    tab.open(url)
    asked = {event["request"]["url"] for event in tab.told("Network.requestWillBeSent")}
    assert asked == {url}
    for complaint in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
        assert tab.told(complaint) == []
    assert tab.told("Page.javascriptDialogOpening") == []


def seen(tab: Tab, selector: str) -> list[str]:
    """The texts of elements that can be seen."""
    found: list[str] = tab.value(SEEN % selector)
    return found


def test_the_page_is_quiet_and_all_of_it_is_there(tab: Tab, example_page: str) -> None:
    open_quietly(tab, example_page)
    assert seen(tab, "h1")[0].startswith("U.S.-Japan Four Leaders’ Urgent Recommendations")
    assert seen(tab, ".stamp") == ["DRAFT"]
    assert seen(tab, ".sentence") == [
        "3 passages under revision, 8 comments, 4 proposals, nothing decided."
    ]
    assert seen(tab, ".passage h3") == ["Line 1", "Line 2", "Line 3"]
    assert [head.split(" ")[0] for head in seen(tab, ".rival h4")] == ["P1", "P2", "P3", "P4"]
    assert len(seen(tab, ".decision")) == 3
    assert len(seen(tab, ".comment")) == 47
    assert len(seen(tab, "#text .row")) == 3


def test_two_languages_stand_side_by_side(tab: Tab, bilingual_page: str) -> None:
    open_quietly(tab, bilingual_page)
    rows = seen(tab, "#text .row .other")
    assert len(rows) == 15
    assert any("the original has changed since" in row for row in rows)
    tops: list[list[float]] = tab.value(
        "[...document.querySelectorAll('#text .row:not(.languages) .texts')]"
        ".map(row => [...row.children].map(e => e.getBoundingClientRect().top))"
    )
    assert all(abs(left - right) < 1 for left, right in tops)
    assert seen(tab, "#changes tbody tr")
    assert seen(tab, ".passage h3") == ["Line 5", "After line 6"]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_words_in_every_field_do_nothing(tab: Tab, number: int, tmp_path: Path) -> None:
    url = page(tmp_path, write(review(HOSTILE[number])))
    open_quietly(tab, url)
    assert tab.value("document.querySelectorAll('script, img, iframe, object, form').length") == 0
    links: list[str] = tab.value("[...document.links].map(link => link.getAttribute('href'))")
    assert all(link.startswith("#") for link in links)
    for kind in ("link", "button"):
        assert all(_inert(tab, selector) for selector in (f"[role={kind}]",))
    assert tab.value("document.documentElement.scrollWidth <= innerWidth")


def _inert(tab: Tab, selector: str) -> bool:
    return not seen(tab, selector)


def test_all_can_be_reached_by_keyboard_in_the_order_of_the_page(tab: Tab, any_page: str) -> None:
    open_quietly(tab, any_page)
    links: list[str] = tab.value("[...document.links].map(link => link.getAttribute('href'))")
    reached = []
    for _ in links:
        tab.press("Tab")
        reached.append(tab.value("document.activeElement.getAttribute('href')"))
        assert tab.value("document.activeElement.matches(':focus-visible')")
    assert reached == links
    assert reached[0] == "#passages"


def test_the_first_link_skips_to_what_is_to_be_decided(tab: Tab, example_page: str) -> None:
    open_quietly(tab, example_page)
    tab.press("Tab")
    assert tab.value("document.activeElement.getBoundingClientRect().width") > 100
    tab.press("Enter")
    assert tab.value("location.hash") == "#passages"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_can_be_read_on_any_screen(tab: Tab, any_page: str, dark: bool) -> None:
    open_quietly(tab, any_page)
    for width in (320, 400, 768, 1200, 2000):
        tab.look(width=width, dark=dark)
        assert tab.value("document.documentElement.scrollWidth") <= width
    ground = tab.value("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(24, 23, 21)") is dark
    assert tab.value(FAINT) == []


def test_on_paper_there_is_no_navigation_and_nothing_is_hidden_behind_colours(
    tab: Tab, any_page: str
) -> None:
    open_quietly(tab, any_page)
    assert seen(tab, "nav")
    tab.look(width=660, media="print", dark=True)
    assert not seen(tab, "nav")
    assert not seen(tab, ".skip")
    assert tab.value("getComputedStyle(document.querySelector('.redline')).color") == "rgb(0, 0, 0)"
    assert tab.value(FAINT) == []
    printed = tab.printed()
    assert printed.startswith(b"%PDF")
    # A4, in points.
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed or b"/MediaBox [0 0 595" in printed


def test_a_reader_of_the_screen_hears_what_is_marked(tab: Tab, example_page: str) -> None:
    open_quietly(tab, example_page)
    nodes: list[dict[str, Any]] = tab.ask("Accessibility.getFullAXTree")["nodes"]
    heard = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored")
    ]
    roles = [role for role, _ in heard]
    for landmark in ("banner", "navigation", "main", "contentinfo"):
        assert roles.count(landmark) == 1, landmark
    assert {"deletion", "insertion", "complementary", "article", "group"} <= set(roles)
    names = [name for role, name in heard if role == "group"]
    assert names == [f"Decision on Line {n}, to be filled in" for n in (1, 2, 3)]
    told = " ".join(name for role, name in heard if role == "StaticText")
    assert "[deleted: " in told
    assert "[inserted: " in told
