"""Words that people leave in a course: taken away for good, with every grade and count kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import JSONField, Q, QuerySet, Value

from course.models import Course, Enrollment, Note
from hooks.models import Delivery
from language import marked
from quizzes.domain.buckets import WRITTEN
from quizzes.domain.erasing_reasons import ERASED
from quizzes.models import AnswerEvent, Appeal, Card, CauseKind, Certificate, GradingEvent, RegradeLine, Response
from quizzes.questions import kinds

IN_OWN_WORDS = frozenset(WRITTEN)
"""Controls whose answers the learner types; what is chosen is not theirs to be known by, and statistics need it."""
BY_PEOPLE = (CauseKind.MANUAL, CauseKind.OVERRIDE, CauseKind.APPEAL)
NOTHING = Value(None, JSONField())
"""JSON's null: the column is not empty, which a tried answer may not be, and the guards let it pass as erasing."""

Parts = QuerySet[Enrollment]
Touched = tuple[str, str, QuerySet[Any]]
"""A sort of row, what becomes of it, and the rows of it that still have something to erase."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Rows of one sort that erasing touches: `rows` of them, and what becomes of them, in words."""

    what: str
    rows: int
    becomes: str


def counted_rows(touched: Iterable[Touched]) -> tuple[Forgotten, ...]:
    """How many rows of each sort there are; sorts without rows are left out. One query for each sort."""
    found = [Forgotten(what, rows.count(), becomes) for what, becomes, rows in touched]
    return tuple(each for each in found if each.rows)


def hold_parts(parts: Parts) -> None:
    """Whoever is writing in these parts has ended, and whoever comes later waits until the transaction ends.

    Locked are what those lock who write: the course for a note, the learner for a grade, the response for an answer
    or an appeal, in the order in which everybody locks them. Three statements.
    """
    theirs = parts.order_by().values("course")
    list(Course.objects.select_for_update().filter(pk__in=theirs).order_by("pk").values_list("pk"))
    list(parts.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    answered = Response.objects.filter(attempt__enrollment__in=parts)
    list(answered.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def words_touched(parts: Parts) -> list[Touched]:
    """Every sort of row with words that were left in these parts."""
    typed = _typed(parts)
    words = ~Q(feedback="") | ~Q(detail={})
    return [
        (marked("answer in own words"), marked("is emptied; its grade stays"), typed.exclude(_is_nothing("answer"))),
        (
            marked("earlier wording of an answer"),
            marked("is emptied"),
            _typed_events(parts).exclude(_is_nothing("answer")),
        ),
        (
            marked("appeal"),
            marked("loses its words; its outcome stays"),
            _appeals(parts).exclude(text=ERASED, decision=""),
        ),
        (marked("grading"), marked("stays in the ledger without its words"), _told(parts).filter(words)),
        (marked("line of a regrade"), marked("loses its words; its grades stay"), _lines(parts).exclude(outcome={})),
    ]


def erase_words(parts: Parts) -> None:
    """Nothing that was put in own words in these parts is kept, nor what people wrote about it; grades stay.

    In the caller's transaction; again, it changes nothing. A constant number of statements.
    """
    # Events first: they are found by the responses, whose kind does not change.
    _typed_events(parts).order_by().update(answer=NOTHING)
    _told(parts).order_by().update(feedback="", detail={})
    _lines(parts).order_by().update(outcome={})
    _typed(parts).order_by().filter(tries__gt=0).update(tried=NOTHING)
    _typed(parts).order_by().update(answer=NOTHING)
    _appeals(parts).order_by().update(text=ERASED, decision="")


def belongings_touched(parts: Parts) -> list[Touched]:
    """Every sort of row that is kept in these parts for their people alone, or to tell other systems of them."""
    told = Delivery.objects.filter(learner__in=parts.order_by().values("uuid"))
    return [
        (marked("note in a margin"), marked("is deleted"), Note.objects.filter(enrollment__in=parts)),
        (marked("question to remember"), marked("is deleted"), Card.objects.filter(enrollment__in=parts)),
        (marked("certificate"), marked("is deleted"), Certificate.objects.filter(enrollment__in=parts)),
        (marked("event for another system"), marked("is deleted"), told),
    ]


def delete_belongings(parts: Parts) -> None:
    """Notes, cards, certificates and deliveries about these parts are gone; in the caller's transaction."""
    for _what, _becomes, rows in belongings_touched(parts):
        rows.delete()


def _is_nothing(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{field: NOTHING})


def _typed(parts: Parts) -> QuerySet[Response]:
    by_hand = [kind.kind for kind in kinds() if kind.control in IN_OWN_WORDS]
    return Response.objects.filter(attempt__enrollment__in=parts, version__kind__in=by_hand)


def _typed_events(parts: Parts) -> QuerySet[AnswerEvent]:
    return AnswerEvent.objects.filter(response__in=_typed(parts).order_by().values("pk"))


def _appeals(parts: Parts) -> QuerySet[Appeal]:
    return Appeal.objects.filter(response__attempt__enrollment__in=parts)


def _told(parts: Parts) -> QuerySet[GradingEvent]:
    """Gradings whose words may speak of people or repeat theirs: what people wrote, and on typed answers all."""
    theirs = GradingEvent.objects.filter(response__attempt__enrollment__in=parts)
    return theirs.filter(Q(cause_kind__in=BY_PEOPLE) | Q(response__in=_typed(parts).order_by().values("pk")))


def _lines(parts: Parts) -> QuerySet[RegradeLine]:
    """Lines of regrades that are over: one that is still to be applied needs what it says."""
    return RegradeLine.objects.filter(response__attempt__enrollment__in=parts, applied_at__isnull=False)
