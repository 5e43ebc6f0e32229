"""The people of a course: their part, the time they have, the cohorts and codes they come by."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from rest_framework import serializers

from course.domain.people import Group
from course.models import Cohort, Enrollment, JoinCode, Role
from course.roster import LONGEST_COHORT, MOST_DAYS, MOST_TIME, MOST_TYPED

FAR_OFF = "Choose a day between 1970 and 2999."


class MomentField(serializers.DateTimeField):
    """A day and time that clocks and calendars can reckon with, as on the pages."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        first, last = datetime(1970, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, 23, 59, tzinfo=UTC)
        self.validators += [MinValueValidator(first, FAR_OFF), MaxValueValidator(last, FAR_OFF)]


class LearnerSerializer(serializers.ModelSerializer[Enrollment]):
    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email", allow_null=True)
    cohort = serializers.CharField(source="cohort.name", allow_null=True, default=None)
    time_factor = serializers.FloatField()

    class Meta:
        model = Enrollment
        fields = ("uuid", "name", "email", "cohort", "time_factor", "extra_days")
        read_only_fields = fields


class TimeSerializer(serializers.Serializer[Any]):
    time_factor = serializers.DecimalField(
        max_digits=4, decimal_places=2, min_value=Decimal(1), max_value=MOST_TIME, help_text="1.5 makes 40 minutes 60."
    )
    extra_days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS, help_text="Added to every closing.")


class AccommodationSerializer(TimeSerializer):
    """The time of one learner."""


class AccommodationsSerializer(TimeSerializer):
    people = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=MOST_TYPED, help_text="Learners, by their uuid."
    )


class AccommodatedSerializer(serializers.Serializer[Any]):
    changed = serializers.IntegerField(help_text="Learners whose time is another than before.")
    extended = serializers.IntegerField(help_text="Running attempts of theirs that end later.")


class PeopleQuerySerializer(serializers.Serializer[Any]):
    q = serializers.CharField(
        default="", allow_blank=True, max_length=100, help_text="Part of a name, an address or a cohort."
    )
    group = serializers.ChoiceField(default=Group.LEARNERS.value, choices=[each.value for each in Group])
    cohort = serializers.UUIDField(default=None)


class PartSerializer(serializers.ModelSerializer[Enrollment]):
    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email", allow_null=True)
    cohort = serializers.UUIDField(source="cohort.uuid", allow_null=True, default=None)
    cohort_name = serializers.CharField(source="cohort.name", allow_null=True, default=None)
    awaited_since = serializers.DateTimeField(
        source="user.awaited_since", allow_null=True, help_text="Since when they are invited and have not come."
    )
    time_factor = serializers.FloatField()

    class Meta:
        model = Enrollment
        fields = (
            *("uuid", "name", "email", "role", "cohort", "cohort_name", "time_factor", "extra_days"),
            *("starts_at", "ends_at", "left_at", "awaited_since", "invited_at"),
        )
        read_only_fields = fields


class PartChangeSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=Role.choices, required=False)
    cohort = serializers.UUIDField(required=False, allow_null=True)
    starts_at = MomentField(required=False, allow_null=True)
    ends_at = MomentField(required=False, allow_null=True)


class EnrolSerializer(serializers.Serializer[Any]):
    addresses = serializers.ListField(
        child=serializers.CharField(max_length=500), min_length=1, max_length=MOST_TYPED,
        help_text="`ana@example.org` or `Ana Moravec <ana@example.org>`. Whoever is new is invited by mail.",
    )  # fmt: skip
    role = serializers.ChoiceField(default=Role.LEARNER.value, choices=Role.choices)
    cohort = serializers.UUIDField(default=None, allow_null=True)

    def validate_role(self, role: str) -> str:
        """A course is handed over to somebody who is there; nobody is enrolled as its owner."""
        if role == Role.OWNER:
            raise serializers.ValidationError("Enrol them with another part, and hand the course over then.")
        return role


class PartNameSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()


class EnrolledSerializer(serializers.Serializer[Any]):
    new = PartNameSerializer(many=True, help_text="Parts that were made.")
    back = PartNameSerializer(many=True, help_text="Parts that were given back.")
    changed = PartNameSerializer(many=True, help_text="Parts that are others now.")


class CohortSerializer(serializers.ModelSerializer[Cohort]):
    members = serializers.IntegerField(read_only=True, help_text="Who take part now.")

    class Meta:
        model = Cohort
        fields = ("uuid", "name", "members", "archived_at")
        read_only_fields = fields


class CohortNameSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=LONGEST_COHORT)


class JoinCodeSerializer(serializers.ModelSerializer[JoinCode]):
    cohort = serializers.UUIDField(source="cohort.uuid", allow_null=True, default=None)

    class Meta:
        model = JoinCode
        fields = ("uuid", "code", "cohort", "uses", "most_uses", "expires_at", "created_at", "withdrawn_at")
        read_only_fields = fields


class NewJoinCodeSerializer(serializers.Serializer[Any]):
    most_uses = serializers.IntegerField(
        default=None, allow_null=True, min_value=1, max_value=100_000, help_text="People it lets in; None: any number."
    )
    expires_at = MomentField(default=None, allow_null=True)
    cohort = serializers.UUIDField(default=None, allow_null=True, help_text="Whoever comes is put into it.")
