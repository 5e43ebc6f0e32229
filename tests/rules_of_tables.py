"""What a table refuses and what it takes, shown by changed copies of rows that it took."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint, Model, UniqueConstraint

Changes = Mapping[str, Any]
Find = Callable[[str], Any]


@dataclass(frozen=True)
class Other:
    """Another row than the copied one refers to, by its name in the scene; stands for it in a rule's changes."""

    name: str


@dataclass(frozen=True)
class Rule:
    """A constraint by its name. `row` names the row of the scene that is copied, with each of the changes.

    A copy that is refused breaks this constraint and no other; one that is taken comes as near to it as can be.
    """

    name: str
    row: str
    refused: Sequence[Changes]
    taken: Sequence[Changes]


def known(name: str, row: str, field: str, values: Iterable[str], apart: dict[str, Any]) -> Rule:
    """The rule that a field has one of these words; `apart` keeps the copy from breaking another rule."""
    listed = list(values)
    return Rule(
        name,
        row,
        refused=[{**apart, field: word} for word in ("none", "", listed[0].upper())],
        taken=[{**apart, field: word} for word in listed],
    )


def fraction(name: str, row: str, field: str, apart: dict[str, Any], *, least: int = 0, may_be_absent: bool) -> Rule:
    """The rule that a field is between `least` and 1, both included."""
    millionth = Decimal("0.000001")
    return Rule(
        name,
        row,
        refused=[{**apart, field: value} for value in (least - millionth, 1 + millionth, Decimal(9), Decimal(-9))],
        taken=[{**apart, field: value} for value in (Decimal(least), Decimal(1), *([None] if may_be_absent else []))],
    )


def kept_badly(rule: Rule, scene: Mapping[str, Model]) -> list[tuple[Changes, set[str]]]:
    """The copies that the database treats otherwise than the rule says, each with what refused it."""

    def tried(copies: Sequence[Changes]) -> list[tuple[Changes, set[str]]]:
        return [(changes, broken_by(scene[rule.row], changes, scene.__getitem__)) for changes in copies]

    wrongly_taken = [(changes, broken) for changes, broken in tried(rule.refused) if rule.name not in broken]
    wrongly_refused = [(changes, broken) for changes, broken in tried(rule.taken) if broken]
    return wrongly_taken + wrongly_refused


def said_badly(rule: Rule, scene: Mapping[str, Model]) -> list[Changes]:
    """The copies of which a form would say otherwise than the database: it asks before it writes."""
    tried = [(changes, False) for changes in rule.refused] + [(changes, True) for changes in rule.taken]
    return [changes for changes, is_sound in tried if _is_sound(scene, rule, changes) != is_sound]


def _is_sound(scene: Mapping[str, Model], rule: Rule, changes: Changes) -> bool:
    try:
        changed(scene[rule.row], changes, scene.__getitem__).validate_constraints()
    except ValidationError:
        return False
    return True


def copied(row: Model, changes: Changes, find: Find) -> Model:
    """A stored copy of the row with these changes and a uuid of its own."""
    copy = changed(row, changes, find)
    copy.save(force_insert=True)
    return copy


def changed(row: Model, changes: Changes, find: Find) -> Model:
    """A copy as in `copied` that is not stored."""
    copy = type(row)._default_manager.get(pk=row.pk)
    copy.pk, copy._state.adding = None, True
    if any(field.name == "uuid" for field in copy._meta.fields):
        changes = {"uuid": uuid4(), **changes}
    for name, value in changes.items():
        setattr(copy, name, find(value.name) if isinstance(value, Other) else value)
    return copy


def broken_by(row: Model, changes: Changes, find: Find) -> set[str]:
    """The names of the constraints that refuse the copy; none when it is taken. It is not kept either way.

    Two rules on the same columns that hold under different conditions are one to SQLite, and are both named.
    """
    try:
        with transaction.atomic():
            copied(row, changes, find)
            transaction.set_rollback(True)
    except IntegrityError as error:
        return {each.name for each in row._meta.constraints if _is_told(each, type(row), str(error))}
    return set()


def _is_told(constraint: BaseConstraint, model: type[Model], message: str) -> bool:
    """Whether the database's message is about this constraint. SQLite tells of columns where values are not unique."""
    if connection.vendor == "sqlite" and isinstance(constraint, UniqueConstraint):
        told = re.findall(rf"{model._meta.db_table}\.(\w+)", message)
        return told == [model._meta.get_field(name).column for name in constraint.fields]  # type: ignore[union-attr]  # -- no relation from elsewhere is in a constraint
    return bool(re.search(rf"\b{constraint.name}\b", message))


def rules_of(app: str) -> set[str]:
    """The names of all constraints of the app's models."""
    return {rule.name for model in apps.get_app_config(app).get_models() for rule in model._meta.constraints}
