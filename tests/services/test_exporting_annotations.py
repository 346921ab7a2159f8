"""Comments as W3C Web Annotations: what the model asks for, the words, and what may be told."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.services.desk import THREE, Desk
from tracker.formats import jsonld
from tracker.formats import text as plain
from tracker.services.exporting import annotations as annotating
from tracker.services.exporting import text as exporting
from tracker.services.exporting.text import Request

MOTIVATIONS = {
    *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing"),
    *("highlighting", "identifying", "linking", "moderating", "questioning", "replying"),
    "tagging",
}
IRI = re.compile(r"urn:[a-z]+:[\w.:-]+")
TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
KEYS = {"id", "type", "motivation", "creator", "created", "body", "target"}


def collected(desk: Desk, *, with_internal: bool = False) -> dict[str, Any]:
    """The collection as it goes out, after a check of what the model asks of every one."""
    found = desk.read(annotating.gather, with_internal=with_internal)
    written = jsonld.write(found)
    assert written == jsonld.write(desk.read(annotating.gather, with_internal=with_internal))
    made: dict[str, Any] = json.loads(written)
    assert made["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert made["type"] == "AnnotationCollection"
    page = made["first"]
    assert (page["type"], page["startIndex"]) == ("AnnotationPage", 0)
    assert made["total"] == len(page["items"])
    ids = [made["id"], page["id"], *(item["id"] for item in page["items"])]
    assert len(set(ids)) == len(ids)
    for name in ids:
        assert IRI.fullmatch(name)
    for item in page["items"]:
        check(item, set(ids))
    return made


def check(item: dict[str, Any], ids: set[str]) -> None:
    assert set(item) <= KEYS
    assert item["type"] == "Annotation"
    motivations = (
        item["motivation"] if isinstance(item["motivation"], list) else [item["motivation"]]
    )
    assert set(motivations) <= MOTIVATIONS
    assert TIME.fullmatch(item.get("created", "2000-01-01T00:00:00Z"))
    for body in item["body"]:
        assert (body["type"], body["format"]) == ("TextualBody", "text/plain")
        assert body["purpose"] in MOTIVATIONS
        assert body["value"]
    targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
    assert targets
    for target in targets:
        if isinstance(target, str):
            assert target in ids or re.search(r":P\d+(\.\d+)?$", target)
        elif target["type"] == "SpecificResource":
            for selector in target["selector"]:
                needed = {"TextQuoteSelector": "exact", "TextPositionSelector": "start"}
                assert needed[selector["type"]] in selector


def items(desk: Desk, **options: bool) -> dict[str, dict[str, Any]]:
    """The annotations by the last part of their names."""
    found = collected(desk, **options)["first"]["items"]
    return {item["id"].removeprefix("urn:tracker:coast:"): item for item in found}


def selectors(item: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    quote, position = item["target"]["selector"]
    return quote, position


def test_words_are_told_by_a_quote_and_by_their_place_in_the_clean_text(desk: Desk) -> None:
    one = desk.say("2", words="any ship", kind="question")
    two = desk.say("3", text="それは困る。", kind="objection")
    found = items(desk)
    whole = plain.write(desk.read(exporting.view, Request())).decode()
    for name, words in ((one, "any ship"), (two, THREE[2])):
        quote, position = selectors(found[name])
        assert quote["exact"] == words
        assert whole[position["start"] : position["end"]] == words
        assert whole[: position["start"]].endswith(quote["prefix"])
        assert whole[position["end"] :].startswith(quote["suffix"])
    assert found[one]["motivation"] == "questioning"
    assert found[two]["body"][0]["language"] == "ja"
    assert found[two]["body"][1]["value"] == "objection"
    assert found[one]["target"]["source"]["language"] == "en"


def test_words_that_are_gone_have_their_quote_and_no_place(desk: Desk) -> None:
    name = desk.say("3", words="by talks")
    desk.accept(desk.replace("3", "Disputes are avoided."))
    (quote,) = items(desk)[name]["target"]["selector"]
    assert quote == {"type": "TextQuoteSelector", "exact": "by talks"}


def test_a_reply_is_on_the_annotation_that_it_answers(desk: Desk) -> None:
    one = desk.say("1", kind="suggestion")
    two = desk.reply(one, "counters")
    found = items(desk)
    assert found[one]["motivation"] == "editing"
    assert found[two]["motivation"][0] == "replying"
    assert found[two]["target"] == found[one]["id"]
    assert "counters" in [body["value"] for body in found[two]["body"]]


def test_a_disposition_is_an_annotation_that_assesses_the_comment(desk: Desk) -> None:
    name = desk.say("1")
    desk.dispose(
        name, outcome="rejected", reason="Said already.", by="The chair", date="2022-05-06"
    )
    made = items(desk)[f"{name}:disposition"]
    assert (made["motivation"], made["target"]) == ("assessing", f"urn:tracker:coast:{name}")
    assert [body["value"] for body in made["body"]] == ["rejected", "Said already."]
    assert (made["creator"], made["created"]) == ({"name": "The chair"}, "2022-05-06T00:00:00Z")


def test_creators_are_told_as_the_rule_allows(desk: Desk) -> None:
    name = desk.say("1", speaker="Kimura", side="Japan")
    told = {}
    for rule in ("label", "side", "none"):
        desk.set(attribution=rule)
        told[rule] = items(desk)[name].get("creator")
        if rule != "label":
            assert "Kimura" not in json.dumps(collected(desk))
    assert told == {
        "label": {"type": "Person", "name": "Kimura"},
        "side": {"type": "Organization", "name": "Japan"},
        "none": None,
    }


def test_internal_comments_go_out_only_when_they_are_asked_for(desk: Desk) -> None:
    name = desk.say("1", internal=True)
    assert items(desk) == {}
    assert list(items(desk, with_internal=True)) == [name]


def test_the_example_goes_out_in_the_order_of_its_comments(example_once: Desk) -> None:
    found = collected(example_once)["first"]["items"]
    numbers = [item["id"].split(":")[3] for item in found]
    assert numbers == [f"C{number}" for number in range(1, 48)]
