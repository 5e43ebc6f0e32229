from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tests.quality.source import PACKAGES, ROOT

AUTOMATIC = re.compile(r"^\d{4}_(auto_\d|alter_|remove_|add_field|initial$|.*_and_more$)")


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def names_in(condition: object) -> set[str]:
    """The fields that a condition speaks about."""
    if not isinstance(condition, models.Q):
        return set()
    names: set[str] = set()
    for child in condition.children:
        names |= {child[0].partition("__")[0]} if isinstance(child, tuple) else names_in(child)
    return names


def test_a_field_with_choices_has_a_constraint_in_the_database() -> None:
    unguarded = []
    for model in our_models():
        checks = [
            constraint for constraint in model._meta.constraints if isinstance(constraint, models.CheckConstraint)
        ]
        guarded = {name for check in checks for name in names_in(check.condition)}
        fields = [field for field in model._meta.local_fields if field.choices]
        unguarded += [f"{model.__name__}.{field.name}" for field in fields if field.name not in guarded]
    assert unguarded == []


def test_a_constraint_says_its_rule() -> None:
    unnamed = [
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if not re.fullmatch(r"[a-z][a-z0-9_]{5,}", constraint.name)
    ]
    assert unnamed == []


def test_a_migration_is_named_for_what_it_does() -> None:
    files = [path for top in PACKAGES for path in (ROOT / top).glob("**/migrations/[0-9]*.py")]
    assert [path.name for path in files if AUTOMATIC.match(path.stem)] == []


@pytest.mark.django_db
def test_the_migrations_are_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_table_has_a_public_name_or_is_never_shown() -> None:
    """Keys never leave the process: whatever has an address has a uuid or a slug for it."""
    addressed = [model for model in our_models() if hasattr(model, "get_absolute_url")]
    nameless = [model.__name__ for model in addressed if not hasattr(model, "uuid") and not hasattr(model, "slug")]
    assert nameless == []
