"""Whatever people write is shown as text: no terminal and no markup obeys it."""

from __future__ import annotations

import json
import re
import shlex

import pytest

from tests.functional.command import SEED, Desk, Result

# What a terminal would obey: colours and titles (C0 and C1), and marks that reorder what is read.
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]",
)
HOSTILE = (
    "\x1b[31mX\x1b]0;t\x07\x9b1m\x7f [bold red]Y[/] [link=x]Z[/link] :smile: \u202eW\u2066\u200f"
)
SHOWN = (
    r"\x1b[31mX\x1b]0;t\x07\x9b1m\x7f [bold red]Y[/] [link=x]Z[/link] :smile: \u202eW\u2066\u200f"
)

WRITTEN = (
    "document set --title {} --note {}",
    "meeting add W2 --name {} --place {} --kind {} --topic {} --note {}",
    "participant add voice-7 --name {} --side {} --note {}",
    "reference add R10 --title {} --authors {} --publisher {} --note {}",
    "comment add 2 --from {} --text {} --side {} --context {} --number {} --on indifferent",
    "comment reply C48 --from {} --text {} --note {}",
    "comment add --from A --text b --meeting W2 --topic {}",
    "comment dispose C48 --outcome noted --reason {} --by {}",
    "propose 2 --from {} --text {} --rationale {}",
    "propose --insert-after 2 --from {} --text {}",
    "proposal reject P6 --reason {} --by {}",
    "proposal accept P5 --reason {} --by {}",
    "propose 2 --from A --text 'Plain words.'",
    "edition add {} --key odd --note {}",
    "comment add 2 --from A --text b --on {}",
)
SHOWING = (
    "status",
    "flagged",
    "text",
    "show 2",
    "comment list --limit 0",
    "comment list --line 2",
    "comment show C48 C49 C50",
    "proposal list",
    "proposal show P5 P6",
    "diff P5",
    "diff 2",
    "diff july-2021..",
    "meeting list",
    "meeting show W2",
    "participant list",
    "reference list",
    "edition list",
    "edition show odd",
    "document list",
    "document show",
)
QUIET = ("log", "log 2", "verify", "db path", "db check")


