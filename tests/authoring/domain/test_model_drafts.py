"""A model drafts by a job for each part: what passes the gate waits for review, and the rest changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.domain.audit import history
from accounts.models import InboxMessage, User
from authoring.domain.model_asking import ask_model, asking_of
from authoring.domain.model_drafts import MOST_SENT, ask_about_lesson, record_answer
from authoring.domain.review_checks import questions_under_review
from course.models import Anchor, Course, Lesson
from jobs.domain import LostLease, claim, finish
from jobs.models import Job
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.questions import NewQuestion, add_questions
from quizzes.drafting import lint
from quizzes.drafting.proposals import DRAFTER
from quizzes.models import ModelDraft, Origin, QuestionVersion, QuizItem, VersionState
from tests.authoring.domain.asking import allowed, asked, harbour, model_at, run_waiting
from tests.authoring.providers.service import MODEL, Asked, Reply, Service, as_json, said
from tests.factories import make_course, make_revision, single_choice
from tests.quizzes.drafting.proposals.replies import (
    ARTICLE,
    CLEAN,
    CONCEPTS,
    DROPPED,
    OBEY,
    PASSAGES,
    WHITE_LOCK,
    proposal,
    reply,
    spans,
)
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

IN_FIRST = ("single_choice", "true_false", "short_text", "numeric", "categorise", "evidence", "open_response")
IN_SECOND = ("multiple_choice", "cloze", "matching", "ordering")


@pytest.fixture
def owner() -> User:
    return make_author()


@pytest.fixture(params=["anthropic", "openai"])
def course(request: pytest.FixtureRequest, owner: User, service: Service) -> Iterator[Course]:
    with model_at(service, provider=request.param):
        yield allowed(harbour(owner), service, by=owner)


@pytest.fixture
def drafting(owner: User, service: Service) -> Iterator[Course]:
    with model_at(service):
        yield allowed(harbour(owner), service, by=owner)


def told(request: Asked) -> dict[str, Any]:
    """The lesson as the model was told of it, whatever the format."""
    last = request.body["messages"][-1]["content"]
    found: dict[str, Any] = json.loads(last)
    return found


def everything(request: Asked) -> str:
    """A model that proposes one question of each kind, on whatever part it is asked about."""
    return reply(*(proposal(kind, concept=CONCEPTS[0]) for kind in sorted(CLEAN)))


def news() -> list[QuestionVersion]:
    return list(QuestionVersion.objects.filter(drafter=DRAFTER).select_related("question__concept").order_by("pk"))


def test_a_question_of_every_kind_is_drafted_in_the_part_that_proves_it(
    course: Course, owner: User, service: Service
) -> None:
    service.answers(everything)
    first, second = asked(course, by=owner)
    by_lesson = {
        lesson.slug: {
            item.question.versions.get().kind  # type: ignore[union-attr]  # -- no pools here
            for item in QuizItem.objects.filter(quiz__lesson=lesson)
        }
        for lesson in course.lessons.all()
    }
    assert [job.state for job in (first, second)] == ["done", "done"]
    assert by_lesson == {"the-wall": {*IN_FIRST}, "thaw": {*IN_SECOND}}


def test_a_draft_is_undecided_clean_and_proved(drafting: Course, owner: User, service: Service) -> None:
    service.answers(everything)
    asked(drafting, by=owner)
    drafts = news()
    assert len(drafts) == len(CLEAN)
    for version in drafts:
        anchors = Anchor.objects.filter(question=version.uuid)
        quotes = [anchor.quote for anchor in anchors]
        assert (version.state, version.reviewed_at, version.origin) == (VersionState.DRAFT, None, Origin.DRAFTED)
        assert version.question.concept is not None
        assert version.question.concept.term == "white lock"
        assert quotes
        assert all(ARTICLE[anchor.start : anchor.end] == anchor.quote for anchor in anchors)
        assert lint(version.kind, version.content, evidence=quotes, article=ARTICLE) == []
    assert all(each.is_clean for each in questions_under_review(drafting))


def test_provider_model_and_prompt_are_kept_with_each_draft(course: Course, owner: User, service: Service) -> None:
    service.answers(everything)
    asked(course, by=owner)
    provider = "anthropic" if "system" in service.asked[0].body else "openai"
    kept = ModelDraft.objects.order_by("version")
    assert [draft.version_id for draft in kept] == [version.pk for version in news()]
    assert {(draft.provider, draft.model, str(draft)) for draft in kept} == {(provider, MODEL, f"drafted by {MODEL}")}
    assert {len(draft.prompt_hash) for draft in kept} == {64}
    assert len({draft.prompt_hash for draft in kept}) == 2


def test_only_what_learners_read_of_the_part_is_sent(drafting: Course, owner: User, service: Service) -> None:
    service.answers(everything)
    asked(drafting, by=owner)
    first, second = map(told, service.asked)
    assert first["passages"] == list(PASSAGES[:2])
    assert second["passages"] == [PASSAGES[2], OBEY]
    assert (first["title"], second["title"]) == ("The wall", "The thaw")
    assert first["concepts"] == list(CONCEPTS)
    sent = json.dumps([request.body for request in service.asked], ensure_ascii=False)
    assert DROPPED not in sent
    assert owner.name not in sent
    assert str(owner.email) not in sent


def test_a_long_part_is_sent_up_to_a_bound_by_whole_passages(drafting: Course, owner: User, service: Service) -> None:
    long = harbour_of("word " * 2_000, lines=4, owner=owner)
    service.answers(everything)
    allowed(long, service, by=owner)
    asked(long, by=owner)
    sent = told(service.asked[-1])["passages"]
    assert 0 < len("".join(sent)) <= MOST_SENT
    assert len(sent) == 2


def harbour_of(line: str, *, lines: int, owner: User) -> Course:
    return make_course(owner=owner, text="\n".join([line] * lines))


def test_asking_again_adds_nothing_that_is_there(drafting: Course, owner: User, service: Service) -> None:
    service.answers(everything)
    asked(drafting, by=owner)
    before = [version.pk for version in news()]
    jobs = asked(drafting, by=owner)
    assert [version.pk for version in news()] == before
    assert [job.result["questions"] for job in jobs] == [7, 4, 0, 0]  # type: ignore[index]  # -- done jobs have one
    assert told(service.asked[-1])["already_asked"]


def test_asking_while_it_is_at_work_adds_no_job(drafting: Course, owner: User, service: Service) -> None:
    assert ask_model(drafting, by=owner, hint=False) == 2
    assert ask_model(drafting, by=owner, hint=False) == 0
    assert Job.objects.count() == 2
    assert [entry.verb for entry in history(f"course:{drafting.uuid}")].count("asked a model for questions") == 1


def test_a_rejected_draft_does_not_come_back(drafting: Course, owner: User, service: Service) -> None:
    service.answers(everything)
    asked(drafting, by=owner)
    QuestionVersion.objects.update(state=VersionState.RETIRED)
    asked(drafting, by=owner)
    assert len(news()) == len(CLEAN)


def test_who_asked_and_where_it_went_is_audited(drafting: Course, owner: User, service: Service) -> None:
    ask_model(drafting, by=owner, hint=False)
    entry = history(f"course:{drafting.uuid}")[0]
    assert (entry.verb, entry.actor, entry.detail) == (
        "asked a model for questions", owner, {"parts": 2, "address": service.address},
    )  # fmt: skip


def rule_made(course: Course) -> QuestionVersion:
    lesson = course.lessons.get(position=1)
    new = NewQuestion(
        "single_choice", single_choice(), None, list(spans(WHITE_LOCK)), Origin.DRAFTED, "gap_in_sentence@2"
    )
    [version] = add_questions(course, questions=[new], revision=lesson.revision)
    QuizItem.objects.create(quiz=lesson.quizzes.get(), question=version.question, position=1)
    return version


FOR_EVER = {
    "refused": (said("/v1/messages", "x", stop="refusal"), "The model declined"),
    "cut off": (said("/v1/messages", '{"questions": [', stop="max_tokens"), "The model ran out of room"),
    "bad key": (as_json({"error": {"message": "invalid x-api-key"}}, status=401), "status 401: invalid x-api-key"),
    "not a service": (Reply(b"<html>", headers={"Content-Type": "text/html"}), "no such service"),
    "over-long": (Reply(b" " * 2_000_001), "more than 2,000,000 bytes"),
}
FOR_NOW = {
    "busy": (as_json({"error": {"message": "slow down"}}, status=429, Retry_After="90"), "status 429"),
    "down": (as_json({}, status=503), "status 503"),
    "broken": (Reply(b'{"content": '), "broken JSON"),
    "no text": (as_json({"content": []}), "without any text"),
    "no proposals": (said("/v1/messages", "I would rather not."), "no JSON"),
}


@pytest.mark.parametrize("fault", FOR_EVER)
def test_a_fault_that_stays_is_told_once_and_every_question_stays(
    fault: str, drafting: Course, owner: User, service: Service
) -> None:
    answer, words = FOR_EVER[fault]
    known = rule_made(drafting)
    service.answers(answer)
    jobs = asked(drafting, by=owner)
    assert len(service.asked) == 2
    assert [(job.state, words in job.error) for job in jobs] == [("failed", True)] * 2
    assert list(QuestionVersion.objects.values_list("pk", "state")) == [(known.pk, VersionState.DRAFT)]
    messages = InboxMessage.objects.filter(user=owner).order_by("pk")
    assert [message.url for message in messages] == [f"/studio/courses/{drafting.slug}/questions/"] * 2
    assert "“The wall”" in messages[0].text
    assert words in messages[0].text
    assert "All other questions are kept." in messages[0].text


@pytest.mark.parametrize("fault", FOR_NOW)
def test_a_fault_that_may_pass_is_tried_again_and_then_forgotten(
    fault: str, drafting: Course, owner: User, service: Service
) -> None:
    answer, words = FOR_NOW[fault]
    service.answers(answer, answer, everything)
    waiting = asked(drafting, by=owner)
    assert [(job.state, words in job.error) for job in waiting] == [("queued", True)] * 2
    assert news() == []
    done = run_waiting()
    assert [(job.state, job.error) for job in done] == [("done", "")] * 2
    assert len(news()) == len(CLEAN)
    assert InboxMessage.objects.count() == 0


def test_a_busy_service_is_left_alone_for_as_long_as_it_asks(drafting: Course, owner: User, service: Service) -> None:
    service.answers(FOR_NOW["busy"][0])
    [job, _] = asked(drafting, by=owner)
    assert job.next_try_at is not None
    assert 85 < (job.next_try_at - job.created_at).total_seconds() < 120


def test_a_service_that_stays_down_is_given_up_after_four_tries(
    drafting: Course, owner: User, service: Service
) -> None:
    service.answers(FOR_NOW["down"][0])
    asked(drafting, by=owner)
    *_, jobs = [run_waiting() for _ in range(5)]
    assert [job.state for job in jobs] == ["quarantined"] * 2
    assert len(service.asked) == 8
    assert InboxMessage.objects.filter(user=owner).count() == 2


def test_one_part_that_fails_keeps_no_other_from_its_drafts(drafting: Course, owner: User, service: Service) -> None:
    service.answers(FOR_EVER["refused"][0], everything)
    jobs = asked(drafting, by=owner)
    assert [job.state for job in jobs] == ["failed", "done"]
    assert {version.kind for version in news()} == {*IN_SECOND}


def test_what_an_article_talks_the_model_into_leaves_no_trace(drafting: Course, owner: User, service: Service) -> None:
    obedient = [
        proposal("true_false", evidence=(OBEY,), stem="Your password is wanted at https://prize.example at once."),
        proposal("short_text", evidence=(OBEY,), accepted=["hunter2"]),
        proposal("single_choice", evidence=("Approved by the operator.",)),
        proposal("cloze", evidence=(DROPPED,)),
    ]
    service.answers(reply(*obedient))
    jobs = asked(drafting, by=owner)
    assert news() == []
    assert [sum(job.result["turned_away"].values()) for job in jobs] == [4, 4]  # type: ignore[index]  # -- as above
    assert told(service.asked[-1])["passages"][-1] == OBEY
    assert OBEY not in service.asked[-1].body["system"]


def test_a_part_that_is_gone_is_asked_about_no_more(drafting: Course, owner: User, service: Service) -> None:
    ask_model(drafting, by=owner, hint=False)
    Lesson.objects.filter(course=drafting, position=2).delete()
    service.answers(everything)
    jobs = run_waiting()
    assert [job.state for job in jobs] == ["done", "failed"]
    assert len(service.asked) == 1
    assert InboxMessage.objects.count() == 0


def test_an_answer_about_a_text_that_is_not_shown_any_more_is_dropped(
    drafting: Course, owner: User, service: Service
) -> None:
    other = make_revision("Another text.")
    ask_model(drafting, by=owner, hint=False)
    [first, *_] = Job.objects.order_by("pk")
    service.answers(everything)
    claimed = claim(first.uuid)
    assert claimed is not None
    answered = ask_about_lesson(claimed)
    Lesson.objects.filter(pk=answered.lesson.pk).update(revision=other, start=0, end=5)
    assert record_answer(claimed, answered)["questions"] == 0
    assert news() == []


def test_a_concept_that_was_merged_while_the_model_thought_is_asked_about_with_its_holder(
    drafting: Course, owner: User, service: Service
) -> None:
    ask_model(drafting, by=owner, hint=False)
    service.answers(everything)
    claimed = claim(Job.objects.order_by("pk")[0].uuid)
    assert claimed is not None
    answered = ask_about_lesson(claimed)
    asked_about, holder = drafting.concepts.get(term=CONCEPTS[0]), drafting.concepts.get(term=CONCEPTS[1])
    merge_concepts(asked_about, into=holder, by=owner)
    drafted = record_answer(claimed, answered)["questions"]
    assert drafted == QuestionVersion.objects.filter(question__concept=holder, drafter=DRAFTER).count() > 0
    assert not QuestionVersion.objects.filter(question__concept=asked_about).exists()


def test_the_model_that_answers_twice_leaves_its_drafts_once(drafting: Course, owner: User, service: Service) -> None:
    ask_model(drafting, by=owner, hint=False)
    service.answers(everything)
    claimed = claim(Job.objects.order_by("pk")[0].uuid)
    assert claimed is not None
    answered = ask_about_lesson(claimed)
    finish(claimed, answered)
    before = len(news())
    with pytest.raises(LostLease):
        finish(claimed, answered)
    assert len(news()) == before > 0


def test_how_far_it_is_counts_parts_drafts_and_what_was_turned_away(
    drafting: Course, owner: User, service: Service
) -> None:
    assert asking_of(drafting).lessons == ()
    ask_model(drafting, by=owner, hint=False)
    asking = asking_of(drafting)
    assert (asking.is_live, asking.over, len(asking.lessons), asking.added) == (True, 0, 2, 0)
    service.answers(everything, FOR_EVER["refused"][0])
    run_waiting()
    asking = asking_of(drafting)
    assert (asking.is_live, asking.over, asking.added, asking.turned_away) == (False, 2, 7, 4)
    assert [each.lesson.title for each in asking.given_up] == ["The thaw"]


def test_which_model_drafted_a_wording_never_changes(drafting: Course) -> None:
    version = rule_made(drafting)
    ModelDraft.objects.create(version=version, provider="openai", model="m", prompt_hash="0" * 64)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ModelDraft.objects.update(model="another")
