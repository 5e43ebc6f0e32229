"""HTML pages: the article without the page around it, headings, lists, quotes, tables and captions kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from course.reading.charsets import text_in
from course.reading.errors import UnreadableSource
from course.reading.formats.blocks import Block, source_of
from course.reading.formats.line_breaks import HEADINGS, laid_out
from course.reading.hygiene import decode
from course.reading.outline import PassageKind, Source

EXTENSIONS = (".html", ".htm", ".xhtml")

MAX_HTML_CHARACTERS = 5_000_000
MAX_DEPTH = 200
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]{2}|\S+")
"""A word; where no spaces part them, as in Chinese, Japanese and Thai, two signs count as one."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
# A private character in front tells the extractor's paragraphs that were captions; it drops figcaption elements.
_CAPTION = "\ue000"
MOST_IN_CELL = 40
"""Words of a table's cell; one of more holds running text, and the table lays a page out."""
_DROPPED = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "button",
    "svg",
    "iframe",
)
_BLOCKS = HEADINGS | {"p", "li", "blockquote", "pre", "tr", "figcaption", "caption", "dt", "dd", "td"}
_HOLDERS = {"ul", "ol", "dl", "table", "tbody", "thead", "div", "section", "article", "figure"}
_NO_ARTICLE = (
    "This page has no article text, only navigation; open the article itself and save that page, or paste its text."
)


def read(data: bytes) -> Source:
    """The source of a saved web page. Raises UnreadableSource, `navigation_only` and `too_deep` among others."""
    return source_of_html(_decode_page(data))


def source_of_html(text: str) -> Source:
    """The source of a page's markup; the article is what trafilatura keeps, else every block outside navigation."""
    if len(text) > MAX_HTML_CHARACTERS:
        raise UnreadableSource("too_long", "This page is too long to read; save only its article, or paste the text.")
    tree = laid_out(parsed(text))
    _keep_captions(tree)
    document: Any = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        favor_recall=True,
        with_metadata=True,
    )
    blocks = list(_blocks(document.body)) if document is not None and document.body is not None else []
    if _is_thin(blocks):
        blocks = list(plain_blocks(laid_out(parsed(text))))
        _check_article(blocks)
    else:
        blocks = list(with_headings(blocks, list(plain_blocks(laid_out(parsed(text))))))
    _check_words(blocks, linked=_linked_words(parsed(text)))
    title, author = (document.title or "", document.author or "") if document is not None else ("", "")
    return source_of(blocks, title=_title(title, blocks), author=author)


def _decode_page(data: bytes) -> str:
    declared = _CHARSET.search(data[:4_096])
    if declared is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        text = text_in(declared.group(1).decode("ascii"), data)
        return decode(data) if text is None else text
    return decode(data)


def parsed(text: str) -> Any:
    """The element tree of a page. Raises UnreadableSource `empty` or `too_deep`."""
    cleaned = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|<\?xml[^>]{0,200}\?>", "", text)
    try:
        tree = lxml_html.document_fromstring(cleaned)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableSource(
            "empty", "There is no text in this page; choose another file, or paste the article."
        ) from error
    if _depth(tree) > MAX_DEPTH:
        raise UnreadableSource(
            "too_deep", "This page is nested too deeply to read; open it in a browser and paste its text."
        )
    return tree


def _depth(tree: Any) -> int:
    deepest, depth = 0, 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _keep_captions(tree: Any) -> None:
    for caption in list(tree.iter("figcaption")):
        words = " ".join(caption.text_content().split())
        figure = next(caption.iterancestors("figure"), None)
        parent = figure.getparent() if figure is not None else None
        if parent is None or figure is None or not words:
            continue
        paragraph = etree.SubElement(parent, "p")
        paragraph.text = _CAPTION + words
        parent.insert(parent.index(figure) + 1, paragraph)
        caption.getparent().remove(caption)


def _blocks(element: Any, around: PassageKind | None = None) -> Iterator[Block]:
    """The blocks of the extractor's tree: head, p, list/item, quote, table/row/cell."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag == "head":
            yield Block(_text(child), PassageKind.HEADING, _level(child.get("rend", "")))
        elif child.tag == "row":
            yield from _row(child)
        elif child.tag == "item" and child.find("list") is not None:
            yield Block(own_text(child, {"list"}), PassageKind.LIST_ITEM)
            yield from (block for inner in child.iterchildren("list") for block in _blocks(inner, around))
        elif child.tag in ("list", "table") or (child.tag == "quote" and len(child)):
            yield from _blocks(child, PassageKind.QUOTE if child.tag == "quote" else around)
        else:
            yield _leaf(child, around)


def _row(row: Any) -> Iterator[Block]:
    """One line for a row of a table; each piece of a cell's running text for itself."""
    texts = [_text(cell) for cell in row]
    if all(len(_words(text)) <= MOST_IN_CELL for text in texts):
        yield Block(" | ".join(filter(None, texts)), PassageKind.TABLE)
        return
    for cell in row:
        yield Block(own_text(cell, {"p", "list", "quote", "head", "table"}))
        yield from _blocks(cell)


