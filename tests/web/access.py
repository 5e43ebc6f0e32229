"""Every address with what it takes to come in there. A new address needs a line here."""

from __future__ import annotations

from collections.abc import Mapping

COURSE = "studio/courses/<slug:course>/"
QUIZ = f"{COURSE}quizzes/<slug:quiz>/"
READ = "courses/<slug:course>/"
ATTEMPT = "attempts/<uuid:attempt>/"
ACCOUNTS = "accounts/"
REST = "api/v1/"
RESPONSE = f"{REST}attempts/<uuid:uuid>/responses/<int:position>/"

ANYBODY = "anybody"
SIGNED_IN = "signed in"
AUTHOR = "author"
STAFF = "staff"
OWN_ATTEMPT = "own attempt"
OWN_TOKEN = "own token"

NEEDED: Mapping[str, str] = {
    "": ANYBODY,
    "healthz": ANYBODY,
    "readyz": ANYBODY,
    "progress/": SIGNED_IN,
    READ: "course.read",
    f"{READ}progress/": "course.part",
    f"{READ}lessons/<slug:lesson>/": "course.read",
    f"{READ}lessons/<slug:lesson>/read/": "course.part",
    f"{READ}quizzes/<slug:quiz>/": "course.read",
    f"{READ}quizzes/<slug:quiz>/start/": "course.answer",
    ATTEMPT: OWN_ATTEMPT,
    f"{ATTEMPT}responses/<int:position>/": OWN_ATTEMPT,
    f"{ATTEMPT}responses/<int:position>/another/": OWN_ATTEMPT,
    f"{ATTEMPT}responses/<int:position>/why/": OWN_ATTEMPT,
    f"{ATTEMPT}responses/<int:position>/appeal/": OWN_ATTEMPT,
    f"{ATTEMPT}time/": OWN_ATTEMPT,
    f"{ATTEMPT}summary/": OWN_ATTEMPT,
    f"{ATTEMPT}submit/": OWN_ATTEMPT,
    f"{ATTEMPT}status/": OWN_ATTEMPT,
    f"{ATTEMPT}review/": SIGNED_IN,
    "studio/": STAFF,
    "studio/import/": AUTHOR,
    "studio/builds/<uuid:course>/": "course.edit",
    "studio/builds/<uuid:course>/retry/": "course.edit",
    COURSE: "course.edit",
    f"{COURSE}publish/": "course.edit",
    f"{COURSE}text/": "course.edit",
    f"{COURSE}text/<int:number>/": "course.edit",
    f"{COURSE}text/changes/": "course.edit",
    f"{COURSE}text/changes/<uuid:change>/": "course.edit",
    f"{COURSE}concepts/": "course.edit",
    f"{COURSE}concepts/asked/": "course.edit",
    f"{COURSE}concepts/<slug:concept>/": "course.edit",
    f"{COURSE}concepts/<slug:concept>/decide/": "course.edit",
    f"{COURSE}concepts/<slug:concept>/define/": "course.edit",
    f"{COURSE}concepts/<slug:concept>/merge/": "course.edit",
    f"{COURSE}concepts/<slug:concept>/rename/": "course.edit",
    f"{COURSE}concept-groups/": "course.edit",
    f"{COURSE}concept-picks/": "course.edit",
    f"{COURSE}concept-undo/": "course.edit",
    f"{COURSE}questions/": "course.edit",
    f"{COURSE}questions/<uuid:question>/": "course.edit",
    f"{COURSE}questions/<uuid:question>/decide/": "course.edit",
    f"{COURSE}questions/<uuid:question>/edit/": "course.edit",
    f"{COURSE}bank/": "course.edit",
    f"{COURSE}bank/change/": "course.edit",
    f"{COURSE}lessons/<slug:lesson>/accept/": "course.edit",
    f"{COURSE}quizzes/": "course.edit",
    QUIZ: "course.edit",
    f"{QUIZ}pools/": "course.edit",
    f"{QUIZ}items/<int:position>/out/": "course.edit",
    f"{COURSE}people/": "course.see_people",
    f"{COURSE}people/<uuid:person>/": "course.accommodate",
    f"{COURSE}appeals/": "course.grade",
    f"{COURSE}appeals/<uuid:appeal>/": "course.grade",
    f"{COURSE}regrades/": "course.grade",
    f"{COURSE}regrades/<uuid:run>/": "course.grade",
    f"{COURSE}responses/<uuid:attempt>/<int:position>/": "course.grade",
    f"{COURSE}grading/": "course.grade",
    f"{COURSE}grading/<uuid:question>/": "course.grade",
    f"{COURSE}grading/<uuid:question>/rubric/": "course.grade",
    ACCOUNTS: SIGNED_IN,
    f"{ACCOUNTS}tokens/": SIGNED_IN,
    f"{ACCOUNTS}tokens/<uuid:uuid>/revoke/": OWN_TOKEN,
    f"{ACCOUNTS}reading/": ANYBODY,
    f"{ACCOUNTS}login/": ANYBODY,
    f"{ACCOUNTS}logout/": ANYBODY,
    f"{ACCOUNTS}signup/": ANYBODY,
    f"{ACCOUNTS}inactive/": ANYBODY,
    f"{ACCOUNTS}confirm-email/": ANYBODY,
    f"{ACCOUNTS}confirm-email/<key>/": ANYBODY,
    f"{ACCOUNTS}password/change/": SIGNED_IN,
    f"{ACCOUNTS}password/set/": ANYBODY,
    f"{ACCOUNTS}password/reset/": ANYBODY,
    f"{ACCOUNTS}password/reset/done/": ANYBODY,
    f"{ACCOUNTS}set-password/<str:uidb64>/<str:token>/": ANYBODY,
    f"{ACCOUNTS}invitation/<str:token>/": ANYBODY,
    "oauth/token/": ANYBODY,
    "oauth/revoke/": ANYBODY,
    f"{REST}courses/": SIGNED_IN,
    f"{REST}courses/<slug:slug>/": "course.read",
    f"{REST}courses/<slug:slug>/lessons/": "course.read",
    f"{REST}courses/<slug:slug>/lessons/<slug:lesson>/": "course.read",
    f"{REST}courses/<slug:slug>/concepts/": "course.read",
    f"{REST}courses/<slug:slug>/quizzes/": "course.read",
    f"{REST}courses/<slug:slug>/people/": "course.see_people",
    f"{REST}courses/<slug:slug>/people/<uuid:uuid>/accommodation/": "course.accommodate",
    f"{REST}quizzes/<uuid:uuid>/attempts/": "course.answer",
    f"{REST}attempts/<uuid:uuid>/": OWN_ATTEMPT,
    RESPONSE: OWN_ATTEMPT,
    f"{RESPONSE}check/": OWN_ATTEMPT,
    f"{RESPONSE}hint/": OWN_ATTEMPT,
    f"{RESPONSE}next/": OWN_ATTEMPT,
    f"{REST}attempts/<uuid:uuid>/submit/": OWN_ATTEMPT,
    f"{REST}progress/": SIGNED_IN,
    f"{REST}schema/": ANYBODY,
    f"{REST}docs/": ANYBODY,
    f"{REST}.*": ANYBODY,
}
"""By address, who comes in: a permission in the course (course.rules.GRANTS), any part in it, or what it says."""
