"""What comes whole and what comes by the page: a list is whole only if its length is decided by who writes a course."""

from __future__ import annotations

import pytest

from course.models import Course, Lesson
from tests.factories import make_concept, make_course, make_person, make_quiz
from tests.quality.documents import codes, page
from tests.web.api.callers import Caller
from tests.web.api.fuzzing import operations

WHOLE = {
    "get_bank_duplicates": "courses/{slug}/drafts/bank/duplicates/",
    "get_bank_pools": "courses/{slug}/drafts/bank/pools/",
    "get_origins": "courses/{slug}/drafts/origins/",
    "get_quiz_askable": "courses/{slug}/drafts/quizzes/{slug}/askable/",
    "get_quiz_gift": "courses/{slug}/drafts/quizzes/{slug}/gift/",
    "get_comments": "courses/{slug}/grading/{question}/comments/",
    "get_rubric": "courses/{slug}/grading/{question}/rubric/",
    "get_notes": "courses/{slug}/notes/",
    "get_part_erasure": "courses/{slug}/people/{uuid}/erasure/",
    "get_webhooks": "courses/{slug}/webhooks/",
    "get_own_erasure": "own/erasure/",
    "get_progress": "progress/",
    "get_extensions": "quizzes/{uuid}/extensions/",
}


def test_these_lists_come_whole_and_the_page_says_so() -> None:
    whole = {str(each) for each in operations() if each.method == "get" and each.answer.get("type") == "array"}
    assert whole == set(WHOLE)
    (told,) = (line for line in page("docs/rest.md").splitlines() if line.startswith("**Whole** come"))
    assert {code for code in codes(told) if "/" in code} == set(WHOLE.values())


def put_last_first(course: Course) -> list[str]:
    """The course has two lessons, the newer of which stands first; their slugs in order."""
    lesson = course.lessons.get()
    Lesson.objects.filter(pk=lesson.pk).update(position=2)
    lesson.pk, lesson.uuid, lesson.position, lesson.slug = None, course.uuid, 1, "before-the-wall"
    lesson.save(force_insert=True)
    return ["before-the-wall", "the-wall"]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 50])
def test_what_has_an_order_comes_in_it(size: int) -> None:
    owner = make_person()
    course = make_course(owner=owner)
    quizzes = [make_quiz(course, position=place).slug for place in (3, 1, 2, 2)]
    concepts = [make_concept(course) for _ in range(3)]
    for concept, rank in zip(concepts, (30, 10, 20), strict=True):
        concept.rank = rank
        concept.save()
    in_order = [quizzes[number] for number in (1, 2, 3, 0)]
    wanted = {
        "lessons/": put_last_first(course),
        "quizzes/": in_order,
        "drafts/quizzes/": in_order,
        "concepts/": [concepts[number].slug for number in (1, 2, 0)],
    }
    caller = Caller(owner)
    for below, slugs in wanted.items():
        found, address = [], f"courses/{course.slug}/{below}?page_size={size}"
        while address:
            body = caller.get(address).json()
            found += [row["slug"] for row in body["results"]]
            address = (body["next"] or "").partition("/api/v1/")[2]
        assert found == slugs, below
