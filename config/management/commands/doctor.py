from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from config.diagnosis import Finding, diagnose


class Command(BaseCommand):
    help = "Says what is wrong with this installation and how to mend it. Exit 1 when something is."
    requires_system_checks = ()

    def handle(self, *_: Any, **__: Any) -> None:
        findings = diagnose()
        for finding in findings:
            self.show(finding)
        ill = sum(not finding.is_well for finding in findings)
        self.stdout.write("All is well." if not ill else f"To mend: {ill}.")
        if ill:
            sys.exit(1)

    def show(self, finding: Finding) -> None:
        state = "ok  " if finding.is_well else "MEND"
        self.stdout.write(f"{state}  {finding.subject}: {finding.words}")
        if finding.mend:
            self.stdout.write(f"      → {finding.mend}")
