"""Addresses of the learner's door: reading and progress, then answering."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.learner.views import (
    another,
    answers,
    attempts,
    certificates,
    goals,
    joining,
    notes,
    offline,
    own,
    practising,
    previews,
    progress,
    quizzes,
    reading,
    remembering,
    side_questions,
    why,
)

app_name = "learner"

QUIZ = "courses/<slug:course>/quizzes/<slug:quiz>/"
REMEMBER = "courses/<slug:course>/remember/"
ATTEMPT = "attempts/<uuid:attempt>/"

urlpatterns: list[URLPattern] = [
    path("", reading.home, name="home"),
    path("offline/", offline.offline, name="offline"),
    path("manifest.webmanifest", offline.app_manifest, name="app-manifest"),
    path("service-worker.js", offline.service_worker, name="service-worker"),
    path("progress/", progress.progress, name="progress"),
    path("progress/goal/", goals.goal, name="goal"),
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
    path("courses/<slug:course>/certificate/", certificates.ask, name="ask-certificate"),
    path("certificates/<slug:code>/", certificates.certificate, name="certificate"),
    path(REMEMBER, remembering.deck, name="remember"),
    path(f"{REMEMBER}next/", remembering.following, name="remember-next"),
    path(f"{REMEMBER}<uuid:question>/", remembering.question, name="remember-question"),
    path("courses/<slug:course>/practice/<slug:concept>/", practising.concept, name="practice"),
    path(
        "courses/<slug:course>/lessons/<slug:lesson>/aside/<int:section>/",
        side_questions.of_section,
        name="side-question",
    ),
    path("courses/<slug:course>/lessons/<slug:lesson>/notes/", notes.of_lesson, name="lesson-notes"),
    path("courses/<slug:course>/notes/", notes.of_course, name="notes"),
    path("courses/<slug:course>/notes/text/", notes.as_text, name="notes-text"),
    path("notes/<uuid:note>/", notes.note, name="note"),
    path(QUIZ, quizzes.quiz, name="quiz"),
    path(f"{QUIZ}start/", quizzes.start, name="attempt-start"),
    path(ATTEMPT, attempts.attempt, name="attempt"),
    path(f"{ATTEMPT}responses/<int:position>/", answers.response, name="response"),
    path(f"{ATTEMPT}responses/<int:position>/another/", another.another, name="another"),
    path(f"{ATTEMPT}responses/<int:position>/found/", why.found, name="found"),
    path(f"{ATTEMPT}responses/<int:position>/why/", why.why, name="why"),
    path(f"{ATTEMPT}responses/<int:position>/appeal/", why.appeal, name="appeal"),
    path(f"{ATTEMPT}time/", answers.time, name="attempt-time"),
    path(f"{ATTEMPT}summary/", attempts.summary, name="attempt-summary"),
    path(f"{ATTEMPT}submit/", attempts.submit, name="attempt-submit"),
    path(f"{ATTEMPT}status/", attempts.status, name="attempt-status"),
    path(f"{ATTEMPT}review/", attempts.review, name="attempt-review"),
]
