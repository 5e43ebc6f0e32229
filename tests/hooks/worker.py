"""A worker process of its own that sends one delivery to a port of this machine: `python -m tests.hooks.worker`."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from uuid import UUID

import django


def main(port: str, job: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    # What knows models can be imported only now.
    hooked, receiver = import_module("tests.hooks.hooked"), import_module("tests.hooks.receiver")
    with hooked.sending_over(receiver.wire_to(int(port))):
        import_module("jobs.domain").run_job(UUID(job))


if __name__ == "__main__":
    main(*sys.argv[1:])
