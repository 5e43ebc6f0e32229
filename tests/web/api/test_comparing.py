"""Whatever is edited is changed only as its editor saw it: every address that takes another state of something."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.quality.canaries import Scene, filled
from tests.web.api.fuzzing import Operation, example, operations
from tests.web.api.test_fuzzing import furnished

OTHERWISE = {
    "put_response": "the sequence of the answer is compared, and 409 brings the newer one",
    "put_model_rule": "it names the address that was read, and another is refused",
    "put_accommodations": "it is about many learners, and shown nowhere as one thing",
    "put_lesson_read": "it is said once and never taken back",
    "put_card_aside": "a question is set aside or is not, and who says so twice says the same",
}
"""What takes another state and compares no ETag, with the reason."""
SHOWN_AT = {"put_override": "../", "put_rubric_share": "../"}
"""Where what an address changes is shown, if not there."""
WHOSE = {"patch_note": "answering"}
"""Who edits what is nobody's business in a course."""
EDITS = [each for each in operations() if each.method in ("put", "patch")]
COMPARING = [each for each in EDITS if str(each) not in OTHERWISE]
# PostgreSQL locks no row of a query that is joined, grouped or distinct; what is seen is locked everywhere.
pytestmark = [pytest.mark.django_db, pytest.mark.twice]


def headers_of(operation: Operation) -> set[str]:
    return {each["name"] for each in operation.described.get("parameters", ()) if each["in"] == "header"}


def shown_at(operation: Operation, scene: Scene) -> str:
    above = SHOWN_AT.get(str(operation), "").count("../")
    return "/".join([*filled(operation.route, scene).rstrip("/").split("/")[: -above or None], ""])


def test_every_edit_compares_or_there_is_a_reason_why_not() -> None:
    assert {str(each) for each in EDITS if "If-Match" not in headers_of(each)} == set(OTHERWISE)
    assert len(COMPARING) >= 15


@pytest.mark.parametrize("operation", COMPARING, ids=str)
def test_it_says_that_it_answers_what_was_changed_meanwhile(operation: Operation) -> None:
    assert "412" in operation.described["responses"]


def test_what_was_not_seen_as_it_is_stays_as_it_is_everywhere() -> None:
    scene = furnished()
    wrong = []
    for operation in COMPARING:
        client, address = editor(operation, scene), shown_at(operation, scene)
        tag = client.get(address)["ETag"]
        answer = sent(scene, operation, '"of yesterday"')
        if (answer.status_code, answer.json().get("code")) != (412, "changed_meanwhile"):
            wrong.append(f"{operation} answers {answer.status_code}: {answer.content[:200]!r}")
        if client.get(address)["ETag"] != tag:
            wrong.append(f"{operation} changed what is at {address}")
    assert wrong == []


def test_who_saw_it_as_it_is_is_never_told_that_it_was_changed() -> None:
    scene = furnished()
    refused = []
    for operation in COMPARING:
        tag = editor(operation, scene).get(shown_at(operation, scene))["ETag"]
        if sent(scene, operation, tag).status_code == 412:
            refused.append(str(operation))
    assert refused == []


def editor(operation: Operation, scene: Scene) -> Client:
    return scene.client(WHOSE.get(str(operation), "owner"))


def sent(scene: Scene, operation: Operation, seen: str) -> Any:
    """What its example is answered, with this as what its editor saw; nothing of it lasts."""
    address, ask = filled(operation.route, scene), getattr(editor(operation, scene), operation.method)
    with transaction.atomic():
        answer = ask(address, example(operation), content_type="application/json", headers={"If-Match": seen})
        transaction.set_rollback(True)
    return answer
