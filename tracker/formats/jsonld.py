"""Comments as W3C Web Annotations (Sanderson, Ciccarese and Young, 2017), in JSON-LD.

A collection with one page: an annotation for each comment, and one that assesses it for each
disposition. Names are URNs (``urn:tracker:KEY:C4``), so that they hold wherever the file is. What
the model has no words for is a body with the purpose ``tagging``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.exchange import rules
from tracker.exchange.annotations import Annotation, Annotations, Target
from tracker.exchange.review import Ruling
from tracker.formats.draft import guessed_language

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_MOTIVATIONS = {"question": "questioning", "suggestion": "editing"}
_SEALED = "sealed"
_WHOLE_DATE = len("2021-07-15")


def write(found: Annotations) -> bytes:
    """Return the comments as JSON-LD, in UTF-8."""
    known = {each.said.id for each in found.annotations}
    items: list[dict[str, Any]] = []
    for each in found.annotations:
        items.append(_comment(each, found, known))
        if each.said.disposition is not None:
            items.append(_disposition(each.said.id, each.said.disposition, found))
    name = f"{_name(found, 'comments')}:{found.entry}:{found.language}"
    page = {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": f"{found.title}: comments at @{found.entry}",
        "total": len(items),
        "first": page,
    }
    return (json.dumps(collection, ensure_ascii=False, indent=2) + "\n").encode()


def _name(found: Annotations, what: str) -> str:
    return f"urn:tracker:{found.key}:{what}"


def _comment(each: Annotation, found: Annotations, known: set[str]) -> dict[str, Any]:
    said = each.said
    is_reply = said.reply_to in known
    motivation = _MOTIVATIONS.get(said.kind, "commenting")
    made: dict[str, Any] = {
        "id": _name(found, said.id),
        "type": "Annotation",
        "motivation": ["replying", motivation] if is_reply else motivation,
    }
    if each.creator is not None:
        kind = "Organization" if each.is_side else "Person"
        made["creator"] = {"type": kind, "name": each.creator}
    if each.created is not None:
        made["created"] = each.created
    made["body"] = list(_bodies(each))
    made["target"] = _name(found, said.reply_to or "") if is_reply else _target(each, found)
    return made


def _bodies(each: Annotation) -> Iterator[dict[str, str]]:
    said = each.said
    purpose = _MOTIVATIONS.get(said.kind, "commenting")
    if not said.sealed:
        yield _text(said.text, purpose, guessed_language(said.text))
    tags = (said.kind, said.type, said.topic, said.relation, _SEALED if said.sealed else None)
    for tag in tags:
        if tag:
            yield _text(tag, "tagging")


def _text(value: str, purpose: str, language: str | None = None) -> dict[str, str]:
    told = {"language": language} if language else {}
    return {
        "type": "TextualBody",
        "value": value,
        "format": "text/plain",
        **told,
        "purpose": purpose,
    }


def _target(each: Annotation, found: Annotations) -> Any:
    """Return what a comment is on: words of the text, else a proposal, else the document."""
    source = {
        "id": f"{_name(found, 'text')}:{found.entry}:{found.language}",
        "type": "Text",
        "format": "text/markdown",
        "language": found.language,
    }
    if each.said.about is not None:
        return _name(found, each.said.about)
    targets = [
        {"type": "SpecificResource", "source": source, "selector": list(_selectors(target))}
        for target in each.targets
        if target.exact
    ]
    if not targets:
        return source
    return targets[0] if len(targets) == 1 else targets


def _selectors(target: Target) -> Iterator[Mapping[str, str | int]]:
    around = {"prefix": target.prefix, "suffix": target.suffix}
    told = {name: text for name, text in around.items() if text}
    yield {"type": "TextQuoteSelector", "exact": target.exact, **told}
    if target.start is not None and target.end is not None:
        yield {"type": "TextPositionSelector", "start": target.start, "end": target.end}


def _disposition(comment: str, ruling: Ruling, found: Annotations) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"{_name(found, comment)}:disposition",
        "type": "Annotation",
        "motivation": "assessing",
    }
    if ruling.by is not None:
        made["creator"] = {"name": ruling.by}
    on = ruling.on or ""
    if len(on) == _WHOLE_DATE and rules.date_fault(on) is None:
        made["created"] = f"{on}T00:00:00Z"
    made["body"] = [_text(ruling.outcome, "tagging")]
    if ruling.reason is not None:
        made["body"].append(_text(ruling.reason, "assessing", guessed_language(ruling.reason)))
    made["target"] = _name(found, comment)
    return made
