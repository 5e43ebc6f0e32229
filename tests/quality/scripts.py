"""Reads scripts as far as their words go: what a literal holds, and which sentences of the page a script says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "static" / "js"
TOKEN = re.compile(
    r"""
    //[^\n]* | /\*.*?\*/                                        # a remark
    | (?<=[(,=:[!&|?{};\n])\s*/(?![*/])(?:\\.|\[[^\]]*\]|[^/\\\n])+/   # a regular expression
    | "(?P<double>(?:\\.|[^"\\])*)" | '(?P<single>(?:\\.|[^'\\])*)'
    """,
    re.VERBOSE | re.DOTALL,
)
SELECTOR = re.compile(r"[\[\]#=<>]|:(?:is|not|checked|has)\b|^\.|[,>] ?\.")
SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:]? +[^\W\d_]|^[A-ZÀ-Þ][^\W\d_]{2,}[.?!…]?$|^ +[^\W\d_]+|[^\W\d_]+[,:;]? +$")
SAID = re.compile(r"\bsay([A-Z]\w*)\b")
SERVED = re.compile(r"\bdata-say-([\w-]+)=")
NOT_FOR_PEOPLE = frozenset(
    """Accept Escape Enter POST PUT GET UTC KeyT state
    Content-Type Content-Encoding Content-Length Set-Cookie Accept-Language Postil-Keep Postil-Kept-At""".split()
)
"""Names of keys, headers and classes that look like a word for people."""
CLASSES = frozenset({"notice warn", "btn small"})
ELEMENTS = frozenset("a button input label main option p select summary textarea".split())
MARKUP = re.compile(r"<[^>]*>?")


def scripts() -> list[Path]:
    """Every script of our own."""
    return sorted(SCRIPTS.rglob("*.js"))


def literals(source: str) -> list[str]:
    """The texts that a script holds, in the order in which they come; templates as their pieces between the values."""
    found: list[str] = []
    at = 0
    while at < len(source):
        if source[at] == "`":
            pieces, at = _template(source, at + 1)
            found += pieces
            continue
        match = TOKEN.match(source, at)
        if match:
            found += [text for text in (match["double"], match["single"]) if text is not None]
            at = match.end()
        else:
            at += 1
    return found


def _template(source: str, at: int) -> tuple[list[str], int]:
    """The texts of a template literal that begins here, those within its values behind its own, and where it ends."""
    pieces, inside = [""], []
    while source[at] != "`":
        if source.startswith("${", at):
            end = _end_of_value(source, at + 2)
            inside += literals(source[at + 2 : end])
            pieces.append("")
            at = end + 1
        else:
            width = 2 if source[at] == "\\" else 1
            pieces[-1] += source[at : at + width]
            at += width
    return [*(piece for piece in pieces if piece), *inside], at + 1


def _end_of_value(source: str, at: int) -> int:
    depth = 0
    while depth or source[at] != "}":
        if source[at] == "`":
            _, at = _template(source, at + 1)
            continue
        match = TOKEN.match(source, at)
        depth += 0 if match else {"{": 1, "}": -1}.get(source[at], 0)
        at = match.end() if match else at + 1
    return at


def words_of_its_own(source: str) -> list[str]:
    """What a script would say to people in a language that it chose itself."""
    texts = [text for literal in literals(source) for text in MARKUP.split(literal)]
    return [text for text in texts if SENTENCE.search(text) and not _is_for_programs(text)]


def _is_for_programs(text: str) -> bool:
    is_selector = SELECTOR.search(text) or set(re.findall(r"\w+", text)) <= ELEMENTS
    return bool(is_selector) or text.strip() in NOT_FOR_PEOPLE | CLASSES


def said_in(source: str) -> set[str]:
    """The names of the page's sentences that a script says, as attributes have them: "saved" of `words.saySaved`."""
    bare = re.sub(r"//[^\n]*", "", source)
    plain = {re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower() for name in SAID.findall(bare)}
    return plain | set(re.findall(r"data-say-([\w-]+)=", bare))


def served_in(template: str) -> set[str]:
    """The names of the sentences that a template brings for scripts."""
    return set(SERVED.findall(template))
