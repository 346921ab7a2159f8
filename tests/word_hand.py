"""What a person does to a file in Word, done to its XML as Word would do it."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Hand:
    """A Word file that somebody has open; ``saved`` is what comes back."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self._parts = {name: packed.read(name) for name in packed.namelist()}
        self._trees = {
            name: etree.fromstring(self._parts[f"word/{name}.xml"])
            for name in ("document", "comments", "commentsExtended")
        }

    @property
    def saved(self) -> bytes:
        for name, tree in self._trees.items():
            self._parts[f"word/{name}.xml"] = etree.tostring(tree, encoding="UTF-8")
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in self._parts.items():
                packed.writestr(name, content)
        return made.getvalue()

    def reply(self, to: str, text: str, author: str, key: str = "7ABCDEF1") -> None:
        """Answer the comment that says some words."""
        root = self._comment(to)
        number = str(9000 + len(self._trees["comments"]))
        said = etree.SubElement(self._trees["comments"], W + "comment")
        said.attrib.update(
            {W + "id": number, W + "author": author, W + "date": "2022-05-01T10:00:00Z"}
        )
        paragraph = etree.SubElement(said, W + "p", {W14 + "paraId": key})
        etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = text
        etree.SubElement(
            self._trees["commentsExtended"],
            W15 + "commentEx",
            {W15 + "paraId": key, W15 + "paraIdParent": _key(root), W15 + "done": "0"},
        )
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            for own in [
                each for each in self._trees["document"].iter(W + tag) if _is_of(each, root)
            ]:
                beside = own.getparent() if tag == "commentReference" else own
                assert beside is not None
                new = deepcopy(beside)
                marker = next(new.iter(W + tag))
                marker.set(W + "id", number)
                beside.addnext(new)

    def resolve(self, words: str) -> None:
        """Settle the thread of the comment that says some words."""
        key = _key(self._comment(words))
        for state in self._trees["commentsExtended"]:
            if state.get(W15 + "paraId") == key:
                state.set(W15 + "done", "1")

    def renew(self) -> None:
        """Give other keys to all comments, as Word may do when it saves."""
        for name in ("comments", "commentsExtended"):
            for each in self._trees[name].iter():
                for key in (W14 + "paraId", W15 + "paraId", W15 + "paraIdParent"):
                    if (told := each.get(key)) is not None:
                        each.set(key, f"{(int(told, 16) * 7919) % 0x7FFFFFFF:08X}")

    def reword(self, old: str, new: str, author: str) -> None:
        """Put some words in the place of others, tracked."""
        for run in self._trees["document"].iter(W + "r"):
            text = run.find(W + "t")
            parent = run.getparent()
            if text is None or old not in (text.text or "") or parent is None:
                continue
            if parent.tag != W + "p" or any(a.tag == W + "tbl" for a in run.iterancestors()):
                continue
            before, behind = (text.text or "").split(old, 1)
            changes = [
                etree.Element(W + tag, {W + "id": number, W + "author": author})
                for tag, number in (("del", "9101"), ("ins", "9102"))
            ]
            changes[0].append(_run(run, old, "delText"))
            changes[1].append(_run(run, new))
            for each in reversed([_run(run, before), *changes, _run(run, behind)]):
                run.addnext(each)
            parent.remove(run)
            return
        raise AssertionError(old)

    def _comment(self, words: str) -> etree._Element:
        return next(
            each
            for each in self._trees["comments"]
            if words in "".join(text.text or "" for text in each.iter(W + "t"))
        )


def _key(comment: etree._Element) -> str:
    return comment.findall(W + "p")[-1].get(W14 + "paraId") or ""


def _is_of(marker: etree._Element, comment: etree._Element) -> bool:
    return marker.get(W + "id") == comment.get(W + "id")


def _run(like: etree._Element, text: str, tag: str = "t") -> etree._Element:
    run = deepcopy(like)
    for old in run.findall(W + "t"):
        run.remove(old)
    words = etree.SubElement(run, W + tag)
    words.text = text
    words.set(SPACE, "preserve")
    return run
