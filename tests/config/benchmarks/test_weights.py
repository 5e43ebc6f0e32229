from __future__ import annotations

from config.benchmarks.weights import Named, Weight


def test_bytes_are_told_apart_by_kind() -> None:
    weight = Weight()
    weight.add("http://h/lesson/", "text/html; charset=utf-8", 9_000)
    weight.add("http://h/static/postil.1a.css", "text/css", 7_000)
    weight.add("http://h/static/js/notes.1a.js", "text/javascript", 1_500)
    weight.add("http://h/static/django_htmx/htmx-2.min.1a.js", "text/javascript", 16_000)
    weight.add("http://h/favicon.svg", "image/svg+xml", 250)
    assert weight.as_json() == {
        "requests": 5,
        "nodes": 0,
        "kilobytes": {"css": 7.0, "html": 9.0, "htmx": 16.0, "modules": 1.5, "other": 0.25},
        "total": 33.75,
    }
    assert weight.kilobytes("html", "css", "modules") == 17.5


def test_a_page_names_what_a_browser_fetches_at_once() -> None:
    page = Named(
        '<html><link rel="stylesheet" href="/a.css"><link rel="canonical" href="/b/"><script src="/c.js"></script>'
        '<a href="/d/">d</a><img src="/e.svg"></html>'
    )
    assert page.addresses == ["/a.css", "/c.js", "/e.svg"]
    assert page.nodes == 6
