"""What could not be graded is counted and found without going over every response."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("quizzes", "0025_regrade_lines_keep_what_was_graded")]
    operations = [
        migrations.AddIndex(
            "response",
            models.Index(fields=["attempt"], condition=Q(grading="failed"), name="responses_not_gradable"),
        ),
    ]
