from __future__ import annotations

from config.journey import Page

HTML = """
<h1>Before you <em>submit</em></h1>
<a href="/courses/belarus/">Course</a> <a href="quizzes/one/?x=1#q2">Quiz</a>
<form method="post" action="/attempts/7/">
  <input type="hidden" name="csrf" value="token">
  <input type="radio" name="answer-1" value="x7"> <input type="radio" name="answer-1" value="p2">
  <input type="hidden" name="many" value="2"><input type="hidden" name="many" value="3">
  <input type="checkbox" name="answer-2" value="a"> <input type="checkbox" name="answer-2" value="b">
  <input name="answer-3"> <textarea name="answer-4"></textarea> <input type="text" name="answer-5" value="kept">
  <input type="checkbox" name="flag-1" value="1"> <input type="text" name="no" disabled> <input type="text">
  <button type="submit" name="go" value="summary">Look over</button>
</form>
<input name="outside" value="1">
<form action="start/"></form>
"""


def page() -> Page:
    return Page("http://127.0.0.1:8000/courses/belarus/", 200, HTML)


def test_the_first_choice_of_every_question_is_taken_and_lines_are_filled() -> None:
    form = page().form_to(r"/attempts/7/$")
    assert form is not None
    assert form.fields == [
        ("csrf", "token"),
        ("answer-1", "x7"),
        ("many", "2"),
        ("many", "3"),
        ("answer-2", "a"),
        ("answer-3", "a word"),
        ("answer-4", "a word"),
        ("answer-5", "kept"),
    ]


def test_addresses_are_read_relative_to_the_page() -> None:
    assert page().links == ["/courses/belarus/", "/courses/belarus/quizzes/one/"]
    assert [form.action for form in page().forms] == [
        "http://127.0.0.1:8000/attempts/7/",
        "http://127.0.0.1:8000/courses/belarus/start/",
    ]
    assert page().form_to(r"/login/$") is None


def test_the_heading_is_read_with_what_stands_inside() -> None:
    assert page().heading == "Before you submit"
