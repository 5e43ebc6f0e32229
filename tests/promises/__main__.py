"""Runs every test that holds a promise and writes docs/promises.md: `python -m tests.promises`, or `make promises`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.chromium import install_chromium
from tests.postgres import postgres_url
from tests.promises.page import PAGE, written
from tests.promises.reached import FILE_VARIABLE, noted
from tests.services import Unavailable

# Faults come last: beside others, what they measure would say more of the machine than of Postil.
RUNS = (["-n", "2", "-m", "promise and not chaos"], ["-m", "promise and chaos and not full"])
AGAIN = ["-n", "2", "-m", "promise and database and not browser and not chaos"]
"""What touches the database, on PostgreSQL."""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="postil-promises-") as folder:
        file = Path(folder) / "reached.jsonl"
        environment = {**os.environ, FILE_VARIABLE: str(file), "CHROMIUM_PATH": chromium()}
        codes = [run(arguments, environment) for arguments in RUNS]
        codes.append(on_postgres(environment))
        PAGE.write_text(written(noted(file)), encoding="utf-8")
    print(f"Wrote {PAGE}.")
    return max(codes)


def chromium() -> str:
    """Where the browser is; empty without one, which the browser tests then say themselves."""
    try:
        return install_chromium()
    except Unavailable:
        return ""


def on_postgres(environment: dict[str, str]) -> int:
    try:
        with postgres_url() as url:
            return run(AGAIN, {**environment, "TEST_DATABASE_URL": url})
    except Unavailable as reason:
        print(f"not run on PostgreSQL because {reason}")
        return 0


def run(arguments: list[str], environment: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
