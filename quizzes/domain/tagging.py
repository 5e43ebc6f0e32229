"""Tags of many questions at once."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Count, Q
from django.utils.text import slugify

from quizzes.domain.quiz_items import MOST_TAGS
from quizzes.models import Question, QuestionTag

LONGEST_TAG = 60


def as_tag(name: str) -> str:
    """The name as a tag: a word of an address, "" when nothing of it can be one."""
    return slugify(name, allow_unicode=True)[:LONGEST_TAG]


@transaction.atomic
def tag_questions(questions: Collection[int], *, name: str) -> int:
    """Each of the questions (keys) has this tag, but for those that have twenty others; returns how many are new to it.

    `name` is a tag already. Two statements.
    """
    others = Count("tags", filter=~Q(tags__name=name))
    counted = Question.objects.filter(pk__in=questions).annotate(
        others=others, own=Count("tags", filter=Q(tags__name=name))
    )
    open_ones = [row.pk for row in counted if row.others < MOST_TAGS and not row.own]
    QuestionTag.objects.bulk_create(
        (QuestionTag(question_id=question, name=name) for question in open_ones), ignore_conflicts=True
    )
    return len(open_ones)


def untag_questions(questions: Collection[int], *, name: str) -> int:
    """None of the questions (keys) has this tag; returns how many had it."""
    removed, _ = QuestionTag.objects.filter(question__in=questions, name=name).delete()
    return removed
