"""Two languages on the command line: a translation comes in, is mended, kept up and goes out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.functional.command import Desk
from tests.functional.test_cli_hostile_text import HOSTILE, OBEYED
from tests.functional.test_cli_prompts import talk
from tests.functional.test_cli_refusals import check_refused as check

TEXTS = Path(__file__).parents[1] / "parallel"
ENGLISH = (TEXTS / "harbour.en.md").read_bytes()
JAPANESE = (TEXTS / "harbour.ja.md").read_bytes()
IMPORT = "import harbour.ja.md --document harbour --language ja"


@pytest.fixture(scope="module")
def english_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("english"))
    (desk.folder / "harbour.en.md").write_bytes(ENGLISH)
    assert desk.tracker("init").status == 0
    assert desk.tracker("import harbour.en.md --document harbour --yes").status == 0
    return desk


@pytest.fixture
def english(english_once: Desk, tmp_path: Path) -> Desk:
    """The authentic text in a store, and its translation beside it."""
    (tmp_path / "harbour.ja.md").write_bytes(JAPANESE)
    return english_once.fresh(tmp_path)


@pytest.fixture
def both(english: Desk) -> Desk:
    """Both texts in a store."""
    assert english.tracker(f"{IMPORT} --yes").status == 0
    return english


def check_refused(desk: Desk, command: str, told: str) -> None:
    """A command is refused with a hint, and nothing is stored."""
    before = desk.store()
    check(desk.tracker(command), 1, told)
    assert desk.store() == before


def exported(desk: Desk) -> bytes:
    return desk.tracker("export --language ja").stdout.encode()


def test_a_parallel_file_is_shown_stored_and_given_back(english: Desk) -> None:
    before = english.store()
    asked = english.tracker(IMPORT)
    assert asked.status == 2
    assert "--show-pairs and --pairs" in asked.stderr
    assert "harbour in ja: 港湾憲章" in asked.stderr
    assert "26 lines paired: 18 1-1, 3 1-2, 2 2-1" in asked.stderr
    assert english.store() == before
    assert "stored as @2: harbour in ja, 26 lines" in english.tracker(f"{IMPORT} --yes").stderr
    assert exported(english) == JAPANESE
    assert english.tracker("export").stdout.encode() == ENGLISH


def test_a_translation_has_the_title_that_it_gives_itself_or_none(english: Desk) -> None:
    plain = "".join(row for row in JAPANESE.decode().splitlines(True) if not row.startswith("#"))
    (english.folder / "draft-2.txt").write_text(plain, encoding="utf-8")
    command = "import draft-2.txt --document harbour --language ja"
    assert english.tracker(command).stderr.splitlines()[0] == "harbour in ja"
    assert (
        english.tracker(f"{command} --title 港湾").stderr.splitlines()[0] == "harbour in ja: 港湾"
    )
    assert english.tracker(f"{command} --yes").status == 0
    assert "draft-2" not in english.tracker("text --language ja").stdout
    shown = json.loads(english.tracker("document show harbour --json").stdout)
    assert [source["title"] for source in shown["sources"]] == [None, None]


@pytest.mark.parametrize("form", ["markdown", "text"])
def test_law_2_the_same_translation_again_is_nothing_new(both: Desk, form: str) -> None:
    suffix = {"text": "txt", "markdown": "md"}[form]
    assert both.tracker(f"export --language ja --format {form} -o out.{suffix}").status == 0
    before = both.store()
    for more in ("", " --yes", " --unit paragraph", " --language ja"):
        again = both.tracker(f"import out.{suffix} --document harbour{more}")
        assert (again.status, "nothing to store" in again.stderr) == (0, True), again
    assert both.store() == before


def test_what_does_not_fit_is_shown_and_mended(english: Desk) -> None:
    text = JAPANESE.decode().replace("目的\n", "目的\n\n翻訳者注：参考訳である。\n", 1)
    (english.folder / "harbour.ja.md").write_text(text, encoding="utf-8")
    shown = english.tracker(f"{IMPORT} --show-pairs")
    assert (shown.status, "- | 翻訳者注：参考訳である。" in shown.stdout) == (0, True)
    assert "renders no line: 翻訳者注" in english.tracker(IMPORT).stderr
    mended = shown.stdout.replace("2 3 | ", "3 | ").replace("- | 翻訳", "2 | 翻訳")
    (english.folder / "pairs.txt").write_text(mended, encoding="utf-8")
    done = english.tracker(f"{IMPORT} --pairs @pairs.txt --yes")
    assert done.status == 0, done.stderr
    found = json.loads(english.tracker("text --languages en,ja --json").stdout)
    texts = {row["line"]: row["texts"]["ja"] for row in found}
    assert texts["2"] == "翻訳者注：参考訳である。"
    assert texts["3"].startswith("締約者は一つの港")
    assert exported(english).decode() == text


def test_pairs_that_do_not_fit_are_refused(english: Desk) -> None:
    good = english.tracker(f"{IMPORT} --show-pairs").stdout
    before = english.store()
    for bad in (good.replace("港湾憲章", "憲章"), good.replace("4 | ", "99 | "), "", "\0"):
        (english.folder / "pairs.txt").write_text(bad, encoding="utf-8")
        refused = english.tracker(f"{IMPORT} --pairs @pairs.txt --yes")
        assert (refused.status, refused.stdout) == (1, ""), refused
    assert english.store() == before


def test_on_a_terminal_the_pairs_are_mended_in_the_editor(english: Desk) -> None:
    script = english.folder / "editor.sh"
    script.write_text("#!/bin/sh\nsed -i 's/^2 3 | /3 | /' \"$1\"\n", encoding="utf-8")
    script.chmod(0o755)
    done = talk(
        english,
        *IMPORT.split(),
        answers=(("[y/N, e to mend the pairs]", "e\n"), ("[y/N, e to mend the pairs]", "y\n")),
        EDITOR=str(script),
    )
    assert done.status == 0, done.screen
    listed = json.loads(english.tracker("translation list --json").stdout)
    assert [(each["lines"], each["state"]) for each in listed] == [(["2"], "missing")]


def test_another_text_or_language_is_refused(english: Desk) -> None:
    (english.folder / "other.ja.md").write_bytes((TEXTS / "fisheries.ja.md").read_bytes())
    check_refused(
        english,
        "import other.ja.md --document harbour --language ja --yes",
        "does not seem to render harbour",
    )
    (english.folder / "english.md").write_bytes(ENGLISH.replace(b"sea", b"ocean"))
    check_refused(english, "import english.md --document harbour --language ja --yes", "hardly any")
    check_refused(
        english, "import harbour.ja.md --document harbour --language fr --yes", "seems to be ja"
    )


def test_an_export_says_how_much_is_stale_or_missing(both: Desk) -> None:
    assert "stale" not in both.tracker("export --language ja").stderr
    both.tracker("propose 6 --from A --text 'It guards the waters.'")
    both.tracker("propose --insert-after 6 --add-to P1 --text 'And the fish.'")
    assert both.tracker("proposal accept P1").status == 0
    told = both.tracker("export --language ja").stderr
    assert "ja: 1 stale and 1 missing of 26 lines" in told
    assert exported(both) == JAPANESE


def test_a_table_goes_to_the_translator_and_comes_back_once(both: Desk) -> None:
    both.tracker("propose 6 --from A --text '=1+1 guards the waters.'")
    both.tracker("proposal accept P1")
    assert both.tracker("export --stale ja -o stale.csv").status == 0
    content = (both.folder / "stale.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[1][:5] == ["6", "ja", "stale", "6:2", "'=1+1 guards the waters."]
    nothing = both.tracker("import stale.csv --yes")
    assert "no new translation filled in" in nothing.stderr
    rows[1][-1] = "水域を守る。"
    with (both.folder / "back.csv").open("w", encoding="cp932", newline="") as file:
        csv.writer(file).writerows([[cell.replace("\ufeff", "") for cell in row] for row in rows])
    assert both.tracker("import back.csv").status == 2
    done = both.tracker("import back.csv --yes")
    assert (done.status, "1 passage in ja" in done.stderr) == (0, True), done
    before = both.store()
    again = both.tracker("import back.csv --yes")
    assert (again.status, "nothing to store" in again.stderr) == (0, True)
    assert both.store() == before
    assert "水域を守る。" in exported(both).decode()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("text --language fr", "no text in 'fr'"),
        ("text --language 'x y'", "is no language"),
        ("text --language JA", "is written 'ja' here"),
        ("translation add 1 --language EN --text Hafen", "is written 'en' here"),
        ("text --languages en,fr", "no text in 'fr'"),
        ("show 3 --language ja", "line 2 renders it"),
        ("show 99 --language ja", "no line '99'"),
        ("export --stale en", "authentic"),
        ("export --stale fr", "no text in 'fr'"),
        ("translation confirm 6 --language ja", "is current"),
        ("translation confirm 6 --language en", "authentic"),
        ("translation add 6 --language ja --text 水。", "has a version in ja"),
        ("translation add 6 --language ja --replace --text ' '", "is empty"),
        (
            "translation add 6 --language ja --replace --text また、周辺の水域を保護する。",
            "already",
        ),
        ("translation list --language fr", "no text in 'fr'"),
        ("propose 3 --language ja --from A --text 海。", "line 2 renders it"),
    ],
)
def test_what_cannot_be_is_refused_and_says_what_can(both: Desk, command: str, told: str) -> None:
    check_refused(both, command, told)


def test_usage_that_does_not_fit_is_told(both: Desk) -> None:
    for command in (
        "export --stale ja --format markdown",
        "export --stale ja --profile iso",
        "export --format markdown --profile iso",
        "export --stale ja --redline @1",
        "text --language ja --languages en,ja",
        "text --languages ,",
        "translation list --all --stale",
        "import harbour.ja.md --document other --pairs @x --yes",
    ):
        refused = both.tracker(command)
        assert (refused.status, refused.stdout) == (2, ""), (command, refused)


def test_side_by_side_fits_a_narrow_terminal(both: Desk) -> None:
    for width in ("80", "50", "30"):
        shown = both.tracker("text --languages en,ja --limit 3", COLUMNS=width)
        assert shown.status == 0
        assert "港湾憲章" in shown.stdout


def test_hostile_words_are_shown_and_never_obeyed(both: Desk) -> None:
    for words in (
        ("translation", "add", "5", "--language", "ja", "--replace", "--text", HOSTILE),
        ("propose", "6", "--language", "ja", "--from", HOSTILE, "--text", HOSTILE),
        ("propose", "5", "--from", "A", "--text", HOSTILE),
    ):
        assert both.tracker(*words).status == 0
    assert both.tracker("proposal accept P2").status == 0
    for command in (
        *("translation list --all", "text --language ja", "text --languages en,ja"),
        *("show 5 --language ja", "proposal show P1", "translation list --json"),
    ):
        shown = both.tracker(command, COLUMNS="2000")
        assert shown.status == 0
        assert not OBEYED.search(shown.stdout + shown.stderr), command
    (both.folder / "odd.md").write_text(JAPANESE.decode() + HOSTILE, encoding="utf-8")
    both.tracker("import harbour.en.md --document second --yes")
    told = both.tracker("import odd.md --document second --language ja")
    assert not OBEYED.search(told.stdout + told.stderr)


def test_a_session_goes_through_what_is_proposed_on_a_translation(both: Desk) -> None:
    both.tracker("meeting add L1 --name Leaders --kind leaders --date 2022-09-30")
    both.tracker("propose --insert-after 5 --language ja --from 東京 --text 魚も守る。")
    assert both.tracker("proposal accept P1").status == 0
    both.tracker("propose 5a --language ja --from 東京 --text 魚を守る。")
    for only in ("", " --line 5a"):
        shown = both.tracker(f"decide --meeting L1 --by Four{only}", stdin=b"g\nq\n")
        assert (shown.status, "Line 5a (ja)" in shown.stdout) == (0, True), shown
        assert "no line is on the screen to be agreed" in shown.stderr
    done = both.tracker("decide --meeting L1 --by Four", stdin=b"a P2\nq\n")
    assert (done.status, "P2 adopted: changed 5a" in done.stdout) == (0, True), done
    check_refused(both, "agree 5a", "line 5a stands in ja only")


def test_a_session_asks_for_a_reason_only_where_what_is_adopted_touches_an_agreed_line(
    both: Desk,
) -> None:
    both.tracker("meeting add L1 --name Leaders --kind leaders --date 2022-09-30")
    assert both.tracker("agree 6").status == 0
    both.tracker("propose 6 --language ja --from 東京 --text 水域を守る。")
    both.tracker("propose 7 --from A --text 'Disputes are settled.'")
    assert both.tracker("propose 6 --text 'It guards.' --add-to P2").status == 0
    held = both.tracker(
        "decide --meeting L1 --by Four", stdin="a P1\na P2.1\na P2.2\n理由\nq\n".encode()
    )
    assert held.status == 0, held
    assert held.stderr.count("Why reopen it") == 1
    told = held.stdout.rpartition("Decided at L1")[2]
    assert [row.partition("  ")[2] for row in told.splitlines()[1:]] == [
        "P1 adopted: changed 6",
        "P2.1 adopted: changed 7",
        "P2.2 adopted: changed 6; reopened 6",
    ]


def test_the_preview_of_a_record_shows_the_authentic_text(both: Desk) -> None:
    both.tracker("propose --insert-after 5 --language ja --from 東京 --text 魚も守る。")
    assert both.tracker("proposal accept P1").status == 0
    assert both.tracker("export --format yaml -o record.yaml").status == 0
    assert both.tracker("--database other.db init").status == 0
    shown = both.tracker("--database other.db import record.yaml")
    rows = shown.stderr.splitlines()
    assert "  line 1: The Harbour Charter" in rows
    assert "  line 2: The parties share one harbour and one sea." in rows
    assert "  line 5a (ja): 魚も守る。" in rows
    assert "  also in ja: 24 lines" in rows


def test_a_line_that_stands_in_one_language_only_is_reached_by_it(both: Desk) -> None:
    both.tracker("propose --insert-after 5 --language ja --from 東京 --text 魚も守る。")
    assert both.tracker("proposal accept P1").status == 0
    assert both.tracker("comment add 5a --language ja --from A --text Why? --on 魚").status == 0
    check_refused(both, "comment list --line 5a", "has no version in en")
    listed = json.loads(both.tracker("comment list --line 5a --language ja --json").stdout)
    assert [(each["id"], each["quote"]) for each in listed] == [("C1", "魚")]
    assert both.tracker("proposal list --line 5a --language ja").status == 0
    found = json.loads(both.tracker("text --languages en,ja --json").stdout)
    alone = next(row for row in found if row["line"] == "5a")
    assert alone == {"line": "5a", "texts": {"en": None, "ja": "魚も守る。"}, "states": {}}
