from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import journey
from config.demo import INSTRUCTOR, LEARNER, Demo, demo_password, forget, short_folder, start_demo
from config.processes.lock import FolderInUse, folder_lock
from config.processes.redis import free_port, port_is_free
from config.processes.supervisor import ProgramFailed, Stopped, Supervisor


class Command(BaseCommand):
    help = "Starts everything on this machine with the sample course: Redis, worker, sweeper and web server."
    # The database does not exist before the first start; the prepare step checks what this would check.
    requires_system_checks = ()
    is_quiet = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT, help="0 takes a free one")
        parser.add_argument("--data-dir", type=Path, default=settings.DATA_DIR, help="where everything is kept")
        parser.add_argument("--once", action="store_true", help="play one learner's journey, print it as JSON and stop")
        parser.add_argument("--with-parent", action="store_true", help="stop when the process that started this ends")

    def handle(self, *, port: int, data_dir: Path, once: bool, with_parent: bool, **_: Any) -> None:
        self.is_quiet = once
        demo = self.demo(port or free_port(), data_dir.expanduser().absolute())
        try:
            with folder_lock(demo.folder, about=f"process {os.getpid()}, {demo.url}"):
                self.supervise(demo, once=once, parent=os.getppid() if with_parent else None)
        except FolderInUse as holder:
            raise CommandError(
                f"A demo is already running on {demo.folder} ({holder}). Stop it, or give this one a folder of its own "
                "with --data-dir (DATA_DIR= for make)."
            ) from None

    def demo(self, port: int, folder: Path) -> Demo:
        if not port_is_free(port):
            raise CommandError(f"Port {port} is in use. Choose another with --port (PORT= for make).")
        return Demo(folder, port, demo_password(folder, os.environ), os.environ)

    def supervise(self, demo: Demo, *, once: bool, parent: int | None) -> None:
        sockets = short_folder()
        supervisor = Supervisor(logs=demo.folder / "logs", say=self.say, parent=parent)
        with supervisor.signals():
            try:
                start_demo(demo, supervisor, self.say, sockets=sockets)
                if once:
                    self.play(demo, supervisor)
                else:
                    self.welcome(demo)
                    supervisor.watch()
            except Stopped:
                self.say("Stopping …")
            except ProgramFailed as failure:
                raise CommandError(str(failure)) from None
            finally:
                supervisor.stop()
                forget(demo, sockets)

    def welcome(self, demo: Demo) -> None:
        self.say(f"Ready: {demo.url}")
        self.say(f"Sign in as {LEARNER} or {INSTRUCTOR} with the password {demo.password}")
        self.say(f"Logs are in {demo.folder / 'logs'}. Ctrl-C stops everything.")

    def play(self, demo: Demo, supervisor: Supervisor) -> None:
        try:
            outcome = journey.play(demo.url, email=LEARNER, password=demo.password)
        except (journey.JourneyFailed, OSError) as error:
            raise CommandError(f"The journey was not gone to its end. {error}") from None
        pids = {
            f"{name}_pid": supervisor.pid(name) for name in ("web", "worker", "redis") if name in supervisor.watched
        }
        self.stdout.write(json.dumps(asdict(outcome) | pids))

    def say(self, words: str) -> None:
        # With --once, standard output belongs to the one line of JSON.
        stream = self.stderr if self.is_quiet else self.stdout
        stream.write(words, lambda text: text)
        stream.flush()
