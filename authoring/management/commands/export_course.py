"""`manage.py export_course`: a course as one readable text file, on standard output or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from authoring.domain.course_export import export_course
from authoring.management.course_file_argument import refusal
from course.models import Course
from quizzes.formats.course_file import write


class Command(BaseCommand):
    help = "Writes a whole course as one text file, which import_course takes back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the course's slug, as in its address")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead of standard output")

    def handle(self, *, slug: str, output: Path | None, **_: Any) -> None:
        course = Course.objects.filter(slug=slug).first()
        if course is None:
            raise refusal(f"There is no course with the slug {slug}.")
        text = write(export_course(course))
        if output is None:
            self.stdout.write(text, ending="")
        else:
            _write(output, text)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise refusal(f"{file} cannot be written: {error.strerror}.") from None
