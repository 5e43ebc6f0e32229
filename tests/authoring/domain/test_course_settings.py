"""What readers are told of a course is changed as a whole, once, and by name in its history."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.domain.audit import history
from authoring.domain.course_settings import TOLD, change_course
from course.models import CertificateFor, Course, Visibility
from tests.factories import make_course, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

changes = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Two towns", "A lake"]),
        "summary": st.sampled_from(["", "A lake feeds two towns."]),
        "visibility": st.sampled_from(Visibility.values),
        "certificate_for": st.sampled_from(CertificateFor.values),
    },
)


def told_of(course: Course) -> dict[str, str]:
    kept = Course.objects.get(pk=course.pk)
    return {name: str(getattr(kept, name)) for name in (*TOLD, "certificate_for")}


class TestLaws(TestCase):
    @given(changes)
    def test_what_is_given_stands_what_is_not_stays_and_again_changes_nothing(self, given: dict[str, str]) -> None:
        course, person = make_course(), make_person()
        before = told_of(course)

        first = change_course(course, changes=given, actor=person)
        entries = len(history(f"course:{course.uuid}"))
        again = change_course(course, changes=given, actor=person)

        assert told_of(course) == {**before, **given}
        assert first == again
        assert len(history(f"course:{course.uuid}")) == entries


def test_two_sorts_of_settings_are_two_entries_by_their_names_alone() -> None:
    course, person = make_course(), make_person()
    change_course(course, changes={"summary": "s", "title": "t", "certificate_for": "reading"}, actor=person)

    entries = [(entry.verb, entry.detail, entry.actor) for entry in history(f"course:{course.uuid}")]
    assert sorted(entries, key=lambda entry: entry[0]) == [
        ("changed settings", {"settings": ["title", "summary"]}, person),
        ("changed what a certificate takes", {"for": "reading"}, person),
    ]
