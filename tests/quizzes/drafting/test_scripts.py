"""Articles of every script and with every odd character: drafting takes them, and what it drafts stays sound."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.outline import ConceptKind, ConceptOutline, Outline, Span
from quizzes.drafting import DraftedQuestion, Drafts, draft, lint
from quizzes.questions.registry import question_type
from tests.quizzes.drafting.invented import THINGS, parts
from tests.quizzes.drafting.samples import outline_of

SCRIPTS = {
    "Cyrillic": (
        "ru",
        "бумажная флотилия",
        "Старый город у моря потерял свою бумажная флотилия весной и больше не вспоминал о ней.",
    ),
    "Greek": ("el", "γυάλινος μύλος", "Το χωριό στον λόφο έχασε το γυάλινος μύλος την άνοιξη και κανείς δεν μίλησε."),
    "Arabic": (
        "ar",
        "طاحونة الزجاج",
        "فقدت القرية القديمة قرب البحر طاحونة الزجاج في الربيع ولم يتكلم عنها أحد بعد ذلك.",
    ),
    "Hebrew": ("he", "טחנת זכוכית", "הכפר הישן ליד הים איבד בכל זאת טחנת זכוכית באביב ואיש לא דיבר עליה שוב."),
    "Hindi": ("hi", "काँच की चक्की", "पुराने गाँव ने वसंत में समुद्र के पास अपनी काँच की चक्की खो दी और सब चुप रहे।"),
    "Vietnamese": (
        "vi",
        "cối xay thủy tinh",
        "Ngôi làng cũ bên bờ biển đã mất chiếc cối xay thủy tinh vào mùa xuân năm ấy.",
    ),
}


def only_gap(drafts: Drafts) -> DraftedQuestion:
    (found,) = drafts.questions
    assert found.kind == "cloze"
    return found


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_sentence_of_any_script_with_spaces_gets_a_gap_where_its_term_stood(script: str) -> None:
    language, term, sentence = SCRIPTS[script]
    outline = outline_of([("", [sentence])], [term], language=language)
    found = only_gap(draft(outline))
    (gap,) = found.content["gaps"]
    before, _, after = found.content["text"].partition(f"{{{{{gap['id']}}}}}")
    assert (before, after) == (sentence[: sentence.index(term)], sentence[sentence.index(term) + len(term) :])
    assert gap["accepted"] == [term]
    assert found.evidence.quote(outline.text) == sentence


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("zh", "玻璃磨坊", "旧村庄在春天失去了它的玻璃磨坊，之后没有人再提起它。后来村民们离开了海边。"),
        ("ja", "硝子の風車", "古い村は春に硝子の風車を失い、その後だれもそれについて話さなかった。"),
        ("th", "โรงสีแก้ว", "หมู่บ้านเก่าริมทะเลสูญเสียโรงสีแก้วในฤดูใบไม้ผลิ"),
        ("zh-Hant", "玻璃磨坊", "玻璃磨坊"),
    ],
)
def test_a_script_without_spaces_gets_no_draft_and_is_told_so(language: str, term: str, text: str) -> None:
    at = text.index(term)
    outline = replace(
        outline_of([("", [text])], [], language=language),
        concepts=(ConceptOutline(term, ConceptKind.TOPIC, 1, (Span(at, at + len(term)),)),),
    )
    drafts = draft(outline)
    assert drafts.questions == ()
    (undrafted,) = drafts.undrafted
    assert undrafted.reason == (
        "Its sentences lean on others or are too long or short to be asked alone. Write a definition for it."
    )


@pytest.mark.parametrize("language", ["EN", "en-GB", "en-us", "en"])
def test_english_is_english_whatever_its_country_and_case(language: str) -> None:
    text = "The parish pays for the clay bell, a charge on every cart that enters by night."
    kinds = {each.kind for each in draft(outline_of([("", [text])], ["clay bell"], language=language)).questions}
    assert "short_text" in kinds


@pytest.mark.parametrize("language", ["", "x", "enm", "de-AT", "EN_GB"])
def test_what_is_not_known_to_be_english_is_only_given_gaps(language: str) -> None:
    text = "The parish pays for the clay bell, a charge on every cart that enters by night."
    kinds = {each.kind for each in draft(outline_of([("", [text])], ["clay bell"], language=language)).questions}
    assert kinds <= {"cloze"}


@pytest.mark.parametrize("text", ["word", "Word.", "?", "—", "\u202e", "\x00", "🙂", "1.", "«»", "a\u0301", " "])
def test_an_article_of_one_word_gives_a_reason_and_nothing_else(text: str) -> None:
    drafts = draft(outline_of([("", [text])], [text.strip(".") or text]))
    assert drafts.questions == ()
    assert len(drafts.undrafted) == 1


def test_headings_alone_are_asked_for_with_gaps_or_not_at_all() -> None:
    outline = outline_of([("The long night of the clay bell", []), ("Clay bell", [])], ["clay bell"])
    found = only_gap(draft(outline))
    assert found.drafter == "gap_in_heading"
    assert found.evidence.quote(outline.text) == "The long night of the clay bell"


def test_a_sentence_of_ten_thousand_words_is_passed_over() -> None:
    text = f"{'lamp ' * 5_000}clay bell{' lamp' * 5_000}."
    drafts = draft(outline_of([("", [text])], ["clay bell", "lamp"]))
    assert drafts.questions == ()
    assert {each.concept for each in drafts.undrafted} == {"clay bell", "lamp"}


@pytest.mark.parametrize(
    "mark", ["\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\u2069", "\u200b", "\ufeff", "\u00ad"]
)
def test_a_mark_that_nobody_sees_does_not_keep_a_sentence_from_being_asked(mark: str) -> None:
    sentence = f"The town{mark} of Dunmere lost its clay bell in the autumn of the flood."
    outline = outline_of([("", [sentence])], ["clay bell"])
    for each in draft(outline).questions:
        assert each.evidence.quote(outline.text) == sentence
    assert draft(outline).questions


ODD = (
    "\u00a0", "\u200e", "\u202e", "\u2069", "\x00", "\ud800", "🙂", "\U0001f469\u200d\U0001f680", "{{g1}}", "____", "“",
    "”", '"', "«", "(", ")", "\t", "\u2028", "\ufeff", "İ", "ß", "ﬁ", "\u0301", "-", "’", "\u00ad", "<b>", "&amp;",
    "\\\\", "%s", "{a}", "\r", "\x1f",
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> Outline:
    """An invented article with odd characters put into its paragraphs and headings."""
    things = draw(st.lists(st.sampled_from(THINGS), min_size=1, max_size=8, unique=True))
    marks = draw(st.lists(st.tuples(st.sampled_from(ODD), st.integers(0, 300)), min_size=1, max_size=12))

    def with_marks(text: str) -> str:
        for mark, at in marks:
            text = text[:at] + mark + text[at:] if at < len(text) else text
        return text

    written = [(with_marks(heading), [*map(with_marks, texts)]) for heading, texts in draw(parts(things))]
    return outline_of(written, things)


@given(spoilt())
@settings(max_examples=40)
def test_no_odd_character_makes_drafting_fail_or_a_draft_unsound(outline: Outline) -> None:
    for each in draft(outline).questions:
        quote = each.evidence.quote(outline.text)
        assert quote in outline.text
        assert question_type(each.kind).check(each.content) == []
        assert lint(each.kind, each.content, evidence=[quote], article=outline.text) == []


@given(spoilt())
@settings(max_examples=25)
def test_a_cloze_has_its_own_gap_and_no_other_that_the_article_wrote(outline: Outline) -> None:
    for each in draft(outline).questions:
        if each.kind == "cloze":
            (gap,) = each.content["gaps"]
            assert each.content["text"].count(f"{{{{{gap['id']}}}}}") == 1
            assert "{{g1}}" not in each.content["text"] or gap["id"] == "g1"


SPANS = st.tuples(st.integers(0, 400), st.integers(0, 30)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(
    st.text(st.characters(codec="utf-8"), max_size=300),
    st.lists(SPANS, max_size=5),
    st.dictionaries(st.text(max_size=6), st.text(max_size=12), max_size=3),
    st.sampled_from(["en", "ar", "zh", "", "de"]),
)
@settings(max_examples=60)
def test_any_text_any_mentions_and_any_definitions_are_taken(
    text: str, mentions: list[Span], definitions: dict[str, str], language: str
) -> None:
    outline = outline_of([("", [text]), (text[:20], [text[::-1]])], [], language=language)
    concepts = tuple(
        ConceptOutline(span.quote(outline.text) or "x", kind, rank, (span,))
        for rank, (span, kind) in enumerate(zip(mentions, [*ConceptKind] * 2, strict=False), 1)
    )
    drafts = draft(replace(outline, concepts=concepts), definitions=definitions)
    assert drafts == draft(replace(outline, concepts=concepts), definitions=definitions)
    for each in drafts.questions:
        assert 0 <= each.evidence.start < each.evidence.end <= len(outline.text)
