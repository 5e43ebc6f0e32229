"""Every check there is, in the order in which they fail soonest: `python -m tests [--all]`, which `make test` runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
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


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    seconds: float


@dataclass
class Run:
    """What was checked so far. `not_run` is a file, because the test processes write to it too.

    A run `aside` shows what a check said when it has ended, so that it does not speak while another does.
    """

    environment: dict[str, str]
    not_run: Path
    results: list[Result] = field(default_factory=list)
    aside: bool = False

    def check(self, name: str, *commands: list[str], fine: tuple[int, ...] = (0,)) -> Result:
        """The commands ran, what they said is shown, and their success is noted under `name`."""
        result = self._carry_out(name, commands, fine)
        self.results.append(result)
        return result

    def _carry_out(self, name: str, commands: Sequence[list[str]], fine: tuple[int, ...]) -> Result:
        if not self.aside:
            print(f"\n── {name}", flush=True)
        started = time.monotonic()
        done = [self._command(command) for command in commands]
        if self.aside:
            print(f"\n── {name}", *(each.stdout for each in done), sep="\n", flush=True)
        return Result(name, all(each.returncode in fine for each in done), time.monotonic() - started)

    def _command(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        out, err = (subprocess.PIPE, subprocess.STDOUT) if self.aside else (None, None)
        return subprocess.run(command, cwd=ROOT, env=self.environment, check=False, text=True, stdout=out, stderr=err)

    def pytest(self, name: str, *arguments: str, fine: tuple[int, ...] = (0, PYTEST_NO_TESTS)) -> Result:
        return self.check(name, [sys.executable, "-m", "pytest", "-q", *arguments], fine=fine)

    def pytest_patiently(self, name: str, *arguments: str) -> None:
        """As pytest; what failed runs once more by itself, and the summary says so.

        These tests start real processes and wait for them: on a machine that others load at the same time, one may
        come too late. What is broken fails both times.
        """
        # Runs side by side each remember what failed in a folder of their own.
        memory = ["-o", f"cache_dir=.pytest_cache/{name.replace(' ', '-')}"]
        if not self.pytest(name, *memory, *arguments).passed:
            only_failed = ["--last-failed", "--last-failed-no-failures", "none", "-n", "0"]
            # A run that broke before any test failed has nothing to repeat, and stays broken.
            if self.pytest(f"{name}: what failed, once more", *memory, *arguments, *only_failed, fine=(0,)).passed:
                again, first = self.results.pop(), self.results.pop()
                words = f"{name} (something failed at first, and passed alone)"
                self.results.append(Result(words, passed=True, seconds=first.seconds + again.seconds))

    def without(self, what: str, reason: object) -> None:
        note(self.not_run, skips=[(what, str(reason))], ran=[])

    @contextmanager
    def beside(self, check: Callable[[Run], object]) -> Iterator[None]:
        """The check runs while the block does, in the environment as it is now; its results are noted at the end."""
        other = Run(dict(self.environment), self.not_run, aside=True)
        with ThreadPoolExecutor(max_workers=1) as thread:
            ending = thread.submit(check, other)
            yield
            ending.result()
        self.results += other.results


def main() -> int:
    parser = ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("--all", action="store_true", help="also what takes long: everything on both databases")
    everything = parser.parse_args().all
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="postil-checks-") as folder:
        run = Run(clean_environment(Path(folder)), Path(folder) / "not-run.txt")
        read_the_code(run, Path(folder))
        look_for_chromium(run)
        on_both_databases(run, everything=everything)
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


def on_both_databases(run: Run, *, everything: bool) -> None:
    """The tests of the code, people in their browsers, and faults beside the database's second turn.

    Chaos mostly waits for processes to end and to start, so that it leaves PostgreSQL nearly all of the machine.
    """
    full = "" if everything else " and not full"
    run.environment.pop("TEST_DATABASE_URL", None)
    run.pytest("tests on SQLite", "-n", "2", "-m", f"not browser and not chaos{full}")
    run.pytest_patiently("browser journeys", "-n", "2", "--dist", "loadfile", "-m", f"browser{full}")
    with run.beside(lambda aside: aside.pytest_patiently("chaos", "-m", f"chaos and not browser{full}")):
        on_postgres(run, everything=everything)


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
    for result in run.results:
        print(f"{'passed' if result.passed else 'FAILED'}  {result.seconds:6.1f} s  {result.name}")
    failed = [result for result in run.results if not result.passed]
    print(f"{len(run.results) - len(failed)} of {len(run.results)} checks passed in {seconds:.0f} s")
    print(*noted(run.not_run) or ["not run: nothing, everything could be had on this machine"], sep="\n")
    return 1 if failed else 0


def tool(name: str) -> str:
    return str(BIN / name) if (BIN / name).exists() else shutil.which(name) or name


if __name__ == "__main__":
    sys.exit(main())
