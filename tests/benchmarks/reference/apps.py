from __future__ import annotations

from django.apps import AppConfig


class Reference(AppConfig):
    name = "tests.benchmarks.reference"
    label = "reference"
