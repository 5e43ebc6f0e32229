"""The backend Django loads for SQLite."""

from __future__ import annotations

import sqlite3

from django.db.backends.sqlite3 import base, features

_TAKES_MANY = (3, 32)
"""The first SQLite whose limit is 32,766 values for one statement; before it the limit was 999."""


class DatabaseFeatures(features.DatabaseFeatures):
    """Django cuts an insert at 999 values, where the responses of a quiz of 200 questions have more."""

    max_query_params = 30_000 if sqlite3.sqlite_version_info >= _TAKES_MANY else 999


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection to SQLite, with those features."""

    features_class = DatabaseFeatures
