"""An address for each request of the journey, but for the two that share the attempt's, and one for programs."""

from __future__ import annotations

from django.urls import path

from tests.benchmarks.reference import views

urlpatterns = [
    path("lesson/<int:lesson>/", views.lesson, name="lesson"),
    path("quiz/<int:lesson>/", views.quiz, name="quiz"),
    path("quiz/<int:lesson>/start/", views.start, name="start"),
    path("quiz/<int:lesson>/take/", views.take, name="take"),
    path("attempt/<int:attempt>/", views.attempt, name="attempt"),
    path("attempt/<int:attempt>/summary/", views.summary, name="summary"),
    path("attempt/<int:attempt>/submit/", views.submit, name="submit"),
    path("attempt/<int:attempt>/review/", views.review, name="review"),
]