@pytest.fixture(scope="module")
def hostile(example_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = example_desk.fresh(tmp_path_factory.mktemp("hostile"))
    for command in WRITTEN:
        done = desk.tracker(command.replace("{}", shlex.quote(HOSTILE)))
        assert done.status in (0, 3), done
        check_nothing_obeyed(done)
    return desk


def check_nothing_obeyed(result: Result) -> None:
    assert OBEYED.findall(result.stdout + result.stderr) == []


@pytest.mark.parametrize("columns", ["20", "80", "2000"])
@pytest.mark.parametrize("command", SHOWING)
def test_people_s_words_are_shown_and_not_obeyed(hostile: Desk, command: str, columns: str) -> None:
    shown = hostile.tracker(command, COLUMNS=columns)
    assert shown.status == 0
    check_nothing_obeyed(shown)
    if columns == "2000":
        assert SHOWN in shown.stdout + shown.stderr


@pytest.mark.parametrize("command", QUIET)
def test_the_journal_holds_none_of_people_s_words(hostile: Desk, command: str) -> None:
    shown = hostile.tracker(command, COLUMNS="2000")
    check_nothing_obeyed(shown)
    assert "bold red" not in shown.stdout + shown.stderr


@pytest.mark.parametrize("command", [*SHOWING, "show 1"])
def test_colours_are_the_program_s_own(hostile: Desk, command: str) -> None:
    shown = hostile.tracker(command, COLUMNS="2000", FORCE_COLOR="1")
    ours = re.sub("\x1b\\[[0-9;]*m", "", shown.stdout)
    assert OBEYED.findall(ours) == []
    assert "\x1b[31mX" not in shown.stdout
    assert re.search("\x1b\\[[0-9;]*mY", shown.stdout) is None


@pytest.mark.parametrize(
    "command", ["show 2", "comment list --limit 0", "proposal list", "document show", "status"]
)
def test_json_holds_them_exactly_and_escaped(hostile: Desk, command: str) -> None:
    shown = hostile.tracker(f"{command} --json")
    check_nothing_obeyed(shown)
    assert HOSTILE in walk(json.loads(shown.stdout))


def walk(data: object) -> set[str]:
    """Every string in the data."""
    if isinstance(data, dict):
        return set().union(*map(walk, data.values()))
    if isinstance(data, list):
        return set().union(*map(walk, data))
    return {data} if isinstance(data, str) else set()


@pytest.mark.parametrize(
    "words",
    [
        ("show", HOSTILE),
        ("log", HOSTILE),
        ("diff", HOSTILE),
        ("text", "--at", HOSTILE),
        ("diff", f"{HOSTILE}..@1"),
        ("comment", "show", HOSTILE),
        ("comment", "dispose", "C1", "--outcome", HOSTILE),
        ("comment", "add", "1", "--from", "A", "--text", "b", "--kind", HOSTILE),
        ("comment", "add", "1", "--from", "A", "--text", "b", "--on", HOSTILE),
        ("comment", "add", "1", "--from", "A", "--text", f"@{HOSTILE.replace('/', '')}"),
        ("comment", "add", "--from", "A", "--text", "b", "--meeting", HOSTILE),
        ("comment", "add", "--from", "A", "--text", "b", "--meeting", "W2", "--topic", "none"),
        ("proposal", "accept", HOSTILE),
        ("edition", "show", HOSTILE),
        ("edition", "add", HOSTILE, "--key", HOSTILE),
        ("meeting", "show", HOSTILE),
        ("participant", "add", HOSTILE, "--name", "x"),
        ("import", HOSTILE.replace("/", "")),
        ("export", "--format", HOSTILE),
        ("export", "-o", f"nowhere/{HOSTILE.replace('/', '')}.md"),
        ("--document", HOSTILE, "flagged"),
        ("--database", HOSTILE.replace("/", ""), "flagged"),
        ("--database", f"{HOSTILE}://x", "flagged"),
        ("--author", HOSTILE, "comment", "dispose", "C1", "--outcome", "noted"),
        ("propose", "2", "--from", "A", "--text", "b", "--answers", HOSTILE),
        ("nonsense", HOSTILE),
        (HOSTILE,),
        ("flagged", HOSTILE),
        ("flagged", f"--{HOSTILE}"),
        ("flagged", "--limit", HOSTILE),
    ],
)
def test_an_error_shows_what_was_typed_and_does_not_obey_it(
    hostile: Desk, words: tuple[str, ...]
) -> None:
    refused = hostile.tracker(*words, "") if len(words) == 1 else hostile.tracker(*words)
    assert refused.status in (1, 2)
    check_nothing_obeyed(refused)
    assert "a fault in this program" not in refused.stderr


def test_a_stale_proposal_shows_both_wordings_unobeyed(hostile: Desk) -> None:
    refused = hostile.tracker("proposal accept P3")
    assert refused.status == 1
    check_nothing_obeyed(refused)
    assert f"the line now says: {SHOWN}" in refused.stderr


def test_the_preview_of_an_import_obeys_nothing(hostile: Desk) -> None:
    record = json.loads(hostile.tracker("export --format json").stdout)
    record["document"]["key"] = "second"
    (hostile.folder / "second.json").write_text(json.dumps(record), encoding="utf-8")
    shown = hostile.tracker("import second.json", COLUMNS="2000")
    assert shown.status == 2
    check_nothing_obeyed(shown)
    assert r"\x1b[31mX" in shown.stderr


def test_a_change_of_one_word_in_the_seed_with_hostile_text_is_shown(
    empty_desk: Desk,
) -> None:
    text = SEED.read_text(encoding="utf-8").replace("indifferent", r"[bold red]indifferent[/]")
    (empty_desk.folder / "seed.yaml").write_text(text, encoding="utf-8")
    assert empty_desk.tracker("init").status == 0
    assert empty_desk.tracker("import seed.yaml --yes").status == 0
    assert "[bold red]indifferent[/]" in empty_desk.tracker("flagged", COLUMNS="300").stdout
