"""For the demonstration: learners who answered in their own words, and two people who have graded most of it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from accounts.models import User
from course.models import Course, Enrollment
from jobs.domain import claim, finish
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answers, start_attempt, submit_attempt
from quizzes.domain.grading import grade_attempt
from quizzes.domain.manual_grading import GivenGrade, grade_variants
from quizzes.domain.manual_queue import AnswerGroup, groups_waiting, questions_waiting
from quizzes.domain.rubrics import rubric_of
from quizzes.drafting.words import content_roots
from quizzes.models import Question, QuestionVersion, Quiz, Response, RubricItem, VersionState
from quizzes.questions import question_type
from quizzes.questions.base import Content

DAYS = 11
"""So many days ago the first of them answered; what came on the last two days still waits."""
LEFT_WAITING = 2
A_DAY = 4
BESIDE_THE_POINT = 0.3
SAME_MEANING = 0.6
BESIDE = ["Because Moscow wants it so.", "Nobody knows, the text leaves it open.", "They have no other choice."]
OPENINGS = ["{}", "{}", "I think {}", "Because {}", "Probably {}"]
SENTENCE = re.compile(r"(?<=[.!?])\s+")


def live_openly(
    quizzes: Sequence[Quiz], learners: Sequence[Enrollment], *, graders: Sequence[User], until: datetime
) -> None:
    """Day by day some learners took the quizzes, and in the evening one of the graders, in turn, graded what waited."""
    chance = random.Random(11)  # noqa: S311 -- invented people are no secret
    waiting = list(learners)
    for ago in range(DAYS, 0, -1):
        day = until - timedelta(days=ago)
        for learner in [waiting.pop() for _ in range(min(A_DAY, len(waiting)))]:
            for quiz in quizzes:
                _take(quiz, learner, day + timedelta(minutes=chance.uniform(0, 300)), chance)
        if ago > LEFT_WAITING:
            _grade_all(quizzes[0].course, by=graders[ago % len(graders)], is_kind=ago % 2 == 0, at=day, chance=chance)


def _take(quiz: Quiz, learner: Enrollment, at: datetime, chance: random.Random) -> None:
    attempt = start_attempt(quiz, enrollment=learner, at=at, seed=chance.getrandbits(40))
    responses = Response.objects.filter(attempt=attempt).select_related("version")
    given = [GivenAnswer(response.position, _answer(response, chance), 0) for response in responses]
    save_answers(attempt, given=given, at=at + timedelta(minutes=6))
    submit_attempt(attempt, at=at + timedelta(minutes=7), hint=False)
    grade_now(attempt.uuid, at=at + timedelta(minutes=7, seconds=1))


def _answer(response: Response, chance: random.Random) -> object:
    kind, content = question_type(response.version.kind), response.version.content
    if kind.grader_for(content) == "similarity":
        return in_a_sentence(content, chance=chance)
    right = kind.model_answer(content)
    return in_own_words(right, chance=chance) if kind.grader == "rubric" else right


def in_a_sentence(content: Content, *, chance: random.Random) -> str:
    """One of the model answers as somebody else would put it, or something that is beside the point."""
    if chance.random() < BESIDE_THE_POINT:
        return chance.choice([str(row["text"]) for row in content.get("near_misses", ())] + BESIDE)
    told = str(chance.choice([*content["accepted"], *content["references"]]))
    text = chance.choice(OPENINGS).format(told[:1].lower() + told[1:])
    return slipped(text, chance=chance) if chance.random() < 0.2 else text[:1].upper() + text[1:]


def in_own_words(model: str, *, chance: random.Random) -> str:
    """Some of the model answer's sentences, at least one, now and then with a slip of the fingers."""
    sentences = SENTENCE.split(model)
    kept = [sentence for sentence in sentences if chance.random() < 0.6] or [chance.choice(sentences)]
    text = " ".join(kept)
    return slipped(text, chance=chance) if chance.random() < 0.2 else text


def slipped(text: str, *, chance: random.Random) -> str:
    """The text with two neighbouring letters of one long word exchanged."""
    word = chance.choice([word for word in text.split() if word.isalpha() and len(word) > 6] or [text])
    at = len(word) // 2
    return text.replace(word, f"{word[: at - 1]}{word[at]}{word[at - 1]}{word[at + 1 :]}", 1)


def _grade_all(course: Course, *, by: User, is_kind: bool, at: datetime, chance: random.Random) -> None:
    """Everything that waits is graded: the more of the model answer, the more items; a kind grader sees one more."""
    for waits in questions_waiting(course):
        items = [item for item in rubric_of(waits.question) if item.fraction > 0]
        for number, group in enumerate(groups_waiting(waits.question)):
            variants = [variant.digest for variant in group.variants]
            seen = is_kind and chance.random() < 0.4
            given = _by_items(group, items, seen) if items else _by_meaning(group, waits.question)
            moment = at + timedelta(hours=8, minutes=number)
            grade_variants(waits.question, variants=variants, given=given, by=by, at=moment)


def _by_items(group: AnswerGroup, items: Sequence[RubricItem], seen: bool) -> GivenGrade:
    sentences = len(SENTENCE.split(str(group.variants[0].answer)))
    return GivenGrade([item.uuid for item in items[: min(len(items), sentences + seen)]])


def _by_meaning(group: AnswerGroup, question: Question) -> GivenGrade:
    """Full marks for what has most words of a model answer: an invented grader reads no deeper."""
    content = QuestionVersion.objects.get(question=question, state=VersionState.PUBLISHED).content
    said = content_roots(str(group.variants[0].answer))
    models = [content_roots(each) for each in (*content["accepted"], *content["references"])]
    is_right = any(len(said & model) >= SAME_MEANING * len(model) for model in models)
    return GivenGrade(own_fraction=Decimal(is_right))


def grade_now(attempt: UUID, *, at: datetime) -> None:
    """The submitted attempt is graded by its job, as a worker would at `at`."""
    claimed = claim(Job.objects.get(subject=attempt).uuid, at=at)
    if claimed is not None:
        finish(claimed, grade_attempt(claimed, at=at), at=at)
