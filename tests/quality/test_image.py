"""The image as `deploy/Dockerfile` has it built, where there is buildah and a base to build it on.

TEST_IMAGE_BASE names a local image with Python, and TEST_IMAGE_OPTIONS what else `buildah build` needs on this machine,
such as a volume with the certificates that the package index is checked by.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.quality.source import ROOT

pytestmark = [pytest.mark.full, pytest.mark.slow]
TAG = "localhost/postil-tried"
USER = "10001"


def buildah(*words: str) -> str:
    done = subprocess.run(["buildah", *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=3_000)
    assert done.returncode == 0, done.stderr[-1_000:]
    return done.stdout.strip()


@pytest.fixture(scope="module")
def container() -> Iterator[str]:
    """One made of the image, which was built just now; both are gone at the end."""
    if shutil.which("buildah") is None:
        pytest.skip("there is no buildah")
    base = os.environ.get("TEST_IMAGE_BASE")
    if base is None:
        pytest.skip("TEST_IMAGE_BASE names no local image to build on")
    options = shlex.split(os.environ.get("TEST_IMAGE_OPTIONS", ""))
    file = ["--build-arg", f"BASE={base}", "--file", "deploy/Dockerfile", "--tag", TAG]
    buildah("build", "--isolation", "chroot", "--pull=never", "--layers", *options, *file, ".")
    name = buildah("from", "--pull=never", TAG)
    try:
        yield name
    finally:
        buildah("rm", name)
        buildah("rmi", TAG)


def run(container: str, *words: str) -> str:
    return buildah("run", "--isolation", "chroot", container, "--", *words)


def test_a_built_image_runs_as_nobody_and_holds_what_it_needs_alone(container: str) -> None:
    assert run(container, "id", "-u") == USER
    held = run(container, "ls", "-A", "/postil").split()
    assert {"tests", "deploy", "docs", ".git", ".venv", ".env.example"}.isdisjoint(held)
    assert run(container, "find", "/postil", "/venv", "-writable", "-not", "-type", "l") == ""


def test_a_built_image_is_compiled(container: str) -> None:
    """Every file of ours has its code beside it, which is not too old to be used."""
    plain = run(container, "sh", "-c", "find /postil -name '*.py' | wc -l")
    compiled = run(container, "sh", "-c", "find /postil -name '*.pyc' -newermt 2020-01-01 | wc -l")
    assert int(plain) == int(compiled) > 100


def test_a_built_image_makes_its_tables_and_collects_its_files(container: str) -> None:
    run(container, "python", "manage.py", "migrate")
    run(container, "python", "manage.py", "collectstatic", "--noinput")
    assert run(container, "stat", "-c", "%u", "/data/static/staticfiles.json", "/data/postil.sqlite3").split() == [
        USER,
        USER,
    ]
    assert "ok    migrations: all applied" in run(container, "sh", "-c", "python manage.py doctor || true")
