"""The queue and its answers, as a grader sees them without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from course.models import Anchor, Role
from quizzes.domain.manual_queue import AnswerGroup, groups_waiting
from quizzes.domain.rubrics import retire_item, rubric_of
from quizzes.domain.saved_comments import save_comment
from quizzes.models import Audit, AuditState, Grading, GradingEvent, Response, RubricItem, SavedComment
from tests.factories import NOW, make_quiz
from tests.quizzes.domain.waiting_answers import OPEN, Desk
from tests.web.studio.drafts import HOSTILE, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class AtDesk:
    """A grader signed in, and the pages of their question."""

    def __init__(self, client: Client, desk: Desk) -> None:
        self.client, self.desk = client, desk
        client.force_login(desk.grader)

    @property
    def queue(self) -> str:
        return address_of(self.desk.course, "grading")

    @property
    def address(self) -> str:
        return address_of(self.desk.course, "grading", self.desk.question.uuid)

    def reads(self, address: str = "", **asked: str) -> str:
        return self.client.get(address or self.address, asked).content.decode()

    def groups(self) -> list[AnswerGroup]:
        return groups_waiting(self.desk.question)

    def sends(self, group: AnswerGroup | None = None, **form: Any) -> Any:
        """The form of the group, or of the first."""
        here = group or self.groups()[0]
        variants = [variant.digest for variant in here.variants]
        return self.client.post(self.address, {"answer": here.digest, "variant": variants, "of": "3.00", **form})

    def items(self, *places: int) -> list[str]:
        offered = rubric_of(self.desk.question)
        return [str(offered[place].uuid) for place in places]


@pytest.fixture
def at(client: Client) -> AtDesk:
    return AtDesk(client, Desk())


class TestTheQueue:
    def test_where_nothing_ever_waited_it_says_all_graded(self, at: AtDesk) -> None:
        page = at.reads(at.queue)
        assert '<h1 id="waiting">All graded</h1>' in page
        assert "none ever did" in page
        assert page.count("btn primary") == 1

    def test_after_the_last_grade_it_says_when_that_was(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        at.sends(item=at.items(0), do="save")
        assert "The last grade was given <time" in at.reads(at.queue)

    def test_each_question_stands_with_what_waits_for_how_long_and_who_graded(self, at: AtDesk) -> None:
        at.desk.answered("a first")
        at.sends(item=at.items(0), do="save")
        at.desk.answered("the wall", "the lake")
        at.desk.audited("the water")

        page = at.reads(at.queue)

        assert "Two answers to grade" in page
        assert "one automatic grade to look at" in page
        assert OPEN["stem"] in page
        assert "2 to grade" in page
        assert "1 to look at" in page
        assert "Graded so far by Anna." in page

    @pytest.mark.parametrize("count", [10, 1_000])
    def test_neither_page_takes_more_statements_for_more_answers(
        self, at: AtDesk, count: int, django_assert_num_queries: Any
    ) -> None:
        at.desk.answered(*[f"answer number {number}" for number in range(count)])
        at.reads(at.queue)
        with django_assert_num_queries(8):
            at.reads(at.queue)
        with django_assert_num_queries(13):
            at.reads()

    def test_the_course_and_the_studio_lead_here(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        link = f'href="{at.queue}"'
        assert link in at.reads(address_of(at.desk.course))
        assert link in at.reads("/studio/")

    def test_a_grader_who_writes_nothing_finds_their_courses_in_the_studio(self, client: Client) -> None:
        at = AtDesk(client, Desk(role=Role.GRADER))
        assert "All graded: no answer waits in the courses that you grade." in at.reads("/studio/")
        at.desk.answered("the wall")
        page = at.reads("/studio/")
        assert f'href="{at.queue}"' in page
        assert "Import an article" not in page


class TestOneAnswer:
    def test_it_stands_beside_what_settles_it_and_its_rubric(self, at: AtDesk) -> None:
        at.desk.answered("It is thirsty.")
        page = at.reads()
        for words in [
            OPEN["stem"],
            "It is thirsty.",
            "the wall that the upper town built",
            OPEN["explanation"],
            "<mark>The upper town built a wall.</mark>",
            "<kbd>1</kbd> Names the wall",
            '<span class="meta num">+2</span>',
            '<span class="meta num">−1</span>',
        ]:
            assert words in page

    def test_the_way_to_a_lesson_stands_once_below_all_its_quotes(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        anchor = Anchor.objects.get(question=at.desk.question.versions.get().uuid)
        anchor.pk, anchor.start, anchor.end, anchor.quote = None, 2, 6, "lake"
        anchor.ordinal = 1
        anchor.save(force_insert=True)
        page = at.reads()
        assert page.count("<mark>") == 2
        assert page.count("Read it in “The wall”") == 1

    def test_the_same_answer_is_read_once_and_slips_can_be_taken_out(self, at: AtDesk) -> None:
        at.desk.answered("the reservoir", "The reservoir.", "the resrevoir")
        page = at.reads()
        assert "Given 3 times" in page
        assert len(re.findall('<input type="checkbox" name="variant"', page)) == 2
        assert "2 times" in page

    def test_a_suggestion_is_called_provisional_with_its_way(self, at: AtDesk) -> None:
        suggestion = {"suggestion": 0.666667, "path": ["It is near to two answers that earned 2 of 3."]}
        at.desk.answered("the wall", suggestion=suggestion)
        page = at.reads()
        assert 'provisional: suggested</span> <b class="num">2 of 3</b> points' in page
        assert "It is near to two answers" in page

    def test_names_are_hidden_until_they_are_asked_for(self, at: AtDesk) -> None:
        (response,) = at.desk.answered("the wall")
        name = response.attempt.enrollment.user.name  # type: ignore[union-attr]  # -- it has one
        assert name not in at.reads()

        answer = at.client.post(at.address, {"do": "names", "answer": at.groups()[0].digest})

        assert answer.status_code == 303
        assert f"By {name}." in at.reads()
        at.client.post(at.address, {"do": "names"})
        assert name not in at.reads()

    def test_of_many_names_some_stand_and_the_rest_are_counted(self, at: AtDesk) -> None:
        at.desk.answered(*["the wall"] * 15)
        at.client.post(at.address, {"do": "names"})
        assert "and 3 more." in at.reads()

    def test_hostile_answers_are_shown_as_they_are(self, at: AtDesk) -> None:
        at.desk.answered(HOSTILE)
        page = at.reads()
        assert HOSTILE not in page
        assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;" in page

    def test_next_and_previous_go_in_order_without_saving(self, at: AtDesk) -> None:
        at.desk.answered("the wall", "the lake", "the water")
        first, second, third = (group.digest for group in at.groups())
        page = at.reads(answer=second)
        assert f'href="?answer={first}" aria-keyshortcuts="K"' in page
        assert f'href="?answer={third}" aria-keyshortcuts="J"' in page
        assert "Answer 2 of 3" in page

    def test_an_answer_that_is_gone_leads_to_the_next(self, at: AtDesk) -> None:
        at.desk.answered("the wall", "the lake")
        assert "Answer 1 of 2" in at.reads(answer="f" * 16)
        assert "Answer 1 of 2" in at.reads(answer="~<nothing>")

    def test_without_a_rubric_points_are_given_by_hand(self, client: Client) -> None:
        at = AtDesk(client, Desk(content={**OPEN, "rubric": []}))
        at.desk.answered("the wall")
        assert "There is no rubric yet." in at.reads()
        at.sends(points="1.5", do="save")
        assert Response.objects.get().fraction == Decimal("0.5")

    def test_from_the_tenth_item_on_there_is_no_key(self, client: Client) -> None:
        rubric = [{"id": f"r{number}", "text": f"Item {number}", "points": 1} for number in range(10)]
        at = AtDesk(client, Desk(content={**OPEN, "rubric": rubric}))
        at.desk.answered("the wall")
        assert re.findall('name="item".*aria-keyshortcuts="(.)"', at.reads()) == list("123456789")


class TestGrading:
    def test_saving_grades_the_group_and_goes_on_to_the_next(self, at: AtDesk) -> None:
        at.desk.answered("the wall", "the wall", "the lake", "the water")
        first, second, _ = at.groups()

        answer = at.sends(first, item=at.items(0), comment="Good.", do="save")

        assert (answer.status_code, answer["Location"]) == (303, f"{at.address}?answer={first.digest}")
        page = at.reads(answer["Location"])
        assert f'value="{second.digest}"' in page
        assert "graded." in page
        graded = Response.objects.filter(pk__in=first.responses)
        assert set(graded.values_list("grading", "fraction")) == {(Grading.GRADED, Decimal("0.666667"))}

    def test_nothing_given_is_told_and_what_was_typed_stays(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        answer = at.sends(comment="Half of it.", do="save")
        assert answer.status_code == 422
        assert "Nothing is given yet." in answer.content.decode()
        assert "Half of it.</textarea>" in answer.content.decode()

    @pytest.mark.parametrize(
        ("form", "words"),
        [
            ({"points": "4"}, "Give at most 3 points."),
            ({"points": "-1"}, "greater than or equal to 0"),
            ({"points": "two"}, "Enter a number."),
            ({"item": ["nothing"]}, "Select a valid choice."),
            ({"comment": "x" * 1_001}, "at most 1000 characters"),
        ],
    )
    def test_what_cannot_be_is_told_and_changes_nothing(self, at: AtDesk, form: dict[str, Any], words: str) -> None:
        at.desk.answered("the wall")
        answer = at.sends(**form, do="save")
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert GradingEvent.objects.count() == 1

    def test_none_of_it_is_a_grade(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        at.sends(none="on", do="save")
        assert Response.objects.get().fraction == 0

    def test_who_comes_second_is_told_and_overwrites_nothing(self, at: AtDesk) -> None:
        at.desk.answered("the wall", "the lake")
        group = at.groups()[0]
        at.sends(group, item=at.items(0), do="save")
        at.client.force_login(at.desk.staff("Berta"))

        answer = at.sends(group, item=at.items(1), do="save")

        assert answer.status_code == 409
        assert "Anna was first and gave this answer 66.7 %." in answer.content.decode()
        assert GradingEvent.objects.filter(number=2).count() == 1

    def test_who_comes_second_at_the_last_answer_is_told_too(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        group = at.groups()[0]
        at.sends(group, item=at.items(0), do="save")
        at.client.force_login(at.desk.staff("Berta"))
        answer = at.sends(group, item=at.items(1), do="save")
        assert answer.status_code == 409
        assert "All graded" in answer.content.decode()
        assert "Anna was first" in answer.content.decode()

    def test_pressing_twice_grades_once(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        group = at.groups()[0]
        assert [at.sends(group, item=at.items(0), do="save").status_code for _ in range(2)] == [303, 303]
        assert GradingEvent.objects.count() == 2

    def test_after_the_last_answer_all_is_graded_and_can_be_taken_back(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        at.sends(item=at.items(0), do="save")
        page = at.reads()
        assert "All graded" in page
        assert "Undo the last, one answer" in page

        answer = at.client.post(at.address, {"do": "undo"})

        assert answer.status_code == 303
        page = at.reads()
        assert "Taken back: one answer waits again." in page
        assert "Answer 1 of 1" in page

    def test_taking_back_leads_to_what_was_taken_back(self, at: AtDesk) -> None:
        at.desk.answered("the wall", "the lake", "the water")
        second, third = at.groups()[1:]
        at.sends(second, item=at.items(0), do="save")
        answer = at.client.post(at.address, {"do": "undo", "answer": third.digest})
        assert answer["Location"] == f"{at.address}?answer={second.digest}"

    def test_taking_back_nothing_says_nothing(self, at: AtDesk) -> None:
        assert at.client.post(at.address, {"do": "undo"}).status_code == 303
        assert "Taken back" not in at.reads()


class TestComments:
    def test_a_comment_is_saved_when_that_is_ticked_and_offered_from_then_on(self, at: AtDesk) -> None:
        at.desk.answered("the wall", "the lake")
        at.sends(item=at.items(0), comment="Say who.", keep="on", do="save")
        assert SavedComment.objects.get().text == "Say who."
        assert "One saved comment" in at.reads()

    def test_a_chosen_comment_is_told_before_the_written_one(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        save_comment(at.desk.question, text="Say who.", by=at.desk.grader, at=NOW)
        at.sends(item=at.items(0), comment="Well done.", said=[SavedComment.objects.get().uuid], do="save")
        event = GradingEvent.objects.get(number=2)
        assert event.feedback == "Names the wall\nSay who.\nWell done."

    def test_a_comment_of_another_course_is_never_told(self, at: AtDesk) -> None:
        other = Desk()
        save_comment(other.question, text="A secret.", by=other.grader, at=NOW)
        at.desk.answered("the wall")
        at.sends(item=at.items(0), said=[SavedComment.objects.get().uuid], do="save")
        assert "secret" not in GradingEvent.objects.get(number=2).feedback


class TestAudits:
    def test_an_audit_shows_its_grade_and_can_be_let_stand(self, at: AtDesk) -> None:
        at.desk.audited("the wall", fraction="0.666667")
        page = at.reads()
        assert "Graded automatically: look at it" in page
        assert '<b class="num">2 of 3</b> points' in page

        assert at.sends(do="confirm").status_code == 303

        assert Audit.objects.get().state == AuditState.CONFIRMED
        assert "One answer confirmed." in at.reads()

    def test_an_audit_can_be_overridden(self, at: AtDesk) -> None:
        at.desk.audited("the wall")
        at.sends(points="0", do="save")
        assert Audit.objects.get().state == AuditState.OVERRIDDEN
        assert Response.objects.get().fraction == 0

    def test_what_waits_for_a_grade_cannot_be_let_stand(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        assert "The grade stands" not in at.reads()
        at.sends(do="confirm")
        assert Response.objects.get().grading == Grading.PENDING_MANUAL


class TestRubricInUse:
    def test_a_retired_item_is_not_offered(self, at: AtDesk) -> None:
        at.desk.answered("the wall", "the lake")
        at.sends(item=at.items(0), do="save")
        retire_item(RubricItem.objects.get(text="Names the wall"), at=NOW + timedelta(days=1))
        assert "Names the wall" not in at.reads()

    def test_looking_stores_no_rubric(self, at: AtDesk) -> None:
        at.desk.answered("the wall")
        at.reads()
        assert not RubricItem.objects.exists()

    def test_a_question_of_another_course_is_not_found(self, at: AtDesk) -> None:
        foreign = make_quiz(Desk().course, questions=[("open_response", OPEN)]).items.get().question
        assert foreign is not None
        address = address_of(at.desk.course, "grading", foreign.uuid)
        assert at.client.get(address).status_code == 404
        assert at.client.get(f"{address}rubric/").status_code == 404
