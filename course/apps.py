"""The course app: what is read."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from course.guards import install_course_guards


class CourseConfig(AppConfig):
    name = "course"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(install_course_guards, sender=self)
        # Models can be imported only once every app is loaded.
        import_module("course.background").register_background_work()
        import_module("accounts.domain.people").known_of_everybody(
            "in_studio", import_module("course.rules").is_in_studio
        )
