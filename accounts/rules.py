"""Who may do what everywhere; what holds in one course is an enrolment's to say."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rules.permissions import add_perm
from rules.predicates import predicate

from accounts.models import User


@predicate  # type: ignore[untyped-decorator]  # -- rules is not typed
def is_author(person: User | AnonymousUser) -> bool:
    return isinstance(person, User) and person.is_active and (person.may_author or person.is_superuser)


add_perm("accounts.author", is_author)  # type: ignore[no-untyped-call]  # -- rules is not typed
