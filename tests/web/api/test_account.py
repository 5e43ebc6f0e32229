"""The account of whoever calls: who they are, what reaches them by mail, and the tokens in their name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from accounts.domain.digest import mail_settings
from accounts.domain.tokens import issue_token, revoke_token
from accounts.models import MailRule, PersonalToken, User
from tests.factories import make_person
from tests.web.api.callers import Caller, told

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def person() -> User:
    return make_person("Ana")


@pytest.fixture
def caller(person: User) -> Caller:
    return Caller(person)


class TestOwn:
    def test_who_calls_is_told_who_they_are(self, person: User, caller: Caller) -> None:
        told_of = caller.get("own/").json()
        joined_at = datetime.fromisoformat(told_of.pop("joined_at"))
        assert joined_at == person.joined_at
        assert told_of == {
            "uuid": str(person.uuid),
            "name": "Ana",
            "email": person.email,
            "may_author": False,
            "theme": "",
            "size": "",
            "spacing": "",
            "language": "",
        }

    def test_what_is_named_is_changed_and_the_rest_stays(self, person: User, caller: Caller) -> None:
        caller.patch("own/", {"theme": "dark", "language": "fr"})
        answer = caller.patch("own/", {"name": "Ana Moravec", "theme": ""})
        assert answer.status_code == 200
        assert {name: answer.json()[name] for name in ("name", "theme", "language")} == {
            "name": "Ana Moravec",
            "theme": "",
            "language": "fr",
        }
        kept = User.objects.get(pk=person.pk)
        assert (kept.name, kept.theme, kept.language) == ("Ana Moravec", "", "fr")

    def test_what_is_not_to_be_said_of_oneself_is_not_kept(self, person: User, caller: Caller) -> None:
        caller.patch("own/", {"may_author": True, "email": "boss@example.org", "uuid": str(make_person().uuid)})
        kept = User.objects.get(pk=person.pk)
        assert (kept.may_author, kept.email, kept.uuid) == (False, person.email, person.uuid)

    @pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"language": "xx"}, {"name": "a" * 151}, {"name": None}])
    def test_what_cannot_be_is_refused_by_its_name(self, caller: Caller, wrong: dict[str, object]) -> None:
        answer = caller.patch("own/", wrong)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, list(wrong))

    def test_what_was_changed_meanwhile_is_not_overwritten(self, person: User, caller: Caller) -> None:
        seen = caller.get("own/")["ETag"]
        caller.patch("own/", {"name": "Ana M."})
        answer = caller.patch("own/", {"name": "Anna"}, If_Match=seen)
        assert told(answer)[:2] == (412, "changed_meanwhile")
        assert User.objects.get(pk=person.pk).name == "Ana M."


class TestMail:
    def test_what_comes_by_mail_is_as_the_page_has_it(self, person: User, caller: Caller) -> None:
        every, kinds = mail_settings(person)
        assert caller.get("own/mail/").json() == {
            "every": every.value,
            "kinds": [{"kind": each.slug, "name": each.label, "is_mailed": each.is_mailed} for each in kinds],
        }

    def test_both_are_set_at_once(self, person: User, caller: Caller) -> None:
        first, *others = (each["kind"] for each in caller.get("own/mail/").json()["kinds"])
        answer = caller.put("own/mail/", {"every": "week", "mailed": [first]})
        assert answer.status_code == 200
        every, kinds = mail_settings(person)
        assert every == MailRule.Every.WEEK
        assert {each.slug: each.is_mailed for each in kinds} == {first: True, **dict.fromkeys(others, False)}

    def test_a_kind_that_one_is_never_told_of_is_refused(self, person: User, caller: Caller) -> None:
        answer = caller.put("own/mail/", {"every": "week", "mailed": ["nothing"]})
        assert answer.status_code == 400
        assert answer.json()["errors"] == {"mailed": ["You are told of no such kind: nothing."]}
        assert not MailRule.objects.exists()


class TestTokens:
    def test_ones_tokens_are_listed_without_a_secret(self, person: User, caller: Caller) -> None:
        ends = datetime(2030, 1, 1, tzinfo=UTC)
        issued = issue_token(person, name="Grades", areas=["grades", "people"], expires_at=ends)
        revoke_token(person, issue_token(person, name="Gone").token.uuid)
        issue_token(make_person(), name="Another's")
        found = caller.get("own/tokens/").json()["results"]
        assert [each["name"] for each in found] == ["Grades", "tests"]
        assert {name: found[0][name] for name in ("uuid", "scope", "areas", "prefix", "expires_at")} == {
            "uuid": str(issued.token.uuid),
            "scope": "read",
            "areas": ["people", "grades"],
            "prefix": issued.token.prefix,
            "expires_at": "2030-01-01T00:00:00Z",
        }
        assert issued.secret.rpartition("_")[2] not in caller.get("own/tokens/").content.decode()

    def test_a_token_that_is_revoked_opens_nothing(self, person: User, caller: Caller) -> None:
        issued = issue_token(person, name="Lost")
        assert caller.delete(f"own/tokens/{issued.token.uuid}/").status_code == 204
        assert told(caller.delete(f"own/tokens/{issued.token.uuid}/"))[0] == 404
        answer = caller.client.get("/api/v1/own/", headers={"Authorization": f"Bearer {issued.secret}"})
        assert told(answer)[:2] == (401, "not_authenticated")

    def test_a_program_ends_its_own_token(self, person: User, caller: Caller) -> None:
        own = PersonalToken.objects.get(user=person)
        assert caller.delete(f"own/tokens/{own.uuid}/").status_code == 204
        assert told(caller.get("own/"))[0] == 401

    def test_anothers_token_is_not_there(self, caller: Caller) -> None:
        theirs = issue_token(make_person(), name="Another's").token
        assert told(caller.get(f"own/tokens/{theirs.uuid}/"))[0] == 404
        assert told(caller.delete(f"own/tokens/{theirs.uuid}/"))[0] == 404
        theirs.refresh_from_db()
        assert theirs.revoked_at is None

    def test_no_token_is_made_over_rest(self, person: User, caller: Caller) -> None:
        answer = caller.post("own/tokens/", {"name": "More", "scope": "write"})
        assert told(answer)[:2] == (405, "method_not_allowed")
        assert [each.name for each in person.personal_tokens.all()] == ["tests"]
