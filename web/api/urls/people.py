"""The people of a course."""

from __future__ import annotations

from django.urls import path

from quizzes.models import ListKind
from web.api.views import cohorts, keeping, list_imports, parts, people, watching

COURSE = "courses/<slug:slug>/"
PERSON = f"{COURSE}people/<uuid:uuid>/"
COHORT = f"{COURSE}cohorts/<uuid:uuid>/"
LIST = f"{COURSE}people/list/<uuid:uuid>/"
QUIZ = "quizzes/<uuid:uuid>/"
CODE = f"{COURSE}codes/<uuid:uuid>/"

urlpatterns = [
    path(f"{COURSE}people/", people.People.as_view(), name="people"),
    path(f"{COURSE}accommodations/", people.Accommodations.as_view(), name="accommodations"),
    path(f"{PERSON}accommodation/", people.Accommodation.as_view(), name="accommodation"),
    path(f"{COURSE}people/list/", list_imports.Lists.as_view(kind=ListKind.PEOPLE), name="people-lists"),
    path(LIST, list_imports.ListDetail.as_view(kind=ListKind.PEOPLE), name="people-list"),
    path(f"{LIST}lines/", list_imports.ListLines.as_view(kind=ListKind.PEOPLE), name="people-list-lines"),
    path(f"{LIST}apply/", list_imports.ApplyList.as_view(kind=ListKind.PEOPLE), name="people-list-apply"),
    path(f"{LIST}undo/", list_imports.UndoList.as_view(kind=ListKind.PEOPLE), name="people-list-undo"),
    path(f"{LIST}retry/", list_imports.RetryList.as_view(kind=ListKind.PEOPLE), name="people-list-retry"),
    path(PERSON, parts.Part.as_view(), name="part"),
    path(f"{PERSON}back/", parts.PartBack.as_view(), name="part-back"),
    path(f"{PERSON}invitation/", parts.Invitation.as_view(), name="part-invitation"),
    path(f"{PERSON}owner/", parts.HandOver.as_view(), name="part-owner"),
    path(f"{PERSON}copy/", keeping.LearnerCopy.as_view(), name="part-copy"),
    path(f"{PERSON}erasure/", keeping.Erasure.as_view(), name="part-erasure"),
    path(f"{COURSE}retention/", keeping.Retention.as_view(), name="retention"),
    path(f"{COURSE}history/", keeping.History.as_view(), name="history"),
    path(f"{QUIZ}monitor/", watching.Monitor.as_view(), name="monitor"),
    path(f"{QUIZ}extensions/", watching.Extensions.as_view(), name="extensions"),
    path(f"{QUIZ}extensions/<uuid:extension>/", watching.ExtensionDetail.as_view(), name="extension"),
    path(f"{COURSE}cohorts/", cohorts.Cohorts.as_view(), name="cohorts"),
    path(COHORT, cohorts.CohortDetail.as_view(), name="cohort"),
    path(f"{COHORT}back/", cohorts.CohortBack.as_view(), name="cohort-back"),
    path(f"{COURSE}codes/", cohorts.JoinCodes.as_view(), name="codes"),
    path(CODE, cohorts.JoinCodeDetail.as_view(), name="code"),
    path(f"{CODE}replace/", cohorts.ReplaceCode.as_view(), name="code-replace"),
]
