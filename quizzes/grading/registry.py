"""Which graders there are: a module of this package that offers a GRADER is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any

from quizzes.grading.base import Grader
from quizzes.questions import question_type

PACKAGE = "quizzes.grading"


class UnknownGrader(LookupError):
    """No module of this package offers the grader asked for."""


class MisnamedGrader(TypeError):
    """A module offers a grader under another name than its own."""


def graders() -> Mapping[str, Grader]:
    """Every grader by its name; read-only, found once for each process."""
    return _discovered()


def grader_named(name: str) -> Grader:
    """The grader of that name. Raises UnknownGrader, with the names there are."""
    try:
        return graders()[name]
    except KeyError:
        raise UnknownGrader(f"There is no grader {name!r}. There are: {', '.join(graders())}.") from None


def grader_label(kind: str, content: Any) -> str:
    """What an event records as its grader: "short_text@2" for rules, which live in the kind, else "similarity@4"."""
    question = question_type(kind)
    name = question.grader_for(content)
    return f"{kind}@{question.version}" if name == "rules" else f"{name}@{grader_named(name).version}"


def heeds_precedents(kind: str, content: Any) -> bool:
    """Whether the grader of this content looks at what people gave before."""
    return grader_named(question_type(kind).grader_for(content)).heeds_precedents


def graders_in(modules: Iterable[ModuleType]) -> dict[str, Grader]:
    """The graders that these modules offer. Raises MisnamedGrader."""
    found: dict[str, Grader] = {}
    for module in modules:
        grader: Grader | None = getattr(module, "GRADER", None)
        if grader is None:
            continue
        file_name = module.__name__.rpartition(".")[2]
        if grader.name != file_name:
            raise MisnamedGrader(f"{module.__name__} offers the grader {grader.name!r}; name it {file_name!r}.")
        found[grader.name] = grader
    return found


@cache
def _discovered() -> Mapping[str, Grader]:
    package = importlib.import_module(PACKAGE)
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    return MappingProxyType(graders_in(importlib.import_module(f"{PACKAGE}.{name}") for name in names))
