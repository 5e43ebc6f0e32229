"""A job knows which request it was put in for, so that a worker's log lines can be found by it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_jobs_are_found_by_their_owner")]
    operations = [
        migrations.AddField(
            "job", "request_id", models.CharField(blank=True, db_default="", default="", max_length=64)
        ),
    ]
