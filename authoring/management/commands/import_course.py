"""`manage.py import_course`: a course file becomes a course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from authoring.domain.course_import import import_course
from authoring.domain.publish import publish_course
from authoring.management.course_file_argument import add_file_argument, read_course_file, refusal
from authoring.management.owner_argument import owner_at
from course.errors import CourseError
from quizzes.errors import CannotPublish


class Command(BaseCommand):
    help = "Makes a course of a course file; with --publish learners see it at once."

    def add_arguments(self, parser: CommandParser) -> None:
        add_file_argument(parser)
        parser.add_argument("--owner", metavar="EMAIL", help="whose course it is")
        parser.add_argument("--publish", action="store_true", help="publish it, unless something forbids it")

    def handle(self, *, file: Path, owner: str | None, publish: bool, **_: Any) -> None:
        course_file = read_course_file(file)
        person = owner_at(owner)
        try:
            course = import_course(course_file, owner=person)
            if publish:
                publish_course(course)
        except CourseError as error:
            raise refusal(str(error)) from None
        except CannotPublish as error:
            raise refusal(
                "\n".join([f"{course_file.slug} was imported as a draft. {error}", *error.problems])
            ) from None
        self.stdout.write(f"{course.state}: {course.title} (/courses/{course.slug}/)")
