"""Markdown files: headings, lists, quotes and tables as written, inline markup taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from course.reading.formats.blocks import Block, source_of
from course.reading.hygiene import check_length, decode, tidy
from course.reading.outline import PassageKind, Source

EXTENSIONS = (".md", ".markdown")

_FRONT_MATTER = re.compile(r"\A(?:---\n(.*?)\n(?:---|\.\.\.)|\+\+\+\n(.*?)\n\+\+\+)\n", re.DOTALL)
_FRONT_LINE = re.compile(r"\s*(?:#.*)?|[\w.-]+\s*[:=].*|\[.*\]|\s+\S.*|- .*|[\]})\"']+,?")
_FIELD = re.compile(r"([\w.-]+)\s*[:=]\s*(.*)")
_FOOTNOTE = re.compile(r"^\[\^[^\]\s]{1,40}\]:[ \t]*", re.MULTILINE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_TASK_BOX = re.compile(r"\[[ xX]\] (?=\S)")
_KINDS = {
    "bullet_list_open": PassageKind.LIST_ITEM,
    "ordered_list_open": PassageKind.LIST_ITEM,
    "blockquote_open": PassageKind.QUOTE,
}
_UNSEEN_EDGES = re.compile(r"(<!--|-->|</?(?:script|style)\b)", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,500}>")


def read(data: bytes) -> Source:
    """The source of a Markdown file; title and author from its front matter where it has one."""
    text = check_length(tidy(decode(data)))
    front, body = _parted(text)
    fields = _fields(front)
    tokens = (
        MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"]).parse(_footnotes_apart(body))
    )
    return source_of(_blocks(tokens), title=fields.get("title", ""), author=fields.get("author", ""))


def _parted(text: str) -> tuple[list[str], str]:
    """The lines of the front matter, and what follows. A rule above and below running text is no front matter."""
    found = _FRONT_MATTER.match(text + "\n")
    lines = (found[1] or found[2] or "").split("\n") if found else []
    if found is None or not all(map(_FRONT_LINE.fullmatch, lines)) or not any(map(_FIELD.fullmatch, lines)):
        return [], text
    return lines, text[found.end() :]


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """The fields by their names in small letters; of a list, or of lines below, their words."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        found = _FIELD.fullmatch(line)
        if found:
            name = found[1].lower()
            fields[name] = [] if re.fullmatch(r"[|>][+-]?", found[2]) else [found[2]]
        elif name and line[:1] in (" ", "-"):
            fields[name].append(line.strip().removeprefix("- "))
    return {name: _unquoted(words) for name, words in fields.items()}


def _unquoted(words: Sequence[str]) -> str:
    plain = [word.strip().strip("[]").strip().strip("\"'") for word in words]
    return " ".join(filter(None, plain))


def _footnotes_apart(body: str) -> str:
    """The text with each footnote as a paragraph of its own; its number says nothing where it stands."""
    return _FOOTNOTE.sub("\n", body) if "[^" in body else body


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
            yield _block(_plain(token), around[-1] if around else None)
        elif token.type in ("fence", "code_block"):
            yield from (Block(line, PassageKind.TABLE) for line in token.content.splitlines())
        elif token.type == "html_block":
            yield Block(unescape(_TAG.sub(" ", _without_unseen(token.content))))


def _without_unseen(markup: str) -> str:
    """The markup without comments, scripts and style sheets, read once: one that is not closed goes to its end."""
    kept: list[str] = []
    until = ""
    for piece in _UNSEEN_EDGES.split(markup):
        edge = piece.lower()
        if until:
            kept += ["<", edge[2:]] if edge == until != "-->" else []
            until = "" if edge == until else until
        elif edge == "<!--":
            until = "-->"
        elif edge in ("<script", "<style"):
            until = f"</{edge[1:]}"
        else:
            kept.append(piece)
    return "".join(kept)


def _block(text: str, kind: PassageKind | None) -> Block:
    return Block(_TASK_BOX.sub("", text, count=1) if kind is PassageKind.LIST_ITEM and text[:1] == "[" else text, kind)


def _plain(inline: Token) -> str:
    """The words of an inline token without its markup; an image gives its alternative text.

    What is struck out is left out, and marks of footnotes are.
    """
    pieces: list[str] = []
    struck = 0
    for child in inline.children or []:
        struck += child.nesting if child.type in ("s_open", "s_close") else 0
        if struck:
            continue
        if child.type in ("text", "code_inline", "image"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
    return _FOOTNOTE_MARK.sub("", "".join(pieces))