def _leaf(element: Any, around: PassageKind | None) -> Block:
    text = _text(element)
    if text.startswith(_CAPTION):
        return Block(text.lstrip(_CAPTION), PassageKind.FIGURE)
    kind = {"item": PassageKind.LIST_ITEM, "quote": PassageKind.QUOTE}.get(element.tag, around)
    return Block(text, kind)


def _text(element: Any) -> str:
    for br in list(element.iter("lb", "br")):
        br.tail = " " + (br.tail or "")
    for inner in element.iterdescendants("p", "list", "item", "cell", "div", "li"):
        inner.text, inner.tail = " " + (inner.text or ""), " " + (inner.tail or "")
    return " ".join("".join(element.itertext()).split())


def own_text(element: Any, blocks: Collection[str]) -> str:
    """The words of an element that stand outside its inner blocks of these tags."""
    pieces = [element.text or ""]
    for child in element:
        pieces += ["" if child.tag in blocks else _text(child) if isinstance(child.tag, str) else "", child.tail or ""]
    return " ".join(" ".join(pieces).split())


def _level(rend: str) -> int:
    return int(rend[1]) if rend[1:2].isdigit() else 2


def _is_thin(blocks: list[Block]) -> bool:
    return sum(len(block.text.split()) for block in blocks) < 40


def plain_blocks(tree: Any) -> Iterator[Block]:
    """Every block of a page that stands outside scripts, navigation, header and footer; for pages of few words."""
    for element in list(tree.iter(*_DROPPED)):
        if element.getparent() is not None and element.tag != "header":
            element.drop_tree()
    rows = {row for row in tree.iter("tr") if _is_row(row)}
    for element in tree.iter(*_BLOCKS):
        if element in rows:
            yield Block(" | ".join(filter(None, map(_text, element))), PassageKind.TABLE)
        elif rows.isdisjoint(element.iterancestors("tr")):
            yield _plain_block(element)


def _is_row(row: Any) -> bool:
    """Whether a table's row says one thing in each of its cells."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    is_plain = not any(cell.find(".//table") is not None for cell in cells)
    return is_plain and len(cells) > 1 and all(len(_words(cell.text_content())) <= MOST_IN_CELL for cell in cells)


def with_headings(blocks: Sequence[Block], page: Sequence[Block]) -> Iterator[Block]:
    """The blocks with those headings of the page put back that stand right above one of them.

    An extractor may leave out very short headings, and all of them from a short article: then they are plain lines,
    since what stands above a page's own paragraphs may be among them. A heading right below the title is a standfirst.
    """
    known = {block.text for block in blocks}
    is_marked = any(block.kind is PassageKind.HEADING for block in blocks)
    above: dict[str, list[Block]] = {}
    waiting: list[Block] = []
    for block in page:
        if block.kind is PassageKind.HEADING:
            waiting.append(block)
        elif block.text:
            above.setdefault(block.text, [] if waiting and waiting[0].level == 1 else waiting)
            waiting = []
    for block in blocks:
        missing = [heading for heading in above.pop(block.text, []) if heading.text not in known]
        yield from (heading if is_marked else Block(heading.text) for heading in missing)
        yield block


def _plain_block(element: Any) -> Block:
    has_inner = any(inner.tag in _BLOCKS for inner in element.iterdescendants())
    text = own_text(element, _BLOCKS | _HOLDERS) if has_inner else _text(element)
    if element.tag[0] == "h" and element.tag[1:].isdigit():
        return Block(text, PassageKind.HEADING, int(element.tag[1]))
    around = {ancestor.tag for ancestor in element.iterancestors()}
    if element.tag in ("figcaption", "caption"):
        return Block(text, PassageKind.FIGURE)
    if element.tag == "li" or "li" in around:
        return Block(text, PassageKind.LIST_ITEM)
    if element.tag == "blockquote" or "blockquote" in around:
        return Block(text, PassageKind.QUOTE)
    return Block(text, PassageKind.TABLE if element.tag in ("tr", "td") else None)


def _check_article(blocks: list[Block]) -> None:
    running = [block for block in blocks if block.kind in (None, PassageKind.QUOTE) and len(_words(block.text)) >= 5]
    if not running:
        raise UnreadableSource("navigation_only", _NO_ARTICLE)


def _linked_words(tree: Any) -> set[str]:
    return {word for link in tree.iter("a") for word in _words(link.text_content())}


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _check_words(blocks: list[Block], *, linked: set[str]) -> None:
    """An article says something beside its links: somewhere, five words that stand in none of them."""
    if not any(sum(word not in linked for word in _words(block.text)) >= 5 for block in blocks):
        raise UnreadableSource("navigation_only", _NO_ARTICLE)


def _title(title: str, blocks: list[Block]) -> str:
    """The page's top heading where it has just one; it is cleaner than the title in the page's head."""
    tops = [block.text for block in blocks[:6] if block.kind is PassageKind.HEADING and block.level == 1]
    return tops[0] if len(tops) == 1 else title
