"""Questions pasted from another system become drafts; a quiz goes out the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from django.db import transaction

from accounts.models import User
from course.errors import NoTextYet
from course.models import Course, Lesson
from quizzes.domain.question_deeds import record_questions
from quizzes.domain.questions import NewQuestion, add_questions, title_of
from quizzes.domain.tagging import as_tags
from quizzes.formats.gift import GiftQuestion, Written, write
from quizzes.models import QuestionTag, QuestionVersion, Quiz, VersionState
from quizzes.questions.ids import with_fresh_ids


@transaction.atomic
def add_pasted(
    course: Course, *, questions: Sequence[GiftQuestion], by: User, at: datetime | None = None
) -> list[QuestionVersion]:
    """Each question stands as a draft of this person's, with its tags, twenty at most, and without proof.

    As many statements for any number. Raises NoTextYet while the course has no lesson.
    """
    lesson = Lesson.objects.filter(course=course).select_related("revision").order_by("position").first()
    if lesson is None:
        raise NoTextYet
    news = [
        NewQuestion(each.kind, with_fresh_ids(each.kind, each.content, token_hex()), None, ()) for each in questions
    ]
    versions = add_questions(course, questions=news, revision=lesson.revision, at=at)
    QuestionVersion.objects.filter(pk__in=[version.pk for version in versions]).update(written_by=by)
    QuestionTag.objects.bulk_create(
        QuestionTag(question=version.question, name=name)
        for version, each in zip(versions, questions, strict=True)
        for name in as_tags(each.tags)
    )
    record_questions("pasted", [version.question_id for version in versions], by=by)
    return versions


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A question of a quiz on its way out: its title, and how it is written with what is lost."""

    title: str
    written: Written


def quiz_as_gift(quiz: Quiz) -> list[GivenOut]:
    """What the quiz asks and learners get today, in its order; what its pools may draw follows where the pool stands.

    Accepted drafts are left out: nobody has been asked them.
    """
    return [GivenOut(title_of(version), write(version.kind, version.content)) for version in _asked_by(quiz)]


def _asked_by(quiz: Quiz) -> list[QuestionVersion]:
    published = QuestionVersion.objects.filter(
        question__course=quiz.course_id, state=VersionState.PUBLISHED
    ).select_related("question__concept")
    by_question = {version.question_id: version for version in published.prefetch_related("question__tags")}
    asked: dict[int, QuestionVersion] = {}
    for item in quiz.items.order_by("position"):
        for version in by_question.values():
            if version.question_id == item.question_id or (item.pool and _may_draw(item.pool, version)):
                asked.setdefault(version.question_id, version)
    return list(asked.values())


def _may_draw(pool: dict[str, object], version: QuestionVersion) -> bool:
    concept = version.question.concept
    tags = {tag.name for tag in version.question.tags.all()}
    return pool.get("tag") in tags or (concept is not None and pool.get("concept") == concept.slug)
