from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import current_app

from jobs.domain import enqueue
from jobs.domain.hints import TASK
from jobs.models import Job
from jobs.tasks import run_job
from tests.jobs.conftest import Recorder

ROOT = Path(__file__).parent.parent.parent
TIMERS = {"eta", "countdown"}


def source_files() -> list[Path]:
    folders = ("accounts", "authoring", "config", "course", "hooks", "jobs", "quizzes", "web")
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def broker_timers(tree: ast.AST) -> Iterator[int]:
    """The lines where a message would be told to wait: time belongs in a row, where it survives the broker."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (keyword.value.lineno for keyword in node.keywords if keyword.arg in TIMERS)
            if isinstance(node.func, ast.Attribute) and node.func.attr == "retry":
                yield node.lineno


@pytest.mark.promise(19)
def test_no_message_carries_a_time(reached: Callable[[str], None]) -> None:
    files = source_files()
    found = [f"{path}:{line}" for path in files for line in broker_timers(ast.parse(path.read_text()))]
    reached(f"{len(found)} messages with a time in {len(files)} files")
    assert found == []


@pytest.mark.promise(19)
@pytest.mark.parametrize(
    "line", ["task.apply_async(eta=later)", "task.apply_async(countdown=10)", "raise self.retry(exc=error)"]
)
def test_the_rule_sees_each_kind_of_timer(line: str) -> None:
    assert list(broker_timers(ast.parse(line))) == [1]


@pytest.mark.django_db
@pytest.mark.database
def test_the_task_does_the_job_that_it_names(recorder: Recorder) -> None:
    job = enqueue(recorder.kind)
    run_job(str(job.uuid))
    assert Job.objects.get().state == "done"


def test_the_task_keeps_no_result_and_is_acknowledged_late() -> None:
    assert (run_job.name, run_job.ignore_result, run_job.acks_late) == (TASK, True, True)


def test_only_json_is_accepted() -> None:
    assert (list(current_app.conf.accept_content), current_app.conf.task_serializer) == (["json"], "json")


def test_a_connection_outlives_its_task() -> None:
    """Celery reads this name, of all, unprefixed: without it every task opens a connection of its own."""
    assert current_app.conf.get("CELERY_DB_REUSE_MAX") == 100_000


def test_a_process_that_only_sets_django_up_publishes_through_this_app() -> None:
    code = "import django; django.setup(); from celery import current_app; print(current_app.main)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "postil"


def test_importing_a_part_of_config_does_not_choose_the_settings() -> None:
    code = "import os, config.processes.redis; print(os.environ.get('DJANGO_SETTINGS_MODULE'))"
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    assert done.stdout.strip() == "None"
