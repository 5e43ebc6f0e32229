"""From a text that was read to a draft course: article, lessons, suggested concepts and drafted questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from accounts.models import User
from authoring.domain.kinds import BUILD_COURSE
from authoring.domain.slugs import unique_slug
from course.domain.articles import ArticleFacts, add_article_with_text, add_passages, text_hash
from course.domain.concepts import add_mentions, add_proofs
from course.domain.enrolment import enrol
from course.models import Concept, Course, Lesson, Revision, Role
from course.reading.outline import LessonOutline, Mark, Outline, PassageKind, Source, Span
from course.reading.version import READER_VERSION
from jobs.domain import ClaimedJob, enqueue, requeue
from jobs.domain.clock import database_now
from jobs.models import Job, JobState
from quizzes.domain.questions import NewQuestion, add_questions
from quizzes.drafting import DRAFTER_VERSION, draft
from quizzes.drafting.draft import DraftedQuestion, Drafts
from quizzes.models import Origin, QuestionVersion, Quiz, QuizItem, QuizMode

CLEANER = f"reader@{READER_VERSION}"
"""What passages and lessons name as the cleaner that cut them."""

UNTITLED = "Untitled article"

ADDRESSES_TRIED = 20
"""How often an address is looked for while others take the same ones."""

STEPS = 3
"""What a build shows as progress: the text is read, questions are drafted, the draft is stored."""


@dataclass(frozen=True, slots=True)
class Built:
    """A course to be filled and what the build found for it."""

    course: Course
    revision: Revision
    outline: Outline
    drafts: Drafts


def course_of_text(text: str, *, owner: User | None) -> Course | None:
    """The course this owner already made of exactly this text, by the same reader; None when there is none."""
    courses = Course.objects.filter(lessons__revision__text_hash=text_hash(text), lessons__cleaner=CLEANER)
    if owner is not None:
        courses = courses.filter(enrollments__user=owner, enrollments__role=Role.OWNER)
    return courses.order_by("pk").distinct().first()


def course_being_built_of_text(text: str, *, owner: User) -> Course | None:
    """The course for which this owner already asked to build exactly this text, and whose build is not done."""
    revisions = Revision.objects.filter(text_hash=text_hash(text), article__added_by=owner).values_list("pk", flat=True)
    job = Job.objects.filter(kind=BUILD_COURSE, owner=owner.pk, payload__revision__in=list(revisions))
    latest = job.exclude(state__in=[JobState.DONE, JobState.CANCELLED]).order_by("-pk").first()
    return Course.objects.filter(uuid=str(latest.subject)).first() if latest else None


@transaction.atomic
def start_build(
    source: Source,
    *,
    facts: ArticleFacts,
    owner: User | None,
    uuid: UUID | None = None,
    hint: bool = True,
    at: datetime | None = None,
) -> tuple[Course, Job]:
    """The article is stored, an empty draft course stands for it, and a job will fill it.

    Facts without a title leave the title to the build. `uuid` becomes the course's: asking again with the same raises
    IntegrityError and stores nothing. `hint=False` leaves the job to whoever runs it next.
    """
    course, revision = _empty_course(source, facts=facts, owner=owner, at=at or database_now(), uuid=uuid)
    payload = {"revision": revision.pk, "title": facts.title or source.title, "marks": _written(source.marks)}
    job = enqueue(BUILD_COURSE, subject=course.uuid, payload=payload, owner=owner.pk if owner else None, hint=hint)
    return course, job


def build_now(source: Source, *, title: str = "", owner: User | None = None, at: datetime | None = None) -> Built:
    """The draft course of this text stands, built on the spot; the same text of the same owner writes nothing again."""
    read = _outline(source, title=title or source.title)
    drafts = draft(read)
    course = course_of_text(source.text, owner=owner)
    if course is not None:
        return Built(course, course.lessons.select_related("revision")[0].revision, read, drafts)
    now = at or database_now()
    with transaction.atomic():
        facts = ArticleFacts(title=(title or source.title)[:300])
        course, revision = _empty_course(source, facts=facts, owner=owner, at=now)
        built = Built(course, revision, read, drafts)
        store_draft(built, at=now)
    return built


def build_of(course: Course) -> Job | None:
    """The newest job that builds the course; None when it was not built in the background, or long ago."""
    return Job.objects.filter(kind=BUILD_COURSE, subject=course.uuid).order_by("-pk").first()


@transaction.atomic
def retry_build(course: Course) -> bool:
    """A build that was given up is queued again and the course forgets that it failed; False when there is none."""
    job = build_of(course)
    if job is None or not requeue(job.uuid):
        return False
    Course.objects.filter(pk=course.pk).update(reading_warnings=[])
    return True


def _empty_course(
    source: Source, *, facts: ArticleFacts, owner: User | None, at: datetime, uuid: UUID | None = None
) -> tuple[Course, Revision]:
    revision = add_article_with_text(facts, text=source.text, added_by=owner, at=at)
    course = Course(title=facts.title, language=facts.language, created_at=at, uuid=uuid or uuid4())
    _save_addressed(course, fallback=f"course-{revision.article_id}")
    if owner is not None:
        enrol(course, person=owner, role=Role.OWNER, at=at)
    return course, revision


def _save_addressed(course: Course, *, fallback: str, fields: Sequence[str] | None = None) -> None:
    """The course is saved with an address made of its title, looked for again where somebody takes it at once."""
    for _ in range(ADDRESSES_TRIED):
        taken = set(Course.objects.exclude(pk=course.pk).values_list("slug", flat=True))
        course.slug = unique_slug(course.title, taken=taken, fallback=fallback)
        try:
            with transaction.atomic():
                return course.save(update_fields=fields)
        except IntegrityError:
            if not Course.objects.filter(slug=course.slug).exclude(pk=course.pk).exists():
                raise
    raise IntegrityError(f"Every address for “{course.title}” was taken while it was looked for.")


def _written(marks: Sequence[Mark]) -> list[list[Any]]:
    return [[mark.span.start, mark.span.end, mark.kind.value, mark.level] for mark in marks]


def _read(marks: Sequence[Sequence[Any]]) -> tuple[Mark, ...]:
    return tuple(Mark(Span(start, end), PassageKind(kind), level) for start, end, kind, level in marks)


def _outline(source: Source, *, title: str) -> Outline:
    # The reader brings language models along, a quarter of a second and 15 MB, which web processes can do without.
    return cast(Outline, import_module("course.reading.reader").outline(source, title=title))


def build_course(claimed: ClaimedJob) -> Built:
    """The outline and the drafts of the job's article. Writes nothing but progress."""
    course = Course.objects.get(uuid=str(claimed.subject))
    revision = Revision.objects.select_related("article").get(pk=claimed.payload["revision"])
    claimed.heartbeat(current=0, total=STEPS)
    source = Source(revision.text, title=claimed.payload["title"], marks=_read(claimed.payload["marks"]))
    read = _outline(source, title=source.title)
    claimed.heartbeat(current=1)
    drafts = draft(read)
    claimed.heartbeat(current=2)
    return Built(course, revision, read, drafts)


