"""All questions of a course in one place: found by what they say and are, with where they are used and how they do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When

from authoring.domain.review import ACCEPTED, UNDECIDED, Decision, decision_on
from course.domain.anchors import standing_anchors
from course.models import Course, Lesson
from quizzes.domain.questions import title_of
from quizzes.models import ItemStatistic, Question, QuestionTag, QuestionVersion, QuizItem, VersionState
from quizzes.pools import Pool, pool_of
from quizzes.questions.words import folded
from quizzes.statistics.sums import MILLION

PAGE = 50
ENOUGH_ANSWERS = 10
"""First answers from which on a facility is told: with fewer, one learner more or less moves it by over a tenth."""
MOST_WORDS = 12

ARCHIVED = Q(state=VersionState.RETIRED) & (~Q(archived_from="") | Q(published_at__isnull=False))
REJECTED = Q(state=VersionState.RETIRED, archived_from="", published_at__isnull=True)
STATES = {
    Decision.UNDECIDED: UNDECIDED,
    Decision.ACCEPTED: ACCEPTED,
    Decision.PUBLISHED: Q(state=VersionState.PUBLISHED),
    Decision.REJECTED: REJECTED,
    Decision.WITHDRAWN: ARCHIVED,
}


class Usage(StrEnum):
    """Whether anything asks a question: a seat of its own in a quiz, or a pool that reaches it."""

    USED = "used"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked of the bank; "" asks for nothing. Without a state, what is rejected or archived is left out.

    `text` is words, and whole phrases in quotes, all of which have to occur; the others are a kind, a tag, slugs of a
    concept, a lesson and a quiz, a Decision and a Usage.
    """

    text: str = ""
    state: str = ""
    kind: str = ""
    concept: str = ""
    tag: str = ""
    lesson: str = ""
    quiz: str = ""
    usage: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for anything at all."""
        return any(getattr(self, each.name) for each in fields(self))

    @property
    def source(self) -> Pool | None:
        """The pool of one that draws from exactly what this finds among published questions; None where none does."""
        others = [
            each.name for each in fields(self) if each.name not in ("tag", "concept") and getattr(self, each.name)
        ]
        if (
            others not in ([], ["state"])
            or self.state not in ("", Decision.PUBLISHED)
            or bool(self.tag) == bool(self.concept)
        ):
            return None
        return Pool(1, tag=self.tag, concept=self.concept)


@dataclass(frozen=True, slots=True)
class BankRow:
    """A question by the wording that stands for it: the published one, else the newest draft, else the newest.

    `fraction` is the mean over first answers, 0..1, None while there are fewer than ENOUGH_ANSWERS.
    """

    version: Any
    title: str
    decision: Decision
    tags: tuple[str, ...]
    quizzes: tuple[Any, ...]
    pools: tuple[tuple[Any, Pool], ...]
    answers: int
    fraction: float | None

    @property
    def is_unused(self) -> bool:
        """Whether no quiz asks it, neither by a seat nor from a pool."""
        return not self.quizzes and not self.pools


@dataclass(frozen=True, slots=True)
class BankPage:
    """One page of what was found, `number` from 1 of `pages`; `total` questions were found in all."""

    rows: tuple[BankRow, ...]
    number: int
    pages: int
    total: int

    @property
    def before(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the page after."""
        return self.number + 1


def bank_page(course: Course, search: Search, *, number: int = 1) -> BankPage:
    """The page of this number, or the nearest there is; seven queries whatever there is and whatever is asked for."""
    paginator = Paginator(found_in_bank(course, search), PAGE)
    page = paginator.get_page(number)
    versions = list(page.object_list)
    return BankPage(tuple(_rows(course, versions)), page.number, paginator.num_pages, paginator.count)


def bank_behind(course: Course, search: Search, *, after: UUID | None, most: int) -> tuple[tuple[BankRow, ...], bool]:
    """At most so many of what is found, older than the question `after`, and whether there are more.

    The newest first where there is no such question. Questions that are written meanwhile shift nothing. Eight queries.
    """
    found = found_in_bank(course, search)
    if after:
        begin = Question.objects.filter(course=course, uuid=after).values_list("pk", flat=True).first()
        found = found.filter(question__lt=begin) if begin else found
    versions = list(found[: most + 1])
    return tuple(_rows(course, versions[:most])), len(versions) > most


def found_in_bank(course: Course, search: Search) -> QuerySet[Any]:
    """The standing wordings of the questions that the search finds, newest question first, with question and concept.

    `has_draft` where another wording waits beside a published one.
    """
    waiting = QuestionVersion.objects.filter(question=OuterRef("question")).filter(UNDECIDED | ACCEPTED)
    standing: Any = QuestionVersion.objects.filter(pk__in=_standing(course)).select_related("question__concept")
    found = standing.annotate(has_draft=Exists(waiting)).filter(_state_of(search), *_words(search))
    if search.kind:
        found = found.filter(kind=search.kind)
    if search.concept:
        found = found.filter(question__concept__slug=search.concept)
    if search.tag:
        found = found.filter(Exists(QuestionTag.objects.filter(question=OuterRef("question"), name=search.tag)))
    if search.lesson:
        found = found.filter(_proved_in(course, search.lesson))
    if search.quiz:
        found = found.filter(Exists(QuizItem.objects.filter(question=OuterRef("question"), quiz__slug=search.quiz)))
    if search.usage:
        used = _used(course)
        found = found.filter(used if search.usage == Usage.USED else ~used)
    ordered: QuerySet[Any] = found.order_by("-question")
    return ordered


