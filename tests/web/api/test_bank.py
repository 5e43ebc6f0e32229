"""The bank over REST: found, paged, tagged, put away and fetched again; wordings compared, duplicates and pools."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from accounts.models import User
from course.models import Course
from quizzes.models import Question, Quiz
from tests.factories import make_course, make_quiz, single_choice
from tests.web.api.callers import Caller, told
from tests.web.api.editors import only_for
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STEMS = ("Who built the wall above the lake?", "Who built a wall above the lake?", "What feeds both towns?")


@pytest.fixture
def owner() -> User:
    return make_author()


@pytest.fixture
def caller(owner: User) -> Caller:
    return Caller(owner)


@pytest.fixture
def course(owner: User) -> Course:
    return make_course(owner=owner)


@pytest.fixture
def quiz(course: Course) -> Quiz:
    return make_quiz(course, questions=[("single_choice", single_choice(stem)) for stem in STEMS])


@pytest.fixture
def questions(quiz: Quiz) -> list[str]:
    return [str(item.question.uuid) for item in quiz.items.order_by("position") if item.question]


def below(course: Course, *parts: object) -> str:
    return "/".join([f"courses/{course.slug}/drafts/bank", *map(str, parts), ""])


def found(caller: Caller, course: Course, query: str = "") -> list[str]:
    return [row["question"] for row in caller.get(f"{below(course)}?{query}").json()["results"]]


def test_a_question_with_where_it_is_used_and_how_it_does(caller: Caller, quiz: Quiz, questions: list[str]) -> None:
    row = caller.get(below(quiz.course)).json()["results"][-1]
    version = Question.objects.get(uuid=questions[0]).versions.get()
    assert row == {
        "question": questions[0],
        "version": str(version.uuid),
        "kind": "single_choice",
        "title": STEMS[0],
        "decision": "published",
        "concept": None,
        "tags": [],
        "quizzes": [{"slug": quiz.slug, "title": "The wall, checked"}],
        "answers": 0,
        "fraction": None,
    }


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", [2, 1, 0]),
        ("text=feeds", [2]),
        ("text=%22built+the+wall%22", [0]),
        ("state=published", [2, 1, 0]),
        ("state=undecided", []),
        ("kind=single_choice", [2, 1, 0]),
        ("kind=numeric", []),
        ("lesson=the-wall", [2, 1, 0]),
        ("usage=used", [2, 1, 0]),
        ("usage=unused", []),
        ("concept=nothing", []),
    ],
)
def test_what_is_asked_for_is_found(
    caller: Caller, quiz: Quiz, questions: list[str], query: str, wanted: list[int]
) -> None:
    assert found(caller, quiz.course, query) == [questions[number] for number in wanted]


@pytest.mark.parametrize("query", ["state=perhaps", "usage=often", "text=%00", f"text={'t' * 201}", "kind=%00"])
def test_a_search_that_makes_no_sense_is_told(caller: Caller, course: Course, query: str) -> None:
    assert told(caller.get(f"{below(course)}?{query}"))[:2] == (400, "invalid")


def test_the_next_page_follows(caller: Caller, course: Course) -> None:
    make_quiz(course, questions=51)
    first = caller.get(below(course)).json()
    second = caller.get(first["next"].partition("/api/v1/")[2]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (50, 1, None)
    rows = [row["question"] for row in (*first["results"], *second["results"])]
    assert len(set(rows)) == 51


def change(caller: Caller, course: Course, query: str = "", **sent: Any) -> Any:
    return caller.post(f"{below(course, 'change')}?{query}", sent)


def test_chosen_questions_are_tagged_and_found_by_it(caller: Caller, quiz: Quiz, questions: list[str]) -> None:
    counts = [
        change(caller, quiz.course, do=do, tag="The Wall", questions=questions[:2]).json()["changed"]
        for do in ("tag", "tag", "untag")
    ]
    assert counts == [2, 0, 2]
    change(caller, quiz.course, "text=feeds", do="tag", tag="water", all=True)
    assert found(caller, quiz.course, "tag=water") == [questions[2]]


def test_they_are_put_away_and_fetched_again(caller: Caller, quiz: Quiz, questions: list[str]) -> None:
    assert change(caller, quiz.course, do="archive", questions=questions[:1]).json() == {"changed": 1}
    assert found(caller, quiz.course) == [questions[2], questions[1]]
    assert found(caller, quiz.course, "state=withdrawn") == [questions[0]]
    assert change(caller, quiz.course, "state=withdrawn", do="restore", all=True).json() == {"changed": 1}
    assert len(found(caller, quiz.course)) == 3


@pytest.mark.parametrize(
    "sent",
    [{}, {"do": "archive"}, {"do": "burn", "all": True}, {"do": "tag", "all": True}, {"do": "tag", "tag": "!"},
     {"do": "archive", "questions": ["x"]}, {"do": "archive", "questions": "all"}, {"do": "archive", "all": "perhaps"}],
    ids=str,
)  # fmt: skip
def test_what_is_no_change_changes_nothing(caller: Caller, quiz: Quiz, sent: dict[str, Any]) -> None:
    assert told(change(caller, quiz.course, **sent))[:2] == (400, "invalid")
    assert len(found(caller, quiz.course)) == 3


def test_questions_of_another_course_are_left_alone(caller: Caller, quiz: Quiz, questions: list[str]) -> None:
    other = make_course(owner=caller.person)
    assert change(caller, other, do="archive", questions=questions).json() == {"changed": 0}
    assert told(caller.get(below(other, questions[0])))[:2] == (404, "not_found")
    assert told(caller.put(below(other, questions[0]), {"tags": []}))[:2] == (404, "not_found")


def test_one_question_over_its_wordings_with_what_changed(caller: Caller, quiz: Quiz, questions: list[str]) -> None:
    version = Question.objects.get(uuid=questions[0]).versions.get()
    draft = f"courses/{quiz.course.slug}/drafts/questions/{version.uuid}/"
    caller.patch(draft, {"content": single_choice("Who built that wall above the lake?")})
    body = caller.get(below(quiz.course, questions[0])).json()
    assert [(each["number"], each["decision"]) for each in body["wordings"]] == [(2, "undecided"), (1, "published")]
    assert ([each["slug"] for each in body["quizzes"]], body["is_archived"], body["tags"]) == ([quiz.slug], False, [])
    words = [(each["text"].strip(), each["mark"]) for each in body["differences"][0]["words"] if each["mark"]]
    assert words == [("the", "old"), ("that", "new")]
    same = caller.get(f"{below(quiz.course, questions[0])}?old=1&new=1").json()
    assert same["differences"] == body["differences"]


def test_it_has_exactly_the_tags_that_it_is_given(caller: Caller, quiz: Quiz, questions: list[str]) -> None:
    path = below(quiz.course, questions[0])
    assert caller.put(path, {"tags": ["Walls", "walls", "Old towns", "!"]}).json()["tags"] == ["old-towns", "walls"]
    assert caller.put(path, {"tags": []}).json()["tags"] == []
    refused: list[Any] = [{}, {"tags": "walls"}, {"tags": [None]}, {"tags": ["\x00"]}, []]
    for wrong in refused:
        assert told(caller.put(path, wrong))[:2] == (400, "invalid")


def test_those_that_ask_nearly_the_same_stand_together(caller: Caller, quiz: Quiz, questions: list[str]) -> None:
    (group,) = caller.get(below(quiz.course, "duplicates")).json()
    assert {each["title"] for each in group["questions"]} == set(STEMS[:2])
    assert group["questions"][0]["likeness"] == 1.0
    assert 0 < group["questions"][1]["likeness"] <= 1


class TestPools:
    def test_a_quiz_ends_with_a_pool_of_what_was_found(self, caller: Caller, quiz: Quiz) -> None:
        path = below(quiz.course, "pools")
        assert caller.get(path).json() == []
        made = caller.post(f"{path}?text=built", {"quiz": quiz.slug, "take": 2, "tag": "Walls"})
        shown = {"quiz": quiz.slug, "position": 4, "take": 2, "tag": "walls", "concept": "", "reached": 2}
        assert (made.status_code, made.json()) == (201, [{**shown, "is_short": False}])
        by_tag = caller.post(f"{path}?tag=walls", {"quiz": quiz.slug, "take": 1}).json()[-1]
        assert (by_tag["take"], by_tag["tag"], by_tag["reached"]) == (1, "walls", 2)

    @pytest.mark.parametrize(
        ("sent", "status", "code"),
        [
            ({"take": 5, "tag": "t"}, 409, "pool_too_small"),
            ({"take": 1}, 400, "invalid"),
            ({"take": 1, "tag": "!"}, 400, "invalid"),
            ({"take": 0, "tag": "t"}, 400, "invalid"),
            ({"take": "two", "tag": "t"}, 400, "invalid"),
            ({"take": 1, "tag": "t", "quiz": "nothing"}, 404, "not_found"),
        ],
        ids=str,
    )
    def test_what_cannot_be_drawn_makes_none(
        self, caller: Caller, quiz: Quiz, sent: dict[str, Any], status: int, code: str
    ) -> None:
        answer = caller.post(f"{below(quiz.course, 'pools')}?text=built", {"quiz": quiz.slug, **sent})
        assert told(answer)[:2] == (status, code)
        assert caller.get(below(quiz.course, "pools")).json() == []


def test_only_those_who_edit_the_course_see_or_change_it(quiz: Quiz, questions: list[str]) -> None:
    for part in ([], ["duplicates"], ["pools"], [questions[0]]):
        only_for(quiz.course, lambda who, part=part: who.get(below(quiz.course, *part)))  # type: ignore[misc]  # -- a default of its own
    only_for(quiz.course, lambda who: who.put(below(quiz.course, questions[0]), {"tags": []}))
    only_for(quiz.course, lambda who: change(who, quiz.course, do="restore", questions=[str(UUID(int=1))]))
