"""The pages for whoever connects another system: their commands are run by curl against a server, their receiver is
started and told something, and every call that they name is one there is.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from accounts.domain.tokens import issue_token
from accounts.models import PersonalToken
from authoring.domain.course_import import import_course
from authoring.domain.demo import SAMPLE
from authoring.domain.publish import publish_course
from course.models import Course
from hooks.domain.endpoints import ping
from hooks.models import Delivery, DeliveryTry, Endpoint, EventType
from hooks.sending.waiting import STEPS
from quizzes.formats.course_file import parse
from tests.factories import make_enrollment, make_person
from tests.hooks.hooked import make_endpoint, send_what_waits, sending_over
from tests.hooks.receiver import wire_to
from tests.quality.documents import blocks, codes, page, rows
from tests.quality.test_docs_doors import offered_calls

GUIDE, WEBHOOKS = "docs/connect-an-lms.md", "docs/webhooks.md"
CALL = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (\S+)")


def commands() -> list[tuple[str, str]]:
    """Each curl command of the guide with the status that its comment says."""
    script = "\n".join(blocks(page(GUIDE), "sh")).replace("\\\n", " ")
    found = [line.rpartition("#") for line in script.splitlines() if line.startswith("curl")]
    return [(command, status.strip()) for command, _, status in found]


class Shell:
    """Runs the guide's commands as a reader does, who takes ids from one answer into the next."""

    def __init__(self, api: str, token: str, folder: Path) -> None:
        self.variables = {"API": api, "TOKEN": token}
        self.body = folder / "body"

    def status_of(self, command: str) -> str:
        words = shlex.split(re.sub(r"\$(\w+)", lambda name: self.variables[name[1]], command))
        curl = [*words, "-o", str(self.body), "-w", "%{http_code}"]
        status = subprocess.run(curl, capture_output=True, text=True, check=True, timeout=60).stdout
        self.remember(words[-1])
        return status

    def remember(self, address: str) -> None:
        text = self.body.read_text()
        answer: Any = json.loads(text) if text.startswith(("{", "[")) else {}
        if address.endswith("/courses/"):
            self.variables["COURSE"] = answer["results"][0]["slug"]
        elif "/people/?" in address:
            self.variables["LEARNER"] = answer["results"][0]["uuid"]
        elif address.endswith("/webhooks/"):
            self.variables["ENDPOINT"] = answer["uuid"]
        elif address.endswith("/ping/"):
            self.variables["DELIVERY"] = answer["uuid"]


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
@pytest.mark.django_db(transaction=True)
def test_the_commands_of_the_guide_do_what_they_say(live_server: LiveServer, tmp_path: Path) -> None:
    owner = make_person(may_author=True)
    course = import_course(parse(SAMPLE.read_text(encoding="utf-8")), owner=owner)
    publish_course(course)
    make_enrollment(course)
    # No more than the guide says that it takes.
    areas = ("learning", "people", "grades", "hooks")
    token = issue_token(owner, name="guide", scope=PersonalToken.Scope.WRITE, areas=areas).secret
    shell = Shell(f"{live_server.url}/api/v1", token, tmp_path)

    answered = [(command, shell.status_of(command), status) for command, status in commands()]

    assert [each for each in answered if each[1] != each[2]] == []
    assert len(answered) >= 10
    endpoint = Endpoint.objects.get()
    assert (endpoint.address, endpoint.course) == ("https://lms.example.org/postil", Course.objects.get(pk=course.pk))
    assert list(endpoint.deliveries.values_list("type", flat=True)) == ["ping"]


@pytest.mark.parametrize("name", [GUIDE, WEBHOOKS])
def test_every_call_that_is_named_is_one_there_is(name: str) -> None:
    text = page(name)
    named = {match.groups() for code in codes(text) if (match := CALL.fullmatch(code))}
    ours = {(method, re.sub(r"\{\w+\}", "<>", f"/api/v1/{address}")) for method, address in named}
    assert sorted(ours - offered_calls()) == []
    assert name == WEBHOOKS or len(ours) >= 20


def test_the_events_described_are_those_there_are() -> None:
    described = [codes(first)[0] for first, *_ in rows(page(WEBHOOKS)) if codes(first)]
    assert sorted(described) == sorted(EventType.values)


def test_the_bounds_described_are_those_that_hold() -> None:
    text = page(WEBHOOKS)
    assert "10 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours" in text
    assert [round(step / 60) for step in STEPS[1:]] == [5, 30, *(hours * 60 for hours in (2, 5, 10, 14, 20, 24))]
    assert f"the first {DeliveryTry.LONGEST_EXCERPT} characters" in text


RUNNER = """
import sys
SECRET, PORT = sys.argv[1], 0
import http.server
made = http.server.HTTPServer
class Announced(made):
    def __init__(self, address, handler):
        super().__init__(address, handler)
        print(self.server_address[1], flush=True)
http.server.HTTPServer = Announced
exec(sys.stdin.read())
"""
"""Runs the receiver of the page as it stands, on a free port that it says, with the secret in its variable."""


@pytest.mark.django_db
@pytest.mark.database
def test_the_receiver_of_the_page_takes_what_is_ours_and_refuses_what_is_not() -> None:
    endpoint = make_endpoint()
    command = [sys.executable, "-u", "-c", RUNNER, endpoint.secret]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, **pipes) as receiver:
        said: Any = receiver.stdout
        try:
            given: Any = receiver.stdin
            given.write(blocks(page(WEBHOOKS), "python")[0])
            given.close()
            with sending_over(wire_to(int(said.readline()))):
                taken = ping(endpoint)
                send_what_waits()
                Endpoint.objects.update(secret=make_endpoint().secret)
                refused = ping(endpoint)
                send_what_waits()
            heard = said.readline()
        finally:
            receiver.kill()
    assert heard.startswith(f"{taken.uuid} ping {{'course': '{endpoint.course.uuid}'")
    states = {delivery.pk: delivery.state for delivery in Delivery.objects.all()}
    assert (states[taken.pk], states[refused.pk]) == ("delivered", "waiting")
    assert list(refused.tries.values_list("status", flat=True)) == [400]
