"""The driver: real workers, a sweeper, a web process, Redis and a database, and hands to break them with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from config.processes.child import Child, Program, signal_group, start
from config.processes.guardian import Guardian
from config.processes.redis import answers
from tests.chaos.workload import Tally
from tests.rabbitmq import RabbitService
from tests.services import RedisService

ROOT = Path(__file__).parent.parent.parent
SLEEPER = "tests.chaos.sleeper.workload:SleepWorkload"
# The product's periods (lease 60, hint age 30, sweep 10) scaled down so that a recovery takes seconds.
# The web process keeps the product's pause after a failed hint: that is what a learner feels.
PERIODS = "lease=3, hint_age=2, hint_pause=1, sweep_period=1, inline_after=2"
WEB_PAUSE = 10
WEB_PERIODS = PERIODS.replace("hint_pause=1,", f"hint_pause={WEB_PAUSE},")
MOST_WORKERS = 3
WORKER = ["-P", "prefork", "-c", "2", "--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "WARNING"]


class ChaosError(Exception):
    """The driver itself could not go on; what it says is about the stage and not about the product."""


@dataclass
class Web:
    """The door's process, and the pipe to it."""

    process: subprocess.Popen[str]

    def ask(self, do: str, **arguments: Any) -> Any:
        """The door's answer. Raises ChaosError when it is gone or could not do it."""
        said = self._exchange(json.dumps({"do": do, **arguments}))
        if "error" in said:
            raise ChaosError(f"{do}: {said['error']}")
        return said["answer"]

    def wait_until_ready(self) -> None:
        self._read()

    def end(self) -> None:
        """The process is gone, and the pipes to it are closed."""
        signal_group(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def _exchange(self, line: str) -> dict[str, Any]:
        if self.process.stdin is None or self.process.poll() is not None:
            raise ChaosError("The web process is gone.")
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            self.end()
            raise ChaosError("The web process went away without an answer.")
        said: dict[str, Any] = json.loads(line)
        return said


def off_by(hours: float, program: Program) -> Program:
    """The program on a machine whose wall clock is so many hours off."""
    return replace(program, environment={**program.environment, "CHAOS_CLOCK_HOURS": str(hours)})


@dataclass
class Stage:
    """Everything runs, or is started again by `make_ready`; every process is noted with a guardian that outlives us."""

    folder: Path
    database_url: str
    redis: RedisService
    workload: str = SLEEPER
    rabbitmq: RabbitService | None = None
    """Where it is the broker; Redis then only counts throttles."""
    enter: list[str] = field(default_factory=list)
    """What stands before each command, where workers, sweeper and web process are on another host."""
    children: dict[str, Child] = field(default_factory=dict)
    told_to_end: set[str] = field(default_factory=set)
    guardian: Guardian = field(default_factory=Guardian)
    noted: list[int] = field(default_factory=list)
    web: Web | None = None

    @staticmethod
    def reached(figure: str) -> None:
        """Says a figure; while a test runs, it is noted as one that the test reached."""
        print(figure)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("POSTIL_")}
        if self.rabbitmq is not None:
            kept["POSTIL_BROKER_URL"] = self.rabbitmq.url
        return kept | {
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis.url,
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": "only-for-tests-" + "x" * 50,
            "POSTIL_JOB_SCHEDULE": PERIODS,
            "CHAOS_WORKLOAD": self.workload,
            "CELERY_SKIP_CHECKS": "1",
        }

    def note(self, group: int) -> None:
        """Should this process be killed, the guardian ends that group."""
        self.noted.append(group)
        self.guardian.note(group)

    def migrate(self) -> None:
        command = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--skip-checks", "-v", "0"]
        subprocess.run(command, env=self.environment, cwd=ROOT, check=True, timeout=120)

    def begin_migrating(self, *where: str) -> subprocess.Popen[bytes]:
        """The next version's migrations, or those that lead to `where`, are on their way while everything goes on."""
        command = [sys.executable, "-m", "django", "migrate", *where, "--skip-checks", "-v", "0"]
        with (self.folder / "migrate.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self.environment | {"CHAOS_VERSION": "next"}, cwd=ROOT, stderr=log, start_new_session=True
            )
        self.note(process.pid)
        return process

    def make_ready(self, *, workers: int = 2, sweeper: bool = True, inline: bool = False) -> None:
        """So many workers wait for work, a sweeper runs or not, and no submission is left from before."""
        self.wake_redis()
        if self.rabbitmq is not None:
            self.rabbitmq.wake()
        self._keep("sweeper", is_wanted=sweeper and not inline, program=self._sweeper([]))
        self._keep("inline", is_wanted=sweeper and inline, program=self._sweeper(["--inline"]))
        for number in range(MOST_WORKERS):
            self._keep(f"worker{number}", is_wanted=number < workers, program=self._worker(number))
        self.open_door()
        self.ask("start_afresh")
        self.prove_workers(workers)

    def ask(self, do: str, **arguments: Any) -> Any:
        if self.web is None:
            raise ChaosError("Nobody opened the door.")
        return self.web.ask(do, **arguments)

    def submit(self, count: int, *, mode: str = "sleep", seconds: float = 0.02) -> list[float]:
        answered: list[float] = self.ask("submit", count=count, mode=mode, seconds=seconds)
        return answered

    def tally(self) -> Tally:
        return Tally(**self.ask("tally"))

    def settle(self, *, seconds: float) -> Tally:
        """The tally once nothing is open, or once `seconds` are over.

        Workers and sweepers that ended by themselves are started again, as whatever runs them for good would do:
        Celery's consumer can fall over its own connection while Redis restarts.
        """
        self.wait(self._is_settled, seconds=seconds)
        return self.tally()

    def _is_settled(self) -> bool:
        self.revive()
        return self.tally().open == 0

    def revive(self) -> None:
        """Whoever ended without being told to runs again."""
        for name in set(self.children) - self.alive() - self.told_to_end:
            self.restart(name)

    def wait(self, is_so: Callable[[], bool], *, seconds: float, pause: float = 0.1) -> bool:
        """Whether it is so within so many seconds; whoever has to count much for it is asked after longer pauses."""
        ends = time.monotonic() + seconds
        while not is_so():
            if time.monotonic() > ends:
                return False
            time.sleep(pause)
        return True

    def prove_workers(self, workers: int) -> None:
        """They take work: a cold start must not be counted as recovery."""
        if workers:
            self.submit(workers * 2, seconds=0.01)
            if self.settle(seconds=40).open:
                raise ChaosError("The workers never took work.\n" + self.logs())
            self.ask("start_afresh")

    def alive(self) -> set[str]:
        """The names of the workers and sweepers that run."""
        return {name for name, child in self.children.items() if child.is_alive}

    def signal(self, name: str, number: signal.Signals, *, only_leader: bool = False) -> None:
        if number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
            self.told_to_end.add(name)
        signal_group(self.children[name].pid, number, only_leader=only_leader)

    def kill(self, name: str) -> None:
        """The process and its own children are gone at once."""
        self.signal(name, signal.SIGKILL)
        self.children[name].process.wait()

    def add_worker(self, *, hours: float = 0) -> None:
        """One worker more waits for work, or soon will; its wall clock is so many hours off."""
        free = [number for number in range(MOST_WORKERS) if f"worker{number}" not in self.alive()]
        self._start(off_by(hours, self._worker(free[0])))

    def add_sweeper(self, *, hours: float = 0) -> None:
        """A sweeper runs, and its wall clock is so many hours off."""
        self._start(off_by(hours, self._sweeper([])))

    def restart(self, name: str) -> None:
        self._start(self.children[name].program)

    def pool_children(self, name: str) -> list[int]:
        """The processes of a worker that do the work."""
        pid = self.children[name].pid
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(word) for word in text.split()]

    def wake_redis(self) -> None:
        """It runs, is not frozen, and holds no message."""
        if self.redis.child.is_alive:
            os.kill(self.redis.pid, signal.SIGCONT)
        if not answers(self.redis.url):
            self.redis.start_again()
            self.note(self.redis.pid)

    def open_door(self) -> None:
        if self.web is not None and self.web.process.poll() is None:
            return
        with (self.folder / "web.log").open("ab") as log:
            process = subprocess.Popen(
                [*self.enter, sys.executable, "-m", "tests.chaos"],
                env=self.environment | {"POSTIL_JOB_SCHEDULE": WEB_PERIODS},
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.note(process.pid)
        self.web = Web(process)
        self.web.wait_until_ready()

    def lose_web(self) -> None:
        """The web process dies after a submission is committed and before anybody is told."""
        with suppress(ChaosError):
            self.ask("die_between_commit_and_hint")

    def close(self) -> None:
        """No process of this stage is left."""
        for name in self.children:
            self.kill(name)
        if self.web is not None:
            self.web.end()
        for group in self.noted:
            self.guardian.forget(group)
        self.guardian.dismiss()

    def logs(self) -> str:
        return "\n".join(f"--- {path.name}\n{path.read_text(errors='replace')[-3000:]}" for path in self.log_files())

    def log_files(self) -> list[Path]:
        return sorted(self.folder.rglob("*.log"))

    def _keep(self, name: str, *, is_wanted: bool, program: Program) -> None:
        child = self.children.get(name)
        if child is not None:
            signal_group(child.pid, signal.SIGCONT)
        if child is not None and child.is_alive and not (is_wanted and child.program == program):
            self.kill(name)
        if is_wanted and name not in self.alive():
            self._start(program)

    def _start(self, program: Program) -> None:
        child = start(program, logs=self.folder / "logs")
        self.note(child.pid)
        self.children[program.name] = child
        self.told_to_end.discard(program.name)

    def _worker(self, number: int) -> Program:
        celery = [sys.executable, "-m", "celery", "-A", "config", "worker", "-n", f"chaos{number}@{self.folder.name}"]
        command = [*self.enter, *celery, *WORKER]
        return Program(f"worker{number}", command, self.environment, stop_seconds=15)

    def _sweeper(self, options: list[str]) -> Program:
        name = "inline" if options else "sweeper"
        command = [*self.enter, sys.executable, "-m", "django", "sweep", *options]
        return Program(name, command, self.environment, stop_seconds=15)
