from __future__ import annotations

import pytest
from django.test import Client

from accounts.domain.people import create_person
from accounts.models import User

PASSWORD = "three quiet words"


@pytest.fixture
def person(db: None) -> User:
    return create_person("ana@example.org", name="Ana Moravec", password=PASSWORD)


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client
