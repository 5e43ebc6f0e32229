from __future__ import annotations

from pathlib import Path

from config.benchmarks.inside import call_inside
from config.benchmarks.sites import environment_of

SETTINGS = "tests.benchmarks.reference.settings"


def test_the_reference_grades_an_attempt_in_eight_requests(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'reference.sqlite3'}"
    environment = environment_of(tmp_path, database_url=url, DJANGO_SETTINGS_MODULE=SETTINGS)
    found = call_inside(environment, "tests.benchmarks.reference.walk:go_all_the_way")
    assert found["states"] == [200, 200, 200, 200, 200]
    assert "Graded: 7 of 10" in found["review"]
    assert found["taken"] == {"attempt": None, "right": 1, "of": 2}
