"""`manage.py load_demo`: the sample course with its invented history."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from authoring.domain.demo import INSTRUCTOR, LEARNER, load_demo


class Command(BaseCommand):
    help = "Loads the sample course, two accounts and six weeks of invented learners; again, it changes passwords only."

    def handle(self, **_: Any) -> None:
        password = settings.DEMO_PASSWORD or secrets.token_urlsafe(9)
        course = load_demo(password=password)
        self.stdout.write(f"Loaded: {course.title}" if course else "The sample course was loaded before.")
        if not settings.DEMO_PASSWORD:
            self.stdout.write(f"Sign in as {INSTRUCTOR} or {LEARNER} with the password {password}")
