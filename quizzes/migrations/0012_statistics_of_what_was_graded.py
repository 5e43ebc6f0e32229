"""Statistics follow every grade from here on; what was graded before is counted where choices are, in 0021."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0011_statistics_in_whole_numbers")]
    operations: list[migrations.RunPython] = []
