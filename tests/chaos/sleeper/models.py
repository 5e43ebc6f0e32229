"""Submissions that are graded by sleeping. Nothing here forbids a duplicate: the tests are to see one."""

from __future__ import annotations

import time
from typing import ClassVar
from uuid import uuid4

from django.db import models


class Ticket(models.Model):
    """What was submitted. `mode` says what its grading does: sleep, die, die_once, raise, records_slowly or junk."""

    uuid = models.UUIDField(default=uuid4, unique=True)
    mode = models.CharField(max_length=20)
    seconds = models.FloatField()
    is_given_up = models.BooleanField(default=False)
    objects: ClassVar[models.Manager[Ticket]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.mode} {self.uuid}"


class Grade(models.Model):
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE)
    fraction = models.FloatField()
    tries = models.PositiveIntegerField()
    objects: ClassVar[models.Manager[Grade]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.ticket} {self.fraction}"


class Run(models.Model):
    """Grading began; `clock` is what time it was for whoever graded."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE)
    clock = models.FloatField(default=time.time)
    objects: ClassVar[models.Manager[Run]] = models.Manager()

    def __str__(self) -> str:
        return f"run of {self.ticket}"
