"""What graders do: the gradebook, what waits for a person, grading again, appeals and figures."""

from __future__ import annotations

from django.urls import path

from quizzes.models import ListKind
from web.api.views import appeals, explorer, gradebook, grading, ledger, list_imports, regrades, rubrics, statistics

COURSE = "courses/<slug:slug>/"
RESPONSE = f"{COURSE}responses/<uuid:uuid>/<int:position>/"
LIST = f"{COURSE}gradebook/import/<uuid:uuid>/"
RUN = f"{COURSE}regrades/<uuid:uuid>/"
ANSWERS = f"{COURSE}answers/<uuid:question>/"
APPEAL = f"{COURSE}appeals/<uuid:uuid>/"
QUESTION = f"{COURSE}grading/<uuid:question>/"
RUBRIC = f"{QUESTION}rubric/"
ITEM = f"{RUBRIC}<uuid:uuid>/"

urlpatterns = [
    path(f"{COURSE}gradebook/", gradebook.Gradebook.as_view(), name="gradebook"),
    path(f"{COURSE}gradebook/import/", list_imports.Lists.as_view(kind=ListKind.GRADES), name="grade-lists"),
    path(LIST, list_imports.ListDetail.as_view(kind=ListKind.GRADES), name="grade-list"),
    path(f"{LIST}lines/", list_imports.ListLines.as_view(kind=ListKind.GRADES), name="grade-list-lines"),
    path(f"{LIST}apply/", list_imports.ApplyList.as_view(kind=ListKind.GRADES), name="grade-list-apply"),
    path(f"{LIST}undo/", list_imports.UndoList.as_view(kind=ListKind.GRADES), name="grade-list-undo"),
    path(f"{LIST}retry/", list_imports.RetryList.as_view(kind=ListKind.GRADES), name="grade-list-retry"),
    path(f"{COURSE}gradebook/<slug:ending>/", gradebook.GradebookFile.as_view(), name="gradebook-file"),
    path(RESPONSE, ledger.Ledger.as_view(), name="ledger"),
    path(f"{RESPONSE}why/", ledger.WhyThisGrade.as_view(), name="why"),
    path(f"{RESPONSE}grade/", ledger.Override.as_view(), name="override"),
    path(f"{RESPONSE}regrade/", regrades.RegradeResponse.as_view(), name="regrade-response"),
    path(f"{COURSE}regrades/", regrades.Regrades.as_view(), name="regrades"),
    path(RUN, regrades.RegradeDetail.as_view(), name="regrade"),
    path(f"{RUN}changes/", regrades.RegradeChanges.as_view(), name="regrade-changes"),
    path(f"{RUN}apply/", regrades.ApplyRegrade.as_view(), name="regrade-apply"),
    path(f"{RUN}undo/", regrades.UndoRegrade.as_view(), name="regrade-undo"),
    path(f"{COURSE}statistics/", statistics.CourseStatistics.as_view(), name="course-statistics"),
    path("quizzes/<uuid:uuid>/statistics/", statistics.QuizStatistics.as_view(), name="quiz-statistics"),
    path(ANSWERS, explorer.GivenAnswers.as_view(), name="answers"),
    path(f"{ANSWERS}<slug:group>/", explorer.GivenInGroup.as_view(), name="answers-group"),
    path(f"{COURSE}learners/<uuid:uuid>/", explorer.LearnerAnswers.as_view(), name="learner-answers"),
    path(f"{COURSE}appeals/", appeals.Appeals.as_view(), name="appeals"),
    path(APPEAL, appeals.AppealDetail.as_view(), name="appeal"),
    path(f"{APPEAL}accept/", appeals.AcceptAppeal.as_view(), name="appeal-accept"),
    path(f"{APPEAL}decline/", appeals.DeclineAppeal.as_view(), name="appeal-decline"),
    path(f"{COURSE}grading/", grading.GradingQueue.as_view(), name="grading"),
    path(QUESTION, grading.WaitingAnswers.as_view(), name="grading-answers"),
    path(f"{QUESTION}next/", grading.NextAnswers.as_view(), name="grading-next"),
    path(f"{QUESTION}grades/", grading.GradeAnswers.as_view(), name="grading-grades"),
    path(f"{QUESTION}confirmations/", grading.ConfirmAnswers.as_view(), name="grading-confirmations"),
    path(f"{QUESTION}undo/", grading.UndoGrading.as_view(), name="grading-undo"),
    path(f"{QUESTION}agreement/", rubrics.Agreement.as_view(), name="grading-agreement"),
    path(RUBRIC, rubrics.Rubric.as_view(), name="rubric"),
    path(ITEM, rubrics.RubricItemDetail.as_view(), name="rubric-item"),
    path(f"{ITEM}share/", rubrics.RubricShare.as_view(), name="rubric-share"),
    path(f"{ITEM}move/", rubrics.RubricMove.as_view(), name="rubric-move"),
    path(f"{ITEM}back/", rubrics.RubricBack.as_view(), name="rubric-back"),
    path(f"{QUESTION}comments/", rubrics.SavedComments.as_view(), name="comments"),
    path(f"{QUESTION}comments/<uuid:uuid>/", rubrics.SavedCommentDetail.as_view(), name="comment"),
]
