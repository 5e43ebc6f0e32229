"""Who: people, their personal tokens, what they are told, and who did what."""

from __future__ import annotations

import uuid
from itertools import combinations
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from language import LANGUAGES


class Theme(models.TextChoices):
    LIGHT = "light", "Light"
    DARK = "dark", "Dark"
    CONTRAST = "contrast", "High contrast"


class TextSize(models.TextChoices):
    LARGER = "larger", "Larger"
    LARGEST = "largest", "Largest"


class Spacing(models.TextChoices):
    WIDER = "wider", "Wider"
    WIDEST = "widest", "Widest"


class People(BaseUserManager["User"]):
    """Makes people; an email address is kept in lower case, and an absent one is NULL."""

    def create_user(self, email: str | None = None, password: str | None = None, **fields: Any) -> User:
        person = self.model(email=email.strip().lower() if email else None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str | None = None, password: str | None = None, **fields: Any) -> User:
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True, "may_author": True, **fields}
        )


class User(AbstractBaseUser, PermissionsMixin):
    """A person; who they are in a course is an enrolment, and only `may_author` holds everywhere.

    `awaited_since` is when somebody else made the account for the holder of its address, who has not come yet. `theme`,
    `size` and `spacing` are how pages look to them, `language` what they are said in; each is empty where that is left
    to the device.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=150, blank=True)
    email = models.EmailField(null=True, blank=True)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    awaited_since = models.DateTimeField(null=True, blank=True, editable=False)
    may_author = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(db_default=Now(), editable=False)
    theme = models.CharField(max_length=8, choices=Theme, blank=True, default="")
    size = models.CharField(max_length=7, choices=TextSize, blank=True, default="")
    spacing = models.CharField(max_length=6, choices=Spacing, blank=True, default="")
    language = models.CharField(max_length=12, choices=LANGUAGES, blank=True, default="")

    # The one name that every person has: whoever comes from an LMS may have no email address.
    USERNAME_FIELD = "uuid"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    objects = People()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(email_verified_at__isnull=False),
                name="one_person_for_a_verified_email",
            ),
            models.CheckConstraint(
                condition=Q(email_verified_at__isnull=True) | Q(email__isnull=False),
                name="only_an_email_is_verified",
            ),
            models.UniqueConstraint(
                fields=["email"], condition=Q(awaited_since__isnull=False), name="one_awaited_person_for_an_email"
            ),
            models.CheckConstraint(
                condition=Q(awaited_since__isnull=True) | Q(email__isnull=False, email_verified_at__isnull=True),
                name="who_is_awaited_has_an_email_not_yet_verified",
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=True) | (Q(email=Lower("email")) & ~Q(email="")),
                name="email_is_lower_case_or_absent",
            ),
            models.CheckConstraint(condition=Q(theme__in=["", *Theme.values]), name="theme_known"),
            models.CheckConstraint(condition=Q(size__in=["", *TextSize.values]), name="text_size_known"),
            models.CheckConstraint(condition=Q(spacing__in=["", *Spacing.values]), name="spacing_known"),
            models.CheckConstraint(condition=Q(language__in=["", *dict(LANGUAGES)]), name="language_known"),
        ]
        indexes = [models.Index(fields=["email"], name="people_by_email")]

    def __str__(self) -> str:
        return self.name or self.email or f"Person {self.uuid.hex[:8]}"

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else str(self)


class Area(models.TextChoices):
    """The areas of the REST interface, in words for whoever allows one."""

    LEARNING = "learning", "courses, answering, and one’s own progress"
    CONTENT = "content", "articles, courses under review, and their questions"
    PEOPLE = "people", "who takes part in a course, and when"
    GRADES = "grades", "grades, grading, and figures"
    HOOKS = "hooks", "who is told of what happened"


SETS_OF_AREAS = [" ".join(some) for number in range(len(Area) + 1) for some in combinations(Area.values, number)]
"""Every way to limit a token to some of them."""


class PersonalToken(models.Model):
    """A key to the REST interface in its owner's name; only its digest is kept.

    `areas` are those it is limited to, in their order with a space between them; "" limits it to none of them.
    """

    class Scope(models.TextChoices):
        READ = "read", "Read only"
        WRITE = "write", "Read and change"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="personal_tokens")
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.READ)
    areas = models.CharField(max_length=40, blank=True, default="", db_default="")
    prefix = models.CharField(max_length=12, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=["read", "write"]), name="token_scope_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name"),
            models.CheckConstraint(condition=Q(areas__in=SETS_OF_AREAS), name="token_areas_are_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (postil_{self.prefix}…)"

    @property
    def limits(self) -> list[Area]:
        """The areas it is limited to; none where it is good for all of them."""
        return [Area(each) for each in self.areas.split()]


class KeyedCall(models.Model):
    """A call over REST that its caller named by a key, with what it was answered: sent again, it is answered alike.

    `digest` is made of the call's method, address and body; `body` is the answer as JSON text, `location` its header.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="keyed_calls")
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_default=Now(), db_index=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_call_for_a_key"),
            models.CheckConstraint(condition=~Q(key=""), name="call_has_a_key"),
            models.CheckConstraint(condition=Q(status__gte=200, status__lt=300), name="only_what_went_well_is_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"


class InboxMessage(models.Model):
    """Something a person is told; `key` makes telling it again harmless."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="inbox")
    kind = models.SlugField(max_length=40, db_index=False)
    key = models.CharField(max_length=120, null=True, editable=False)
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="told_once_for_a_key"),
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="unread_messages"),
            models.Index(
                fields=["created_at"],
                condition=Q(read_at__isnull=True, mailed_at__isnull=True),
                name="unmailed_messages",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class MailRule(models.Model):
    """How often a person gets a digest by mail, and when the last one went out; without a row, once a day."""

    class Every(models.TextChoices):
        DAY = "day"
        WEEK = "week"
        NEVER = "never"

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_rule")
    every = models.CharField(max_length=5, choices=Every.choices, default=Every.DAY)
    mailed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(every__in=["day", "week", "never"]), name="mail_rule_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.every}"


class MutedKind(models.Model):
    """A sort of notice that a person wants in their inbox only, and in no mail."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="muted_kinds")
    kind = models.SlugField(max_length=40, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="muted_once_for_a_kind"),
            models.CheckConstraint(condition=~Q(kind=""), name="muted_kind_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"


class AuditEntry(models.Model):
    """Who did what to what; appended, never changed. `course` is the public id of the course it was done in, if any."""

    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    course = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now(), editable=False)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "audit entries"
        constraints = [models.CheckConstraint(condition=~Q(verb=""), name="audit_entry_has_a_verb")]
        indexes = [
            models.Index(fields=["subject", "-id"], name="audit_by_subject"),
            models.Index(fields=["course", "-id"], condition=Q(course__isnull=False), name="audit_by_course"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
