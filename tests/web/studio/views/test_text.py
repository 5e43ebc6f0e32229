"""The text as it is read: each decision in the margin, by forms alone, and none of them lost or overwritten."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from authoring.domain.passages import decide_passage
from course.models import Course, PassageDecision, TextEdit
from course.reading.outline import PassageKind
from tests.authoring.domain.cuts import editor_of, make_cut_course, read_in
from tests.web.studio.drafts import HOSTILE, address_of, drop, make_author, make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author(client: Client) -> User:
    person = make_author("Ada")
    client.force_login(person)
    return person


def page_of(client: Client, course: Course) -> str:
    return str(client.get(address_of(course, "text")).content.decode())


def press(client: Client, course: Course, do: str, **headers: str) -> Any:
    """The button with this value, on the page as it stands."""
    page = page_of(client, course)
    assert f'name="do" value="{do}"' in page
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found is not None
    return client.post(address_of(course, "text"), {"seen": found[1], "do": do}, headers=headers)


def test_a_dropped_line_stands_struck_out_beside_its_reason(client: Client, author: User) -> None:
    course = make_draft(author)
    drop(course, position=0, reason="donation")
    page = page_of(client, course)
    assert "<del>A lake feeds two towns. The upper town built a wall.</del>" in page
    assert "Left out: donation" in page
    assert "This line asks readers for money or a subscription." in page
    assert "Two questions rest on this line" in page


def test_a_kept_line_says_so_and_can_be_left_out_again(client: Client, author: User) -> None:
    course = make_draft(author)
    drop(course, position=0)

    answer = press(client, course, "keep 1")

    assert (answer.status_code, answer["Location"]) == (303, f"{address_of(course, 'text')}#p-1")
    page = page_of(client, course)
    assert "Kept by you" in page
    assert "<del>" not in page
    assert "You kept a line: “A lake feeds two towns. The upper town built a wall.”" in page
    press(client, course, "drop 1")
    assert "<del>A lake feeds" in page_of(client, course)
    assert not PassageDecision.objects.exists()


DEEDS = [
    pytest.param("drop 2", "Left out by you", [("Part 1", [1, 3], 18), ("Part 2", [4, 5, 6], 27)], id="left out"),
    pytest.param(
        "heading 2", "Made a heading by you", [("Part 1", [1, 2, 3], 18), ("Part 2", [4, 5, 6], 27)], id="head"
    ),
    pytest.param(
        "split 2",
        "Part 2 begins here",
        [("Part 1", [1], 9), ("Part 1, continued", [2, 3], 18), ("Part 2", [4, 5, 6], 27)],
        id="a part begun",
    ),
    pytest.param(
        "earlier 4", "Part 2 begins here", [("Part 1", [1, 2], 18), ("Part 2", [3, 4, 5, 6], 36)], id="earlier"
    ),
    pytest.param("later 4", "Part 2 begins here", [("Part 1", [1, 2, 3, 4], 36), ("Part 2", [5, 6], 18)], id="later"),
]


@pytest.mark.parametrize(("do", "said", "lessons"), DEEDS)
def test_a_deed_is_done_shown_and_taken_back(
    client: Client, author: User, do: str, said: str, lessons: list[Any]
) -> None:
    course = make_cut_course(owner=author)
    before = read_in(course)

    press(client, course, do)
    assert read_in(course) == lessons
    assert said in page_of(client, course)

    press(client, course, "undo")
    assert read_in(course) == before
    assert 'value="undo"' not in page_of(client, course)


def test_a_heading_is_made_text_again(client: Client, author: User) -> None:
    course = make_cut_course(owner=author)
    press(client, course, "heading 2")
    press(client, course, "paragraph 2")
    assert not PassageDecision.objects.exists()


def test_who_looked_before_another_is_told_and_overwrites_nothing(client: Client, author: User) -> None:
    course = make_cut_course(owner=author)
    bo = make_author("Bo")
    decide_passage(course, number=1, kind=PassageKind.BOILERPLATE, editor=editor_of(course, bo))

    answer = client.post(address_of(course, "text"), {"seen": "0", "do": "drop 2"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bo has changed this text since you opened it" in page
    assert "Bo left a line out" in page
    assert [each.passage.position for each in PassageDecision.objects.all()] == [0]
    # The page shows the text as it is now, so that the second press counts.
    press(client, course, "drop 2")
    assert PassageDecision.objects.count() == 2


def test_a_script_gets_the_form_alone_and_hears_of_a_conflict(client: Client, author: User) -> None:
    course = make_cut_course(owner=author)
    done = press(client, course, "drop 2", **{"HX-Request": "true"})
    part = done.content.decode()
    assert done.status_code == 200
    assert part.lstrip().startswith("<form")
    assert "Left out by you" in part
    assert "<html" not in part

    late = client.post(address_of(course, "text"), {"seen": "0", "do": "drop 3"}, headers={"HX-Request": "true"})
    assert late.status_code == 200
    assert "This text has changed since you opened it" in late.content.decode()
    assert TextEdit.objects.count() == 1


@pytest.mark.parametrize(
    "do",
    [
        "",
        "burn 1",
        "drop",
        "drop 0",
        "drop one",
        "drop 99",
        "split 1",
        "earlier 1",
        "undo 3",
        "undo",
        "undo\n",
        "keep 1\n",
        "drop 1\x00",
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(client: Client, author: User, do: str) -> None:
    course = make_cut_course(owner=author)
    answer = client.post(address_of(course, "text"), {"seen": "0", "do": do})
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert not TextEdit.objects.exists()


def test_words_of_the_article_are_escaped_wherever_they_are_named(client: Client, author: User) -> None:
    course = make_cut_course(lines=(HOSTILE, "A lake.", "A wall.", "A town."), owner=author)
    press(client, course, "drop 1")
    assert "<script>alert" not in page_of(client, course)


@pytest.mark.parametrize("lines", [5, 60])
def test_the_text_takes_the_same_statements_whatever_its_length(
    client: Client, author: User, django_assert_num_queries: Any, lines: int
) -> None:
    course = make_draft(author, text="\n".join(f"Line {n} of the lake tells of a wall." for n in range(lines)))
    drop(course, position=0)
    with django_assert_num_queries(10):
        client.get(address_of(course, "text"))
