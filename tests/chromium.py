"""A Chromium for browser tests: found, or installed where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.services import Unavailable

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Without a GPU and, as root, without a sandbox: the pages it opens are ours.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]


def find_chromium() -> str:
    """The file name of a browser to launch. Raises Unavailable, with what to do about it."""
    if given := os.environ.get("CHROMIUM_PATH"):
        if Path(given).is_file():
            return given
        raise Unavailable(f"CHROMIUM_PATH names {given}, which is not there")
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    if Path(downloaded).is_file():
        return downloaded
    raise Unavailable("there is no Chromium: install it, or set CHROMIUM_PATH")


def install_chromium() -> str:
    """The file name of a browser, installed now where there was none. Raises Unavailable with what was tried."""
    try:
        return find_chromium()
    except Unavailable:
        if "CHROMIUM_PATH" in os.environ:
            raise
    attempts = []
    if os.getuid() == 0 and shutil.which("apt-get"):
        attempts += [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "chromium"]]
    failures = [failure for command in attempts if (failure := attempt(command))]
    if not attempts or failures:
        # With its system libraries where we may install them.
        dependencies = ["--with-deps"] if attempts else []
        failures += filter(None, [attempt([sys.executable, "-m", "playwright", "install", *dependencies, "chromium"])])
    try:
        return find_chromium()
    except Unavailable:
        raise Unavailable("no Chromium could be installed: " + "; ".join(failures)) from None


def attempt(command: list[str]) -> str | None:
    """None when the command went well, else what it was and how it ended."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=600, env=environment, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{' '.join(command[:3])}: {error}"
    lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
    return f"{' '.join(command[:3])} ended with {done.returncode}: {lines[-1]}" if done.returncode else None
