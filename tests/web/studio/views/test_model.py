"""Drafting with a model in the studio: said in words where the text goes, allowed by the owner alone, seen through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Course, Role
from jobs.models import Job
from quizzes.domain.wordings import print_of, save_wording
from quizzes.models import ModelDraft, QuestionVersion
from tests.authoring.domain.asking import allowed, asked, harbour, model_at, run_waiting
from tests.authoring.providers.service import MODEL, Service, said
from tests.factories import make_enrollment
from tests.quizzes.drafting.proposals.replies import CLEAN, proposal, reply
from tests.web.studio.drafts import address_of, make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BUTTON = "Draft more with a model"
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def owner(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


@pytest.fixture
def course(owner: User) -> Course:
    return harbour(owner)


@pytest.fixture
def model(service: Service) -> Iterator[Service]:
    service.answers(reply(*(proposal(kind) for kind in sorted(CLEAN))))
    with model_at(service):
        yield service


def in_words(answer: Any) -> str:
    page = re.sub(r"<(?:script|style)\b.*?</(?:script|style)>", "", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def rule(client: Client, course: Course, do: str, address: str = "") -> Any:
    return client.post(address_of(course, "model-rule"), {"do": do, "address": address}, follow=True)


def editor(course: Course) -> Client:
    client = Client()
    client.force_login(make_enrollment(course, role=Role.EDITOR).user)
    return client


def test_without_a_model_no_page_speaks_of_one(client: Client, course: Course) -> None:
    for address in (address_of(course), address_of(course, "questions")):
        assert "model" not in in_words(client.get(address))


def test_without_a_model_asking_is_told_and_does_nothing(client: Client, course: Course) -> None:
    answer = client.post(address_of(course, "questions", "model"), follow=True)
    assert "Nothing was sent" in in_words(answer)
    assert "is another than a moment ago" in in_words(rule(client, course, "allow", "https://x.example"))
    assert Job.objects.count() == 0


def test_the_owner_reads_where_the_text_goes_before_allowing_it(client: Client, course: Course, model: Service) -> None:
    words = in_words(client.get(address_of(course)))
    host = model.address.removeprefix("http://")
    assert f"are sent to {host} , a service outside of Postil" in words
    assert f"the model {MODEL} at {model.address}" in words
    assert "Nothing about learners is sent." in words
    assert f"Allow sending to {host}" in words
    assert BUTTON not in in_words(client.get(address_of(course, "questions")))


def test_what_the_owner_allows_an_editor_may_use_and_the_owner_ends(
    client: Client, course: Course, model: Service
) -> None:
    assert "Allowed. Nothing is sent before" in in_words(rule(client, course, "allow", model.address))
    assert BUTTON in in_words(editor(course).get(address_of(course, "questions")))
    assert "Nothing of this course is sent" in in_words(rule(client, course, "forbid"))
    assert BUTTON not in in_words(client.get(address_of(course, "questions")))
    assert model.asked == []


def test_an_editor_neither_allows_nor_sees_the_button_for_it(course: Course, model: Service) -> None:
    other = editor(course)
    assert other.post(address_of(course, "model-rule"), {"do": "allow", "address": model.address}).status_code == 404
    words = in_words(other.get(address_of(course)))
    assert "Only the owner of this course can allow it." in words
    assert "Allow sending" not in words
    assert Course.objects.get(pk=course.pk).sends_text_to == ""


def test_a_model_at_another_address_has_to_be_allowed_anew(
    client: Client, course: Course, owner: User, model: Service
) -> None:
    allowed(course, model, by=owner)
    with model_at(model, address="https://other.example/v1"):
        words = in_words(client.get(address_of(course)))
        assert f"Another address was allowed It was {model.address}." in words
        assert "Allow sending to other.example" in words
        assert BUTTON not in in_words(client.get(address_of(course, "questions")))


def test_the_course_s_history_says_what_was_done(client: Client, course: Course, owner: User, model: Service) -> None:
    allowed(course, model, by=owner)
    asked(course, by=owner)
    words = in_words(client.get(address_of(course, "history")))
    assert "allowed its text to be sent to a model" in words
    assert "asked a model for questions" in words


def test_asking_makes_a_job_for_each_part_and_twice_is_once(
    client: Client, course: Course, owner: User, model: Service
) -> None:
    allowed(course, model, by=owner)
    address = address_of(course, "questions", "model")
    assert "Two parts go to the model." in in_words(client.post(address, follow=True))
    assert "The model is at work on every part." in in_words(client.post(address, follow=True))
    assert Job.objects.count() == 2


def test_how_far_it_is_survives_a_reload_and_stops_asking_at_the_end(
    client: Client, course: Course, owner: User, model: Service
) -> None:
    allowed(course, model, by=owner)
    address = address_of(course, "questions", "model")
    client.post(address)
    page = client.get(address_of(course, "questions"))
    assert f'hx-get="{address}"' in page.content.decode()
    assert "0 of 2 parts answered." in in_words(page)
    assert '<meta http-equiv="refresh" content="5">' in page.content.decode()
    waiting = client.get(address, headers=FRAGMENT)
    assert (waiting.status_code, "<html" in waiting.content.decode()) == (200, False)
    run_waiting()
    over = client.get(address, headers=FRAGMENT)
    assert over.status_code == 286
    assert "Eleven drafts were added, eleven proposals did not pass the checks." in in_words(over)
    assert BUTTON in in_words(over)
    assert "http-equiv" not in client.get(address_of(course, "questions")).content.decode()


def test_without_javascript_its_address_is_the_queue(client: Client, course: Course, model: Service) -> None:
    answer = client.get(address_of(course, "questions", "model"))
    assert (answer.status_code, answer["Location"]) == (303, address_of(course, "questions"))


def test_a_part_without_an_answer_says_why(client: Client, course: Course, owner: User, model: Service) -> None:
    allowed(course, model, by=owner)
    model.answers(said("/v1/messages", "", stop="refusal"))
    asked(course, by=owner)
    words = in_words(client.get(address_of(course, "questions")))
    assert "The thaw : The model declined to write questions on this lesson." in words
    assert "All other questions are kept." in words


def test_one_part_without_an_answer_hides_nothing_of_the_others(
    client: Client, course: Course, owner: User, model: Service
) -> None:
    allowed(course, model, by=owner)
    model.answers(said("/v1/messages", "", stop="refusal"), reply())
    asked(course, by=owner)
    words = in_words(client.get(address_of(course, "questions")))
    assert "No drafts were added" in words
    assert "The wall : The model declined to write questions on this lesson." in words


def drafted(course: Course, owner: User, model: Service) -> QuestionVersion:
    allowed(course, model, by=owner)
    asked(course, by=owner)
    return QuestionVersion.objects.get(kind="single_choice")


def test_the_queue_and_the_review_say_that_a_model_drafted_it(
    client: Client, course: Course, owner: User, model: Service
) -> None:
    version = drafted(course, owner, model)
    assert "Single choice · drafted by a model" in in_words(client.get(address_of(course, "questions")))
    words = in_words(client.get(address_of(course, "questions", version.uuid)))
    prompt = ModelDraft.objects.get(version=version).prompt_hash[:12]
    assert f"Drafted by the model {MODEL} of Anthropic, prompt {prompt}." in words
    assert "The same text gives the same draft." not in words


def test_a_model_s_draft_that_a_person_changed_says_both(
    client: Client, course: Course, owner: User, model: Service
) -> None:
    version = drafted(course, owner, model)
    content = {**version.content, "explanation": "The second passage says so."}
    changed = save_wording(version.question, content=content, seen=print_of(version), by=owner)
    assert "drafted by a model, changed by a person" in in_words(client.get(address_of(course, "questions")))
    words = in_words(client.get(address_of(course, "questions", changed.uuid)))
    assert f"Drafted by the model {MODEL} of Anthropic" in words
    assert ", changed by a person." in words


def test_what_a_model_wrote_is_shown_as_text(client: Client, course: Course, owner: User, model: Service) -> None:
    hostile = "Steam & “ice” < 1 'quote' \""
    model.answers(reply(proposal(explanation=hostile)))
    version = drafted(course, owner, model)
    page = client.get(address_of(course, "questions", version.uuid)).content.decode()
    assert "Steam &amp; “ice” &lt; 1 &#x27;quote&#x27; &quot;" in page