def _standing(course: Course) -> QuerySet[Any, Any]:
    place = Case(
        When(state=VersionState.PUBLISHED, then=Value(0)),
        When(state=VersionState.RETIRED, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    versions = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by(place, "-number")
    questions = Question.objects.filter(course=course.pk).annotate(standing=Subquery(versions.values("pk")[:1]))
    rows: QuerySet[Any, Any] = questions.values("standing")
    return rows


def _state_of(search: Search) -> Q:
    known = {decision.value: condition for decision, condition in STATES.items()}
    return known.get(search.state, ~Q(state=VersionState.RETIRED))


def _words(search: Search) -> list[Q]:
    return [Q(search_text__text__contains=word) for word in words_of(search.text)]


def words_of(text: str) -> list[str]:
    """What has to occur, folded as stored words are: phrases in quotes as a whole, each other word; at most twelve."""
    parts = folded(text).split('"')
    found = [[part.strip()] if place % 2 else part.split() for place, part in enumerate(parts)]
    return [word for group in found for word in group if word][:MOST_WORDS]


def _proved_in(course: Course, slug: str) -> Q:
    lessons = Lesson.objects.filter(course=course.pk, slug=slug)
    anchors = standing_anchors(course).filter(question=OuterRef("uuid"))
    inside = lessons.filter(revision=OuterRef("revision"), start__lte=OuterRef("start"), end__gt=OuterRef("start"))
    return Q(Exists(anchors.filter(Exists(inside))))


def _used(course: Course) -> Q:
    """Questions with a seat, and published ones that a pool reaches by its tag or its concept. One query."""
    items = QuizItem.objects.filter(quiz__course=course.pk, pool__isnull=False)
    pools = [pool_of(item.pool) for item in items if item.pool]
    tags, concepts = ([getattr(pool, name) for pool in pools if getattr(pool, name)] for name in ("tag", "concept"))
    seated = Exists(QuizItem.objects.filter(question=OuterRef("question")))
    tagged = Exists(QuestionTag.objects.filter(question=OuterRef("question"), name__in=tags))
    # The concept of a question may be none at all, and what is not known to be in a list is not known to be outside.
    about = Exists(Question.objects.filter(pk=OuterRef("question"), concept__slug__in=concepts))
    return Q(seated) | (Q(state=VersionState.PUBLISHED) & (Q(tagged) | Q(about)))


def _rows(course: Course, versions: Sequence[Any]) -> Iterable[BankRow]:
    questions = [version.question_id for version in versions]
    tags: dict[int, list[str]] = {}
    for question, name in (
        QuestionTag.objects.filter(question__in=questions).order_by("name").values_list("question", "name")
    ):
        tags.setdefault(question, []).append(name)
    seats, pools = _seats_and_pools(course, questions)
    answers = first_answers(questions)
    for version in versions:
        count, mean = answers.get(version.question_id, (0, None))
        own = tags.get(version.question_id, [])
        yield BankRow(
            version=version,
            title=title_of(version),
            decision=decision_on(version),
            tags=tuple(own),
            quizzes=tuple(seats.get(version.question_id, ())),
            pools=tuple((quiz, pool) for quiz, pool in pools if _reaches(pool, version, own)),
            answers=count,
            fraction=mean if count >= ENOUGH_ANSWERS else None,
        )


def _seats_and_pools(course: Course, questions: Sequence[int]) -> tuple[dict[int, list[Any]], list[tuple[Any, Pool]]]:
    items = QuizItem.objects.filter(Q(question__in=questions) | Q(pool__isnull=False), quiz__course=course.pk)
    seats: dict[int, list[Any]] = {}
    pools = []
    for item in items.select_related("quiz").order_by("quiz__position", "quiz", "position"):
        if item.question_id is not None:
            seats.setdefault(item.question_id, []).append(item.quiz)
        elif item.pool is not None:
            pools.append((item.quiz, pool_of(item.pool)))
    return seats, pools


def _reaches(pool: Pool, version: Any, tags: Sequence[str]) -> bool:
    if version.state != VersionState.PUBLISHED:
        return False
    concept = version.question.concept
    return pool.tag in tags if pool.tag else concept is not None and concept.slug == pool.concept


def first_answers(questions: Iterable[int]) -> dict[int, tuple[int, float]]:
    """How often each question (key) was answered in a first attempt graded whole, and the mean fraction; one query.

    From sums that are kept: no answer is looked at.
    """
    kept = ItemStatistic.objects.filter(version__question__in=list(questions), responses__gt=0)
    sums = kept.order_by().values("version__question").annotate(answers=Sum("responses"), total=Sum("fraction_sum"))
    return {row["version__question"]: (row["answers"], float(row["total"]) / MILLION / row["answers"]) for row in sums}


@dataclass(frozen=True, slots=True)
class Facets:
    """What the course's questions can be told apart by, each with its name for the page."""

    tags: tuple[tuple[str, int], ...]
    concepts: tuple[tuple[str, str], ...]
    lessons: tuple[tuple[str, str], ...]
    quizzes: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...] = field(default=())


def facets_of(course: Course) -> Facets:
    """Every tag with how many questions have it, and the concepts, lessons, quizzes and kinds; five queries."""
    tags = QuestionTag.objects.filter(question__course=course.pk).order_by("name").values("name")
    kinds = QuestionVersion.objects.filter(question__course=course.pk).order_by("kind").values_list("kind", flat=True)
    concepts = course.concepts.filter(questions__isnull=False).order_by("term").values_list("slug", "term").distinct()
    return Facets(
        tags=tuple((row["name"], row["questions"]) for row in tags.annotate(questions=Count("pk"))),
        concepts=tuple(concepts),
        lessons=tuple(course.lessons.order_by("position").values_list("slug", "title")),
        quizzes=tuple(course.quizzes.order_by("position", "pk").values_list("slug", "title")),
        kinds=tuple(kinds.distinct()),
    )
