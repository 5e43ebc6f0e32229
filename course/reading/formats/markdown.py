"""Markdown files: headings, lists, quotes and tables as written, inline markup taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from course.reading.formats.blocks import Block, source_of
from course.reading.hygiene import check_length, decode, tidy
from course.reading.outline import PassageKind, Source

EXTENSIONS = (".md", ".markdown")

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_FIELD = re.compile(r"^(title|author):\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE | re.IGNORECASE)
_KINDS = {
    "bullet_list_open": PassageKind.LIST_ITEM,
    "ordered_list_open": PassageKind.LIST_ITEM,
    "blockquote_open": PassageKind.QUOTE,
}
_TAG = re.compile(r"<[^>]{0,500}>")


def read(data: bytes) -> Source:
    """The source of a Markdown file; title and author from its front matter where it has one."""
    text = check_length(tidy(decode(data)))
    front = _FRONT_MATTER.match(text + "\n")
    fields = {name.lower(): value for name, value in _FIELD.findall(front.group(1))} if front else {}
    body = text[front.end() :] if front else text
    tokens = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").parse(body)
    return source_of(_blocks(tokens), title=fields.get("title", ""), author=fields.get("author", ""))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    around: list[PassageKind] = []
    cells: list[str] = []
    for index, token in enumerate(tokens):
        if token.type in _KINDS:
            around.append(_KINDS[token.type])
        elif token.type.replace("_close", "_open") in _KINDS and token.nesting == -1:
            around.pop()
        elif token.type == "inline" and tokens[index - 1].type in ("th_open", "td_open"):
            cells.append(_plain(token))
        elif token.type == "tr_close":
            yield Block(" | ".join(cells), PassageKind.TABLE)
            cells = []
        elif token.type == "inline" and tokens[index - 1].type == "heading_open":
            yield Block(_plain(token), PassageKind.HEADING, int(tokens[index - 1].tag[1]))
        elif token.type == "inline":
            yield Block(_plain(token), around[-1] if around else None)
        elif token.type in ("fence", "code_block"):
            yield from (Block(line, PassageKind.TABLE) for line in token.content.splitlines())
        elif token.type == "html_block":
            yield Block(_TAG.sub(" ", token.content))


def _plain(inline: Token) -> str:
    """The words of an inline token without its markup; an image gives its alternative text."""
    pieces: list[str] = []
    for child in inline.children or []:
        if child.type in ("text", "code_inline", "image"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
    return "".join(pieces)
