"""A start that is sent again is known by the key of its call, which is kept with its answer; the attempt has none."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0026_what_could_not_be_graded_is_found")]

    operations = [
        migrations.RemoveConstraint("attempt", "one_attempt_per_client_key"),
        migrations.RemoveField("attempt", "client_key"),
    ]
