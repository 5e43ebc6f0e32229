"""A course out of the studio."""

from __future__ import annotations

import pytest
from django.test import Client

from authoring.domain.course_export import export_course
from authoring.domain.course_import import import_course
from authoring.domain.demo import SAMPLE
from quizzes.formats.course_file import parse, write
from tests.web.studio.drafts import address_of, make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_course_is_downloaded_as_its_course_file(client: Client) -> None:
    author = make_author()
    course = import_course(parse(SAMPLE.read_text(encoding="utf-8")), owner=author)
    client.force_login(author)

    answer = client.get(address_of(course, "file"))

    assert f'href="{address_of(course, "file")}"' in client.get(address_of(course)).content.decode()
    assert answer["Content-Disposition"] == f'attachment; filename="{course.slug}.postil"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == write(export_course(course))
