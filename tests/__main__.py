"""Every check there is, in the order in which they fail soonest: `python -m tests [--all]`, which `make test` runs."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chromium import install_chromium
from tests.laws import BRIEF, THOROUGH
from tests.laws import VARIABLE as LAWS_VARIABLE
from tests.mirror import VARIABLE as MIRROR_VARIABLE
from tests.not_run import FILE_VARIABLE, note, noted
from tests.postgres import postgres_url
from tests.services import Unavailable
from tests.templates import NAME, POSTGRES_VARIABLE, SAMPLE_VARIABLE, SQLITE_VARIABLE, empty_template

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
EXPORTS = {"base.txt": ["--group", "demo"], "prod.txt": [], "dev.txt": ["--group", "dev"]}
DROPPED = frozenset(
    {
        "DATABASE_URL",
        "PORT",
        "PYTHONDONTWRITEBYTECODE",
        "REDIS_URL",
        "SECRET_KEY",
        LAWS_VARIABLE,
        MIRROR_VARIABLE,
        POSTGRES_VARIABLE,
        SAMPLE_VARIABLE,
        SQLITE_VARIABLE,
    }
)
PYTEST_NO_TESTS = 5
SAMPLE = "sample.sqlite3"
NOBODY = "redis://127.0.0.1:1/0"
"""A Redis that nobody has."""
IN_BROWSERS, OF_CHAOS = ["tests/e2e"], ["tests/chaos"]
"""Where tests of these marks stand, so that looking for them takes no long."""
INSTALLATIONS = ["tests/config/test_demo.py", "tests/quality/test_started.py"]
"""Where the demo and what the documentation tells to start are started whole, as they are for browsers."""
BUT_IN_BOTH_DIRECTIONS = "--ignore=tests/e2e/test_every_page.py"
"""Leaves out what visits every page in either direction by itself, in an installation that is always on SQLite."""
TWO_FILES = ["-n", "2", "--dist", "loadfile"]
LEAST = 19
GIVING_WAY = ("nice", "-n", str(LEAST))
"""Starts what takes the time that others leave, and next to nothing where they want all of it."""
WITHOUT_DATABASE = [
    "tests/course/reading",
    "tests/language",
    *(f"tests/quizzes/{pure}" for pure in ("drafting", "formats", "grading", "questions", "statistics")),
]
"""Where no test has a database, so that PostgreSQL's turn need not look there: ten thousand tests."""


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    seconds: float


@dataclass
class Run:
    """What was checked so far. `not_run` is a file, because the test processes write to it too.

    A run `aside` shows what a check said when it has ended, so that it does not speak while another does. Every command
    is started by the words `through`, where there are any.
    """

    environment: dict[str, str]
    not_run: Path
    results: list[Result] = field(default_factory=list)
    aside: bool = False
    through: Sequence[str] = ()

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
        whole = [*self.through, *command]
        return subprocess.run(whole, cwd=ROOT, env=self.environment, check=False, text=True, stdout=out, stderr=err)

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

    def migrate(self, name: str, database_url: str) -> Result:
        settled = [f"{key}={value}" for key, value in (("DATABASE_URL", database_url), ("SECRET_KEY", "x" * 50))]
        return self.check(name, ["env", *settled, sys.executable, "manage.py", "migrate", "--verbosity", "0"])

    def without(self, what: str, reason: object) -> None:
        note(self.not_run, skips=[(what, str(reason))], ran=[])

    @contextmanager
    def beside(self, check: Callable[[Run], object], *, through: Sequence[str] = ()) -> Iterator[None]:
        """The check runs while the block does, in the environment as it is now; its results are noted at the end."""
        other = Run(dict(self.environment), self.not_run, aside=True, through=through)
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
        run.environment[LAWS_VARIABLE] = THOROUGH if everything else BRIEF
        run.check("lint", [tool("ruff"), "check", "."], [tool("ruff"), "format", "--check", "."])
        look_for_chromium(run)
        with run.beside(lambda aside: read_the_code(aside, Path(folder))):
            migrate_template(run, Path(folder))
            with run.beside(lambda aside: load_sample(aside, Path(folder))):
                on_sqlite(run, everything=everything)
        look_for_sample(run, Path(folder))
        with_processes(run, everything=everything)
        return summarise(run, time.monotonic() - started)


def clean_environment(folder: Path) -> dict[str, str]:
    """Tools write to a folder of their own, and no setting of the developer's reaches them.

    Python keeps what it has compiled, whatever it was told: hundreds of processes read the same modules.
    """
    ours = {"DATA_DIR": str(folder / "data"), FILE_VARIABLE: str(folder / "not-run.txt"), "PYTHONPATH": str(ROOT)}
    # Drawn anew by every run and the same in all its processes, which have to collect their tests in one order.
    ours |= {"PYTHONHASHSEED": str(random.randrange(2**32))}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POSTIL_") and name not in DROPPED}
    return kept | ours


