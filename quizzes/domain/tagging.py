"""Tags of questions, of one or of many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Count, Q
from django.utils.text import slugify

from accounts.models import User
from quizzes.domain.question_deeds import record_questions
from quizzes.models import Question, QuestionTag

LONGEST_TAG = 60
MOST_TAGS = 20


def as_tag(name: str) -> str:
    """The name as a tag: a word of an address, "" when nothing of it can be one. A tag's own tag is the same."""
    return slugify(name, allow_unicode=True)[:LONGEST_TAG].rstrip("-_")


def as_tags(names: Iterable[str]) -> list[str]:
    """The names as tags, each once, in order; twenty at most."""
    return sorted({as_tag(name) for name in names} - {""})[:MOST_TAGS]


@transaction.atomic
def set_tags(question: Question, *, names: Iterable[str], by: User | None = None) -> list[str]:
    """The question has exactly these tags, as words of addresses, at most twenty; returns them in order."""
    wanted = as_tags(names)
    before = set(QuestionTag.objects.filter(question=question).values_list("name", flat=True)) if by else set()
    QuestionTag.objects.filter(question=question).exclude(name__in=wanted).delete()
    QuestionTag.objects.bulk_create(
        (QuestionTag(question=question, name=name) for name in wanted), ignore_conflicts=True
    )
    if added := sorted(set(wanted) - before):
        record_questions("tagged", [question.pk], by=by, detail={"tags": len(added)})
    if removed := sorted(before - set(wanted)):
        record_questions("untagged", [question.pk], by=by, detail={"tags": len(removed)})
    return wanted


@transaction.atomic
def tag_questions(questions: Collection[int], *, name: str, by: User | None = None) -> int:
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
    record_questions("tagged", open_ones, by=by, detail={"tags": 1})
    return len(open_ones)


@transaction.atomic
def untag_questions(questions: Collection[int], *, name: str, by: User | None = None) -> int:
    """None of the questions (keys) has this tag; returns how many had it."""
    tagged = QuestionTag.objects.filter(question__in=questions, name=name)
    had = list(tagged.order_by("question_id").values_list("question", flat=True))
    removed, _ = tagged.delete()
    record_questions("untagged", had, by=by, detail={"tags": 1})
    return removed
