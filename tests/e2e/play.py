"""One instructor, one learner, one article, and what either of them knows of the other."""

from __future__ import annotations

from playwright.sync_api import Browser

from quizzes.formats.course_file import CourseFile, parse
from tests.e2e.hands import Hands
from tests.e2e.installation import Installation
from tests.e2e.people import Person


class Play:
    """One instructor, one learner, one article."""

    def __init__(
        self, installation: Installation, browser: Browser, text: str, name: str, *, scripts: bool, hands: Hands
    ) -> None:
        self.installation, self.text, self.title, self.scripts = installation, text, f"Two chairs, {name}", scripts
        self.instructor = Person(installation, browser, f"instructor-{name}@example.org", scripts, hands)
        self.learner = Person(installation, browser, f"learner-{name}@example.org", scripts, hands)
        self.learner_name = f"Lea Lernt {name}"
        self.slug = ""
        self.file: CourseFile

    def close(self) -> None:
        self.instructor.context.close()
        self.learner.context.close()

    @property
    def studio(self) -> str:
        return f"/studio/courses/{self.slug}/"

    @property
    def course(self) -> str:
        return f"/courses/{self.slug}/"

    def goes_to(self, place: str) -> Person:
        """The instructor, who found this page in the list of the course's pages; they stand in the studio already."""
        who = self.instructor
        who.hands.press(
            who.page.get_by_role("navigation", name="This course").get_by_role("link", name=place, exact=True)
        )
        return who

    def know_the_keys(self) -> None:
        """`file` holds the course as it was published, with the key of every question."""
        self.file = parse(self.installation.manage("export_course", self.slug))
