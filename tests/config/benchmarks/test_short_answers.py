from __future__ import annotations

from pathlib import Path

import pytest

from config.benchmarks.short_answers import NoShortAnswers, corpora
from tests.config.benchmarks.short_answers import written


def test_every_answer_is_read_with_its_question_and_what_a_person_said(tmp_path: Path) -> None:
    (corpus,) = corpora([written(tmp_path / "town.jsonl", 3)])
    assert (corpus.name, len(corpus.answers), len(corpus.questions)) == ("town", 21, 3)
    assert [each.is_right for each in corpus.answers[:7]] == [True, True, True, False, False, False, False]
    assert {each.references for each in corpus.answers} == {2}


def test_questions_of_two_files_share_no_group(tmp_path: Path) -> None:
    one, other = corpora([written(tmp_path / "one.jsonl", 2), written(tmp_path / "other.jsonl", 2)])
    assert {each.group for each in one.answers} == {0, 1}
    assert {each.group for each in other.answers} == {2, 3}


@pytest.mark.parametrize(
    "line",
    ["no JSON", "[]", '{"question": "Why?"}', '{"question": "Why?", "references": [], "answers": []}',
     '{"question": "Why?", "references": [{"text": "…"}], "answers": []}',
     '{"question": "Why?", "references": [{"text": "so"}], "answers": [{"text": "so"}]}'],
)  # fmt: skip
def test_a_line_of_another_form_is_named(tmp_path: Path, line: str) -> None:
    path = written(tmp_path / "town.jsonl", 1)
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(NoShortAnswers, match=r"town\.jsonl, line 2 is not of the form"):
        corpora([path])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoShortAnswers, match=r"none\.jsonl cannot be read"):
        corpora([tmp_path / "none.jsonl"])
