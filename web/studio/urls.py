"""Addresses of the studio."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.studio.views import (
    appeals,
    bank,
    bank_pools,
    bank_questions,
    builds,
    concept_hub,
    concepts,
    courses,
    editing,
    gradebook,
    grading,
    history,
    imports,
    insight,
    ledger,
    parts,
    people,
    previews,
    questions,
    quizzes,
    regrades,
    rubrics,
    text,
    text_changes,
)

app_name = "studio"

COURSE = "courses/<slug:course>/"
CONCEPT = f"{COURSE}concepts/<slug:concept>/"
BANK = f"{COURSE}bank/"
QUIZ = f"{COURSE}quizzes/<slug:quiz>/"
QUESTION = f"{COURSE}questions/<uuid:question>/"
GRADING = f"{COURSE}grading/"

urlpatterns: list[URLPattern] = [
    path("", courses.home, name="home"),
    path("import/", imports.import_article, name="import"),
    path("builds/<uuid:course>/", builds.build, name="build"),
    path("builds/<uuid:course>/retry/", builds.retry, name="build-retry"),
    path(COURSE, courses.course, name="course"),
    path(f"{COURSE}publish/", courses.publish, name="publish"),
    path(f"{COURSE}shelf/", courses.put_away, name="course-shelf"),
    path(f"{COURSE}text/", text.text, name="text"),
    path(f"{COURSE}text/<int:number>/", text.decide, name="passage-decide"),
    path(f"{COURSE}text/changes/", text_changes.text_changes, name="text-changes"),
    path(f"{COURSE}text/changes/<uuid:change>/", text_changes.text_change, name="text-change"),
    path(f"{COURSE}concepts/", concepts.concepts, name="concepts"),
    path(f"{COURSE}concepts/asked/", concepts.accept_asked, name="concepts-asked"),
    path(f"{COURSE}concept-groups/", concepts.decide_group, name="concept-group"),
    path(f"{COURSE}concept-picks/", concepts.pick, name="concept-pick"),
    path(f"{COURSE}concept-undo/", concepts.undo, name="concept-undo"),
    path(CONCEPT, concept_hub.hub, name="concept"),
    path(f"{CONCEPT}decide/", concepts.decide, name="concept-decide"),
    path(f"{CONCEPT}define/", concept_hub.define, name="concept-define"),
    path(f"{CONCEPT}rename/", concept_hub.rename, name="concept-rename"),
    path(f"{CONCEPT}merge/", concept_hub.merge, name="concept-merge"),
    path(f"{COURSE}questions/", questions.queue, name="questions"),
    path(BANK, bank.bank, name="bank"),
    path(f"{BANK}change/", bank.change, name="bank-change"),
    path(f"{BANK}pools/", bank_pools.pools, name="bank-pools"),
    path(f"{BANK}duplicates/", bank_questions.duplicates, name="bank-duplicates"),
    path(f"{BANK}<uuid:question>/", bank_questions.question, name="bank-question"),
    path(f"{COURSE}quizzes/", quizzes.quizzes, name="quizzes"),
    path(QUIZ, quizzes.quiz, name="quiz"),
    path(f"{QUIZ}insight/", insight.insight, name="insight"),
    path(f"{QUIZ}insight/csv/", insight.insight_csv, name="insight-csv"),
    path(f"{QUIZ}pools/", quizzes.pool_add, name="quiz-pool"),
    path(f"{QUIZ}preview/", previews.preview, name="quiz-preview"),
    path(f"{QUIZ}shelf/", quizzes.shelve, name="quiz-shelf"),
    path(f"{QUIZ}items/", quizzes.items, name="quiz-items"),
    path(f"{QUIZ}items/<int:position>/out/", quizzes.item_take_out, name="quiz-item-out"),
    path(f"{COURSE}gradebook/", gradebook.gradebook, name="gradebook"),
    path(f"{COURSE}gradebook/<slug:ending>/", gradebook.gradebook_file, name="gradebook-file"),
    path(f"{COURSE}people/", people.people, name="people"),
    path(f"{COURSE}people/<uuid:person>/", people.person, name="person"),
    path(f"{COURSE}people/<uuid:person>/part/", parts.part, name="part"),
    path(f"{COURSE}people/<uuid:person>/end/", parts.end, name="part-end"),
    path(f"{COURSE}people/<uuid:person>/owner/", parts.owner, name="part-owner"),
    path(f"{COURSE}people/codes/", parts.codes, name="codes"),
    path(f"{COURSE}people/codes/<uuid:code>/", parts.code, name="code"),
    path(f"{COURSE}people/cohorts/", parts.cohorts, name="cohorts"),
    path(f"{COURSE}people/cohorts/<uuid:cohort>/", parts.cohort, name="cohort"),
    path(f"{COURSE}history/", history.history, name="history"),
    path(f"{COURSE}lessons/<slug:lesson>/accept/", questions.accept_lesson, name="lesson-accept"),
    path(QUESTION, questions.question, name="question"),
    path(f"{QUESTION}decide/", questions.decide, name="question-decide"),
    path(f"{QUESTION}edit/", editing.edit, name="question-edit"),
    path(f"{COURSE}appeals/", appeals.appeals, name="appeals"),
    path(f"{COURSE}appeals/<uuid:appeal>/", appeals.appeal, name="appeal"),
    path(f"{COURSE}regrades/", regrades.regrades, name="regrades"),
    path(f"{COURSE}regrades/<uuid:run>/", regrades.regrade, name="regrade"),
    path(f"{COURSE}responses/<uuid:attempt>/<int:position>/", ledger.ledger, name="ledger"),
    path(GRADING, grading.queue, name="grading"),
    path(f"{GRADING}<uuid:question>/", grading.question, name="grading-question"),
    path(f"{GRADING}<uuid:question>/rubric/", rubrics.rubric, name="rubric"),
]
