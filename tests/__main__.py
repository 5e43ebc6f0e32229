"""Every check there is, in the order in which they fail soonest: `python -m tests [--all]`, which `make test` runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from dataclasses import dataclass, field
from pathlib import Path

from tests.chromium import install_chromium
from tests.not_run import FILE_VARIABLE, note, noted
from tests.postgres import postgres_url
from tests.services import Unavailable

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
EXPORTS = {"base.txt": ["--group", "demo"], "prod.txt": [], "dev.txt": ["--group", "dev"]}
PYTEST_NO_TESTS = 5


@dataclass
class Run:
    """What was checked so far. `not_run` is a file, because the test processes write to it too."""

    environment: dict[str, str]
    not_run: Path
    results: list[tuple[str, bool, float]] = field(default_factory=list)

    def check(self, name: str, *commands: list[str], fine: tuple[int, ...] = (0,)) -> None:
        """The commands ran, what they said is shown, and their success is noted under `name`."""
        print(f"\n── {name}", flush=True)
        started = time.monotonic()
        codes = [
            subprocess.run(command, cwd=ROOT, env=self.environment, check=False).returncode for command in commands
        ]
        self.results.append((name, all(code in fine for code in codes), time.monotonic() - started))

    def pytest(self, name: str, *arguments: str) -> None:
        self.check(name, [sys.executable, "-m", "pytest", "-q", *arguments], fine=(0, PYTEST_NO_TESTS))

    def pytest_alone(self, name: str, *arguments: str) -> None:
        """As pytest; what failed runs once more by itself, and the summary says so.

        These tests start real processes and wait for them: on a machine that others load at the same time, one may
        come too late. What is broken fails both times.
        """
        self.pytest(name, *arguments)
        if not self.results[-1][1]:
            again = [sys.executable, "-m", "pytest", "-q", "--last-failed", "--last-failed-no-failures", "none"]
            self.check(f"{name}: what failed, once more", [*again, *arguments])
            (_, passed, took) = self.results[-1]
            if passed:
                first = self.results[-2]
                self.results[-2:] = [(f"{name} (something failed at first, and passed alone)", True, first[2] + took)]

    def without(self, what: str, reason: object) -> None:
        note(self.not_run, skips=[(what, str(reason))], ran=[])


def main() -> int:
    parser = ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("--all", action="store_true", help="also what takes long: everything on both databases")
    everything = parser.parse_args().all
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="postil-checks-") as folder:
        run = Run(clean_environment(Path(folder)), Path(folder) / "not-run.txt")
        read_the_code(run, Path(folder))
        look_for_chromium(run)
        on_sqlite(run, everything=everything)
        on_postgres(run, everything=everything)
        return summarise(run, time.monotonic() - started)


def clean_environment(folder: Path) -> dict[str, str]:
    """Tools write to a folder of their own, and no setting of the developer's reaches them."""
    ours = {"DATA_DIR": str(folder / "data"), FILE_VARIABLE: str(folder / "not-run.txt"), "PYTHONPATH": str(ROOT)}
    dropped = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POSTIL_") and name not in dropped}
    return kept | ours


def read_the_code(run: Run, folder: Path) -> None:
    """What needs no test to run: style, types, architecture, migrations, locked requirements."""
    run.check("lint", [tool("ruff"), "check", "."], [tool("ruff"), "format", "--check", "."])
    run.check("types", [tool("mypy")])
    run.check("architecture", [tool("lint-imports")])
    run.check("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"])
    check_requirements(run, folder / "requirements")


def check_requirements(run: Run, folder: Path) -> None:
    """requirements/ is what uv.lock exports, and uv.lock is what pyproject.toml asks for."""
    folder.mkdir()
    export = [tool("uv"), "export", "--frozen", "--quiet", "--no-header", "--no-emit-project", "--no-default-groups"]
    commands = [[tool("uv"), "lock", "--check", "--offline"]]
    for name, groups in EXPORTS.items():
        commands.append([*export, *groups, "--output-file", str(folder / name)])
        commands.append(["diff", "--brief", str(folder / name), f"requirements/{name}"])
    run.check("requirements", *commands)


def look_for_chromium(run: Run) -> None:
    try:
        run.environment["CHROMIUM_PATH"] = install_chromium()
    except Unavailable:
        # The browser tests say so themselves when they are skipped.
        run.environment.pop("CHROMIUM_PATH", None)


def on_sqlite(run: Run, *, everything: bool) -> None:
    full = "" if everything else " and not full"
    run.environment.pop("TEST_DATABASE_URL", None)
    run.pytest("tests on SQLite", "-n", "2", "-m", f"not browser and not chaos{full}")
    # One at a time: they start servers and workers of their own, and measure how long these take.
    run.pytest_alone("browser journeys", "-m", f"browser{full}")
    run.pytest_alone("chaos", "-m", f"chaos and not browser{full}")


def on_postgres(run: Run, *, everything: bool) -> None:
    """What touches the database again on PostgreSQL; with `everything`, all that can tell the difference."""
    chosen = "database or browser" if everything else "database and not browser and not full"
    try:
        with postgres_url() as url:
            run.environment["TEST_DATABASE_URL"] = url
            run.pytest("tests on PostgreSQL", "-n", "2", "-m", f"({chosen}) and not chaos")
    except Unavailable as reason:
        run.without("what touches the database, again on PostgreSQL,", reason)


def summarise(run: Run, seconds: float) -> int:
    print("\n── summary")
    for name, passed, took in run.results:
        print(f"{'passed' if passed else 'FAILED'}  {took:6.1f} s  {name}")
    failed = [name for name, passed, _ in run.results if not passed]
    print(f"{len(run.results) - len(failed)} of {len(run.results)} checks passed in {seconds:.0f} s")
    print(*noted(run.not_run) or ["not run: nothing, everything could be had on this machine"], sep="\n")
    return 1 if failed else 0


def tool(name: str) -> str:
    return str(BIN / name) if (BIN / name).exists() else shutil.which(name) or name


if __name__ == "__main__":
    sys.exit(main())
