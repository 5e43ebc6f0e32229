"""Where a course asks for two people, one alone corrects no key, however right the learner is."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from course.models import Course, Role
from quizzes.domain.appeals import accept_for_everybody, accept_for_these, acceptance_of, decline, raise_appeal
from quizzes.domain.questions import NeedsAnotherPerson, reject
from quizzes.domain.versions import new_version
from quizzes.errors import NoRoomForAnswer
from quizzes.models import Appeal, AppealState, QuestionVersion, RegradeRun, Response, VersionState
from tests.factories import NOW, make_enrollment
from tests.quizzes.domain.regraded import Class, fractions, run_every_job
from tests.web.studio.drafts import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SAID = "Right, the text says so."


@pytest.fixture
def group() -> Class:
    made = Class()
    Course.objects.filter(pk=made.course.pk).update(two_person_review=True)
    first, *_ = made.answered("dry machine", "Dry machine!", "wet")
    raise_appeal(Response.objects.select_related("version").get(pk=first.pk), text="It is dry, too.", at=NOW)
    return made


def appeal() -> Appeal:
    return Appeal.objects.select_related("response__attempt__quiz", "response__version__question").get()


def colleague(group: Class, role: Role = Role.EDITOR) -> User:
    user: User = make_enrollment(group.course, role=role).user
    return user


def accept(by: User) -> RegradeRun | None:
    run = accept_for_everybody(appeal(), by=by, decision=SAID, at=NOW)
    run_every_job("plan_regrade")
    run_every_job("apply_regrade")
    return run


def states() -> list[tuple[int, str]]:
    return list(QuestionVersion.objects.order_by("number").values_list("number", "state"))


def test_the_first_only_proposes_and_nobody_is_graded_by_it(group: Class) -> None:
    assert accept(group.instructor) is None
    assert (appeal().state, fractions(), RegradeRun.objects.count()) == (AppealState.OPEN, ["0", "0", "0"], 0)
    assert states() == [(1, VersionState.PUBLISHED), (2, VersionState.DRAFT)]
    proposal = acceptance_of(appeal(), at=NOW).proposal
    assert proposal is not None
    assert (proposal.written_by, proposal.reviewed_at) == (group.instructor, None)


def test_the_second_accepts_it_for_everybody(group: Class) -> None:
    accept(group.instructor)
    second = colleague(group)
    run = accept(second)
    assert run is not None
    assert (appeal().state, appeal().decided_by, fractions()) == (AppealState.ACCEPTED, second, ["1", "1", "0"])
    assert states() == [(1, VersionState.RETIRED), (2, VersionState.PUBLISHED)]
    published = QuestionVersion.objects.get(number=2)
    assert (published.written_by, published.reviewed_by) == (group.instructor, second)


def test_one_s_own_proposal_is_not_accepted_by_proposing_again(group: Class) -> None:
    accept(group.instructor)
    with pytest.raises(NeedsAnotherPerson):
        accept(group.instructor)
    assert (appeal().state, fractions()) == (AppealState.OPEN, ["0", "0", "0"])


def test_one_person_is_enough_where_the_course_asks_for_one(group: Class) -> None:
    Course.objects.update(two_person_review=False)
    assert accept(group.instructor) is not None
    assert fractions() == ["1", "1", "0"]


def test_a_proposal_that_was_rejected_can_be_made_again(group: Class) -> None:
    accept(group.instructor)
    reject(QuestionVersion.objects.get(number=2), by=colleague(group), reason="Not the word.")
    assert acceptance_of(appeal(), at=NOW).proposal is None
    accept(group.instructor)
    assert states() == [(1, "published"), (2, "retired"), (3, "draft")]


def test_a_draft_of_other_words_is_no_proposal(group: Class) -> None:
    published = QuestionVersion.objects.select_related("question").get()
    new_version(published, content={**published.content, "stem": "What else?"}, at=NOW)
    assert acceptance_of(appeal(), at=NOW).proposal is None
    with pytest.raises(NoRoomForAnswer, match="somebody is editing"):
        accept(group.instructor)


@pytest.mark.parametrize("decide", [accept_for_these, decline])
def test_what_changes_no_key_takes_one_person(group: Class, decide: object) -> None:
    assert callable(decide)
    assert decide(appeal(), by=group.instructor, decision=SAID, at=NOW) == 1
    assert appeal().state != AppealState.OPEN


class TestOnThePage:
    """Both see who has proposed what, and only the second can accept it."""

    def page(self, client: Client, group: Class, person: User) -> str:
        client.force_login(person)
        return client.get(address_of(group.course, "appeals", appeal().uuid)).content.decode()

    def test_who_proposes_is_told_what_happens_next(self, client: Client, group: Class) -> None:
        client.force_login(group.instructor)
        here = address_of(group.course, "appeals", appeal().uuid)
        page = client.post(here, {"do": "everybody", "decision": SAID}, follow=True).content.decode()
        assert "Proposed, and nobody is graded by it yet." in page
        assert "You have proposed to accept this answer." in page
        assert 'value="everybody"' not in page

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.GRADER])
    def test_a_colleague_reads_who_proposed_and_accepts(self, client: Client, group: Class, role: Role) -> None:
        accept(group.instructor)
        second = colleague(group, role)
        page = self.page(client, group, second)
        assert f"{group.instructor} has proposed to accept this answer" in page
        client.post(address_of(group.course, "appeals", appeal().uuid), {"do": "everybody", "decision": SAID})
        assert (appeal().state, appeal().decided_by) == (AppealState.ACCEPTED, second)

    def test_nothing_is_said_where_nothing_is_proposed(self, client: Client, group: Class) -> None:
        assert "has proposed" not in self.page(client, group, group.instructor)
