from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from web.learner.charts.concept_map import MOST, WIDTH, Dot, concept_map, label_lines


def dots(*parts: int, known: float | None = 0.8) -> list[Dot]:
    return [Dot(f"idea {number}", part, questions=3, known=known) for number, part in enumerate(parts)]


def test_lines_join_concepts_of_one_part_only() -> None:
    drawn = concept_map(dots(1, 1, 2))
    assert [name for _, name in drawn.parts] == ["Part 1", "Part 2"]
    assert len(drawn.edges) == 1
    one, two, _ = drawn.nodes
    assert drawn.edges == (f"M{one.x} {one.y}L{two.x} {two.y}",)


def test_what_no_part_names_comes_last() -> None:
    assert [name for _, name in concept_map(dots(0, 2, 1)).parts] == ["Part 1", "Part 2", "Elsewhere"]


def test_more_questions_make_a_larger_circle_and_more_knowledge_a_fuller_one() -> None:
    small, large = concept_map([Dot("a", 1, 1, 0.4), Dot("b", 1, 9, 0.9)]).nodes
    assert float(small.r) < float(large.r)
    assert float(small.fill) / float(small.r) < float(large.fill) / float(large.r)
    assert (small.is_low, large.is_low) == (True, False)


def test_what_is_not_known_is_an_empty_ring() -> None:
    (node,) = concept_map(dots(1, known=None)).nodes
    assert (node.fill, node.is_low) == ("", False)


def test_of_many_concepts_those_with_the_most_questions_are_drawn() -> None:
    drawn = concept_map([Dot(str(n), 1, questions=n, known=None) for n in range(MOST + 5)])
    assert (len(drawn.nodes), drawn.left_out) == (MOST, 5)
    assert "0" not in {text for node in drawn.nodes for text in node.lines}


def test_an_empty_map_can_be_drawn() -> None:
    assert concept_map([]).nodes == ()


@given(st.lists(st.builds(Dot, st.text(max_size=60), st.integers(0, 9), st.integers(0, 40), st.none()), max_size=60))
def test_everything_stands_inside_and_no_two_circles_touch(given_dots: list[Dot]) -> None:
    drawn = concept_map(given_dots)
    for node in drawn.nodes:
        assert 0 < node.x - float(node.r) < node.x + float(node.r) < WIDTH
        assert node.y + float(node.r) <= drawn.height
        assert node.y + float(node.r) < node.label < node.bottom <= drawn.height
    for number, node in enumerate(drawn.nodes):
        for other in drawn.nodes[number + 1 :]:
            distance = ((node.x - other.x) ** 2 + (node.y - other.y) ** 2) ** 0.5
            assert distance > float(node.r) + float(other.r)


def test_a_label_takes_two_lines_at_most() -> None:
    assert label_lines("soft landing") == ["soft landing"]
    assert label_lines("window of opportunity") == ["window of", "opportunity"]
    assert label_lines("a very long name for a thing that is small") == ["a very long", "name for a thi…"]
    assert label_lines("Russian-Ukrainian fog of war") == ["Russian-Ukrain…", "fog of war"]
    assert label_lines("Donaudampfschifffahrt") == ["Donaudampfschi…"]
    assert label_lines("") == [""]


def test_a_label_ends_above_the_next_part_however_large_its_letters_are() -> None:
    above, below = concept_map([Dot("window of opportunity", 1, 5, 0.5), Dot("wall", 2, 5, 0.5)]).nodes
    assert above.lines == ("window of", "opportunity")
    assert above.bottom <= below.y - float(below.r)
