"""What a learner does: reads, answers, looks how far they are."""

from __future__ import annotations

from django.urls import path

from web.api.views import account, after_answering, attempts, courses, notes, oneself, practice, progress

COURSE = "courses/<slug:slug>/"
LESSON = f"{COURSE}lessons/<slug:lesson>/"
CARD = f"{COURSE}remember/<uuid:question>/"
RESPONSE = "attempts/<uuid:uuid>/responses/<int:position>/"

urlpatterns = [
    path("courses/", courses.CourseList.as_view(), name="courses"),
    path("courses/<slug:slug>/", courses.CourseDetail.as_view(), name="course"),
    path("courses/<slug:slug>/lessons/", courses.LessonList.as_view(), name="lessons"),
    path("courses/<slug:slug>/lessons/<slug:lesson>/", courses.LessonDetail.as_view(), name="lesson"),
    path("courses/<slug:slug>/concepts/", courses.ConceptList.as_view(), name="concepts"),
    path("courses/<slug:slug>/quizzes/", courses.QuizList.as_view(), name="quizzes"),
    path("quizzes/<uuid:uuid>/attempts/", attempts.StartAttempt.as_view(), name="start-attempt"),
    path("attempts/<uuid:uuid>/", attempts.AttemptDetail.as_view(), name="attempt"),
    path("attempts/<uuid:uuid>/responses/<int:position>/", attempts.SaveAnswer.as_view(), name="response"),
    path("attempts/<uuid:uuid>/responses/<int:position>/check/", attempts.CheckAnswer.as_view(), name="check"),
    path("attempts/<uuid:uuid>/responses/<int:position>/hint/", attempts.OpenHint.as_view(), name="hint"),
    path("attempts/<uuid:uuid>/responses/<int:position>/next/", attempts.GoOn.as_view(), name="next"),
    path("attempts/<uuid:uuid>/submit/", attempts.SubmitAttempt.as_view(), name="submit"),
    path(f"{RESPONSE}why/", after_answering.WhyGraded.as_view(), name="own-why"),
    path(f"{RESPONSE}appeal/", after_answering.RaiseAppeal.as_view(), name="raise-appeal"),
    path(f"{RESPONSE}found/", after_answering.SayFound.as_view(), name="found"),
    path(f"{LESSON}read/", after_answering.LessonRead.as_view(), name="lesson-read"),
    path(f"{LESSON}notes/", notes.WriteNote.as_view(), name="write-note"),
    path(f"{LESSON}aside/<int:section>/", practice.AskAside.as_view(), name="aside"),
    path(f"{COURSE}notes/", notes.NoteList.as_view(), name="notes"),
    path("notes/<uuid:uuid>/", notes.NoteDetail.as_view(), name="note"),
    path(f"{COURSE}practice/<slug:concept>/", practice.PractiseConcept.as_view(), name="practice"),
    path(f"{COURSE}remember/", practice.Deck.as_view(), name="deck"),
    path(CARD, practice.AskCard.as_view(), name="card"),
    path(f"{CARD}rating/", practice.RateCard.as_view(), name="card-rating"),
    path(f"{CARD}aside/", practice.CardAside.as_view(), name="card-aside"),
    path(f"{COURSE}certificate/", after_answering.OwnCertificate.as_view(), name="own-certificate"),
    path("inbox/", oneself.Inbox.as_view(), name="inbox"),
    path("inbox/read/", oneself.ReadMessages.as_view(), name="inbox-read"),
    path("inbox/<uuid:uuid>/read/", oneself.ReadMessage.as_view(), name="message-read"),
    path("goal/", oneself.Goal.as_view(), name="goal"),
    path("join/", oneself.Join.as_view(), name="join"),
    path("own/", account.Own.as_view(), name="own"),
    path("own/mail/", account.OwnMail.as_view(), name="own-mail"),
    path("own/tokens/", account.OwnTokens.as_view(), name="own-tokens"),
    path("own/tokens/<uuid:uuid>/", account.OwnToken.as_view(), name="own-token"),
    path("own/copy/", oneself.OwnCopy.as_view(), name="own-copy"),
    path("own/erasure/", oneself.OwnErasure.as_view(), name="own-erasure"),
    path("progress/", progress.Progress.as_view(), name="progress"),
]
