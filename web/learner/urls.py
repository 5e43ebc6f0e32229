"""Addresses of the learner's door: reading and progress, then answering."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.learner.views import another, answers, attempts, joining, own, previews, progress, quizzes, reading, why

app_name = "learner"

QUIZ = "courses/<slug:course>/quizzes/<slug:quiz>/"
ATTEMPT = "attempts/<uuid:attempt>/"

urlpatterns: list[URLPattern] = [
    path("", reading.home, name="home"),
    path("progress/", progress.progress, name="progress"),
    path("own/copy/", own.copy, name="own-copy"),
    path("own/erase/", own.erase, name="own-erase"),
    path("join/", joining.join, name="join"),
    path("join/<slug:code>/", joining.code, name="join-code"),
    path("courses/<slug:course>/", reading.course, name="course"),
    path("courses/<slug:course>/preview/", previews.course, name="course-preview"),
    path("courses/<slug:course>/lessons/<slug:lesson>/preview/", previews.lesson, name="lesson-preview"),
    path("courses/<slug:course>/progress/", progress.of_course, name="course-progress"),
    path("courses/<slug:course>/lessons/<slug:lesson>/", reading.lesson, name="lesson"),
    path("courses/<slug:course>/lessons/<slug:lesson>/read/", reading.lesson_read, name="lesson-read"),
    path(QUIZ, quizzes.quiz, name="quiz"),
    path(f"{QUIZ}start/", quizzes.start, name="attempt-start"),
    path(ATTEMPT, attempts.attempt, name="attempt"),
    path(f"{ATTEMPT}responses/<int:position>/", answers.response, name="response"),
    path(f"{ATTEMPT}responses/<int:position>/another/", another.another, name="another"),
    path(f"{ATTEMPT}responses/<int:position>/why/", why.why, name="why"),
    path(f"{ATTEMPT}responses/<int:position>/appeal/", why.appeal, name="appeal"),
    path(f"{ATTEMPT}time/", answers.time, name="attempt-time"),
    path(f"{ATTEMPT}summary/", attempts.summary, name="attempt-summary"),
    path(f"{ATTEMPT}submit/", attempts.submit, name="attempt-submit"),
    path(f"{ATTEMPT}status/", attempts.status, name="attempt-status"),
    path(f"{ATTEMPT}review/", attempts.review, name="attempt-review"),
]
