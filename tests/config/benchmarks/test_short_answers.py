from __future__ import annotations

import json
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


def test_empty_lines_part_nothing_and_are_counted_where_a_line_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "town.jsonl", 2)
    path.write_text("\n\n" + path.read_text(encoding="utf-8").replace("\n", "\n\n"), encoding="utf-8")
    (corpus,) = corpora([path])
    assert {each.group for each in corpus.answers} == {0, 1}

    path.write_text(path.read_text(encoding="utf-8") + "no JSON", encoding="utf-8")
    with pytest.raises(NoShortAnswers, match=r"town\.jsonl, line 7 is not of the form"):
        corpora([path])


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0c"])
def test_a_sign_that_parts_lines_elsewhere_may_stand_in_an_answer(tmp_path: Path, sign: str) -> None:
    row = {
        "question": "Why?",
        "references": [{"text": "It rained."}],
        "answers": [{"text": f"It{sign}rained.", "label": "correct"}],
    }
    path = tmp_path / "town.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")

    (corpus,) = corpora([path])

    assert [each.text for each in corpus.answers] == [f"It{sign}rained."]


@pytest.mark.parametrize(("label", "is_right"), [("correct", True), ("Correct", False), ("partially_correct", False)])
def test_only_what_people_called_correct_is_right(tmp_path: Path, label: str, is_right: bool) -> None:
    row = {"question": "Why?", "references": [{"text": "It rained."}], "answers": [{"text": "Rain.", "label": label}]}
    path = tmp_path / "town.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")

    (corpus,) = corpora([path])

    assert [each.is_right for each in corpus.answers] == [is_right]


def test_each_question_stands_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    (corpus,) = corpora([written(tmp_path / "town.jsonl", 5)])
    stems = [each.question.raw for each in corpus.questions]
    assert len(stems) == len(set(stems)) == 5
    assert stems[0].endswith("number 0 closed?")
    assert stems[-1].endswith("number 4 closed?")


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\x80 not UTF-8"])
def test_a_file_that_is_no_text_is_named(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "town.jsonl").write_bytes(raw)
    with pytest.raises(NoShortAnswers, match=r"town\.jsonl cannot be read"):
        corpora([tmp_path / "town.jsonl"])


def test_an_empty_file_holds_no_answers(tmp_path: Path) -> None:
    (tmp_path / "town.jsonl").write_text("\n \n", encoding="utf-8")
    (corpus,) = corpora([tmp_path / "town.jsonl"])
    assert (corpus.answers, corpus.questions) == ((), ())


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoShortAnswers, match=r"none\.jsonl cannot be read"):
        corpora([tmp_path / "none.jsonl"])
