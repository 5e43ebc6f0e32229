"""What a worker does to draft with a model: sends one lesson, holds what comes back to the gate, stores what passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from uuid import UUID

from accounts.domain.inbox import notify
from accounts.models import User
from authoring.domain.kinds import MODEL_GAVE_UP
from authoring.domain.lesson_seats import seat_in_lessons
from authoring.domain.model_consent import NotAllowed, is_allowed
from authoring.domain.passages import SeenPassage, seen_passages
from authoring.providers import provider_in_force
from course.domain.concept_changes import locked_concepts
from course.domain.concepts import holder_of
from course.models import Concept, ConceptState, Lesson
from jobs.domain import ClaimedJob, JobFailed, TryLater
from jobs.models import Job
from quizzes.domain.questions import NewQuestion, add_questions, title_of
from quizzes.drafting.proposals import (
    DRAFTER,
    DraftProvider,
    Ground,
    LessonBrief,
    Prompt,
    ProviderBusy,
    ProviderRefused,
    Sifted,
    UnreadableAnswer,
    prompt_for,
    proposals_in,
    sift,
)
from quizzes.models import ModelDraft, Origin, QuestionVersion, QuizItem, VersionState

MOST_SENT = 24_000
"""Characters of a lesson that are sent, by whole passages: an hour's reading."""
MOST_CONCEPTS = 60
STEPS = 2
"""What a job shows as progress: the model has answered, the drafts are stored."""
GONE = "This part is not in the course any more."


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one lesson: the drafts that passed and where they come from."""

    lesson: Lesson
    sifted: Sifted
    provider: str
    model: str
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class _Known:
    """The newest wording of each question of the course, apart by whether the lesson's quiz asks it."""

    beside: tuple[QuestionVersion, ...]
    elsewhere: tuple[QuestionVersion, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """In one line each, those of the lesson last."""
        return tuple(title_of(version) for version in (*self.elsewhere, *self.beside))


def ask_about_lesson(claimed: ClaimedJob) -> Answered:
    """The model's proposals on the job's lesson that pass the gate. Writes nothing but progress.

    Nothing is sent unless the course's owner allows it at this moment. Raises JobFailed and TryLater.
    """
    lesson = _lesson(claimed.subject)
    provider = provider_in_force()
    if provider is None or not is_allowed(lesson.course):
        raise JobFailed(NotAllowed.message)
    claimed.heartbeat(current=0, total=STEPS)
    passages = _read_in(lesson)
    known = _known(lesson)
    concepts = _terms(lesson)
    prompt = prompt_for(_brief(lesson, passages, concepts, known))
    answer = _answer(provider, prompt)
    claimed.heartbeat(current=1)
    ground = Ground(
        article=lesson.revision.text,
        passages=tuple(passage.span for passage in passages),
        concepts=concepts,
        beside=_asked(known.beside),
        elsewhere=_asked(known.elsewhere),
    )
    return Answered(lesson, _sifted(answer, ground), provider.name, provider.model, prompt)


def _lesson(uuid: UUID | None) -> Lesson:
    lesson = Lesson.objects.filter(uuid=str(uuid)).select_related("course", "revision").first()
    if lesson is None:
        raise JobFailed(GONE)
    return lesson


def _read_in(lesson: Lesson) -> list[SeenPassage]:
    """What learners read of the lesson; what was left out is not sent either."""
    kept: list[SeenPassage] = []
    room = MOST_SENT
    for passage in seen_passages(lesson.course):
        if passage.lesson is None or passage.lesson.uuid != lesson.uuid or not passage.is_read:
            continue
        room -= len(passage.text)
        if room < 0:
            break
        kept.append(passage)
    return kept


def _terms(lesson: Lesson) -> tuple[str, ...]:
    wanted = Concept.objects.filter(course=lesson.course, merged_into__isnull=True).exclude(state=ConceptState.REJECTED)
    return tuple(wanted.order_by("rank", "pk").values_list("term", flat=True)[:MOST_CONCEPTS])


def _known(lesson: Lesson) -> _Known:
    """Three statements. What was rejected is known too, so that it does not come back in other words."""
    versions = QuestionVersion.objects.filter(question__course=lesson.course).order_by("question", "number")
    newest = {version.question_id: version for version in versions}
    seated = QuizItem.objects.filter(quiz__lesson=lesson, question__isnull=False)
    here = {pk for pk in seated.values_list("question", flat=True) if newest[pk].state != VersionState.RETIRED}
    return _Known(
        tuple(version for pk, version in newest.items() if pk in here),
        tuple(version for pk, version in newest.items() if pk not in here),
    )


def _brief(lesson: Lesson, passages: list[SeenPassage], concepts: tuple[str, ...], known: _Known) -> LessonBrief:
    texts = tuple(passage.text for passage in passages)
    return LessonBrief(lesson.course.language, lesson.title, texts, concepts, known.titles)


def _asked(versions: tuple[QuestionVersion, ...]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(version.kind, version.content) for version in versions]


def _answer(provider: DraftProvider, prompt: Prompt) -> str:
    try:
        return provider.answer(prompt)
    except ProviderRefused as refusal:
        raise JobFailed(str(refusal)) from refusal
    except ProviderBusy as busy:
        raise TryLater(str(busy), seconds=busy.retry_after) from busy


def _sifted(answer: str, ground: Ground) -> Sifted:
    try:
        return sift(proposals_in(answer), ground, seed=token_hex())
    except UnreadableAnswer as error:
        raise TryLater(str(error)) from error


def record_answer(_claimed: ClaimedJob, answered: Answered) -> dict[str, Any]:
    """What passed waits for review in its lesson's quiz, with where it comes from; a constant number of writes.

    Nothing is stored of an answer about a text that the lesson does not show any more.
    """
    lesson, drafts = answered.lesson, answered.sifted.drafts
    said = {"questions": 0, "turned_away": dict(answered.sifted.turned_away)}
    if not drafts or not Lesson.objects.filter(pk=lesson.pk, revision=lesson.revision_id).exists():
        return said
    versions = add_questions(lesson.course, questions=_new(answered), revision=lesson.revision)
    placed = zip(versions, (draft.evidence[0] for draft in drafts), strict=True)
    seat_in_lessons(lesson.course, revision=lesson.revision, placed=placed)
    ModelDraft.objects.bulk_create(
        ModelDraft(
            version=version, provider=answered.provider, model=answered.model, prompt_hash=answered.prompt.digest
        )
        for version in versions
    )
    return {**said, "questions": len(versions)}


def _new(answered: Answered) -> list[NewQuestion]:
    # What was merged while the model thought is asked about with the concept that it was merged into.
    among = locked_concepts(answered.lesson.course)
    concepts = {concept.term: holder_of(concept, among=among) for concept in among.values()}
    return [
        NewQuestion(
            kind=draft.kind,
            content=draft.content,
            concept=concepts.get(draft.concept),
            evidence=draft.evidence,
            origin=Origin.DRAFTED,
            drafter=DRAFTER,
        )
        for draft in answered.sifted.drafts
    ]


def give_up_asking(job: Job, error: str) -> None:
    """Whoever asked finds in their inbox what became of it; every question that was there stays."""
    person = User.objects.filter(pk=job.owner or 0).first()
    lesson = Lesson.objects.filter(uuid=str(job.subject)).select_related("course").first()
    if person is not None and lesson is not None:
        text = f"The model drafted no questions on “{lesson.title[:100]}”. {error[:200]} All other questions are kept."
        url = f"/studio/courses/{lesson.course.slug}/questions/"
        notify(person, kind=MODEL_GAVE_UP, text=text, url=url, key=f"model-gave-up:{job.uuid}")
