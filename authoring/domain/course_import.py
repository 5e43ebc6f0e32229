"""A course file becomes a course: everything in it stands, nothing in it is published by itself."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.dateparse import parse_datetime

from accounts.models import User
from course.domain.articles import ArticleFacts, add_article_with_text, add_passages
from course.domain.concepts import add_mentions, add_proofs
from course.domain.enrolment import enrol
from course.domain.lesson_page import UNREAD
from course.errors import CourseError
from course.models import Concept, Course, Lesson, Revision, Role
from course.reading.lines import count_words
from course.reading.outline import PassageKind, PassageOutline, Span
from jobs.domain.clock import database_now
from quizzes.domain.archiving import archive_questions
from quizzes.domain.questions import NewQuestion, add_questions, note_rejections, review_imported
from quizzes.formats.course_file import CourseFileProblem, UnreadableCourseFile, check, decode, parse
from quizzes.formats.course_file.model import (
    ArticleEntry,
    CourseFile,
    LessonEntry,
    QuestionEntry,
    Quote,
)
from quizzes.late_credit import as_timeline
from quizzes.models import Origin, QuestionTag, QuestionVersion, Quiz, QuizItem, VersionState
from quizzes.pools import as_stored
from quizzes.questions.ids import with_fresh_ids

CLEANER = "file@1"
"""What passages that came with a course file name as their cleaner."""


LARGEST = 5_000_000
"""Bytes of a course file that are looked at."""


class CourseExists(CourseError):
    code = "course_exists"
    message = "There is a course with this address already. Change the slug in the file, or remove the other course."


class CourseFileRefused(CourseError):
    """The file is no course file, or one with errors; `problems` holds them in the order of the lines."""

    code = "course_file_refused"
    message = "This course file has errors, so nothing was imported. Mend them and send it again."

    def __init__(self, problems: Sequence[CourseFileProblem] = ()) -> None:
        super().__init__()
        self.problems = list(problems)


class EvidenceNotFound(CourseError):
    code = "evidence_not_found"


@dataclass(frozen=True, slots=True)
class Imported:
    """What later parts of a file refer to, by the names the file gives."""

    course: Course
    revision: Revision
    lessons: Mapping[str, Lesson]
    concepts: Mapping[str, Concept]
    at: datetime


def import_course_file(content: bytes, *, owner: User, at: datetime | None = None) -> Course:
    """A draft course of the owner holds everything of the file, which may be anything of at most `LARGEST` bytes.

    Raises CourseFileRefused with every error in the order of the lines, CourseExists, EvidenceNotFound; then nothing is
    stored.
    """
    errors = [problem for problem in check_course_file(content) if not problem.warning]
    if errors:
        raise CourseFileRefused(errors)
    file = parse(decode(content))
    try:
        return import_course(file, owner=owner, at=at)
    except IntegrityError as error:
        # Somebody brought a course with the same address in between.
        if Course.objects.filter(slug=file.slug).exists():
            raise CourseExists from error
        raise


def check_course_file(content: bytes) -> Sequence[CourseFileProblem]:
    """Everything that is wrong with what may be a course file, and what its author should look at, by the lines."""
    try:
        return check(decode(content))
    except UnreadableCourseFile as error:
        return error.problems


@transaction.atomic
def import_course(file: CourseFile, *, owner: User | None = None, at: datetime | None = None) -> Course:
    """A draft course holds everything of the file, which `check` found no error in.

    Questions that the file calls published are accepted, so publishing the course publishes them; rejected ones stay
    rejected, and what was archived is archived since now. Options, gaps and sentences get fresh ids. Raises
    CourseExists for a slug that is taken.
    """
    now = at or database_now()
    if Course.objects.filter(slug=file.slug).exists():
        raise CourseExists
    revision = _add_article(file.article, file, owner, now)
    course = Course.objects.create(
        slug=file.slug,
        title=file.title,
        summary=file.summary,
        language=file.language,
        visibility=file.visibility,
        certificate_for=file.certificate_for,
        two_person_review=file.two_person_review,
        keep_answers_days=file.keep_answers_days,
        created_at=now,
    )
    if owner is not None:
        enrol(course, person=owner, role=Role.OWNER, at=now)
    lessons = {row.slug: row for row in _add_lessons(course, file, revision)}
    imported = Imported(course, revision, lessons, _add_concepts(course, file, revision), now)
    questions = _add_questions(imported, file.questions, owner)
    _add_quizzes(imported, file, questions)
    return course


def _add_article(entry: ArticleEntry, file: CourseFile, owner: User | None, now: datetime) -> Revision:
    facts = ArticleFacts(
        title=entry.title or file.title,
        author=entry.author,
        publisher=entry.publisher,
        language=entry.language or file.language,
        source_url=entry.source_url,
        rights=entry.rights,
    )
    revision = add_article_with_text(facts, text=entry.text, added_by=owner, at=now)
    passages = [
        PassageOutline(position, passage.kind, span, reason=passage.reason, level=passage.level)
        for position, (passage, span) in enumerate(zip(entry.passages, entry.spans(), strict=True))
    ]
    add_passages(revision, passages=passages, cleaner=CLEANER)
    return revision


def _add_lessons(course: Course, file: CourseFile, revision: Revision) -> list[Lesson]:
    spans = file.article.spans()
    return Lesson.objects.bulk_create(
        Lesson(
            course=course,
            revision=revision,
            cleaner=CLEANER,
            slug=entry.slug,
            position=position,
            title=entry.title,
            summary=entry.summary,
            start=spans[entry.first].start,
            end=spans[entry.end - 1].end,
            words=_words(entry, file.article),
        )
        for position, entry in enumerate(file.lessons_as_read, 1)
    )


def _words(entry: LessonEntry, article: ArticleEntry) -> int:
    """The words of running text in the lesson: neither headings count nor what is left out."""
    inside = article.passages[entry.first : entry.end]
    running = [each for each in inside if each.kind not in (*UNREAD, PassageKind.HEADING) and not each.reason]
    return sum(count_words(each.text) for each in running)


def _add_concepts(course: Course, file: CourseFile, revision: Revision) -> dict[str, Concept]:
    concepts = Concept.objects.bulk_create(
        Concept(
            course=course,
            slug=entry.slug,
            term=entry.term,
            definition=entry.definition,
            kind=entry.kind,
            state=entry.state,
            rank=rank,
            reasons=list(entry.reasons),
            undrafted=entry.undrafted,
        )
        for rank, entry in enumerate(file.concepts, 1)
    )
    pairs = list(zip(concepts, file.concepts, strict=True))
    text = revision.text
    add_mentions(revision, places=[(concept, span) for concept, each in pairs for span in _places(each.mentions, text)])
    add_proofs(revision, places=[(concept, span) for concept, each in pairs for span in _places(each.proof[:1], text)])
    return {concept.slug: concept for concept in concepts}


def _places(quotes: Iterable[Quote], text: str) -> list[Span]:
    return [span for quote in quotes if (span := quote.find(text))]


def _add_questions(
    imported: Imported, entries: Sequence[QuestionEntry], owner: User | None
) -> dict[str, QuestionVersion]:
    news = [
        NewQuestion(
            kind=entry.kind,
            content=with_fresh_ids(entry.kind, entry.content, secrets.token_hex(16)),
            concept=imported.concepts.get(entry.concept),
            evidence=_evidence(entry, imported.revision),
            origin=Origin(entry.origin),
            drafter=entry.drafter,
            key=entry.key,
        )
        for entry in entries
    ]
    versions = add_questions(imported.course, questions=news, revision=imported.revision, at=imported.at)
    QuestionTag.objects.bulk_create(
        QuestionTag(question_id=version.question_id, name=name)
        for version, entry in zip(versions, entries, strict=True)
        for name in dict.fromkeys(entry.tags)
    )
    for written, state in (("published", VersionState.DRAFT), ("retired", VersionState.RETIRED)):
        decided = [version for version, entry in zip(versions, entries, strict=True) if entry.state == written]
        review_imported(decided, state=state, by=owner, at=imported.at)
    said_why = [(version, entry.because) for version, entry in zip(versions, entries, strict=True) if entry.because]
    note_rejections(said_why)
    handed_in = [version.pk for version, entry in zip(versions, entries, strict=True) if entry.state == "in_review"]
    QuestionVersion.objects.filter(pk__in=handed_in).update(state=VersionState.IN_REVIEW)
    archive_questions([version.question_id for version, entry in zip(versions, entries, strict=True) if entry.archived])
    return {entry.key: version for version, entry in zip(versions, entries, strict=True)}


def _evidence(entry: QuestionEntry, revision: Revision) -> list[Span]:
    spans = [quote.find(revision.text) for quote in entry.evidence]
    if None in spans:
        raise EvidenceNotFound(f"The evidence of the question “{entry.key}” is not in the article word for word.")
    return [span for span in spans if span is not None]


def _add_quizzes(imported: Imported, file: CourseFile, questions: Mapping[str, QuestionVersion]) -> None:
    quizzes = Quiz.objects.bulk_create(
        Quiz(
            course=imported.course,
            lesson=imported.lessons.get(entry.lesson),
            slug=entry.slug,
            position=position,
            title=entry.title,
            mode=entry.mode,
            feedback_policy=dict(entry.feedback_policy),
            navigation=entry.navigation,
            one_by_one=entry.one_by_one,
            shuffle=entry.shuffle,
            article_open=entry.article_open,
            attempts_allowed=entry.attempts_allowed,
            delay_seconds=entry.delay_seconds,
            time_limit_seconds=entry.time_limit_seconds,
            opens_at=parse_datetime(entry.opens_at) if entry.opens_at else None,
            closes_at=parse_datetime(entry.closes_at) if entry.closes_at else None,
            pass_fraction=entry.pass_fraction,
            result_rule=entry.result_rule,
            ask_confidence=entry.ask_confidence,
            tries_allowed=entry.tries_allowed,
            try_penalty=entry.try_penalty,
            hint_penalty=entry.hint_penalty,
            mastery_right=entry.mastery_right,
            mastery_of=entry.mastery_of,
            build_on_last=entry.build_on_last,
            practice_after_close=entry.practice_after_close,
            late_credit=as_timeline(entry.late_credit),
            archived_at=imported.at if entry.archived else None,
        )
        for position, entry in enumerate(file.quizzes, 1)
    )
    QuizItem.objects.bulk_create(
        QuizItem(
            quiz=quiz,
            question_id=None if item.pool else questions[item.question].question_id,
            pool=as_stored(item.pool) if item.pool else None,
            position=position,
            max_points=item.points,
        )
        for quiz, entry in zip(quizzes, file.quizzes, strict=True)
        for position, item in enumerate(entry.items, 1)
    )
