"""Who may do what everywhere; what holds in one course is an enrolment's to say."""

from __future__ import annotations

import rules
from django.contrib.auth.models import AnonymousUser

from accounts.models import User


@rules.predicate
def is_author(person: User | AnonymousUser) -> bool:
    return isinstance(person, User) and person.is_active and (person.may_author or person.is_superuser)


rules.add_perm("accounts.author", is_author)
