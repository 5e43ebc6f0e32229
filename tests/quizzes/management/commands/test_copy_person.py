"""`manage.py copy_person`: everything that is kept about one person, and nothing of anybody else."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from quizzes.domain.personal_copy import FORMAT
from tests.quizzes.domain.regraded import Class

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def copied(who: object) -> dict[str, Any]:
    out = StringIO()
    call_command("copy_person", str(who), stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def learners() -> list[User]:
    return list(User.objects.filter(enrollments__role="learner").order_by("pk"))


@pytest.mark.parametrize("named_by", ["email", "uuid"])
def test_it_holds_what_they_answered_and_nobody_elses_words(named_by: str) -> None:
    Class().answered("dry machine", "a wet wall")
    one, other = learners()

    copy = copied(getattr(one, named_by))

    assert (copy["format"], copy["person"]["uuid"]) == (FORMAT, str(one.uuid))
    [attempt] = copy["courses"][0]["attempts"]
    assert [question["answer"] for question in attempt["questions"]] == ["dry machine"]
    assert [word for word in ("a wet wall", other.name, str(other.email)) if word in json.dumps(copy)] == []


def test_somebody_who_did_nothing_has_a_copy_too() -> None:
    scene = Class()

    copy = copied(scene.instructor.uuid)

    assert [part["role"] for part in copy["courses"]] == ["owner"]
    assert copy["courses"][0]["attempts"] == []


def test_words_of_every_script_are_written_as_they_are() -> None:
    Class().answered("жаждущая машина")
    out = StringIO()

    call_command("copy_person", str(learners()[0].uuid), stdout=out)

    assert "жаждущая машина" in out.getvalue()


@pytest.mark.parametrize("who", ["nobody@example.org", UUID(int=7), "", "7"])
def test_nobody_is_told_of_as_nobody(who: object) -> None:
    with pytest.raises(CommandError):
        copied(who)


def test_a_copy_changes_nothing() -> None:
    Class().answered("dry machine")
    before = list(User.objects.order_by("pk").values())

    copied(learners()[0].uuid)

    assert list(User.objects.order_by("pk").values()) == before
