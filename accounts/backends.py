"""How people are recognised: by email address and password when they come in, by their session from then on."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from accounts.domain.people import person_by_key
from accounts.models import User


class PeopleBackend(AuthenticationBackend):
    """allauth's way in, Django's permissions; the person of a session is looked up by a prepared query."""

    def get_user(self, user_id: int) -> User | None:
        """The person with this key; None for nobody, or for somebody who is not active any more."""
        person = person_by_key(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
