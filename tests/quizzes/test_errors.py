"""What can go wrong is said in whole sentences, each under a name of its own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import get_resolver

from course.errors import CourseError
from course.models import Lesson
from quizzes.errors import CannotPublish, QuizError, StaleAnswer
from quizzes.models import Response

OURS = ("authoring", "course", "hooks", "quizzes", "web", "jobs", "accounts")


def below(root: type[Any]) -> list[type[Any]]:
    return [root, *(each for child in root.__subclasses__() for each in below(child))]


def every_error() -> list[type[Any]]:
    """The errors of courses and quizzes, with every door and what stands behind it loaded."""
    assert get_resolver().url_patterns
    found = {each for root in (QuizError, CourseError) for each in below(root)}
    return sorted((each for each in found if each.__module__.split(".")[0] in OURS), key=lambda each: each.__qualname__)


def test_each_error_has_a_name_of_its_own_that_programs_can_keep() -> None:
    codes = [each.code for each in every_error()]

    assert len(codes) > 40
    assert sorted(code for code in set(codes) if codes.count(code) > 1) == []
    assert [code for code in codes if not re.fullmatch(r"[a-z]+(_[a-z]+)*", code)] == []


def test_each_error_says_what_is_wrong_in_whole_sentences() -> None:
    messages = {each.code: each.message for each in every_error()}

    assert {code: words for code, words in messages.items() if not re.fullmatch(r"[A-Z].*[.]", words)} == {}
    assert {code: words for code, words in messages.items() if "  " in words or "\n" in words} == {}


def test_no_two_errors_say_the_same() -> None:
    told: dict[str, list[str]] = {}
    for each in every_error():
        if "message" in vars(each):
            told.setdefault(each.message, []).append(each.code)

    general = {QuizError.message}
    assert {words: codes for words, codes in told.items() if len(codes) > 1 and words not in general} == {}


def made_of_words(error: type[Any]) -> bool:
    """Whether the error is made with a message, or with nothing at all."""
    return vars(error).get("__init__") in (None, QuizError.__init__, CourseError.__init__)


@pytest.mark.parametrize("error", [each for each in every_error() if made_of_words(each)], ids=lambda each: each.code)
def test_an_error_says_its_own_words_unless_it_is_given_others(error: type[Any]) -> None:
    assert str(error()) == error.message
    assert str(error("")) == error.message
    assert str(error("Something else. Try again.")) == "Something else. Try again."


def test_a_stale_answer_brings_the_newer_one() -> None:
    newer = Response(position=3)

    assert StaleAnswer(newer).response is newer
    assert str(StaleAnswer(newer)) == StaleAnswer.message


def test_what_keeps_a_course_from_being_published_is_told_at_once() -> None:
    problems = ["The first has no proof.", "The second has no key."]

    assert CannotPublish(problems).problems == problems
    assert str(CannotPublish(problems)) == CannotPublish.message


def test_an_error_of_a_course_is_none_of_a_quiz_and_the_other_way_round() -> None:
    assert not any(issubclass(each, QuizError) and issubclass(each, CourseError) for each in every_error())
    assert not issubclass(Lesson.DoesNotExist, CourseError | QuizError)
