"""A learner's record and their end in a course, in a real browser: by mouse, and by keyboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from course.models import Enrollment
from tests.e2e.browsers import violations
from tests.e2e.hands import Hands
from tests.e2e.test_people_lists import WAYS, Teacher, teacher
from tests.factories import make_course, make_enrollment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["teacher"]


@pytest.mark.parametrize(("hands", "scripts"), WAYS)
def test_a_learner_is_taken_out_as_a_file_and_erased(teacher: Teacher, hands: Hands, scripts: bool) -> None:
    course = make_course(owner=teacher.person)
    part = make_enrollment(course)
    page = teacher.opens(course, "people", hands=hands, scripts=scripts)

    teacher.follow(str(part.user))
    with page.expect_download() as begun:
        teacher.follow("Everything as a file")
    record = json.loads(Path(begun.value.path()).read_text(encoding="utf-8"))
    assert (begun.value.suggested_filename, record["person"]["email"]) == (
        "postil-learner-record.json",
        part.user.email,
    )

    teacher.follow("Erase from this course…")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Erase {part.user} from this course")
    if scripts:
        assert violations(page) == []
    teacher.write("Type “erase” if you are sure", "Erase")
    teacher.press("Erase from this course")

    expect(page.get_by_text("The learner is erased from this course.")).to_be_visible()
    expect(page.get_by_text(part.user.email or "")).to_have_count(0)
    assert Enrollment.objects.get(pk=part.pk).user.email is None
