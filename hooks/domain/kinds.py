"""The kinds of job that hooks brings along."""

from __future__ import annotations

DELIVER = "deliver_event"
"""Sends one delivery; its subject is the delivery's uuid."""
