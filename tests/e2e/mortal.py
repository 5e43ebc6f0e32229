"""A web server and a browser that a test may kill without warning, and start again where they were."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, BrowserType

from config.demo import is_served
from config.processes.child import Child, Program, signal_group, start
from config.processes.redis import free_port
from tests.chromium import ARGUMENTS, find_chromium
from tests.e2e.browsers import PATIENCE
from tests.services import temporary_folder, wait_for

ROOT = Path(__file__).parent.parent.parent


@dataclass
class MortalServer:
    """The product's own web server in a process of its own, on the database of the test."""

    folder: Path
    port: int = field(default_factory=free_port)
    child: Child | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": database_url(),
            "SECRET_KEY": str(settings.SECRET_KEY),
            "PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
        }

    def collect(self) -> None:
        """Static files have the names they are given out under, and find each other by them."""
        shutil.copytree(released(), self.folder / "static")

    def release_again(self) -> None:
        """The next start is that of a release whose files are others: what they come to is written in the manifest."""
        manifest = self.folder / "static" / "staticfiles.json"
        told = json.loads(manifest.read_text(encoding="utf-8"))
        manifest.write_text(json.dumps(told | {"hash": told["hash"][::-1]}), encoding="utf-8")

    def start(self, *, has_database: bool = True) -> None:
        """It answers, be it that it cannot reach its database."""
        nowhere = {} if has_database else {"DATABASE_URL": f"sqlite:///{self.folder}/nowhere/postil.sqlite3"}
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", "1", "--blocking-threads", "2", "config.wsgi:application"]
        self.child = start(Program("web", command, self.environment | nowhere), logs=self.folder)
        wait_for(lambda: is_served(self.port), what="The web server", seconds=60)

    def kill(self) -> None:
        """It is gone at once, with whatever it was doing."""
        if self.child is not None:
            signal_group(self.child.pid, signal.SIGKILL)
            self.child.process.wait()
            self.child = None


@cache
def released() -> Path:
    """The static files of a release, collected once for all servers of this process."""
    folder = Path(settings.DATA_DIR) / "released"
    command = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--no-input", "--verbosity", "0"]
    environment = os.environ | {"DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    subprocess.run(command, env=environment, cwd=ROOT, check=True, timeout=300)
    return folder / "static"


def database_url() -> str:
    """The test's database, for a process that has to find it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}").geturl()


@contextmanager
def mortal_server() -> Iterator[MortalServer]:
    """A server that answers; its data folder and its process are gone afterwards."""
    with temporary_folder("postil-mortal-") as folder:
        server = MortalServer(folder)
        server.collect()
        server.start()
        try:
            yield server
        finally:
            server.kill()


@dataclass
class MortalBrowser:
    """A Chromium in a process group of its own, with a profile that outlives it."""

    kind: BrowserType
    profile: Path
    process: subprocess.Popen[bytes] | None = None
    browser: Browser | None = None

    def open(self) -> BrowserContext:
        """The window of the profile, as whoever opens their browser again finds it."""
        door = self.profile / "DevToolsActivePort"
        door.unlink(missing_ok=True)
        command = [find_chromium(), *ARGUMENTS, "--headless=new", "--no-first-run", "--remote-debugging-port=0"]
        self.process = subprocess.Popen(
            [*command, f"--user-data-dir={self.profile}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_for(lambda: door.exists() and "/" in door.read_text(), what="Chromium", seconds=60)
        port = door.read_text().splitlines()[0]
        self.browser = self.kind.connect_over_cdp(f"http://127.0.0.1:{port}")
        context = self.browser.contexts[0]
        context.set_default_timeout(PATIENCE)
        return context

    def kill_tabs(self) -> None:
        """Every process that draws a page is gone at once; the browser stays."""
        for pid in self._renderers():
            os.kill(pid, signal.SIGKILL)
            wait_for(partial(self._is_gone, pid), what="The end of a tab")

    def _is_gone(self, pid: int) -> bool:
        return pid not in self._renderers()

    def _renderers(self) -> list[int]:
        assert self.browser is not None
        told = self.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
        return [process["id"] for process in told["processInfo"] if process["type"] == "renderer"]

    def kill(self) -> None:
        """The browser is gone at once, as if somebody had pulled the plug."""
        if self.process is not None:
            signal_group(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@contextmanager
def mortal_browser(kind: BrowserType) -> Iterator[MortalBrowser]:
    """A browser that is not open yet; its profile and its processes are gone afterwards."""
    with temporary_folder("postil-profile-") as profile:
        browser = MortalBrowser(kind, profile)
        try:
            yield browser
        finally:
            browser.kill()