def record_build(_claimed: ClaimedJob, built: Built) -> dict[str, Any]:
    """The draft course holds what the build found; runs inside the transaction that finishes the job."""
    store_draft(built, at=database_now())
    return {"course": str(built.course.uuid), "slug": built.course.slug}


def give_up_build(job: Job, _error: str) -> None:
    """The empty draft says what went wrong; its text is kept."""
    warning = {"code": "build_failed", "message": "This article could not be made into a course. It is kept as it is."}
    Course.objects.filter(uuid=str(job.subject)).update(reading_warnings=[warning])


def store_draft(built: Built, *, at: datetime) -> None:
    """Passages, lessons, concepts, questions and a practice quiz for each lesson stand; a constant number of writes."""
    course, read, revision = built.course, built.outline, built.revision
    add_passages(revision, passages=read.passages, cleaner=CLEANER)
    lessons = _add_lessons(course, read, revision)
    concepts = _add_concepts(course, built, revision)
    versions = _add_drafts(course, built, concepts, at)
    add_lesson_quizzes(course, lessons=lessons, questions=_by_lesson(lessons, versions, built.drafts.questions))
    _describe(course, built)


def _describe(course: Course, built: Built) -> None:
    """Language, warnings, and the article's own title for a course that nobody gave one."""
    read = built.outline
    if not course.title:
        course.title = (read.title or UNTITLED)[:300]
        _save_addressed(course, fallback=course.slug, fields=["title", "slug"])
    article = built.revision.article
    article.title, article.language = article.title or course.title, read.language
    article.save(update_fields=["title", "language"])
    course.language = read.language
    course.reading_warnings = [{"code": warning.code, "message": warning.message} for warning in read.warnings]
    course.save(update_fields=["language", "reading_warnings"])


