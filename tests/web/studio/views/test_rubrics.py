"""The rubric's page: every change, what it says it changed, and how graders compare."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from quizzes.domain.manual_grading import GivenGrade, grade_variants
from quizzes.domain.rubrics import MOST_ITEMS, add_item, fill_rubric, rubric_of
from quizzes.domain.saved_comments import save_comment
from quizzes.models import AutomaticAccept, GradingEvent, Response, RubricItem, SavedComment
from tests.factories import NOW
from tests.quizzes.domain.test_manual_grading import give, ticked, variants_of
from tests.quizzes.domain.waiting_answers import OPEN, Desk
from tests.web.studio.drafts import HOSTILE, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class AtRubric:
    """The owner of a course, at the rubric of its question."""

    def __init__(self, client: Client, desk: Desk) -> None:
        self.client, self.desk = client, desk
        client.force_login(desk.grader)
        self.address = address_of(desk.course, "grading", desk.question.uuid, "rubric")

    def reads(self) -> str:
        return self.client.get(self.address).content.decode()

    def does(self, done: str, place: int | None = None, **form: Any) -> Any:
        which = {} if place is None else {"which": str(rubric_of(self.desk.question)[place].uuid)}
        return self.client.post(self.address, {"do": done, **which, **form})

    def texts(self) -> list[str]:
        return [item.text for item in rubric_of(self.desk.question)]


@pytest.fixture
def at(client: Client) -> AtRubric:
    return AtRubric(client, Desk())


class TestItems:
    def test_each_stands_with_its_share(self, at: AtRubric) -> None:
        page = at.reads()
        for words in ["Names the wall", "66.7 %", "33.3 %", "−33.3 %", 'value="66.6667"', 'value="-33.3333"']:
            assert words in page

    def test_one_more_comes_last_and_changes_no_grade(self, at: AtRubric) -> None:
        answer = at.does("add", text="Names a year", feedback="", share="12.5")
        assert answer.status_code == 303
        assert at.texts()[-1] == "Names a year"
        assert RubricItem.objects.get(text="Names a year").fraction == Decimal("0.125")
        assert "Added. No grade has changed." in at.reads()

    def test_nothing_is_brought_back_into_a_full_rubric_and_the_page_says_so(self, at: AtRubric) -> None:
        at.does("retire", 0)
        retired = RubricItem.objects.get(retired_at__isnull=False)
        for number in range(MOST_ITEMS - 2):
            add_item(at.desk.question, text=f"Item {number}", fraction=Decimal(0), at=NOW)

        answer = at.does("back", which=str(retired.uuid))

        assert answer.status_code == 303
        assert "A rubric has at most 30 items. Retire one that is no longer needed first." in at.reads()
        assert len(at.texts()) == MOST_ITEMS

    def test_another_share_says_how_many_grades_are_new(self, at: AtRubric) -> None:
        at.desk.answered("the wall", "the wall")
        give(at.desk, ticked(at.desk, 0))
        at.does("save", 0, text="Names the wall", feedback="", share="50")
        assert "Two grades that rest on it are new." in at.reads()
        assert set(Response.objects.values_list("fraction", flat=True)) == {Decimal("0.5")}

    def test_other_words_change_no_grade(self, at: AtRubric) -> None:
        at.desk.answered("the wall")
        give(at.desk, ticked(at.desk, 0))
        at.does("save", 0, text="Speaks of the wall", feedback="Yes.", share="66.6667")
        page = at.reads()
        assert "The words are saved." in page
        assert "The share is saved." not in page
        assert GradingEvent.objects.count() == 2

    def test_saving_what_stands_says_nothing(self, at: AtRubric) -> None:
        at.does("save", 0, text="Names the wall", feedback="", share="66.6667")
        assert "saved." not in at.reads().lower().replace("saved comments", "")

    def test_items_move_retire_and_come_back(self, at: AtRubric) -> None:
        at.does("down", 0)
        assert at.texts() == ["Says who built it", "Names the wall", "Praises the wall"]
        at.does("up", 2)
        assert at.texts() == ["Says who built it", "Praises the wall", "Names the wall"]
        at.does("retire", 0)
        page = at.reads()
        assert "One retired item" in page
        assert at.texts() == ["Praises the wall", "Names the wall"]
        at.client.post(at.address, {"do": "back", "which": RubricItem.objects.get(retired_at__isnull=False).uuid})
        assert at.texts()[-1] == "Says who built it"

    @pytest.mark.parametrize(
        ("form", "words"),
        [
            ({"text": "", "share": "10"}, "This field is required."),
            ({"text": "Names it", "share": ""}, "This field is required."),
            ({"text": "Names it", "share": "101"}, "less than or equal to 100"),
            ({"text": "Names it", "share": "-101"}, "greater than or equal to -100"),
            ({"text": "Names it", "share": "much"}, "Enter a number."),
        ],
    )
    def test_what_cannot_be_is_told_beside_its_field_and_kept_as_typed(
        self, at: AtRubric, form: dict[str, str], words: str
    ) -> None:
        for done, place in (("add", None), ("save", 0)):
            answer = at.does(done, place, **form)
            assert answer.status_code == 422
            page = answer.content.decode()
            assert words in page
            assert f'value="{form["share"]}"' in page
        assert at.texts() == [row["text"] for row in OPEN["rubric"]]

    def test_a_full_rubric_says_so(self, at: AtRubric) -> None:
        for number in range(MOST_ITEMS - 3):
            add_item(at.desk.question, text=f"Item {number}", fraction=Decimal(0), at=NOW)
        at.does("add", text="One too many", share="1")
        assert "at most 30 items" in at.reads()

    @pytest.mark.parametrize("which", ["00000000-0000-4000-8000-000000000000", "nothing", ""])
    def test_an_item_that_is_not_there_is_not_found(self, at: AtRubric, which: str) -> None:
        for done in ("save", "retire", "up", "forget"):
            status = at.client.post(at.address, {"do": done, "which": which, "text": "x", "share": "1"}).status_code
            assert status == (303 if done == "forget" and len(which) == 36 else 404)

    def test_hostile_words_are_shown_as_they_are(self, at: AtRubric) -> None:
        at.does("add", text=HOSTILE, feedback=HOSTILE, share="1")
        assert HOSTILE not in at.reads()

    def test_a_question_without_a_rubric_opens_the_form(self, client: Client) -> None:
        at = AtRubric(client, Desk(content={**OPEN, "rubric": []}))
        assert '<details class="more" open><summary>Add an item' in at.reads()


class TestGraders:
    def test_without_grades_there_is_no_chart(self, at: AtRubric) -> None:
        page = at.reads()
        assert "Nobody has graded this question yet." in page
        assert '<svg class="chart"' not in page

    def test_the_chart_has_a_table_with_the_same_figures(self, at: AtRubric) -> None:
        berta = at.desk.staff("Berta")
        for by, fraction in ((at.desk.grader, "0.25"), (berta, "0.75")):
            at.desk.answered(*[f"{by.name} {number}" for number in range(10)])
            for variant in variants_of(at.desk.question):
                given = GivenGrade(own_fraction=Decimal(fraction))
                grade_variants(at.desk.question, variants=[variant], given=given, by=by, at=NOW)

        page = at.reads()

        assert "Anna gives 0.50 less than the others on this question." in page or "Berta gives 0.50 more" in page
        assert page.count("<circle") == 2
        for figures in ["<td>on the whole</td>", '<td class="n">0.25</td>', '<td class="n">0.75</td>', "22 November"]:
            assert figures in page

    def test_agreement_with_suggestions_is_told(self, at: AtRubric) -> None:
        AutomaticAccept.objects.create(question=at.desk.question, compared=50, agreed=45, changed_at=NOW)
        page = at.reads()
        assert "The suggestion was what people gave for 45 of 50 answers, 90 %." in page
        assert "a person gives every grade" in page
        AutomaticAccept.objects.update(is_on=True)
        assert "Sure answers are accepted without a person" in at.reads()


class TestComments:
    def test_a_saved_comment_can_be_removed(self, at: AtRubric) -> None:
        save_comment(at.desk.question, text="Say who.", by=at.desk.grader, at=NOW)
        assert "Say who." in at.reads()
        at.client.post(at.address, {"do": "forget", "which": SavedComment.objects.get().uuid})
        assert not SavedComment.objects.exists()


@pytest.mark.parametrize("count", [1, 60])
def test_the_page_takes_the_same_statements_whatever_was_graded(
    at: AtRubric, count: int, django_assert_num_queries: Any
) -> None:
    fill_rubric(at.desk.question)
    at.desk.answered(*["the wall"] * count)
    give(at.desk, ticked(at.desk, 0))
    with django_assert_num_queries(10):
        at.reads()
