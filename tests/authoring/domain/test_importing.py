"""The same text of the same owner is one course, whenever and however often it comes in."""

from __future__ import annotations

from uuid import UUID

import pytest

from authoring.domain.importing import Begun, import_source, source_of_paste
from course.domain.articles import ArticleFacts
from course.models import Course, Revision
from jobs.domain import run_job
from jobs.models import Job
from tests.authoring.domain.test_build import ESSAY
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ONCE = UUID(int=11)


def test_what_comes_in_first_begins_a_build_and_what_comes_again_finds_it() -> None:
    owner, source = make_author(), source_of_paste(ESSAY)
    first = import_source(source, facts=ArticleFacts(title="Once"), owner=owner)
    waiting = import_source(source, facts=ArticleFacts(title="Twice"), owner=owner)
    assert first.job is not None
    run_job(first.job.uuid)
    done = import_source(source, facts=ArticleFacts(title="Thrice"), owner=owner)

    assert (first.is_known, waiting, done) == (False, first, Begun(first.course, None))
    assert done.is_known
    assert list(Course.objects.values_list("title", flat=True)) == ["Once"]


def test_two_presses_that_no_lookup_tells_apart_are_one_course() -> None:
    owner = make_author()
    first = import_source(source_of_paste(ESSAY), facts=ArticleFacts(title="Once"), owner=owner, once=ONCE)
    second = import_source(source_of_paste(f"{ESSAY} Then?"), facts=ArticleFacts(title="Once"), owner=owner, once=ONCE)

    assert (first.course.uuid, second) == (ONCE, first)
    assert Course.objects.count() == Revision.objects.count() == Job.objects.count() == 1


def test_a_uuid_that_is_somebody_elses_course_makes_another_course() -> None:
    theirs = import_source(source_of_paste(ESSAY), facts=ArticleFacts(title="Once"), owner=make_author(), once=ONCE)
    mine = import_source(source_of_paste(ESSAY), facts=ArticleFacts(title="Once"), owner=make_author(), once=ONCE)

    assert theirs.course.uuid == ONCE != mine.course.uuid
    assert mine.job is not None


def test_lines_of_any_system_are_one_text() -> None:
    assert source_of_paste(ESSAY.replace("\n", "\r\n")) == source_of_paste(ESSAY)
