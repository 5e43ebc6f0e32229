"""The reference's eight requests, for its own test; called in a process with its settings."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.benchmarks.reference.seed import seed


def go_all_the_way() -> dict[str, Any]:
    """{"states", "review", "taken"}: how the pages answered, the last of them, and what a program was told."""
    seeded = seed(text="One.\n\nTwo.", questions=[["Which?", ["this", "that"], 0]] * 10, learners=1)
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["sessionid"] = seeded["sessions"][0]
    pages = [client.get(seeded["lesson"]), client.get(seeded["quiz"])]
    attempt = client.post(f"{seeded['quiz']}start/").headers["Location"]
    pages.append(client.get(attempt))
    answers = {f"answer-{number}": "0" if number <= 7 else "1" for number in range(1, 11)}
    summary = client.post(attempt, answers).headers["Location"]
    pages.append(client.get(summary))
    review = client.post(f"{attempt}submit/").headers["Location"]
    pages.append(client.get(review))
    taken = client.post(f"{seeded['quiz']}take/", {"answers": {"1": 0, "2": 1}}, content_type="application/json")
    return {
        "taken": taken.json() | {"attempt": None},
        "states": [page.status_code for page in pages],
        "review": pages[-1].content.decode(),
    }
