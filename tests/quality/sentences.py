"""Finds words for people that no translation would reach, in templates and in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAID = re.compile(
    r"""{% (block)?trans(late)?\b.*?%}(?(1).*?{% endblocktrans(?:late)? %})|{{ "[^"]*"\|forms:"[^"]*" }}""", re.DOTALL
)
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{% block page_class %}.*?{% endblock %}", re.DOTALL)
CONSTANT = re.compile(r"""(?P<before>_\(|(?:date|now|counted|floatformat|load|pluralize):?\s?)?(["'])(?P<text>.*?)\2""")
WORDS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"^[A-Z][a-z]+$|\w+ \w+")
READ_ALOUD = ("aria-label", "title", "alt", "placeholder", "label", "aria-description")
FOR_SCRIPTS = "data-say-"
SAID_TO_SCRIPTS = re.compile(rf'\b{FOR_SCRIPTS}[\w-]+="\s*"')
"""Nothing is left of it where its sentence was said; a template may write it into another's tag."""
NAMES = frozenset({"Postil", "postil", "CSV", "XLSX", "JSON", "GIFT", "REST", "API", "URL", "Moodle", "Canvas"})


def unsaid_in_template(source: str) -> list[str]:
    """The words of a template that stand in it as they are, in the order in which they come."""
    bare = SAID_TO_SCRIPTS.sub("", SAID.sub(" ", COMMENT.sub("", source)))
    return [*_constants(bare), *_shown(TAG.sub(" ", bare))]


def _constants(source: str) -> Iterator[str]:
    """Words that a tag is given, but for those of formats and those that are said."""
    for tag in TAG.findall(source):
        if not tag.startswith(("{#", "{% url", "{% extends", "{% static", "{% load", "{% csrf")):
            for constant in CONSTANT.finditer(tag):
                if not constant["before"] and SENTENCE.search(constant["text"]):
                    yield constant["text"]


def _shown(markup: str) -> list[str]:
    reader = _Reader()
    # What another template includes within a tag is read as standing in one.
    reader.feed(f"<i {markup}>" if markup.lstrip().startswith(FOR_SCRIPTS) else markup)
    reader.close()
    return [text for text in map(str.strip, reader.texts) if set(WORDS.findall(text)) - NAMES]


class _Reader(HTMLParser):
    """Collects what is seen or read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style", "code", "kbd"}
        self.texts += [value or "" for name, value in attrs if name in READ_ALOUD or name.startswith(FOR_SCRIPTS)]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style", "code", "kbd"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.*"))


SAYING = frozenset({"say", "marked", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "counted"})
FOR_PROGRAMMERS = frozenset({"ValueError", "TypeError", "RuntimeError", "LookupError", "KeyError", "AssertionError"})
IN_CODE = re.compile(r"^[^a-z<>{}=_/]*[A-Z“][^<>=_/]*[a-z]{2,} [a-z]|^[A-Z][a-z]+( [a-z]+)+[.?!:]?$")


def unsaid_in_code(source: str) -> list[str]:
    """The sentences of a module that go to people as they stand, in the order in which they come."""
    tree = ast.parse(source)
    return [text for text in _texts(tree, _silent_in(tree)) if IN_CODE.search(text)]


def misnamed(source: str) -> list[str]:
    """The sentences of a module whose names in braces are not just those of their values."""
    said = [
        (str(call.args[0].value), {each.arg for each in call.keywords})
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "say"
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    return [text for text, given in said if given and set(re.findall(r"{(\w+)}", text)) != given]


def labels_in_code(source: str) -> list[str]:
    """The single words of a module that forms and pages show as labels: of fields, of kinds and of choices."""
    return [
        each.value
        for node in ast.walk(ast.parse(source))
        for each in _labels(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value
    ]


def _labels(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        yield from (each.value for each in node.keywords if each.arg in {"label", "help_text", "help"})
        yield from node.args[1:2] if getattr(node.func, "id", "") == "Field" else ()
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "label":
        yield node.value
    if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("Choices") for base in node.bases):
        named = [each.value for each in node.body if isinstance(each, ast.Assign)]
        yield from (each.elts[1] for each in named if isinstance(each, ast.Tuple) and len(each.elts) > 1)


def _silent_in(tree: ast.AST) -> set[int]:
    """What is no word for a reader, or is said: docstrings, arguments of what says, faults of programs, logs."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            silent |= {id(each.value) for each in node.body if isinstance(each, ast.Expr)}
        if isinstance(node, ast.FunctionDef) and node.name == "examples":
            silent |= {id(each) for each in ast.walk(node)}
        if isinstance(node, ast.Call) and _is_for_no_reader(node):
            silent |= {id(each) for each in ast.walk(node) if each is not node}
    return silent


def _is_for_no_reader(call: ast.Call) -> bool:
    called = call.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    holder = getattr(getattr(called, "value", None), "id", "")
    return name in SAYING or name in FOR_PROGRAMMERS or holder in {"logger", "log", "re"}


def _texts(tree: ast.AST, silent: set[int]) -> Iterator[str]:
    inside = {id(each) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(map(_part, node.values))


def _part(part: ast.AST) -> str:
    """A piece of an f-string as a message has it: a value by its name."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    value = getattr(part, "value", None)
    name = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "value")
    return f"{{{name.strip('_')}}}"
