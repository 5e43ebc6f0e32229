"""Calls one function in a Django process of its own, with settings and a database of its own.

`python -m config.benchmarks.inside module:function '{"argument": …}'` prints what the function returns as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import django

BASE_DIR = Path(__file__).resolve().parent.parent.parent
ANSWER = "answer: "


class InsideFailed(Exception):
    """The other process ended without an answer; the message is the last it said."""


def call_inside(environment: Mapping[str, str], target: str, *, seconds: float = 300.0, **arguments: Any) -> Any:
    """What `target` ("module:function") returns for the arguments, both sides as JSON. Raises InsideFailed."""
    command = [sys.executable, "-m", "config.benchmarks.inside", target, json.dumps(arguments)]
    try:
        done = subprocess.run(  # noqa: S603 -- runs this very file
            command, env=dict(environment), cwd=BASE_DIR, capture_output=True, text=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise InsideFailed(f"{target} did not end within {seconds:.0f} seconds.") from None
    answers = [line for line in done.stdout.splitlines() if line.startswith(ANSWER)]
    if done.returncode or not answers:
        raise InsideFailed(f"{target} failed: {done.stderr.strip()[-1500:]}")
    return json.loads(answers[-1].removeprefix(ANSWER))


def main(target: str, arguments: str) -> None:
    django.setup()
    module, _, name = target.partition(":")
    answer = getattr(import_module(module), name)(**json.loads(arguments))
    print(f"{ANSWER}{json.dumps(answer)}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
