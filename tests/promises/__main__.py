"""Runs every test that holds a promise and writes docs/promises.md: `python -m tests.promises`, or `make promises`.

With numbers of rows it tries these alone, and the others stay on the page as they were.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from tests.__main__ import INSTALLATIONS, OF_CHAOS, PYTEST_NO_TESTS
from tests.chromium import install_chromium
from tests.postgres import postgres_url
from tests.promises.page import PAGE, written
from tests.promises.reached import FILE_VARIABLE, ROWS_VARIABLE, noted
from tests.promises.rows import PROMISES
from tests.services import Unavailable

NUMBERS = {promise.number for promise in PROMISES}
# Faults come last: beside others, what they measure would say more of the machine than of Postil.
BESIDE = ["-n", "2", "-m", "promise and not chaos"]
ALONE = "promise and chaos"
AGAIN = ["-n", "2", "-m", "promise and database and not browser and not chaos"]
"""What touches the database, on PostgreSQL."""


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.promises", description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, metavar="ROW", help="try these rows alone")
    parser.add_argument("--brief", action="store_true", help="leave out what `make test` leaves out")
    given = parser.parse_args()
    if unknown := set(given.rows) - NUMBERS:
        parser.error(f"there is no row {min(unknown)}")
    rows, faults = given.rows, f"{ALONE} and not full" if given.brief else ALONE
    with tempfile.TemporaryDirectory(prefix="postil-promises-") as folder:
        file = Path(folder) / "reached.jsonl"
        environment = {**os.environ, FILE_VARIABLE: str(file), "CHROMIUM_PATH": chromium()}
        environment[ROWS_VARIABLE] = ",".join(map(str, rows))
        codes = [run(arguments, environment) for arguments in (BESIDE, ["-m", faults, *OF_CHAOS, *INSTALLATIONS])]
        codes.append(on_postgres(environment))
        before = PAGE.read_text(encoding="utf-8") if rows else ""
        PAGE.write_text(written(noted(file), before=before), encoding="utf-8")
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
    """What pytest ended with; that no test of these rows is of this sort is no failure."""
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    code = subprocess.run(command, env=environment, check=False).returncode
    return 0 if code == PYTEST_NO_TESTS else code


if __name__ == "__main__":
    sys.exit(main())
