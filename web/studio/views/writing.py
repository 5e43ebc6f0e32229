"""Writing a question by hand: its kind is picked, then it is written in the same editor as any other."""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from authoring.domain.proofs import Wording, write_question
from course.models import Concept, ConceptState
from language import say
from quizzes.domain.tagging import set_tags
from quizzes.questions import UnknownKind, kinds, question_type
from quizzes.questions.base import Problem, QuestionType
from quizzes.questions.ids import with_fresh_ids
from web.studio.access import author, for_editors, see
from web.studio.editor import Typed, editor_context, typed_in
from web.studio.proof_form import ProofForm, proof_form


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def new(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The kinds to pick from, the empty editor of one, or the question written in it, as a draft."""
    name = request.GET.get("kind", "")
    if not name:
        context = {"section": "studio", "course": course, "kinds": sorted(map(_offer, kinds()))}
        return render(request, "studio/kinds.html", context)
    try:
        kind = question_type(name)
    except UnknownKind:
        raise Http404 from None
    if request.method != "POST":
        return _asking(request, course, kind, Typed({}), proof_form(course))
    typed = typed_in(request, kind, {})
    proof = proof_form(course, sent=request.POST)
    return (
        _save(request, course, kind, typed, proof) if typed.is_to_save else _asking(request, course, kind, typed, proof)
    )


def _offer(kind: QuestionType) -> tuple[str, str, str]:
    """The label of a kind, by which a reader looks for it, its name and a question of it."""
    return say(kind.label), kind.kind, next(iter(kind.examples())).content.get("stem", "")


def _save(request: HttpRequest, course: Any, kind: QuestionType, typed: Typed, proof: ProofForm | None) -> HttpResponse:
    content = with_fresh_ids(kind.kind, typed.content, token_hex())
    problems = [*kind.check(content), *([] if proof else [Problem("no_text", say("This course has no text yet."))])]
    if problems or proof is None:
        return _asking(request, course, kind, typed, proof, problems)
    concept = _concepts(course).filter(slug=request.POST.get("concept", "")).first()
    wording = Wording(kind.kind, content, concept)
    version = write_question(course, wording=wording, lesson=proof.lesson, proof=proof.chosen, by=author(request))
    set_tags(version.question, names=request.POST.get("tags", "").split(","), by=author(request))
    messages.success(request, say("Your question stands as a draft."))
    return see(reverse("studio:question", args=[course.slug, version.uuid]))


def _concepts(course: Any) -> Any:
    return Concept.objects.filter(course=course.pk).exclude(state=ConceptState.REJECTED).order_by("term")


def _asking(
    request: HttpRequest,
    course: Any,
    kind: QuestionType,
    typed: Typed,
    proof: ProofForm | None,
    problems: list[Problem] | None = None,
) -> HttpResponse:
    here: Mapping[str, Any] = {
        "address": f"{reverse('studio:question-new', args=[course.slug])}?kind={kind.kind}",
        "back": reverse("studio:questions", args=[course.slug]),
        "concepts": _concepts(course),
        "concept": request.POST.get("concept", ""),
        "tags": request.POST.get("tags", ""),
        "is_new": True,
    }
    shown = editor_context(request, course, kind=kind, typed=typed, proof=proof, problems=problems or ())
    return render(request, "studio/edit.html", {**shown, **here}, status=422 if problems else 200)
