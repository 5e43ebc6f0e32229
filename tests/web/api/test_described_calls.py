"""Schemathesis calls all of the interface as its description allows it, and as it does not, in every part.

Our own fuzzing (test_fuzzing.py) sends odd values to what is there. This walks each operation's description case by
case (every bound, every missing, wrong and surplus member, other methods and media types) and follows from one answer
to the next call. It goes through WSGI, so what stands before the views answers too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.generation.stateful import run_state_machine_as_test
from schemathesis.specs.openapi import checks as of_openapi

from accounts.domain.tokens import issue_token
from accounts.models import PersonalToken
from tests.quality.canaries import PARAMETER, Scene, filled
from tests.web.api.fuzzing import description, operations
from tests.web.api.test_fuzzing import ROLES, furnished

pytestmark = [pytest.mark.django_db, pytest.mark.twice, pytest.mark.full]

STEP = {"owner": 1, "answering": 3}
OTHERS_STEP = 7
"""Of the cases, each part makes every so many-th: all of them come to something with an owner alone."""
ABOUT_TIMING = ("If-Match", "If-None-Match", "Idempotency-Key")
"""A made-up value in one of these hides what the call would have come to."""

CHECKS: list[Callable[..., Any]] = [
    not_a_server_error,
    of_openapi.status_code_conformance,
    of_openapi.content_type_conformance,
    of_openapi.response_headers_conformance,
    of_openapi.response_schema_conformance,
    of_openapi.unsupported_method,
    of_openapi.allow_header_conformance,
]
"""No fault of ours, no status, type, header or form that is not described, no method that is not there."""


@dataclass(frozen=True, slots=True)
class Made:
    """A case that follows from the description; `number` counts those of its operation."""

    case: Any
    number: int

    @property
    def is_address_wrong(self) -> bool:
        in_address = self.case.meta.components.get(ParameterLocation.PATH)
        return in_address is not None and bool(in_address.mode == GenerationMode.NEGATIVE)

    def about(self, real: dict[str, str]) -> Any:
        """A case of its own about what is there, unless it is the address that is wrong."""
        made = self.case
        case = type(made)(
            made.operation,
            made.method,
            made.path,
            path_parameters=dict(real if real and not self.is_address_wrong else made.path_parameters),
            headers=made.headers.copy(),
            cookies=dict(made.cookies),
            query=dict(made.query),
            body=made.body,
            media_type=made.media_type,
            multipart_content_types=made.multipart_content_types,
            meta=deepcopy(made.meta),
        )
        if self.number % 3:
            without_timing(case)
        return case


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The application answers on the connection of the test, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def closing_what_was_sent(application: WSGIApplication) -> WSGIApplication:
    """Large bodies stand in temporary files, which the client that sends them leaves to the garbage collector, and so
    to whichever test runs then.
    """

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with closing(environ["wsgi.input"]):
            return application(environ, start_response)

    return answered


@pytest.fixture(scope="module")
def described() -> Any:
    schema = schemathesis.openapi.from_dict(description())
    schema.app = closing_what_was_sent(get_wsgi_application())
    return schema


def bearer(scene: Scene, who: str) -> dict[str, str]:
    person = scene.people[who]
    if person is None:
        return {}
    return {"Authorization": f"Bearer {issue_token(person, name='tests', scope=PersonalToken.Scope.WRITE).secret}"}


def places(scene: Scene) -> Mapping[str, dict[str, str]]:
    """By operation, as schemathesis labels it, what stands in its address in this scene."""
    found = {}
    for operation in operations():
        named = PARAMETER.sub(lambda part: f"{{{part['name']}}}", f"/{operation.route}")
        pairs = zip(named.split("/"), filled(operation.route, scene).split("/"), strict=True)
        found[f"{operation.method.upper()} {named}"] = {name[1:-1]: real for name, real in pairs if name[:1] == "{"}
    return found


@pytest.fixture(scope="module")
def made(described: Any) -> list[Made]:
    """Every case that follows from the description; making them takes as long as trying some hundreds."""
    return [
        Made(case, number)
        for operation in described.get_all_operations()
        for number, case in enumerate(
            described.iter_coverage_cases(
                operation.ok(), generation_modes=list(GenerationMode), generation_config=described.config.generation
            )
        )
    ]


def without_timing(case: Any) -> None:
    for header in ABOUT_TIMING:
        case.headers.pop(header, None)


def wrong_with(case: Any, headers: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the answer to the case; nothing of it lasts."""
    with transaction.atomic():
        answer = case.call(headers=headers)
        transaction.set_rollback(True)
    try:
        case.validate_response(answer, checks=CHECKS)
    except BaseExceptionGroup as failures:
        yield from (f"{case.operation.label} ({answer.status_code}): {each}" for each in failures.exceptions)


@pytest.mark.promise(25)
@pytest.mark.parametrize("who", ROLES)
def test_every_case_of_the_description_is_answered_as_described(
    made: list[Made], who: str, reached: Callable[[str], None]
) -> None:
    scene = furnished()
    headers, step = bearer(scene, who), STEP.get(who, OTHERS_STEP)
    real = places(scene)
    tried = [each.about(real[each.case.operation.label]) for each in made[::step]]
    wrong = [fault for case in tried for fault in wrong_with(case, headers)]
    reached(f"{len(tried)} calls of {who} made of the description: {len(wrong)} answered in another way")
    assert len(tried) >= 5_000 / step
    assert wrong == []


@pytest.mark.parametrize("who", ["owner", "answering"])
def test_what_one_answer_leads_to_is_answered_as_described(described: Any, who: str) -> None:
    scene = furnished()
    headers = bearer(scene, who)
    real = places(scene)

    class Walk(described.as_state_machine()):  # type: ignore[misc]  # -- is made at run time
        def setup(self) -> None:
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

        def step(self, input: Any) -> Any:  # noqa: A002 -- its name where it is from
            # What no answer led to is about what is there.
            led_to = {
                name: input.case.path_parameters[name] for place, name in input.applied_parameters if place == "path"
            }
            input.case.path_parameters = {**real[input.case.operation.label], **led_to}
            without_timing(input.case)
            return super().step(input)

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": headers}

        def validate_response(self, response: Any, case: Any, additional_checks: Any = None, **kwargs: Any) -> None:
            case.validate_response(response, checks=CHECKS)

    wanted = settings(
        max_examples=100,
        stateful_step_count=8,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Walk, settings=wanted)
