"""Django's sessions in the database, looked up by a query that is put together once. Every page begins with one."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from jobs.domain.prepared import first, prepared


class SessionStore(db.SessionStore):
    """What SESSION_ENGINE names. Only reading differs from Django's: a session that is over is none, as there."""

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = first(_sessions(key=str(self.session_key)))
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found


@prepared
def _sessions(*, key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)
