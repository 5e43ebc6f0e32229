"""Grading again: what a run covers, what it would change, how far it is; and appeals with what deciding changes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from quizzes.models import LineState, RegradeRun
from web.api.serializers.grading import SettledSerializer
from web.api.serializers.jobs import AcceptedSerializer


class NewRegradeSerializer(serializers.Serializer[Any]):
    quiz = serializers.UUIDField(default=None, allow_null=True, help_text="Only answers in this quiz.")
    question = serializers.UUIDField(default=None, allow_null=True, help_text="Only answers to this question.")
    only_if_higher = serializers.BooleanField(default=False, help_text="Nobody loses points by it.")
    reason = serializers.CharField(max_length=500, help_text="Everybody whose grade changes reads this.")


class RegradeReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class RegradeRunSerializer(serializers.ModelSerializer[RegradeRun]):
    quiz = serializers.UUIDField(source="quiz.uuid", allow_null=True, default=None)
    question = serializers.UUIDField(source="question.uuid", allow_null=True, default=None)

    class Meta:
        model = RegradeRun
        fields = (
            *("uuid", "state", "quiz", "question", "only_if_higher", "reason", "total", "changed", "kept"),
            *("created_at", "planned_at", "applied_at", "undone_at"),
        )
        read_only_fields = fields


class RegradeReportSerializer(serializers.Serializer[Any]):
    affected = serializers.IntegerField(help_text="Attempts that come to something else.")
    higher = serializers.IntegerField()
    lower = serializers.IntegerField()
    pass_now = serializers.IntegerField(help_text="Attempts that pass only now.")
    fail_now = serializers.IntegerField(help_text="Attempts that fail only now.")
    before = serializers.ListField(child=serializers.IntegerField(), help_text="Attempts by tenth of their result.")
    after = serializers.ListField(child=serializers.IntegerField())


class ReportedRunSerializer(serializers.Serializer[Any]):
    run = RegradeRunSerializer()
    job = serializers.UUIDField(allow_null=True, help_text="What is at work on it now.")
    report = RegradeReportSerializer(allow_null=True, help_text="None while something is at work on it.")


class LineQuerySerializer(serializers.Serializer[Any]):
    state = serializers.ChoiceField(
        default=LineState.CHANGED.value, choices=LineState.values, help_text="What became of the answers."
    )


class ChangedAnswerSerializer(serializers.Serializer[Any]):
    attempt = serializers.UUIDField(source="response.attempt.uuid")
    quiz = serializers.UUIDField(source="response.attempt.quiz.uuid")
    position = serializers.IntegerField(source="response.position")
    learner = serializers.UUIDField(source="response.attempt.enrollment.uuid", allow_null=True, default=None)
    name = serializers.CharField(source="response.attempt.enrollment.user.name", allow_null=True, default=None)
    state = serializers.CharField()
    before = serializers.FloatField(source="before_fraction", allow_null=True)
    after = serializers.FloatField(source="after_fraction", allow_null=True)


class AcceptedRunSerializer(AcceptedSerializer):
    """A run that is being worked on."""

    run = serializers.UUIDField()


class AppealedAnswerSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="appealed.appeal.uuid", help_text="Of the oldest appeal about this answer.")
    question = serializers.UUIDField(source="appealed.appeal.question.uuid")
    title = serializers.CharField(allow_blank=True)
    answer = serializers.CharField(allow_blank=True, help_text="In words.")
    appeals = serializers.IntegerField(source="appealed.appeals", help_text="Open ones about this answer.")
    since = serializers.DateTimeField(source="appealed.since")


class SaidSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    created_at = serializers.DateTimeField()
    attempt = serializers.UUIDField(source="response.attempt.uuid")
    position = serializers.IntegerField(source="response.position")
    learner = serializers.UUIDField(source="response.attempt.enrollment.uuid", allow_null=True, default=None)
    name = serializers.CharField(source="response.attempt.enrollment.user.name", allow_null=True, default=None)


class AcceptanceSerializer(serializers.Serializer[Any]):
    has_room = serializers.BooleanField(help_text="The question takes one more right answer.")
    is_proposed = serializers.BooleanField(help_text="Somebody proposed it, and a second person is to accept it.")
    looked_at = serializers.IntegerField(help_text="Answers that were graded again for this …")
    of = serializers.IntegerField(help_text="… of so many.")
    changed = serializers.IntegerField()
    changes = ChangedAnswerSerializer(many=True, help_text="The first fifty.")


class AppealSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="appeal.uuid")
    state = serializers.CharField(source="appeal.state")
    question = serializers.UUIDField(source="appeal.question.uuid")
    answer = serializers.CharField(allow_blank=True, help_text="In words.")
    asked = SettledSerializer(help_text="The wording that was answered, and what settles it.")
    said = SaidSerializer(many=True, help_text="What everybody says who appeals with this answer.")
    acceptance = AcceptanceSerializer(allow_null=True, help_text="What accepting changes; None once it is decided.")
    decision = serializers.CharField(source="appeal.decision", allow_blank=True)
    decided_at = serializers.DateTimeField(source="appeal.decided_at", allow_null=True)
    run = serializers.UUIDField(source="appeal.run.uuid", allow_null=True, default=None)


class DecisionSerializer(serializers.Serializer[Any]):
    decision = serializers.CharField(max_length=500, help_text="Everybody who appealed reads this.")


class AcceptSerializer(DecisionSerializer):
    for_everybody = serializers.BooleanField(
        help_text="The question takes this answer from now on, and everybody's is graded again; else only these are."
    )


class DecidedSerializer(serializers.Serializer[Any]):
    appeals = serializers.IntegerField(help_text="How many were decided; 0 for a proposal.")
