"""What those who own or edit a course do with it: articles, text, concepts, questions and quizzes."""

from __future__ import annotations

from django.urls import path

from web.api.views import (
    articles,
    bank,
    concepts,
    course_files,
    editing,
    models,
    questions,
    quizzes,
    text_changes,
    texts,
)

COURSE = "courses/<slug:slug>/"
DRAFTS = f"{COURSE}drafts/"
"""Below it stands a course as those who edit it have it; beside it, as its readers do."""
CONCEPT = f"{DRAFTS}concepts/<slug:concept>/"
BANK = f"{DRAFTS}bank/"
QUIZ = f"{DRAFTS}quizzes/<slug:quiz>/"
QUESTION = f"{DRAFTS}questions/<uuid:version>/"
CHANGE = f"{DRAFTS}text/changes/<uuid:change>/"
CHANGED_HERE = ("courses", "course")
"""Addresses that learners read, in their own area: a course is made and changed there all the same."""

urlpatterns = [
    path("articles/", articles.ArticleList.as_view(), name="articles"),
    path("builds/<uuid:course>/", articles.BuildDetail.as_view(), name="build"),
    path("builds/<uuid:course>/retry/", articles.BuildRetry.as_view(), name="build-retry"),
    path("course-files/check/", course_files.CheckCourseFile.as_view(), name="check-course-file"),
    path(f"{COURSE}file/", course_files.CourseFile.as_view(), name="course-file"),
    path(f"{COURSE}publish/", editing.PublishCourse.as_view(), name="publish"),
    path(f"{COURSE}unpublish/", editing.UnpublishCourse.as_view(), name="unpublish"),
    path(f"{COURSE}archive/", editing.ArchiveCourse.as_view(), name="archive"),
    path(f"{COURSE}restore/", editing.RestoreCourse.as_view(), name="restore"),
    path(f"{COURSE}review-rule/", editing.ReviewRule.as_view(), name="review-rule"),
    path(f"{COURSE}model-rule/", models.ModelRule.as_view(), name="model-rule"),
    path(DRAFTS, editing.EditedCourse.as_view(), name="drafts"),
    path(f"{DRAFTS}text/", texts.EditedText.as_view(), name="edited-text"),
    path(f"{DRAFTS}text/edits/", texts.TextEdits.as_view(), name="text-edits"),
    path(f"{DRAFTS}text/changes/", text_changes.TextChangeList.as_view(), name="text-changes"),
    path(CHANGE, text_changes.TextChangeDetail.as_view(), name="text-change"),
    path(f"{CHANGE}apply/", text_changes.ApplyTextChange.as_view(), name="text-change-apply"),
    path(f"{CHANGE}undo/", text_changes.UndoTextChange.as_view(), name="text-change-undo"),
    path(f"{CHANGE}discard/", text_changes.DiscardTextChange.as_view(), name="text-change-discard"),
    path(f"{CHANGE}retry/", text_changes.RetryTextChange.as_view(), name="text-change-retry"),
    path(f"{CHANGE}confirm/", text_changes.ConfirmEvidence.as_view(), name="text-change-confirm"),
    path(f"{DRAFTS}lessons/", texts.EditedLessons.as_view(), name="edited-lessons"),
    path(f"{DRAFTS}origins/", texts.Origins.as_view(), name="origins"),
    path(f"{DRAFTS}origins/<uuid:article>/", texts.Origin.as_view(), name="origin"),
    path(f"{DRAFTS}lessons/<slug:lesson>/accept/", questions.AcceptClean.as_view(), name="accept-clean"),
    path(f"{DRAFTS}concepts/", concepts.ReviewedConcepts.as_view(), name="reviewed-concepts"),
    path(CONCEPT, concepts.ConceptHub.as_view(), name="concept-hub"),
    path(f"{CONCEPT}merge/", concepts.MergeConcept.as_view(), name="concept-merge"),
    path(f"{DRAFTS}concept-groups/", concepts.DecideConcepts.as_view(), name="concept-groups"),
    path(f"{DRAFTS}concepts-asked/", concepts.AcceptAskedConcepts.as_view(), name="concepts-asked"),
    path(f"{DRAFTS}concept-undo/", concepts.UndoConcepts.as_view(), name="concept-undo"),
    path(f"{DRAFTS}questions/", questions.DraftList.as_view(), name="draft-questions"),
    path(QUESTION, questions.Draft.as_view(), name="draft-question"),
    path(f"{QUESTION}fix/", questions.FixDraft.as_view(), name="draft-fix"),
    path(f"{QUESTION}waive/", questions.WaiveFinding.as_view(), name="draft-waive"),
    path(f"{QUESTION}waivers/<uuid:waiver>/back/", questions.TakeWaiverBack.as_view(), name="waiver-back"),
    path(f"{QUESTION}try/", questions.TryAnswer.as_view(), name="draft-try"),
    path(f"{DRAFTS}gift/", questions.PasteGift.as_view(), name="gift"),
    path(BANK, bank.Bank.as_view(), name="bank"),
    path(f"{BANK}change/", bank.ChangeBank.as_view(), name="bank-change"),
    path(f"{BANK}duplicates/", bank.Duplicates.as_view(), name="bank-duplicates"),
    path(f"{BANK}pools/", bank.BankPools.as_view(), name="bank-pools"),
    path(f"{BANK}<uuid:question>/", bank.BankQuestion.as_view(), name="bank-question"),
    path(f"{DRAFTS}quizzes/", quizzes.EditedQuizzes.as_view(), name="edited-quizzes"),
    path(QUIZ, quizzes.EditedQuiz.as_view(), name="edited-quiz"),
    path(f"{QUIZ}archive/", quizzes.ArchiveQuiz.as_view(), name="quiz-archive"),
    path(f"{QUIZ}restore/", quizzes.RestoreQuiz.as_view(), name="quiz-restore"),
    path(f"{QUIZ}undo/", quizzes.UndoQuiz.as_view(), name="quiz-undo"),
    path(f"{QUIZ}items/", quizzes.QuizItems.as_view(), name="quiz-items"),
    path(f"{QUIZ}items/<int:position>/", quizzes.QuizItemDetail.as_view(), name="quiz-item"),
    path(f"{QUIZ}askable/", quizzes.Askable.as_view(), name="quiz-askable"),
    path(f"{QUIZ}preview/", quizzes.PreviewQuiz.as_view(), name="quiz-preview"),
    path(f"{QUIZ}gift/", quizzes.QuizAsGift.as_view(), name="quiz-gift"),
    path(f"{DRAFTS}model/", models.DraftingModel.as_view(), name="model"),
]
