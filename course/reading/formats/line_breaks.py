"""Pages that part their paragraphs by line breaks instead of marking them up: each becomes a paragraph of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from lxml import html

_INLINE = {"p", "span", "font", "b", "i", "em", "strong", "center", "small", "big", "address"}
"""Elements that hold no paragraphs; one that does all the same becomes a division."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = HEADINGS | {"p", "div", "ul", "ol", "dl", "table", "blockquote", "pre", "figure", "hr"}
_ENDED = re.compile(r"[.!?:…。！？؟][\"'”’»›)\]]*$")
LONG = 80
"""Characters of a line that ends like a sentence and is a paragraph; verses and addresses are shorter."""


def laid_out(tree: Any) -> Any:
    """The same tree with paragraphs where two line breaks, or one below a long sentence, part the text."""
    for folded in list(tree.iter("summary", "details")):
        folded.tag = "p" if folded.tag == "summary" else "div"
    for parent in {br.getparent() for br in tree.iter("br")}:
        if parent is not None and not any(each.tag == "pre" for each in (parent, *parent.iterancestors())):
            _part(parent)
    return tree


def _part(parent: Any) -> None:
    pieces = list(_pieces(parent))
    partings = _partings(pieces)
    if not partings:
        return
    for child in parent:
        child.tail = None
    paragraphs = list(_paragraphs(pieces, partings))
    parent.text = None
    parent[:] = paragraphs
    parent.tag = "div" if parent.tag in _INLINE else parent.tag


def _pieces(parent: Any) -> Iterator[Any]:
    """The element's content in order: texts, and elements, whose tails are texts of their own."""
    if parent.text:
        yield parent.text
    for child in parent:
        yield child
        if child.tail:
            yield child.tail


def _partings(pieces: Sequence[Any]) -> set[int]:
    """The places of line breaks at which a paragraph ends."""
    places = [place for place, piece in enumerate(pieces) if _is_break(piece)]
    bounds = [-1, *places, len(pieces)]
    lines = [_words(pieces[start + 1 : end]) for start, end in pairwise(bounds)]
    return {
        place
        for place, (line, following) in zip(places, pairwise(lines), strict=True)
        if not line or not following or (_is_paragraph(line) and len(following) >= LONG)
    }


def _is_paragraph(line: str) -> bool:
    return len(line) >= LONG and _ENDED.search(line) is not None


def _is_break(piece: Any) -> bool:
    return not isinstance(piece, str) and piece.tag == "br"


def _words(pieces: Sequence[Any]) -> str:
    texts = (piece if isinstance(piece, str) else _content(piece) for piece in pieces)
    return " ".join(" ".join(texts).split())


def _content(element: Any) -> str:
    """What the element says; a picture stands for itself."""
    if not isinstance(element.tag, str):
        return ""
    return element.text_content() or ("." if element.tag == "img" else "")


def _paragraphs(pieces: Sequence[Any], partings: set[int]) -> Iterator[Any]:
    paragraph = html.Element("p")
    for place, piece in enumerate(pieces):
        if place in partings or (not isinstance(piece, str) and piece.tag in _BLOCKS):
            yield from _filled(paragraph)
            paragraph = html.Element("p")
            if place not in partings:
                yield piece
        elif isinstance(piece, str):
            _append_text(paragraph, piece)
        else:
            paragraph.append(piece)
    yield from _filled(paragraph)


def _filled(paragraph: Any) -> Iterator[Any]:
    if len(paragraph) or (paragraph.text or "").strip():
        yield paragraph


def _append_text(paragraph: Any, text: str) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + text
    else:
        paragraph.text = (paragraph.text or "") + text