def read_the_code(run: Run, folder: Path) -> None:
    """What needs no test to run: types, architecture, migrations, locked requirements."""
    run.check("types", [tool("mypy")])
    run.check("architecture", [tool("lint-imports")])
    run.check("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"])
    check_requirements(run, folder / "requirements")


def migrate_template(run: Run, folder: Path) -> None:
    """An empty SQLite file can be migrated; every test process then starts from a copy of it."""
    path = folder / "template.sqlite3"
    if run.migrate("migrations of an empty SQLite file", f"sqlite:///{path}").passed:
        run.environment[SQLITE_VARIABLE] = str(path)


def load_sample(run: Run, folder: Path) -> None:
    """A copy of the migrated file holds the sample course, which everything that shows it then starts from."""
    if SQLITE_VARIABLE not in run.environment:
        return
    loading = folder / "loading.sqlite3"
    shutil.copyfile(run.environment[SQLITE_VARIABLE], loading)
    settled = {
        "DATABASE_URL": f"sqlite:///{loading}",
        "REDIS_URL": NOBODY,
        "SECRET_KEY": "x" * 50,
        "DEMO_PASSWORD": "x" * 12,
    }
    pairs = [f"{name}={value}" for name, value in settled.items()]
    if run.check("the sample course", ["env", *pairs, sys.executable, "manage.py", "load_demo"]).passed:
        loading.rename(folder / SAMPLE)


def look_for_sample(run: Run, folder: Path) -> None:
    if (folder / SAMPLE).exists():
        run.environment[SAMPLE_VARIABLE] = str(folder / SAMPLE)


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
    """All but the domain, which has its turn on the other database."""
    run.environment.pop("TEST_DATABASE_URL", None)
    chosen = "" if everything else " and not full and not domain"
    run.pytest("tests on SQLite", "-n", "2", "-m", f"not browser and not chaos{chosen}")


def with_processes(run: Run, *, everything: bool) -> None:
    """Faults and then people in their browsers, which mostly wait for processes and pages, and beside both the
    database's second turn, which takes the time that they leave.

    What has limits in seconds is in time when it is due: it shares the machine with nobody who does not give way. One
    file of chaos does not know of another's stage, so that two of them wait at once.
    """
    with run.beside(lambda aside: on_postgres(aside, everything=everything), through=GIVING_WAY):
        run.pytest_patiently("chaos", *TWO_FILES, "-m", f"chaos and not browser{unless(everything)}", *OF_CHAOS)
        in_browsers(run, "browser journeys, installations", f"(browser or chaos){unless(everything)}", *INSTALLATIONS)
    if everything:
        once_more_in_browsers(run)


def in_browsers(run: Run, name: str, which: str, *where: str) -> None:
    run.pytest_patiently(name, *TWO_FILES, "-m", which, *IN_BROWSERS, *where)


def once_more_in_browsers(run: Run) -> None:
    """People in their browsers once more, with all that may differ: pages laid out from the right, and PostgreSQL.

    A test that fails here and not before is played by itself with one of the two to tell which of them it was.
    """
    with postgres(run):
        run.environment[MIRROR_VARIABLE] = "yes"
        name = f"browser journeys, mirrored{', on PostgreSQL' * is_on_postgres(run)}"
        in_browsers(run, name, "browser", BUT_IN_BOTH_DIRECTIONS)
        del run.environment[MIRROR_VARIABLE]


def unless(everything: bool) -> str:
    return "" if everything else " and not full"


def on_postgres(run: Run, *, everything: bool) -> None:
    """The domain, and what touches the database again, on PostgreSQL; with `everything`, all that does.

    Where there is no PostgreSQL, the domain has its turn on SQLite too.
    """
    passed_over = [f"--ignore={place}" for place in WITHOUT_DATABASE]
    chosen = "" if everything else " and not full and (twice or not once)"
    with postgres(run):
        if is_on_postgres(run):
            which = f"database and not browser and not chaos{chosen}"
            run.pytest("tests on PostgreSQL", "-n", "2", *passed_over, "-m", which)
        elif not everything:
            run.pytest("tests of the domain, on SQLite", "-n", "2", *passed_over, "-m", "domain and not full")


@contextmanager
def postgres(run: Run) -> Iterator[None]:
    """Within, tests run on a PostgreSQL; where there is none, as before, and the summary says so."""
    before = dict(run.environment)
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgres_url())
            template = stack.enter_context(empty_template(url))
        except Unavailable as reason:
            run.without("what touches the database, again on PostgreSQL,", reason)
        else:
            if run.migrate("migrations of an empty PostgreSQL database", template).passed:
                run.environment[POSTGRES_VARIABLE] = NAME
            run.environment["TEST_DATABASE_URL"] = url
        yield
        run.environment = before


def is_on_postgres(run: Run) -> bool:
    return "TEST_DATABASE_URL" in run.environment


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
