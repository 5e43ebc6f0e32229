"""`manage.py import_article`: a file becomes a draft course, built on the spot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.models import User
from authoring.domain.build import CLEANER, build_now
from authoring.domain.build_report import build_report
from authoring.domain.text_change_report import change_report, text_change_report
from authoring.domain.text_changes import change_text_now
from authoring.management.course_file_argument import refusal
from authoring.management.owner_argument import owner_at
from course.domain.text_changes import apply_text_change
from course.errors import CourseError
from course.models import Course
from course.reading.errors import UnreadableSource
from course.reading.formats import MAX_BYTES, read_file
from course.reading.outline import Source


class Command(BaseCommand):
    help = "Turns an article (.txt .md .html .docx .pdf) into a draft course. The same text again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", default="", help="instead of the article's own")
        parser.add_argument("--owner", metavar="EMAIL", help="whose draft it is")
        parser.add_argument("--json", action="store_true", help="print what was found as one JSON object")
        parser.add_argument("--course", metavar="SLUG", help="the changed text of this course instead of a new one")
        parser.add_argument("--apply", action="store_true", help="with --course: show learners the changed text")

    def handle(self, *, file: Path, title: str, owner: str | None, json: bool, **rest: Any) -> None:
        person = owner_at(owner)
        if rest["apply"] and not rest["course"]:
            raise refusal("--apply shows learners the changed text of a course: name it with --course.")
        if rest["course"]:
            changed = _change_text(_source(file), slug=rest["course"], actor=person, apply=rest["apply"])
            self.stdout.write(_as_json(changed) if json else _change_in_words(changed))
            return
        built = build_now(_source(file), title=title, owner=person)
        report = build_report(built)
        self.stdout.write(_as_json(report) if json else _in_words(report))


def _source(file: Path) -> Source:
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
        return read_file(file.name, data)
    except OSError as error:
        raise refusal(f"{file} cannot be read: {error.strerror}.") from None
    except UnreadableSource as error:
        raise refusal(error.message) from None


def _change_text(source: Source, *, slug: str, actor: User | None, apply: bool) -> dict[str, Any]:
    course = Course.objects.filter(slug=slug).first()
    if course is None:
        raise refusal(f"There is no course {slug}.")
    try:
        change = change_text_now(course, source, actor=actor)
        report = text_change_report(change)
        if apply:
            change = apply_text_change(change, cleaner=CLEANER, actor=actor)
    except CourseError as error:
        raise refusal(str(error)) from None
    return change_report(change, report)


def _change_in_words(changed: dict[str, Any]) -> str:
    places = changed["places"]
    counts = f"{places['exact']} places exact, {places['moved']} moved, {places['orphaned']} orphaned"
    named = [f"  {each['status']}: {each['question']}" for each in changed["questions"]]
    emptied = [f"  Nothing is left to read of “{title}”." for title in changed["emptied"]]
    return "\n".join(
        [f"{changed['state']}: revision {changed['from']} to {changed['to']} ({counts})", *named, *emptied]
    )


def _as_json(report: dict[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False)


def _in_words(report: dict[str, Any]) -> str:
    counts = [f"{len(report[name])} {name.replace('_', ' ')}" for name in ("lessons", "concepts", "drafts", "dropped")]
    warnings = [f"  {warning['message']}" for warning in report["warnings"]]
    return "\n".join([f"{report['state']}: /courses/{report['slug']}/ ({', '.join(counts)})", *warnings])
