"""A scanner that knows nothing of Postil attacks every page and form it finds, as three people."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests.quality.canaries import Scene

SCANNER = os.environ.get("WAPITI") or shutil.which("wapiti")
ATTACKS = "exec,file,permanentxss,redirect,sql,xss,crlf,csrf,csp,http_headers,upload,methods,htaccess"
LEFT_ALONE = ["accounts/logout/*", "accounts/login/*", "static/*", "own/erase/*"]
"""What ends the session or is throttled after five tries."""
SECONDS_OF_LOOKING, SECONDS_OF_EACH_ATTACK = 60, 30
PEOPLE = ("owner", "answering", "visitor")

pytestmark = [
    pytest.mark.skipif(SCANNER is None, reason="wapiti is not on PATH, nor named by WAPITI"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.full,
    pytest.mark.once,
    pytest.mark.promise(42),
]


def cookies_of(client: Client) -> dict[str, Any]:
    """As the scanner reads them from a file."""
    attributes = {"expires": None, "secure": False, "port": None, "version": 0}
    return {name: {"value": morsel.value} | attributes for name, morsel in client.cookies.items()}


def scanned(address: str, *, cookies: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The scanner's report on this server; it asks nobody else."""
    assert SCANNER is not None
    kept, report = folder / "cookies.json", folder / "report.json"
    kept.write_text(json.dumps({urlsplit(address).hostname: {"/": cookies}}))
    options = {
        "--url": f"{address}/",
        "--scope": "domain",
        "--module": ATTACKS,
        "--cookie": str(kept),
        "--max-scan-time": str(SECONDS_OF_LOOKING),
        "--max-attack-time": str(SECONDS_OF_EACH_ATTACK),
        "--scan-force": "polite",
        "--store-session": str(folder),
        "--store-config": str(folder),
        "--format": "json",
        "--output": str(report),
    }
    words = [word for option in options.items() for word in option]
    words += [word for path in LEFT_ALONE for word in ("--exclude", f"{address}/{path}")]
    subprocess.run([SCANNER, *words, "--no-bugreport"], check=True, capture_output=True, timeout=900)
    found: dict[str, Any] = json.loads(report.read_text())
    return found


@pytest.mark.parametrize("who", PEOPLE)
def test_a_scanner_finds_nothing(
    live_server: LiveServer, who: str, tmp_path: Path, reached: Callable[[str], None]
) -> None:
    scene = Scene.set_up(mode="check")
    scene.submit()
    report = scanned(live_server.url, cookies=cookies_of(scene.client(who)), folder=tmp_path)
    found = {kind: [(each["method"], each["path"], each["info"]) for each in what]
             for kind, what in (report["vulnerabilities"] | report["anomalies"]).items() if what}  # fmt: skip
    reached(f"0 findings of a scanner as {who} at {report['infos']['crawled_pages_nbr']} pages and forms")
    assert found == {}
