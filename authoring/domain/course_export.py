"""A course becomes a course file: what import_course made of it, it gives back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from authoring.domain.review import Decision, decision_on
from course.domain.anchors import standing_anchors
from course.domain.lesson_page import UNREAD, passages_seen
from course.models import Concept, ConceptState, Course, Lesson
from course.reading.outline import ConceptKind, PassageKind, Span
from quizzes.formats.course_file import without_ids
from quizzes.formats.course_file.model import (
    ArticleEntry,
    ConceptEntry,
    CourseFile,
    LessonEntry,
    PassageEntry,
    QuestionEntry,
    QuizEntry,
    QuizItemEntry,
    Quote,
    passages_of,
)
from quizzes.late_credit import steps_of
from quizzes.models import QuestionVersion, Quiz, QuizItem, VersionState
from quizzes.pools import pool_of


def export_course(course: Course) -> CourseFile:
    """The whole course as a file's values. What was accepted or published is called published.

    Of each question the newest wording that was not rejected is written. A course reads from one article; the first
    lesson's is written.
    """
    lessons = list(course.lessons.select_related("revision__article").order_by("position"))
    article, spans = _article(course, lessons)
    text = lessons[0].revision.text if lessons else ""
    return CourseFile(
        title=course.title,
        slug=course.slug,
        summary=course.summary,
        language=course.language,
        visibility=course.visibility,
        certificate_for=course.certificate_for,
        two_person_review=course.two_person_review,
        keep_answers_days=course.keep_answers_days,
        article=article,
        lessons=_lessons(lessons, spans),
        concepts=_concepts(course, text),
        quizzes=_quizzes(course),
        questions=_questions(course, text),
    )


def _article(course: Course, lessons: list[Lesson]) -> tuple[ArticleEntry, list[Span]]:
    if not lessons:
        return ArticleEntry(), []
    revision = lessons[0].revision
    rows = list(passages_seen(lessons[0]))
    spans = [Span(row.start, row.end) for row in rows]
    entries = [PassageEntry(PassageKind(row.effective_kind), "", row.level, _reason(row)) for row in rows]
    passages, ending = passages_of(revision.text, zip(spans, entries, strict=True))
    article = revision.article
    entry = ArticleEntry(
        title="" if article.title == course.title else article.title,
        author=article.author,
        publisher=article.publisher,
        source_url=article.source_url,
        rights=article.rights,
        language="" if article.language == course.language else article.language,
        ending=ending,
        passages=passages,
    )
    return entry, spans


def _reason(row: Any) -> str:
    """Why the passage is not read; none for one that an instructor keeps, because a reason would leave it out again."""
    is_kept = row.decided_kind is not None and row.decided_kind not in UNREAD
    return "" if is_kept else row.reason


def _lessons(lessons: list[Lesson], spans: list[Span]) -> tuple[LessonEntry, ...]:
    """In the order of the text; `lessons` are in that of the course, and each says its place where the two differ."""
    entries = [_lesson(lesson, spans) for lesson in lessons]
    by_text = sorted(entries, key=lambda entry: entry.first)
    if by_text == entries:
        return tuple(entries)
    return tuple(replace(entry, position=entries.index(entry) + 1) for entry in by_text)


def _lesson(lesson: Lesson, spans: list[Span]) -> LessonEntry:
    inside = [n for n, span in enumerate(spans) if lesson.start <= span.start and span.end <= lesson.end]
    return LessonEntry(lesson.slug, lesson.title, first=inside[0], end=inside[-1] + 1, summary=lesson.summary)


def _concepts(course: Course, text: str) -> tuple[ConceptEntry, ...]:
    """Merged concepts are left out: what names them and asks about them is with the concept they were merged into."""
    quotes: dict[int, list[Quote]] = {}
    anchors = standing_anchors(course).filter(mention__concept__course=course).order_by("start", "pk")
    for concept, start, end in anchors.values_list("mention__concept", "start", "end"):
        quotes.setdefault(concept, []).append(Quote.of(text, Span(start, end)))
    rests = standing_anchors(course).filter(definition__course=course).order_by("start", "pk")
    proofs = {
        concept: (Quote.of(text, Span(start, end)),)
        for concept, start, end in rests.values_list("definition", "start", "end")
    }
    concepts = Concept.objects.filter(course=course).exclude(state=ConceptState.MERGED)
    return tuple(_concept(row, quotes.get(row.pk, []), proofs.get(row.pk, ())) for row in concepts)


def _concept(row: Concept, mentions: list[Quote], proof: tuple[Quote, ...]) -> ConceptEntry:
    return ConceptEntry(
        slug=row.slug,
        term=row.term,
        kind=ConceptKind(row.kind),
        definition=row.definition,
        mentions=tuple(mentions),
        state=row.state,
        reasons=tuple(row.reasons),
        undrafted=row.undrafted,
        proof=proof,
    )


def _questions(course: Course, text: str) -> tuple[QuestionEntry, ...]:
    versions = QuestionVersion.objects.filter(question__course=course).select_related("question__concept")
    versions = versions.prefetch_related("question__tags")
    newest = _newest_wordings(versions.order_by("question", "number"))
    evidence: dict[UUID, list[Quote]] = {}
    proving = standing_anchors(course).filter(question__in=[version.uuid for version in newest.values()])
    anchors = proving.order_by("ordinal")
    for question, start, end in anchors.values_list("question", "start", "end"):
        if question is not None:
            evidence.setdefault(question, []).append(Quote.of(text, Span(start, end)))
    return tuple(_question(version, evidence.get(version.uuid, [])) for version in newest.values())


def _newest_wordings(versions: Iterable[QuestionVersion]) -> dict[int, QuestionVersion]:
    """By question (key) the last of its wordings that is wanted; the last one that was rejected where none is.

    `versions` are those of each question in the order of their numbers.
    """
    newest: dict[int, QuestionVersion] = {}
    for version in versions:
        before = newest.get(version.question_id)
        if before is None or _rank(version) >= _rank(before):
            newest[version.question_id] = version
    return newest


def _rank(version: QuestionVersion) -> int:
    """What is asked or drafted comes before what was put away, and that before what was rejected."""
    return {Decision.REJECTED: 0, Decision.WITHDRAWN: 1}.get(decision_on(version), 2)


def _state(version: QuestionVersion) -> str:
    """What the wording is, or was before it was put away; accepted and published ones are called published."""
    was_accepted = version.reviewed_at is not None and decision_on(version) == Decision.WITHDRAWN
    if version.is_accepted or was_accepted:
        return VersionState.PUBLISHED
    return version.archived_from or version.state


def _question(version: QuestionVersion, evidence: list[Quote]) -> QuestionEntry:
    concept = version.question.concept
    return QuestionEntry(
        key=version.question.key,
        kind=version.kind,
        content=without_ids(version.kind, version.content),
        concept=concept.slug if concept else "",
        evidence=tuple(evidence),
        state=_state(version),
        origin=version.origin,
        drafter=version.drafter,
        tags=tuple(sorted(tag.name for tag in version.question.tags.all())),
        archived=decision_on(version) == Decision.WITHDRAWN,
        because=version.review_note if decision_on(version) == Decision.REJECTED else "",
    )


def _quizzes(course: Course) -> tuple[QuizEntry, ...]:
    quizzes = Quiz.objects.filter(course=course).select_related("lesson").prefetch_related("items__question")
    return tuple(_quiz(quiz) for quiz in quizzes)


def _quiz(quiz: Quiz) -> QuizEntry:
    return QuizEntry(
        slug=quiz.slug,
        title=quiz.title,
        lesson=quiz.lesson.slug if quiz.lesson else "",
        mode=quiz.mode,
        pass_fraction=quiz.pass_fraction,
        time_limit_seconds=quiz.time_limit_seconds,
        attempts_allowed=quiz.attempts_allowed,
        delay_seconds=quiz.delay_seconds,
        shuffle=quiz.shuffle,
        one_by_one=quiz.one_by_one,
        article_open=quiz.article_open,
        navigation=quiz.navigation,
        result_rule=quiz.result_rule,
        opens_at=quiz.opens_at.isoformat() if quiz.opens_at else "",
        closes_at=quiz.closes_at.isoformat() if quiz.closes_at else "",
        feedback_policy=quiz.feedback_policy,
        ask_confidence=quiz.ask_confidence,
        tries_allowed=quiz.tries_allowed,
        try_penalty=quiz.try_penalty,
        hint_penalty=quiz.hint_penalty,
        mastery_right=quiz.mastery_right,
        mastery_of=quiz.mastery_of,
        build_on_last=quiz.build_on_last,
        practice_after_close=quiz.practice_after_close,
        late_credit=steps_of(quiz.late_credit),
        archived=quiz.archived_at is not None,
        items=tuple(map(_item, quiz.items.all())),
    )


def _item(item: QuizItem) -> QuizItemEntry:
    if item.question is None:
        return QuizItemEntry("", item.max_points, pool_of(item.pool or {}))
    return QuizItemEntry(item.question.key, item.max_points)
