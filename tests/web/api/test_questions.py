"""Questions under review over REST: read with key and proof, decided, written by hand in every kind, mended, tried."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from accounts.models import User
from authoring.domain.publish import publish_course
from authoring.domain.review_rule import set_two_person_review
from course.models import Course, Role
from quizzes.domain.questions import accept
from quizzes.models import Question, QuestionVersion
from quizzes.questions import kinds
from quizzes.questions.base import QuestionType
from tests.factories import make_course, make_enrollment, single_choice
from tests.web.api.callers import Caller, told
from tests.web.api.editors import only_for
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SHAPES: list[Any] = [
    {},
    {"stem": "\u202e"},
    {"stem": []},
    {"text": 1, "gaps": [1], "options": [{}]},
    {"pairs": {}, "steps": [[]], "sentences": "x", "things": [None]},
]
QUOTE = "The upper town built a wall."


@pytest.fixture
def owner() -> User:
    return make_author("Ada")


@pytest.fixture
def course(owner: User) -> Course:
    return make_draft(owner)


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


def below(course: Course, *parts: object) -> str:
    return "/".join([f"courses/{course.slug}/drafts", *map(str, parts), ""])


def one(course: Course, number: int = 0, *parts: object) -> str:
    return below(course, "questions", versions_of(course)[number].uuid, *parts)


class TestReading:
    def test_a_question_with_its_key_its_proof_and_what_the_rules_find(self, caller: Caller, course: Course) -> None:
        version = versions_of(course)[0]
        body = caller.get(one(course)).json()
        findings = body.pop("findings")
        assert body == {
            "version": str(version.uuid),
            "question": str(version.question.uuid),
            "number": 1,
            "kind": "single_choice",
            "title": "Who built wall 0?",
            "content": version.content,
            "concept": "suggestion-0",
            "lesson": "the-wall",
            "decision": "undecided",
            "review_note": "",
            "origin": "drafted",
            "drafter": "who_did_it@1",
            "evidence": [{"quote": QUOTE, "start": 24, "end": 52}],
            "waived": [],
        }
        assert all(set(each) == {"rule", "message"} for each in findings)

    def test_all_are_listed_in_the_order_of_reading_a_page_at_a_time(self, caller: Caller, owner: User) -> None:
        course = make_draft(owner, questions=5)
        first = caller.get(f"{below(course, 'questions')}?page_size=2")
        walked, page = list(first.json()["results"]), first.json()
        while page["next"]:
            page = caller.get(page["next"].partition("/api/v1/")[2]).json()
            walked += page["results"]
        assert [each["number"] for each in walked] == [1, 2, 3, 4, 5]
        assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'

    def test_those_that_wait_or_belong_to_a_lesson_are_chosen(self, caller: Caller, course: Course) -> None:
        accept(versions_of(course)[0], by=None)

        def numbers(query: str) -> list[int]:
            return [each["number"] for each in caller.get(f"{below(course, 'questions')}{query}").json()["results"]]

        queries = (
            "?decision=accepted",
            "?decision=undecided",
            "?decision=published",
            "?lesson=the-wall",
            "?lesson=none",
        )
        assert [numbers(query) for query in queries] == [[1], [2], [], [1, 2], []]
        assert told(caller.get(f"{below(course, 'questions')}?decision=perhaps"))[:2] == (400, "invalid")

    @pytest.mark.parametrize("after", ["x", "-1", "%00", "²", "9" * 30, "1.5"])
    def test_a_place_that_is_none_is_read_past(self, caller: Caller, course: Course, after: str) -> None:
        answer = caller.get(f"{below(course, 'questions')}?after={after}")
        assert (answer.status_code, len(answer.json()["results"]) in (0, 2)) == (200, True)

    def test_keys_are_for_those_who_edit_the_course_alone(self, course: Course) -> None:
        only_for(course, lambda who: who.get(one(course)))
        only_for(course, lambda who: who.get(below(course, "questions")))


class TestDeciding:
    def test_it_is_accepted_undecided_and_rejected_with_a_reason(self, caller: Caller, course: Course) -> None:
        decided = [
            caller.patch(one(course), body).json()
            for body in (
                {"decision": "accepted"},
                {"decision": "accepted"},
                {"decision": "undecided"},
                {"decision": "rejected", "reason": "It asks for a word."},
            )
        ]
        assert [each["decision"] for each in decided] == ["accepted", "accepted", "undecided", "rejected"]
        assert decided[-1]["review_note"] == "It asks for a word."
        assert QuestionVersion.objects.get(pk=versions_of(course)[0].pk).reviewed_by == caller.person

    @pytest.mark.parametrize(
        "body",
        [{"decision": "rejected"}, {"decision": "rejected", "reason": " "}, {"decision": "published"}, {"decision": 1},
         {"decision": None}, {"decision": "rejected", "reason": "r" * 301}, {"reason": "\x00"}, []],
    )  # fmt: skip
    def test_what_is_no_decision_changes_nothing(self, caller: Caller, course: Course, body: Any) -> None:
        assert told(caller.patch(one(course), body))[:2] == (400, "invalid")
        assert caller.get(one(course)).json()["decision"] == "undecided"

    def test_of_two_who_decide_at_once_the_second_is_told(self, caller: Caller, course: Course) -> None:
        tag = caller.get(one(course))["ETag"]
        assert caller.patch(one(course), {"decision": "accepted"}, If_Match=tag).status_code == 200
        late = caller.patch(one(course), {"decision": "rejected", "reason": "No."}, If_Match=tag)
        assert told(late)[:2] == (412, "changed_meanwhile")
        assert caller.get(one(course)).json()["decision"] == "accepted"

    def test_who_wrote_it_does_not_accept_it_alone_where_two_are_wanted(self, caller: Caller, course: Course) -> None:
        set_two_person_review(course, on=True, by=caller.person)
        body = {"content": single_choice("Which town built it?"), "decision": "accepted"}
        assert told(caller.patch(one(course), body))[:2] == (409, "needs_another_person")
        assert caller.get(one(course)).json()["title"] == "Who built wall 0?"
        caller.patch(one(course), {"content": body["content"]})
        other = Caller(make_enrollment(course, role=Role.EDITOR).user)
        assert other.patch(one(course), {"decision": "accepted"}).json()["decision"] == "accepted"

    def test_the_clean_ones_of_a_lesson_are_accepted_at_once(self, caller: Caller, course: Course) -> None:
        clean = [not each["findings"] for each in caller.get(below(course, "questions")).json()["results"]]
        answers = [caller.post(below(course, "lessons", "the-wall", "accept")).json() for _ in range(2)]
        assert answers == [{"accepted": sum(clean)}, {"accepted": 0}]
        assert told(caller.post(below(course, "lessons", "nothing", "accept")))[:2] == (404, "not_found")

    def test_only_those_who_edit_the_course_decide(self, course: Course) -> None:
        only_for(course, lambda who: who.patch(one(course), {"decision": "undecided"}))
        only_for(course, lambda who: who.post(below(course, "lessons", "the-wall", "accept")))


class TestSayingItOtherwise:
    def test_a_draft_reads_as_it_was_sent_under_fresh_ids_and_waits_again(self, caller: Caller, course: Course) -> None:
        caller.patch(one(course), {"decision": "accepted"})
        body = caller.patch(one(course), {"content": single_choice("Which town built it?"), "tags": ["Walls", "towns"]})
        shown = body.json()
        assert (shown["title"], shown["decision"], shown["origin"]) == ("Which town built it?", "undecided", "human")
        assert {option["id"] for option in shown["content"]["options"]}.isdisjoint({"k7", "m2"})
        assert list(Question.objects.get(uuid=shown["question"]).tags.values_list("name", flat=True)) == [
            "towns",
            "walls",
        ]

    def test_the_same_again_changes_nothing(self, caller: Caller, course: Course) -> None:
        before = caller.get(one(course)).json()
        assert caller.patch(one(course), {"content": before["content"], "proof": [QUOTE]}).json() == before

    def test_it_is_proved_by_other_words(self, caller: Caller, course: Course) -> None:
        quotes = ["The lower town calls it a thirst machine.", "A lake feeds two towns."]
        evidence = caller.patch(one(course), {"proof": quotes}).json()["evidence"]
        assert [each["quote"] for each in evidence] == list(reversed(quotes))
        refused = caller.patch(one(course), {"proof": ["These words stand nowhere."]})
        assert told(refused)[:2] == (409, "not_in_the_text")

    def test_a_published_one_gets_a_new_wording_and_stays_asked_as_it_was(self, caller: Caller, course: Course) -> None:
        for version in versions_of(course):
            accept(version, by=None)
        publish_course(course)
        published = versions_of(course)[0]
        shown = caller.patch(one(course), {"content": single_choice("Which town built it?")}).json()
        assert (shown["version"] != str(published.uuid), shown["decision"]) == (True, "undecided")
        published.refresh_from_db()
        assert (published.state, published.content["stem"]) == ("published", "Who built wall 0?")

    @pytest.mark.parametrize(
        ("content", "field"),
        [
            ({}, "stem"),
            ({"stem": ""}, "stem"),
            ({"stem": "Who?", "options": []}, "options"),
            ({"stem": "Who?", "options": [{"text": "a", "correct": True}]}, "options"),
            ({"stem": 7, "options": "many"}, "stem"),
        ],
    )
    def test_every_problem_is_told_with_its_path_and_nothing_is_saved(
        self, caller: Caller, course: Course, content: Any, field: str
    ) -> None:
        answer = caller.patch(one(course), {"content": content})
        assert told(answer)[:2] == (422, "question_unsound")
        assert field in {each["field"].split(".")[0] for each in answer.json()["problems"]}
        assert caller.get(one(course)).json()["title"] == "Who built wall 0?"

    @pytest.mark.parametrize(
        "raw",
        ['"\\u0000"', '"\\ud800"', "1e300", "[" * 30 + "]" * 30, '{"a\\u0000": 1}', "9" * 40],
        ids=lambda raw: raw[:9],
    )
    def test_what_no_database_keeps_is_told_and_never_a_fault(self, caller: Caller, course: Course, raw: str) -> None:
        answer = caller.send("PATCH", one(course), f'{{"content": {{"stem": "Who?", "more": {raw}}}}}')
        assert told(answer)[:2] == (422, "question_unsound")
        assert [each["code"] for each in answer.json()["problems"]] == ["unstorable"]


class TestWriting:
    @pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
    def test_a_question_of_every_kind_is_written_by_hand_and_answered_by_its_key(
        self, caller: Caller, course: Course, kind: QuestionType
    ) -> None:
        content = next(iter(kind.examples())).content
        sent = {"kind": kind.kind, "content": content, "proof": [QUOTE], "concept": "suggestion-0", "tags": ["by hand"]}
        answer = caller.post(below(course, "questions"), sent)
        body = answer.json()
        assert (answer.status_code, body["kind"], body["decision"], body["origin"]) == (
            201,
            kind.kind,
            "undecided",
            "human",
        )
        assert (body["evidence"][0]["quote"], body["concept"], body["lesson"]) == (QUOTE, "suggestion-0", "the-wall")
        assert kind.check(body["content"]) == []
        version = QuestionVersion.objects.get(uuid=body["version"])
        assert version.written_by == caller.person
        key = kind.model_answer(body["content"])
        tried = caller.post(below(course, "questions", body["version"], "try"), {"answer": key}).json()
        assert tried["fraction"] in (1.0, None)

    @pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
    @pytest.mark.parametrize("content", SHAPES, ids=range(len(SHAPES)))
    def test_content_of_any_shape_is_checked_by_its_kind(
        self, caller: Caller, course: Course, kind: QuestionType, content: Any
    ) -> None:
        answer = caller.post(below(course, "questions"), {"kind": kind.kind, "content": content})
        assert told(answer)[:2] == (422, "question_unsound")
        assert all(set(each) == {"code", "message", "field"} for each in answer.json()["problems"])

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"kind": "riddle"}, "kind"),
            ({"kind": None}, "kind"),
            ({"content": []}, "content"),
            ({"content": None}, "content"),
            ({"concept": "nothing"}, "concept"),
            ({"proof": "one"}, "proof"),
            ({"proof": [None]}, "proof"),
            ({"proof": ["q"] * 21}, "proof"),
            ({"tags": ["\x00"]}, "tags"),
        ],
        ids=str,
    )
    def test_what_is_none_names_its_field(
        self, caller: Caller, course: Course, changes: dict[str, Any], field: str
    ) -> None:
        sent = {"kind": "single_choice", "content": single_choice(), **changes}
        assert list(caller.post(below(course, "questions"), sent).json()["errors"]) == [field]
        assert Question.objects.count() == 2

    def test_a_quote_that_stands_nowhere_and_a_course_without_a_text_are_conflicts(
        self, caller: Caller, course: Course
    ) -> None:
        sent = {"kind": "single_choice", "content": single_choice(), "proof": ["Nowhere."]}
        assert told(caller.post(below(course, "questions"), sent))[:2] == (409, "not_in_the_text")
        course.lessons.all().delete()
        assert told(caller.post(below(course, "questions"), {**sent, "proof": []}))[:2] == (409, "no_text_yet")
        assert Question.objects.count() == 2

    def test_a_key_writes_one(self, caller: Caller, course: Course) -> None:
        sent = {"kind": "single_choice", "content": single_choice()}
        answers = [caller.post(below(course, "questions"), sent, Idempotency_Key="one").json() for _ in range(2)]
        assert (answers[0], Question.objects.count()) == (answers[1], 3)

    def test_only_those_who_edit_the_course_write(self, course: Course) -> None:
        sent = {"kind": "single_choice", "content": single_choice()}
        only_for(course, lambda who: who.post(below(course, "questions"), sent))


class TestTrying:
    @pytest.mark.parametrize(
        ("answer", "fraction"), [("k7", 1.0), ("m2", 0.0), (None, 0.0), (["k7", "m2"], 0.0), ({"a": 1}, 0.0)]
    )
    def test_an_answer_earns_what_a_learner_would_get_and_counts_nowhere(
        self, caller: Caller, course: Course, answer: Any, fraction: float
    ) -> None:
        assert caller.post(one(course, 0, "try"), {"answer": answer}).json()["fraction"] == fraction

    def test_tolerance_is_tried_before_it_is_saved(self, caller: Caller, owner: User) -> None:
        kind = next(each for each in kinds() if each.kind == "short_text")
        content = dict(next(iter(kind.examples())).content)
        course = make_draft(owner, contents=[("short_text", content)])
        right = kind.model_answer(content)
        wide = {**content, "answers": ["something quite different"]}
        tried = [
            caller.post(one(course, 0, "try"), body).json()["fraction"]
            for body in ({"answer": right}, {"answer": right, "content": wide}, {"answer": "quite wrong"})
        ]
        assert (tried[0], tried[2]) == (1.0, 0.0)
        assert versions_of(course)[0].content == content

    def test_content_that_cannot_be_asked_is_told(self, caller: Caller, course: Course) -> None:
        answer = caller.post(one(course, 0, "try"), {"answer": "k7", "content": {"stem": "Who?"}})
        assert told(answer)[:2] == (422, "question_unsound")

    def test_only_those_who_edit_the_course_try(self, course: Course) -> None:
        only_for(course, lambda who: who.post(one(course, 0, "try"), {"answer": "k7"}))


def test_what_is_of_another_course_is_not_found(caller: Caller, course: Course, owner: User) -> None:
    other = make_course(owner=owner)
    version = versions_of(course)[0].uuid
    for where, which in ((other, version), (course, UUID(int=1))):
        path = below(where, "questions", which)
        assert told(caller.get(path))[:2] == (404, "not_found")
        assert told(caller.patch(path, {"decision": "accepted"}))[:2] == (404, "not_found")
        for deed in ("fix", "waive", "try"):
            assert told(caller.post(f"{path}{deed}/", {}))[:2] == (404, "not_found")
