"""What a call is about, if the caller's part in the course grants the permission; else there is nothing (404)."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from course.domain.cohorts import open_cohorts
from course.models import Cohort, Course
from course.rules import courses_where
from quizzes.models import Question, Quiz


def permitted_course(request: Request, slug: str, permission: str) -> Course:
    """The course of this slug. `permission` is one of course.rules.GRANTS."""
    return get_object_or_404(courses_where(request.user, permission), slug=slug)


def permitted_quiz(request: Request, uuid: UUID, permission: str) -> Quiz:
    """The quiz, with its course."""
    quizzes = Quiz.objects.filter(course__in=courses_where(request.user, permission))
    return get_object_or_404(quizzes.select_related("course"), uuid=uuid)


def question_in(request: Request, slug: str, question: UUID) -> Question:
    """The question of a course whose answers the caller may grade, with its course."""
    course = permitted_course(request, slug, "course.grade")
    return get_object_or_404(Question.objects.select_related("course"), course=course, uuid=question)


def is_owned(request: Request, course: Course) -> bool:
    """Whether the caller owns the course: only then do they give and end more than learners' and observers' parts."""
    return courses_where(request.user, "course.own").filter(pk=course.pk).exists()


def cohort_in(course: Course, uuid: UUID | None) -> Cohort | None:
    """The course's cohort that people can still be put into; None for None. Raises ValidationError for any other."""
    if uuid is None:
        return None
    cohort = open_cohorts(course).filter(uuid=uuid).first()
    if cohort is None:
        raise ValidationError({"cohort": ["The course has no such cohort, or it was put away."]})
    return cohort
