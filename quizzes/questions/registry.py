"""Which kinds there are: a module of this package that defines a QuestionType is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from inspect import isabstract
from types import MappingProxyType, ModuleType

from quizzes.questions.base import QuestionType

PACKAGE = "quizzes.questions"
REQUIRED = ("kind", "label", "control")


class UnknownKind(LookupError):
    """No module of this package defines the kind asked for."""


class MisnamedKind(TypeError):
    """A module defines a kind under another name than its own, without a name, or a second time."""


def registry() -> Mapping[str, QuestionType]:
    """Every kind by its name, in alphabetical order; read-only, found once for each process."""
    return _discovered()


def question_type(kind: str) -> QuestionType:
    """The kind of that name. Raises UnknownKind, with the names there are."""
    try:
        return registry()[kind]
    except (KeyError, TypeError):
        raise UnknownKind(f"There is no question kind {kind!r}. There are: {', '.join(registry())}.") from None


def kinds() -> list[QuestionType]:
    """Every kind, in alphabetical order of its name."""
    return list(registry().values())


def kinds_in(modules: Iterable[ModuleType]) -> dict[str, QuestionType]:
    """The kinds that these modules define. Raises MisnamedKind when one is unnamed, misnamed or there twice."""
    found: dict[str, QuestionType] = {}
    for module in modules:
        for question_class in _defined_in(module):
            kind = _checked_name(question_class, module)
            if kind in found:
                raise MisnamedKind(f"The kind {kind!r} is defined twice; the second time in {module.__name__}.")
            found[kind] = question_class()
    return dict(sorted(found.items()))


@cache
def _discovered() -> Mapping[str, QuestionType]:
    package = importlib.import_module(PACKAGE)
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    return MappingProxyType(kinds_in(importlib.import_module(f"{PACKAGE}.{name}") for name in names))


def _defined_in(module: ModuleType) -> Iterator[type[QuestionType]]:
    for value in vars(module).values():
        is_kind = isinstance(value, type) and issubclass(value, QuestionType) and not isabstract(value)
        if is_kind and value.__module__ == module.__name__:
            yield value


def _checked_name(question_class: type[QuestionType], module: ModuleType) -> str:
    missing = [name for name in REQUIRED if not hasattr(question_class, name)]
    if missing:
        raise MisnamedKind(f"{question_class.__qualname__} in {module.__name__} has no {', '.join(missing)}.")
    file_name = module.__name__.rpartition(".")[2]
    if question_class.kind != file_name:
        raise MisnamedKind(f"{module.__name__} defines the kind {question_class.kind!r}; name it {file_name!r}.")
    return question_class.kind
