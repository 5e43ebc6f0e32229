"""Articles that swell when they are opened, lead out of their file or inside the network: refused at once, unopened."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from course.models import Course
from jobs.models import Job
from tests.course.reading.formats.files import archive, word_file
from tests.promises.reached import at_most
from tests.web.api.callers import Caller, told
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.promise(37)]

MOST_SECONDS, MOST_MEGABYTES = 0.5, 100
DOCUMENT, TYPES = "word/document.xml", "[Content_Types].xml"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CENTRAL, CENTRAL_SIZE = b"PK\x01\x02", 46
MEGABYTE = 1_000_000


def document(declared: str, words: str) -> str:
    """The text of a Word document that declares something and then writes `words`."""
    body = f"<w:document {SPACE}><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
    return f'<?xml version="1.0"?><!DOCTYPE d [{declared}]>{body}'


def laughing() -> str:
    """A thousand million words, in nine steps of ten."""
    steps = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    return document(f'<!ENTITY e0 "ha">{steps}', "&e9;")


def holding(content: str | bytes) -> bytes:
    """A Word file with this text in it."""
    return archive({TYPES: b"<x/>", DOCUMENT: content if isinstance(content, bytes) else content.encode()})


def lying(content: bytes) -> bytes:
    """A Word file whose list of contents says that the text has ten bytes."""
    packed = bytearray(holding(content))
    at = packed.rfind(CENTRAL)
    packed[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(packed)


def listed_again(times: int) -> bytes:
    """A Word file whose list of contents names the same packed text so many times."""
    packed = archive({DOCUMENT: b" " * MEGABYTE})
    at = packed.index(CENTRAL)
    entry, end = packed[at : at + CENTRAL_SIZE + len(DOCUMENT)], packed[-22:]
    ending = end[:8] + struct.pack("<HHII", times, times, len(entry) * times, at) + end[20:]
    return packed[:at] + entry * times + ending


def leading_out() -> bytes:
    """A sound Word file with one part more, whose name leads out of it."""
    with zipfile.ZipFile(io.BytesIO(word_file([("Normal", "The heron waits in the reeds. " * 9)]))) as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    return archive({**parts, "../../../etc/cron.d/x.xml": b"<x/>"})


XML: dict[str, Callable[[], bytes]] = {
    "a thousand million words": lambda: holding(laughing()),
    "the same in UTF-16": lambda: holding(laughing().replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")),
    "one long word a thousand times": lambda: holding(
        document(f'<!ENTITY a "{"ha" * 50_000}">', "&a;" * 1_000),
    ),
    "a file of this machine": lambda: holding(document('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")),
}
ZIP: dict[str, Callable[[], bytes]] = {
    "120 MB of nothing": lambda: archive({TYPES: b"<x/>", "a.bin": bytes(120 * MEGABYTE)}),
    "30 MB of text": lambda: holding(b" " * 30 * MEGABYTE),
    "a size that is a lie": lambda: lying(b" " * 30 * MEGABYTE),
    "one text 500 times": lambda: listed_again(500),
    "6,000 parts": lambda: archive({TYPES: b"<x/>", **{f"{n}.xml": b"" for n in range(6_000)}}),
    "a part that leads out": leading_out,
}
ADDRESSES = (
    "http://127.0.0.1/",
    "http://localhost/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://example.org:6379/",
    "http://me:secret@example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
)


@pytest.fixture
def caller(settings: Settings) -> Caller:
    settings.IMPORT_BY_URL = True
    caller = Caller(make_author())
    # Reading brings its libraries along with the first file.
    caller.post_form("articles/", {"file": SimpleUploadedFile("a.docx", archive({TYPES: b"<x/>"}))})
    return caller


def cost(call: Callable[[], Any]) -> tuple[Any, float, float]:
    """What comes of the call, the processor's seconds it took, and by how many MB this process grew at most."""
    # The kernel forgets the most there was, and says the most there has been since (proc(5)).
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, began = resident("VmRSS"), time.process_time()
    answer = call()
    return answer, time.process_time() - began, resident("VmHWM") - before


def resident(name: str) -> float:
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return int(lines[name].split()[0]) / 1_024


def test_what_swells_or_leads_inside_is_refused_at_once_and_nobody_is_called(
    caller: Caller, reached: Callable[[str], None]
) -> None:
    sent: list[Callable[[], Any]] = []
    for made in (*XML.values(), *ZIP.values()):
        file = SimpleUploadedFile("a.docx", made())
        sent.append(lambda file=file: caller.post_form("articles/", {"file": file}))  # type: ignore[misc]  # -- bound
    sent += [lambda url=url: caller.post("articles/", {"url": url}) for url in ADDRESSES]  # type: ignore[misc]  # -- bound
    answers, seconds, megabytes = zip(*map(cost, sent), strict=True)
    refused = sum(told(answer)[:2] == (400, "invalid") for answer in answers)
    reached(
        f"{refused} of {len(sent)} refused, {len(XML)} XML, {len(ZIP)} zip and {len(ADDRESSES)} addresses, each in at "
        f"most {max(seconds) * 1000:.0f} ms and {max(megabytes):.0f} MB, {Job.objects.count()} called"
    )
    assert (len(XML), len(ZIP), len(set(ADDRESSES))) == (4, 6, 12)
    assert refused == len(sent) == 22
    assert max(seconds) < at_most(MOST_SECONDS)
    assert max(megabytes) < MOST_MEGABYTES
    assert not Job.objects.exists()
    assert not Course.objects.exists()
