"""What a later version may do to a table that everybody works on: a rule about it, for which SQLite makes the whole
table anew, and a column more. Both at once, and the table belongs to the migration for as long as a large one takes.
"""

from __future__ import annotations

import time
from typing import Any

from django.db import migrations, models

from jobs.models import Job

HELD_SECONDS = 1.0
RULE = models.CheckConstraint(condition=models.Q(tries__gte=0), name="jobs_job_grown")


def column() -> models.Field[Any, Any]:
    field = models.CharField(max_length=20, null=True)
    field.set_attributes_from_name("grown")
    return field


def grow(apps: Any, schema_editor: Any) -> None:
    schema_editor.add_constraint(Job, RULE)
    schema_editor.add_field(Job, column())
    time.sleep(HELD_SECONDS)


def shrink(apps: Any, schema_editor: Any) -> None:
    schema_editor.remove_field(Job, column())
    schema_editor.remove_constraint(Job, RULE)
    time.sleep(HELD_SECONDS)


class Migration(migrations.Migration):
    dependencies = [("jobs", "__first__")]
    operations = [migrations.RunPython(grow, shrink)]
