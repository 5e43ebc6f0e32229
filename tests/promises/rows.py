"""What is promised when something breaks: the rows of docs/promises.md. A test bears the number of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """`when` something happens, `then` what holds; `figure` is what that comes to in a test.

    No test can hold a promise yet that `waits_for` a part of Postil.
    """

    number: int
    when: str
    then: str
    figure: str
    waits_for: str = ""


PROMISES = (
    Promise(1, "a worker is killed in the midst of grading", "all graded once", "0 lost, 0 twice, at most 20 s later"),
    Promise(
        2,
        "the system kills a worker's child in every tenth task",
        "all graded once",
        "0 lost, 0 twice, a run more for each that was killed",
    ),
    Promise(
        3,
        "Redis is killed while submissions wait, and forgets them",
        "all graded once, soon after it is back",
        "0 lost, 0 twice, at most 20 s after the restart",
    ),
    Promise(
        4,
        "Redis is down when somebody submits",
        "the answer is saved, the page comes at once",
        "all of 100 saved, 95 of 100 in 150 ms",
    ),
    Promise(
        5,
        "Redis hangs without answering",
        "the first submit takes at most 700 ms, later ones 150 ms",
        "the first in 700 ms, each later one in 150 ms",
    ),
    Promise(
        6, "Redis never comes back", "the sweeper grades everything itself", "0 lost, 0 twice, at least 10 a second"
    ),
    Promise(7, "each message arrives three times", "one grade for each answer", "0 twice, as many runs as answers"),
    Promise(8, "two workers reach for one job in the same instant", "one of them gets it", "50 rounds, 50 winners"),
    Promise(
        9,
        "grading takes longer than its lease",
        "the lease is renewed; a worker that slept through it is refused",
        "0 twice, 0 in quarantine without cause",
    ),
    Promise(
        10,
        "the database crashes under the work",
        "all graded once after it is back",
        "0 lost, 0 twice, at most 20 s later",
    ),
    Promise(11, "the web process dies after saving and before it wakes a worker", "all graded once", "0 lost, 0 twice"),
    Promise(
        12,
        "the clock of a machine is hours wrong",
        "leases, waits and sweeps go by the database's clock; doctor says whose clock is off",
        "0 leases taken too early, 0 kept too long",
    ),
    Promise(
        13,
        "one submission kills every worker that takes it",
        "it is quarantined after four tries; all others are graded",
        "at most 4 runs, 39 of 39 others graded",
    ),
    Promise(
        14,
        "a grader raises, or returns what is no grade",
        'the answer is visibly not graded, its author is told, nothing stays "in progress"',
        "0 in progress",
    ),
    Promise(
        15,
        "a new version is installed under load",
        "processes stop within 10 s; all graded once",
        "stopped within 10 s, 0 lost, 0 twice",
    ),
    Promise(
        16, "a fault every four seconds for a while", "all graded once", "0 lost, 0 twice, the last at most 20 s later"
    ),
    Promise(
        17,
        "the sweeper is dead",
        "health, metrics and doctor say so within a minute; nothing is lost when it returns",
        "its age shows within 60 s, 0 lost",
    ),
    Promise(
        18,
        "Redis restarts six times, or comes up after the workers",
        "the workers take work again",
        "100 of 100 graded within 15 s",
    ),
    Promise(
        19,
        "a message is late or lost",
        "nothing that is due at some time depends on messages",
        "0 messages with a time",
    ),
    Promise(
        20,
        "a double click, or a request sent again after its answer was lost",
        "one attempt, one submission, the same answer",
        "20 at once, 1 row, equal bodies",
    ),
    Promise(
        21,
        "two tabs or devices answer the same question",
        "nothing is overwritten unseen: the later save gets the newer answer to decide about",
        "of 2 × 20 saves as many kept as the number rose by, all of them in the history",
    ),
    Promise(
        22,
        "while somebody answers, the connection is lost, the session ends, or server, tab or browser are killed",
        "what was acknowledged is there, what was typed is sent once all are back, but for the last two seconds",
        "at most 2 s of typing lost",
    ),
    Promise(
        23,
        "an answer is saved around the deadline",
        "the database's clock decides, with 15 s for the way, whatever a transaction waited for",
        "200 saves: 0 kept after, 0 refused before",
    ),
    Promise(
        24,
        "an attempt with a deadline is left open",
        "it is submitted with what was saved",
        "at most 60 s after the grace, ended at the deadline",
    ),
    Promise(
        25,
        "a body is huge, cut off, nested without end, no JSON, or full of signs that cannot be kept",
        "it is refused in words, and what was there before stays",
        "40 bodies on both databases and 1,000 calls made of the description: 0 faults of the server",
    ),
    Promise(
        26,
        "a question is edited, moved or taken away while people answer it",
        "each is graded on the wording they began with",
        "20 of 20 on their own wording",
    ),
    Promise(
        27,
        "workers are killed while 10,000 answers are graded again, 2,000 in `make test`, or a list of people or of "
        "grades is applied",
        "each has one new grade, each line is done once and none by half; giving back holds the same",
        "as many new grades as answers, 0 twice",
    ),
    Promise(
        28,
        "a learner is erased",
        "no table holds their name, address or words; every grade and statistic is as it was",
        "0 traces, equal figures",
    ),
    Promise(
        29,
        "the database is lost and its backup restored, without Redis",
        "every row is as it was, and what was pending is graded",
        "equal counts and checksums, 0 lost",
    ),
    Promise(
        30,
        "somebody looks for the key at every address, in every part of a course",
        "no key, feedback, explanation, evidence or hint comes before its moment",
        "0 keys",
    ),
    Promise(
        31,
        "somebody of every part, or of none, asks every address for their own, another's and another course's",
        "who may comes in; for all others it is not there",
        "every address, 0 strangers let in",
    ),
    Promise(32, "somebody sends fields that are not theirs to set", "they change nothing", "0 changes"),
    Promise(
        33,
        "a launch from another learning platform is forged, or sent a second time",
        "it is refused",
        "12 of 12 refused",
        waits_for="signing in from other platforms (LTI)",
    ),
    Promise(
        34,
        "somebody forges a form, fixes a session or frames a page",
        "looking changes nothing, a form without its token neither, and every answer brings its headers",
        "0 addresses, 0 warnings",
    ),
    Promise(
        35,
        "somebody types what would run as a script, 60 ways and in every field",
        "it stays words on every page, whoever looks",
        "60 ways × fields × 3 people: 0 executions",
    ),
    Promise(
        36,
        "a name or an answer looks like a formula",
        "a spreadsheet opens it as text, and negative numbers as numbers",
        "11 of 11 in CSV and XLSX, negative numbers intact",
    ),
    Promise(
        37,
        "a file swells when it is opened, or an address leads inside the network",
        "it is refused in words, in little time and memory, and nobody inside is called",
        "4 XML, 6 zip, 12 addresses refused, each within 0.5 s and 100 MB, 0 called",
    ),
    Promise(
        38,
        "a pattern or a number is made to take long",
        "it is bounded",
        "20 patterns and 10 numbers, each within 50 ms",
    ),
    Promise(
        39,
        "somebody writes to the broker",
        "workers take JSON alone and run nothing else",
        "0 executed, the next job within 1 s",
    ),
    Promise(
        40,
        "somebody tries passwords, secrets or tokens",
        "nobody learns which accounts exist, and after ten tries at most one waits",
        "20 guesses at each door: at most 10 looked at, 0 told apart",
    ),
    Promise(
        41,
        "an answer tells a model how it is to be graded",
        "a model only suggests, and suggests nothing else than before",
        "50 answers: 0 pass by it",
        waits_for="grading by a model",
    ),
    Promise(
        42,
        "code, pages and packages are held against lists of known mistakes",
        "none of them is made",
        "0 findings, each package with hash and licence",
    ),
)
