from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.domain.tokens import issue_token, revoke_token, verify_token
from accounts.models import Area, PersonalToken, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_token_opens_in_its_owners_name(person: User) -> None:
    issued = issue_token(person, name="Notebook")
    token = verify_token(issued.secret)
    assert token == issued.token
    assert (token.user, token.scope) == (person, "read")


@pytest.mark.parametrize(
    ("areas", "limits"),
    [
        ((), []),
        (("grades",), [Area.GRADES]),
        (("hooks", "people", "hooks"), [Area.PEOPLE, Area.HOOKS]),
        (Area.values, list(Area)),
    ],
)
def test_a_token_is_limited_to_areas_or_to_none(person: User, areas: list[str], limits: list[Area]) -> None:
    token = verify_token(issue_token(person, name="Notebook", areas=areas).secret)
    assert token is not None
    assert token.limits == limits


def test_the_secret_is_not_kept(person: User) -> None:
    issued = issue_token(person, name="Notebook")
    [row] = PersonalToken.objects.values()
    assert issued.secret.rsplit("_", 1)[1] not in str(row)
    assert issued.secret.startswith(f"postil_{issued.token.prefix}_")


def test_two_tokens_have_nothing_in_common(person: User) -> None:
    one, two = (issue_token(person, name="Notebook") for _ in range(2))
    assert one.secret != two.secret
    assert one.token.digest != two.token.digest


def test_a_false_secret_behind_a_true_prefix_opens_nothing(person: User) -> None:
    issued = issue_token(person, name="Notebook")
    assert verify_token(f"postil_{issued.token.prefix}_{'0' * 40}") is None
    assert verify_token(f"postil_{'0' * 12}_{'0' * 40}") is None


def test_a_revoked_token_opens_nothing(person: User) -> None:
    issued = issue_token(person, name="Notebook")
    assert revoke_token(person, issued.token.uuid)
    assert verify_token(issued.secret) is None
    assert not revoke_token(person, issued.token.uuid)


def test_nobody_revokes_the_token_of_someone_else(person: User) -> None:
    issued = issue_token(person, name="Notebook")
    assert not revoke_token(User.objects.create(), issued.token.uuid)
    assert not revoke_token(person, uuid4())
    assert verify_token(issued.secret) == issued.token


def test_a_token_ends_at_the_moment_it_names(person: User) -> None:
    end = timezone.now() + timedelta(days=1)
    issued = issue_token(person, name="Notebook", expires_at=end)
    assert verify_token(issued.secret, at=end - timedelta(seconds=1)) == issued.token
    assert verify_token(issued.secret, at=end) is None


def test_the_token_of_a_closed_account_opens_nothing(person: User) -> None:
    issued = issue_token(person, name="Notebook")
    User.objects.update(is_active=False)
    assert verify_token(issued.secret) is None


def test_its_last_use_is_noted_every_ten_minutes_and_costs_one_query_between(
    person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    issued, now = issue_token(person, name="Notebook"), timezone.now()
    verify_token(issued.secret, at=now)
    with django_assert_num_queries(1):
        verify_token(issued.secret, at=now + timedelta(minutes=9))
    verify_token(issued.secret, at=now + timedelta(minutes=10))
    issued.token.refresh_from_db()
    assert issued.token.last_used_at == now + timedelta(minutes=10)


def test_what_has_not_the_shape_of_a_token_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert verify_token("Bearer") is None
        assert verify_token("postil_" + "g" * 12 + "_" + "0" * 40) is None
        assert verify_token("postil_" + "0" * 12 + "_" + "0" * 40 + "\n") is None


@given(text=st.text())
def test_no_text_is_a_token_by_chance(text: str) -> None:
    assert verify_token(text) is None
