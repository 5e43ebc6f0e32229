"""REST v1, under /api/v1/."""

from __future__ import annotations

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from web.api.docs import ApiDocs
from web.api.errors import no_such_address
from web.api.views import attempts, courses, people, progress

app_name = "api"
urlpatterns = [
    path("courses/", courses.CourseList.as_view(), name="courses"),
    path("courses/<slug:slug>/", courses.CourseDetail.as_view(), name="course"),
    path("courses/<slug:slug>/lessons/", courses.LessonList.as_view(), name="lessons"),
    path("courses/<slug:slug>/lessons/<slug:lesson>/", courses.LessonDetail.as_view(), name="lesson"),
    path("courses/<slug:slug>/concepts/", courses.ConceptList.as_view(), name="concepts"),
    path("courses/<slug:slug>/quizzes/", courses.QuizList.as_view(), name="quizzes"),
    path("courses/<slug:slug>/people/", people.LearnerList.as_view(), name="people"),
    path("courses/<slug:slug>/people/<uuid:uuid>/accommodation/", people.Accommodation.as_view(), name="accommodation"),
    path("quizzes/<uuid:uuid>/attempts/", attempts.StartAttempt.as_view(), name="start-attempt"),
    path("attempts/<uuid:uuid>/", attempts.AttemptDetail.as_view(), name="attempt"),
    path("attempts/<uuid:uuid>/responses/<int:position>/", attempts.SaveAnswer.as_view(), name="response"),
    path("attempts/<uuid:uuid>/responses/<int:position>/check/", attempts.CheckAnswer.as_view(), name="check"),
    path("attempts/<uuid:uuid>/responses/<int:position>/hint/", attempts.OpenHint.as_view(), name="hint"),
    path("attempts/<uuid:uuid>/responses/<int:position>/next/", attempts.GoOn.as_view(), name="next"),
    path("attempts/<uuid:uuid>/submit/", attempts.SubmitAttempt.as_view(), name="submit"),
    path("progress/", progress.Progress.as_view(), name="progress"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", ApiDocs.as_view(), name="docs"),
    re_path(r"^.*$", no_such_address),
]
