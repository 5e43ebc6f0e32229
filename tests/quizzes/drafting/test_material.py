from __future__ import annotations

from dataclasses import replace

from course.reading.outline import ConceptKind, PassageKind, Span
from quizzes.drafting.material import prepare
from tests.quizzes.drafting.drafters.proposals import outline_on, term_of
from tests.quizzes.drafting.samples import harbour


def test_only_what_a_lesson_reads_has_sentences() -> None:
    outline = outline_on("# Heading one\n\nRead this. Read that.", "this")
    assert [sentence.text for sentence in prepare(outline, {}).sentences] == ["Read this.", "Read that."]


def test_dropped_passages_have_no_sentences() -> None:
    outline = outline_on("# One\n\nRead this.\n\nDonate now.", "this")
    passages = tuple(
        replace(passage, kind=PassageKind.BOILERPLATE) if passage.position == 2 else passage
        for passage in outline.passages
    )
    lessons = (replace(outline.lessons[0], passages=(1,)),)
    material = prepare(replace(outline, passages=passages, lessons=lessons), {})
    assert [sentence.text for sentence in material.sentences] == ["Read this."]


def test_every_sentence_is_its_span() -> None:
    outline = harbour()
    assert all(sentence.span.quote(outline.text) == sentence.text for sentence in prepare(outline, {}).sentences)


def test_mentions_are_placed_in_their_sentence_or_heading() -> None:
    term = term_of(prepare(harbour(), {}), "paper fleet")
    assert [place.surface for place in term.places] == ["paper fleet"]
    assert [place.text for place in term.headings] == ["The paper fleet"]


def test_a_mention_outside_every_sentence_is_nowhere() -> None:
    outline = harbour()
    stray = replace(outline.concepts[0], mentions=(Span(0, 10_000), Span(5, 5)))
    (term,) = prepare(replace(outline, concepts=(stray,)), {}).terms
    assert (term.places, term.headings) == ((), ())


def test_the_authors_meaning_goes_before_the_articles() -> None:
    term = term_of(prepare(harbour(), {"Bridge levy": "a toll."}), "bridge levy")
    assert term.meaning is not None
    assert (term.meaning.text, term.meaning.given, term.meaning.place) == ("a toll", True, None)


def test_an_empty_meaning_of_the_author_is_none() -> None:
    term = term_of(prepare(harbour(), {"bridge levy": "  "}), "bridge levy")
    assert term.meaning is not None
    assert not term.meaning.given


def test_the_form_of_a_term_is_read_from_its_words_and_places() -> None:
    outline = outline_on(
        "#\n\nThey met Ilsa Bront and the Harbour Council in Merrow with empty ships.",
        ("Ilsa Bront", ConceptKind.NAME),
        ("Harbour Council", ConceptKind.NAME),
        ("Merrow", ConceptKind.NAME),
        "empty ships",
    )
    forms = {term.name: (term.form.entity, term.form.plural) for term in prepare(outline, {}).terms}
    assert forms == {
        "Ilsa Bront": ("person", False),
        "Harbour Council": ("body", False),
        "Merrow": ("place", False),
        "empty ships": ("thing", True),
    }


def test_a_capital_that_only_a_sentence_gave_is_taken_back() -> None:
    outline = outline_on("#\n\nFailure tourism is new.", "Failure tourism")
    assert prepare(outline, {}).terms[0].text == "failure tourism"


def test_everybody_who_speaks_is_a_speaker_once() -> None:
    speakers = prepare(harbour(), {}).speakers
    assert {"Residents", "Planners", "Economists", "Ilsa Bront", "Harbour Panel"} <= set(speakers)
    assert len({speaker.lower() for speaker in speakers}) == len(speakers)


def test_a_piece_of_a_body_s_name_is_nobody_who_speaks() -> None:
    text = "#\n\nThe founder Oda Brisk works at the School of Bell Metals in Hask. Later Brisk rang the bell."
    speakers = prepare(outline_on(text, "Bell Metals", "Oda Brisk"), {}).speakers
    assert [name for name in speakers if name in {"Bell Metals", "Oda Brisk"}] == ["Oda Brisk"]


def test_a_last_name_is_given_its_first() -> None:
    text = "#\n\nAda Brun, a captain, met Tom Hale in Senn.\n\nBrun says that the tide tax is too high."
    material = prepare(outline_on(text, "tide tax"), {})
    assert [claim.holder for claims in material.claims.values() for claim in claims] == ["Ada Brun"]
    assert material.people == ("Ada Brun", "Tom Hale")


def test_a_last_name_of_two_people_is_left_alone() -> None:
    text = "#\n\nAda Brun, a captain, met Tom Brun in Senn.\n\nBrun says that the tide tax is too high."
    material = prepare(outline_on(text, "tide tax"), {})
    assert [claim.holder for claims in material.claims.values() for claim in claims] == ["Brun"]


def test_what_leans_stands_behind_another_sentence_of_its_paragraph() -> None:
    text = "#\n\nIt was paid in coins for years.\n\nThe town paid a tide tax. It was paid in coins for years."
    material = prepare(outline_on(text, "tide tax"), {})
    assert [each.number for each in material.leaning.values()] == [2]
    assert material.sentence_after(material.sentences[1]) == material.sentences[2]
    assert material.sentence_after(material.sentences[2]) is None


def test_who_is_called_by_a_title_is_the_same_speaker() -> None:
    text = "#\n\nAda Brun, a captain, met Tom Hale in Senn.\n\nDr Brun says that the tide tax is too high."
    assert prepare(outline_on(text, "tide tax"), {}).speakers[:2] == ("Ada Brun", "Tom Hale")
