"""What questions are found by follows every wording, and is stored in one write however many there are."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from quizzes.domain.questions import edit_draft
from quizzes.domain.search_texts import store_search_texts
from quizzes.domain.versions import new_version
from quizzes.models import QuestionVersion, SearchText
from quizzes.questions.words import asked_text, folded, search_text
from tests.factories import NOW, make_course, make_quiz, single_choice
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = pytest.mark.database

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def lines() -> dict[int, list[str]]:
    """By wording (key) what it is found by, in no order: PostgreSQL keeps the parts of a content in its own."""
    return {row.version_id: sorted(row.text.splitlines()) for row in SearchText.objects.all()}


@pytest.mark.django_db
class TestStored:
    def test_every_new_question_is_found_by_its_words(self) -> None:
        make_quiz(make_course(), questions=2)

        texts = list(SearchText.objects.values_list("text", flat=True))

        assert len(texts) == 2
        assert {"who built the wall?", "the upper town", "the lower town"} <= set(texts[0].splitlines())
        assert "k7" not in texts[0]

    def test_a_draft_is_found_by_what_it_says_now_and_no_more_by_what_it_said(self) -> None:
        [draft] = versions_of(make_draft(make_author(), questions=1))

        edit_draft(draft, content=single_choice("Where does the water go?"))

        text = SearchText.objects.get().text
        assert "where does the water go?" in text
        assert "who built" not in text

    def test_each_wording_of_a_question_has_words_of_its_own(self) -> None:
        make_quiz(make_course(), questions=1)
        old = QuestionVersion.objects.get()

        draft = new_version(old, content=single_choice("Where does the water go?"), at=NOW)

        said = {row.version_id: row.text.splitlines()[0] for row in SearchText.objects.all()}
        assert said == {old.pk: "who built the wall?", draft.pk: "where does the water go?"}

    def test_storing_again_changes_nothing(self) -> None:
        make_quiz(make_course(), questions=2)
        before = lines()

        store_search_texts(QuestionVersion.objects.all())

        assert lines() == before

    def test_a_word_that_was_lost_comes_back(self) -> None:
        make_quiz(make_course(), questions=1)
        kept = lines()
        SearchText.objects.all().delete()

        store_search_texts(QuestionVersion.objects.all())

        assert lines() == kept

    @pytest.mark.parametrize("count", [1, 30])
    def test_any_number_is_one_write(self, count: int) -> None:
        make_quiz(make_course(), questions=count)
        versions = list(QuestionVersion.objects.all())

        with CaptureQueriesContext(connection) as asked:
            store_search_texts(versions)

        assert [each["sql"].split()[0] for each in asked if "INSERT" in each["sql"]] == ["INSERT"]

    def test_nothing_is_nothing_to_store(self) -> None:
        store_search_texts([])

        assert not SearchText.objects.exists()


@given(json_values)
def test_whatever_stands_in_a_content_has_words_or_none(content: Any) -> None:
    for line in search_text(content).splitlines():
        assert line == folded(line) != ""


@given(json_values)
def test_what_is_asked_is_part_of_what_is_searched(content: Any) -> None:
    assert set(asked_text(content).splitlines()) <= set(search_text(content).splitlines())


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ({"stem": "  Who   BUILT\nit? "}, ["who built it?"]),
        ({"stem": "“Thirst machine” – what’s that?"}, ['"thirst machine" - what\'s that?']),
        ({"stem": "Ｗho ﬁlled it?"}, ["who filled it?"]),
        ({"text": "The {{g1}} built a {{g2}}."}, ["the ... built a ... ."]),
        ({"options": [{"id": "k7", "text": "Wall"}], "pairs": [["k7", "k7"]]}, ["wall"]),
        ({"stem": "", "options": [], "n": 3}, []),
        ("a text alone", ["a text alone"]),
        (None, []),
    ],
)
def test_words_are_folded_and_ids_are_none(content: Any, lines: list[str]) -> None:
    assert search_text(content).splitlines() == lines
