"""Dropping a file in registers a kind; a kind that hides its name is refused."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import quizzes.questions
from quizzes.questions import MisnamedKind, UnknownKind, kinds, question_type, registry
from quizzes.questions.base import QuestionType
from quizzes.questions.registry import kinds_in
from quizzes.questions.true_false import TrueFalse

SIX = ["cloze", "evidence", "multiple_choice", "short_text", "single_choice", "true_false"]


def module_with(name: str, **classes: type) -> ModuleType:
    """A module of that name that defines the classes."""
    module = ModuleType(f"quizzes.questions.{name}")
    for class_name, value in classes.items():
        value.__module__ = module.__name__
        setattr(module, class_name, value)
    return module


def kind_class(kind: str, **names: str) -> type:
    return type("Kind", (TrueFalse,), {"kind": kind, **names})


def test_the_six_kinds_are_there_in_alphabetical_order() -> None:
    assert set(SIX) <= set(registry())
    assert [question.kind for question in kinds()] == sorted(registry())
    assert question_type("cloze") is registry()["cloze"]


def test_an_unknown_kind_names_those_there_are() -> None:
    with pytest.raises(UnknownKind, match="single_choice"):
        question_type("essay_machine")


def test_the_registry_cannot_be_changed() -> None:
    found: Any = registry()
    with pytest.raises(TypeError):
        found["mine"] = TrueFalse()


def test_a_file_dropped_in_registers_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "from quizzes.questions.single_choice import SingleChoice\n"
        "class Dropped(SingleChoice):\n"
        "    kind = 'dropped_in_by_a_test'\n"
        "    label = 'Dropped in'\n"
    )
    (tmp_path / "dropped_in_by_a_test.py").write_text(source)
    monkeypatch.setattr(quizzes.questions, "__path__", [*quizzes.questions.__path__, str(tmp_path)])
    from_registry = sys.modules["quizzes.questions.registry"]
    found = from_registry._discovered.__wrapped__()
    monkeypatch.delitem(sys.modules, "quizzes.questions.dropped_in_by_a_test")
    assert found["dropped_in_by_a_test"].label == "Dropped in"
    assert set(found) == set(registry()) | {"dropped_in_by_a_test"}


def test_a_kind_carries_its_files_name() -> None:
    with pytest.raises(MisnamedKind, match="name it 'right'"):
        kinds_in([module_with("right", Kind=kind_class("wrong"))])


def test_two_kinds_of_one_name_are_refused() -> None:
    twice = module_with("twice", One=kind_class("twice"), Two=kind_class("twice"))
    with pytest.raises(MisnamedKind, match="defined twice"):
        kinds_in([twice])


def test_a_kind_without_a_label_is_refused() -> None:
    bare = type("Bare", (QuestionType,), dict.fromkeys(QuestionType.__abstractmethods__))
    with pytest.raises(MisnamedKind, match="kind, label, control"):
        kinds_in([module_with("bare", Bare=bare)])


def test_modules_without_a_kind_and_imported_kinds_are_passed_over() -> None:
    module = ModuleType("quizzes.questions.borrowed")
    vars(module)["TrueFalse"] = TrueFalse
    assert kinds_in([module, sys.modules["quizzes.questions.text_matching"]]) == {}
