"""The driver cleans up after itself, even when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.chaos.stage import ROOT

pytestmark = [pytest.mark.chaos, pytest.mark.slow]
CODE = """
import sys
from pathlib import Path
from tests.chaos.stage import Stage
from tests.services import running_redis
with running_redis() as redis:
    stage = Stage(Path(sys.argv[1]), "sqlite:///" + sys.argv[1] + "/chaos.sqlite3", redis)
    stage.note(redis.pid)
    stage.migrate()
    stage.make_ready(workers=1)
    print(*[child.pid for child in stage.children.values()], redis.pid, *stage.pool_children("worker0"), flush=True)
    sys.stdin.readline()
    stage.close()
"""


def driver(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CODE, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("ending", [pytest.param("closed", marks=pytest.mark.full), "killed"])
def test_no_process_is_left_behind(tmp_path: Path, ending: str) -> None:
    with driver(tmp_path) as process:
        assert process.stdout
        assert process.stdin
        pids = [int(word) for word in process.stdout.readline().split()]
        assert len(pids) >= 5
        assert all(is_alive(pid) for pid in pids)
        if ending == "closed":
            process.stdin.write("\n")
            process.stdin.flush()
        else:
            os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=30)
    ends = time.monotonic() + 15
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() < ends
        time.sleep(0.1)
