"""How the commands find whose course it is to be, and how they refuse somebody who is not there."""

from __future__ import annotations

from accounts.domain.people import find_person
from accounts.errors import NotAnEmailAddress
from accounts.models import User
from authoring.management.course_file_argument import refusal


def owner_at(address: str | None) -> User | None:
    """The person with this address; None where none was given. Refuses an address that is nobody's, or is none."""
    if address is None:
        return None
    try:
        person = find_person(address)
    except NotAnEmailAddress:
        person = None
    if person is None:
        raise refusal(f"There is nobody with the address {address}.")
    return person
