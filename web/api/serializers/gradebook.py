"""The gradebook: what is asked of it, and a row for each learner."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from quizzes.domain.gradebook import MOST_DROPPED, Standing

LONGEST_SEARCH = 100


class GradebookQuerySerializer(serializers.Serializer[Any]):
    q = serializers.CharField(
        default="", allow_blank=True, max_length=LONGEST_SEARCH, help_text="Part of a name, an address or a cohort."
    )
    cohort = serializers.UUIDField(default=None, help_text="Learners of this cohort.")
    standing = serializers.ChoiceField(
        default="", choices=[each.value for each in Standing], help_text="Who stands so at some quiz."
    )
    drop = serializers.IntegerField(
        default=0, min_value=0, max_value=MOST_DROPPED, help_text="So many of the lowest results do not count."
    )


class WeightSerializer(serializers.Serializer[Any]):
    weight = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100)


class CellSerializer(serializers.Serializer[Any]):
    quiz = serializers.SlugField(source="quiz.slug")
    standing = serializers.CharField(source="cell.standing")
    fraction = serializers.FloatField(source="cell.fraction", allow_null=True, help_text="The result, 0 to 1.")
    attempt = serializers.UUIDField(source="cell.attempt", allow_null=True, help_text="The newest attempt.")


class GradebookRowSerializer(serializers.Serializer[Any]):
    learner = serializers.UUIDField(source="line.enrollment.uuid")
    name = serializers.CharField(source="line.enrollment.user.name")
    email = serializers.EmailField(source="line.enrollment.user.email", allow_null=True)
    cohort = serializers.CharField(source="line.enrollment.cohort.name", allow_null=True, default=None)
    overall = serializers.FloatField(
        source="line.overall", allow_null=True, help_text="What the results come to, 0 to 1, by weights and drop."
    )
    quizzes = CellSerializer(source="cells", many=True)
