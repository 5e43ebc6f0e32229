"""Gathers every sentence that Postil says into `locale/`: `python -m tests.messages`, which `make messages` runs.

Translations that are there stay; new messages come without one; what nobody says any more goes. Templates are read as
Django compiles them and code as Python parses it, so no other program is needed.
"""

from __future__ import annotations

import ast
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template import engines
from django.template.base import FilterExpression, Variable
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from language import LANGUAGES
from tests.quality.sentences import labels_in_code, unsaid_in_code

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
CODE = ("accounts", "authoring", "course", "hooks", "jobs", "language", "quizzes", "web")
BELOW = ("accounts", "authoring", "course", "hooks", "quizzes")
"""What stands below the doors speaks English; the doors say it again."""
FOR_NO_READER = (
    "/migrations/",
    "/management/",
    "/drafters/",
    "/drafting/roles",
    "/proposals/",
    "/gift/writing",
    "/invented",
    "/demo_",
    "/course_file/tree",
)
"""What is said to programs, to those who run them and to models, or is an article's own language."""
SAYING = ("say", "marked", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy")
CONSTANT = re.compile(r"""_\("([^"]*)"\)""")
COUNTING, FORMS, TELLING = "counted", "forms", "notice_kind"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence as it stands in the code, with its form for several where it counts, and the file it was found in."""

    one: str
    several: str
    where: str

    @property
    def key(self) -> str | tuple[str, str]:
        return (self.one, self.several) if self.several else self.one


def gathered() -> list[Message]:
    """Every message of templates and code, in the order of their files."""
    return [*(each for file in sorted((ROOT / "templates").rglob("*.*")) for each in in_template(file)), *in_code()]


def in_code() -> Iterator[Message]:
    """What modules say, and the sentences of those below the doors."""
    for file in (file for folder in CODE for file in sorted((ROOT / folder).rglob("*.py"))):
        source, where = file.read_text(encoding="utf-8"), str(file.relative_to(ROOT))
        for call in ast.walk(ast.parse(source)):
            if isinstance(call, ast.Call):
                yield from _said(call, where)
        if where.startswith(BELOW) and not any(part in where for part in FOR_NO_READER):
            yield from (Message(text, "", where) for text in (*unsaid_in_code(source), *labels_in_code(source)))


def _said(call: ast.Call, where: str) -> Iterator[Message]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in call.args]
    if name in SAYING and texts and isinstance(texts[0], str) and texts[0]:
        several = texts[1] if name.startswith("ngettext") else ""
        yield Message(texts[0], str(several or ""), where)
    if name == TELLING:
        told = (argument.value for argument in call.keywords if argument.arg in ("one", "many"))
        yield from (Message(str(each.value), "", where) for each in told if isinstance(each, ast.Constant))
    if name == COUNTING:
        yield from of_things(*(text for text in texts if isinstance(text, str)), where=where)


def of_things(*forms: str, where: str) -> Iterator[Message]:
    """What `language.counted` says of these things: none of them, one, several."""
    if forms:
        thing, things = forms if len(forms) == 2 else (forms[0], f"{forms[0]}s")
        yield Message(f"one {thing}", f"{{count}} {things}", where)
        yield Message(f"no {things}", "", where)


def in_template(file: Path) -> Iterator[Message]:
    """What a template says, as Django compiles it."""
    engine: Any = engines["django"]
    template = engine.engine.from_string(file.read_text(encoding="utf-8"))
    where = str(file.relative_to(ROOT))
    for held in everything_in(template.nodelist):
        yield from _of_node(held, where)


def _of_node(held: Any, where: str) -> Iterator[Message]:
    if isinstance(held, BlockTranslateNode):
        several = held.render_token_list(held.plural)[0] if held.plural else ""
        yield Message(held.render_token_list(held.singular)[0], several, where)
    elif isinstance(held, TranslateNode) or (isinstance(held, Variable) and held.translate):
        literal = held.filter_expression.var.literal if isinstance(held, TranslateNode) else held.literal
        yield from [Message(str(literal).replace("%", "%%"), "", where)] if literal else []
    elif isinstance(held, FilterExpression):
        # What a constant says is known by its text alone: compiled, it says itself in whatever language is active.
        yield from (Message(said[1].replace("%", "%%"), "", where) for said in CONSTANT.finditer(held.token))
        for function, arguments in held.filters:
            if function.__name__ == FORMS:
                yield Message(str(held.var), str(arguments[0][1]), where)
            if function.__name__ == COUNTING:
                yield from of_things(*str(arguments[0][1]).split("|"), where=where)


def everything_in(held: Any, seen: set[int] | None = None) -> Iterator[Any]:
    """Every node of a compiled template and everything that a node holds, each once."""
    seen = set() if seen is None else seen
    if id(held) in seen or isinstance(held, str | int | float | bool | None):
        return
    seen.add(id(held))
    yield held
    for part in _parts(held):
        yield from everything_in(part, seen)


def _parts(held: Any) -> Iterable[Any]:
    if isinstance(held, list | tuple):
        return held
    if isinstance(held, dict):
        return held.values()
    if type(held).__module__.partition(".")[0] in {"django", *CODE}:
        slots = [getattr(held, name, None) for kind in type(held).__mro__ for name in getattr(kind, "__slots__", ())]
        return [*slots, *(value for name, value in getattr(held, "__dict__", {}).items() if name != "origin")]
    return ()


def catalog_of(code: str) -> Catalog:
    """The translations into a language as they are kept, none where there is no file yet."""
    path = path_of(code, "po")
    if not path.exists():
        return Catalog(locale=code, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def path_of(code: str, ending: str) -> Path:
    return LOCALE / code / "LC_MESSAGES" / f"django.{ending}"


def renewed(kept: Catalog, messages: Iterable[Message]) -> Catalog:
    """The messages with their kept translations, nothing else, in the order of the files that say them first."""
    made = Catalog(
        locale=kept.locale,
        project="Postil",
        fuzzy=False,
        header_comment="# Postil in another language.",
        creation_date=kept.creation_date,
        revision_date=kept.creation_date,
    )
    for message in messages:
        there = kept.get(message.key) or kept.get(message.one)
        fits = there is not None and isinstance(there.string, tuple) == bool(message.several)
        flags = _flags(message)
        made.add(message.key, there.string if there and fits else None, flags=flags)
    return made


def _flags(message: Message) -> list[str]:
    """Which names a translation has to keep, as translators' programs check it."""
    if "%(" in message.one + message.several:
        return ["python-format"]
    return ["python-brace-format"] if "{" in message.one + message.several else []


def written(catalog: Catalog) -> bytes:
    """The catalogue as it is kept: one message after the other, without lines of code, which change every day."""
    into = io.BytesIO()
    write_po(into, catalog, width=0, no_location=True, omit_header=False)
    return into.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as Python's gettext reads it."""
    into = io.BytesIO()
    made: Any = catalog.creation_date
    whole = Catalog(locale=catalog.locale, fuzzy=False, creation_date=made, revision_date=made)
    for message in catalog:
        if message.id and _is_whole(message.string) and not message.fuzzy:
            whole.add(message.id, message.string)
    write_mo(into, whole)
    return into.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """The messages that have no translation, or one that somebody still has to look at."""
    return [_name(message.id) for message in catalog if message.id and (message.fuzzy or not _is_whole(message.string))]


def _name(key: Any) -> str:
    return key[0] if isinstance(key, tuple) else str(key)


def _is_whole(string: Any) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    messages = gathered()
    for code, _ in LANGUAGES[1:]:
        catalog = renewed(catalog_of(code), messages)
        path_of(code, "po").parent.mkdir(parents=True, exist_ok=True)
        path_of(code, "po").write_bytes(written(catalog))
        path_of(code, "mo").write_bytes(compiled(catalog))
        print(f"{code}: {len(catalog)} messages, {len(missing(catalog))} without a translation")


if __name__ == "__main__":
    main()