def _add_lessons(course: Course, read: Outline, revision: Revision) -> list[Lesson]:
    slugs: list[str] = []
    for lesson in read.lessons:
        slugs.append(unique_slug(lesson.title, taken=slugs, fallback=f"lesson-{lesson.position}"))
    return Lesson.objects.bulk_create(
        Lesson(
            course=course,
            revision=revision,
            cleaner=CLEANER,
            slug=slug,
            position=lesson.position,
            title=lesson.title[:300],
            start=span.start,
            end=span.end,
            words=lesson.words,
        )
        for lesson, slug in zip(read.lessons, slugs, strict=True)
        for span in [lesson_span(read, lesson)]
    )


def lesson_span(read: Outline, lesson: LessonOutline) -> Span:
    """From the lesson's heading, or its first passage, to the end of its last passage."""
    positions = [*([] if lesson.heading is None else [lesson.heading]), *lesson.passages]
    by_position = {passage.position: passage.span for passage in read.passages}
    spans = [by_position[position] for position in positions]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _add_concepts(course: Course, built: Built, revision: Revision) -> dict[str, Concept]:
    undrafted = {each.concept: each.reason for each in built.drafts.undrafted}
    slugs: list[str] = []
    for found in built.outline.concepts:
        slugs.append(unique_slug(found.term, taken=slugs, fallback="concept"))
    concepts = Concept.objects.bulk_create(
        Concept(
            course=course,
            slug=slug,
            term=found.term[:200],
            definition=found.definition.quote(revision.text) if found.definition else "",
            kind=found.kind,
            rank=found.rank,
            reasons=list(found.reasons),
            undrafted=undrafted.get(found.term, "")[:300],
        )
        for found, slug in zip(built.outline.concepts, slugs, strict=True)
    )
    pairs = list(zip(concepts, built.outline.concepts, strict=True))
    add_mentions(revision, places=[(concept, span) for concept, found in pairs for span in found.mentions])
    add_proofs(revision, places=[(concept, found.definition) for concept, found in pairs if found.definition])
    return {found.term: concept for concept, found in pairs}


def _add_drafts(course: Course, built: Built, concepts: Mapping[str, Concept], at: datetime) -> list[QuestionVersion]:
    news = [
        NewQuestion(
            kind=drafted.kind,
            content=drafted.content,
            concept=concepts.get(drafted.concept),
            evidence=[drafted.evidence],
            origin=Origin.DRAFTED,
            drafter=f"{drafted.drafter}@{DRAFTER_VERSION}",
        )
        for drafted in built.drafts.questions
    ]
    return add_questions(course, questions=news, revision=built.revision, at=at)


def _by_lesson(
    lessons: Sequence[Lesson], versions: Sequence[QuestionVersion], drafted: Sequence[DraftedQuestion]
) -> dict[int, list[QuestionVersion]]:
    questions: dict[int, list[QuestionVersion]] = {}
    for version, each in sorted(zip(versions, drafted, strict=True), key=lambda pair: pair[1].evidence.start):
        home = next((lesson for lesson in lessons if lesson.start <= each.evidence.start < lesson.end), None)
        if home is not None:
            questions.setdefault(home.pk, []).append(version)
    return questions


def add_lesson_quizzes(
    course: Course, *, lessons: Sequence[Lesson], questions: Mapping[int, Sequence[QuestionVersion]]
) -> None:
    """Each lesson with questions has a practice quiz that asks them in reading order; two writes."""
    quizzes = Quiz.objects.bulk_create(
        Quiz(
            course=course,
            lesson=lesson,
            slug=lesson.slug,
            position=lesson.position,
            title=lesson.title,
            mode=QuizMode.PRACTICE,
        )
        for lesson in lessons
        if questions.get(lesson.pk)
    )
    QuizItem.objects.bulk_create(
        QuizItem(quiz=quiz, question_id=version.question_id, position=position)
        for quiz in quizzes
        for position, version in enumerate(questions[quiz.lesson_id or 0], 1)
    )
