"""A row of every table of quizzes that has rules, and others for it to refer to."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import Model

from course.models import Enrollment
from quizzes.domain.attempts import start_attempt
from quizzes.models import (
    AnswerEvent,
    Appeal,
    Attempt,
    Audit,
    AutomaticAccept,
    Card,
    Certificate,
    ConceptMastery,
    Extension,
    GradingEvent,
    ImportLine,
    Issue,
    ItemStatistic,
    ListImport,
    ModelDraft,
    Question,
    QuestionTag,
    QuestionVersion,
    Recall,
    RegradeLine,
    RegradeRun,
    Response,
    Result,
    RubricItem,
    RubricMark,
    SavedComment,
    Waiver,
    WeeklyGoal,
)
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz

A_KEY, OTHER_KEY = UUID(int=1), UUID(int=2)
SUMS = ("responses", "fraction_sum", "fraction_squares", "rest_sum", "rest_squares", "rest_products")


def rows() -> dict[str, Model]:
    """The rows by their names."""
    course, elsewhere = make_course(), make_course()
    quiz, other_quiz = make_quiz(course, questions=2), make_quiz(course, questions=1)
    concept, enrollment, other = make_concept(course), make_enrollment(course), make_enrollment(course)
    attempt, others = (start_attempt(quiz, enrollment=each, at=NOW) for each in (enrollment, other))
    first, second = attempt.responses.order_by("position")
    version = first.version
    question, other_question = version.question, second.version.question
    item = RubricItem.objects.create(question=question, position=1, text="Says why", fraction=1, created_at=NOW)
    brought = ListImport.objects.create(course=course, kind="people", created_at=NOW)
    run = RegradeRun.objects.create(course=course, quiz=quiz, reason="The key was wrong.", created_at=NOW)
    anonymous = Attempt.objects.create(quiz=quiz, anonymous_key=A_KEY, number=1, seed=1, policy={}, started_at=NOW)
    return {
        "other course": elsewhere,
        "quiz": quiz,
        "other quiz": other_quiz,
        "item": quiz.items.get(position=1),
        "concept": concept,
        "other concept": make_concept(course, "lower town"),
        "enrollment": enrollment,
        "other enrollment": other,
        "other person": other.user,
        "new enrollment": make_enrollment(course),
        "extension": Extension.objects.create(quiz=quiz, seconds=60, days=0, gained={}, given_at=NOW),
        "question": question,
        "other question": other_question,
        "tag": QuestionTag.objects.create(question=question, name="walls"),
        "version": version,
        "other version": second.version,
        "draft": QuestionVersion.objects.create(
            question=question, number=2, kind=version.kind, content=version.content, created_at=NOW
        ),
        "attempt": attempt,
        "other attempt": others,
        "anonymous attempt": anonymous,
        "response": first,
        "other response": second,
        "new response": others.responses.get(position=1),
        **_grades(first, version, run, item),
        **_cards(enrollment, question),
        "list": brought,
        "list line": ImportLine.objects.create(list_import=brought, number=1, line=2, fate="new", after={}),
        "goal": WeeklyGoal.objects.create(user=enrollment.user, days=3, set_at=NOW),
        "result": Result.objects.create(enrollment=enrollment, quiz=quiz, attempts=1, fraction=1, updated_at=NOW),
        "mastery": ConceptMastery.objects.create(enrollment=enrollment, concept=concept, updated_at=NOW),
        "statistic": ItemStatistic.objects.create(version=version, quiz=quiz, **dict.fromkeys(SUMS, 1)),
        "model draft": ModelDraft.objects.create(
            version=version, provider="openai", model="scribe-1", prompt_hash="0" * 64
        ),
        "waiver": Waiver.objects.create(
            question=question, rule="option_lengths", said="One is long.", reason="A name.", waived_at=NOW
        ),
    }


def _cards(enrollment: Enrollment, question: Question) -> dict[str, Model]:
    card = Card.objects.create(
        enrollment=enrollment,
        question=question,
        phase="review",
        stability=2.5,
        difficulty=5,
        recalled_at=NOW,
        due_at=NOW,
        recalls_made=1,
    )
    certificate = Certificate.objects.create(
        enrollment=enrollment, code="A", name="Ana", title="Walls", lessons=1, quizzes=0, issued_at=NOW
    )
    return {
        "certificate": certificate,
        "card": card,
        "recall": Recall.objects.create(card=card, number=1, rating=3, at=NOW),
    }


def _grades(first: Response, version: QuestionVersion, run: RegradeRun, item: RubricItem) -> dict[str, Model]:
    question = version.question
    return {
        "answer": AnswerEvent.objects.create(response=first, sequence=1, answer="a", client_key=A_KEY, at=NOW),
        "trust": AutomaticAccept.objects.create(question=question, compared=2, agreed=1, changed_at=NOW),
        "audit": Audit.objects.create(response=first, created_at=NOW),
        "grading": GradingEvent.objects.create(
            response=first, number=1, version=version, grader="rules@3", cause=A_KEY, fraction=1, at=NOW
        ),
        "issue": Issue.objects.create(version=version, message="No option is right.", created_at=NOW),
        "run": run,
        "line": RegradeLine.objects.create(run=run, response=first, before_grading="graded", before_fraction=1),
        "appeal": Appeal.objects.create(
            response=first, question=question, bucket="a", text="It is right.", created_at=NOW
        ),
        "rubric item": item,
        "other rubric item": RubricItem.objects.create(
            question=question, position=2, text="Names a source", fraction=Decimal("0.5"), created_at=NOW
        ),
        "mark": RubricMark.objects.create(response=first, item=item),
        "comment": SavedComment.objects.create(
            course=question.course, question=question, text="See part 2.", created_at=NOW
        ),
    }
