"""What the pages of remembering say: how much there is to do, how each thing stands, and what is to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any

from django.utils.timezone import localtime

from language import capital, counted, marked, say
from quizzes.domain.questions import title_of
from quizzes.domain.reading_pages import HomePage
from quizzes.domain.remembering import SESSION, Deck, ToRemember
from quizzes.memory import WANTED, Rating, next_intervals, retrievability
from web.learner.charts.forecast import Curve, Forecast, forecast, forgetting
from web.learner.wording import coming_day, day_of, percent

DAYS = 30
SECONDS_EACH = 25
RATINGS = {
    Rating.AGAIN: marked("Again"),
    Rating.HARD: marked("Hard"),
    Rating.GOOD: marked("Good"),
    Rating.EASY: marked("Easy"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A rating to choose: its digit, its word, and when the question would come back."""

    rating: Rating
    word: str
    interval: str


@dataclass(frozen=True, slots=True)
class CardRow:
    """A question in the table: what it asks and about what, when it comes back, and the chance that it is known."""

    card: ToRemember
    title: str
    concept: str
    when: str
    chance: str


@dataclass(frozen=True, slots=True)
class Remembering:
    """Everything the page shows of a deck. `session` is how many questions the next session asks; 0 for none."""

    heading: str
    lede: str
    session: int
    rows: list[CardRow]
    set_aside: list[CardRow]
    forecast: Forecast
    days: list[tuple[datetime, int]]
    forecast_reading: str
    curve: Curve | None
    chances: list[tuple[datetime, str]]
    curve_reading: str


def remembering_of(deck: Deck) -> Remembering:
    """The deck as its page tells it; no query."""
    due, counts, chances = len(deck.due), due_by_day(deck), mean_chances(deck)
    today = localtime(deck.at)
    dates = [today + timedelta(days=day) for day in range(DAYS)]
    return Remembering(
        heading=_heading(deck),
        lede=_lede(deck),
        session=min(due, SESSION),
        rows=[row_of(card, deck.at) for card in deck.cards],
        set_aside=[row_of(card, deck.at) for card in deck.set_aside],
        forecast=forecast(counts),
        days=[(date, count) for date, count in zip(dates, counts, strict=True) if count],
        forecast_reading=_forecast_reading(counts),
        curve=forgetting(chances, wanted=WANTED) if chances else None,
        chances=[(date, percent(chance)) for date, chance in list(zip(dates, chances, strict=False))[::5]],
        curve_reading=_curve_reading(chances),
    )


def due_by_day(deck: Deck) -> list[int]:
    """How many questions come back today and on each of the days after, as the reader's calendar has them.

    What has been due for longer is due today; what comes back after these days is left out.
    """
    today = localtime(deck.at).date()
    days = Counter(max((localtime(card.due_at).date() - today).days, 0) for card in deck.cards)
    return [days[day] for day in range(DAYS)]


def mean_chances(deck: Deck) -> list[float]:
    """The mean chance that what was recalled is still known, today and on each day after, were nothing asked again."""
    memories = [card.memory for card in deck.cards if card.memory]
    moments = [deck.at + timedelta(days=day) for day in range(DAYS + 1)]
    return [fmean(retrievability(memory, at=at) for memory in memories) for at in moments] if memories else []


def row_of(card: ToRemember, at: datetime) -> CardRow:
    """The question as a row of the table at `at`."""
    chance, concept = card.chance(at), card.question.concept
    return CardRow(
        card=card,
        title=title_of(card.version),
        concept=concept.term if concept else "",
        when=say("now") if card.due_at <= at else day_of(localtime(card.due_at), now=localtime(at)),
        chance="" if chance is None else percent(chance),
    )


def choices_for(card: ToRemember, *, at: datetime) -> list[Choice]:
    """The four ratings, each with when the question would come back."""
    intervals = next_intervals(card.memory, at=at)
    return [Choice(rating, say(word), interval(intervals[rating])) for rating, word in RATINGS.items()]


def interval(length: timedelta) -> str:
    """How long until a question comes back: "10 minutes", "three hours", "two days", "46 days"."""
    if length < timedelta(hours=1):
        return counted(max(round(length / timedelta(minutes=1)), 1), "minute")
    if length < timedelta(days=1):
        return counted(round(length / timedelta(hours=1)), "hour")
    return counted(round(length / timedelta(days=1)), "day")


def offers(page: HomePage, due: Mapping[int, int]) -> list[tuple[Any, str]]:
    """The courses at home in which something is due, by key in `due`, each with what its link says."""
    return [(course, _offer(due[course.pk])) for course in page.courses if course.pk in due]


def _offer(questions: int) -> str:
    return say(
        "{questions} to remember, {time}",
        questions=capital(counted(questions, "question")),
        time=time_for(min(questions, SESSION)),
    )


def time_for(questions: int) -> str:
    """About how long so many questions take: "about three minutes"."""
    return say("about {minutes}", minutes=counted(max(1, round(questions * SECONDS_EACH / 60)), "minute"))


def _heading(deck: Deck) -> str:
    if deck.due:
        return say("{questions} to remember", questions=capital(counted(len(deck.due), "question")))
    return say("Nothing to remember just now") if deck.cards else say("Nothing to remember yet")


def _lede(deck: Deck) -> str:
    if deck.due:
        session = min(len(deck.due), SESSION)
        whole = capital(time_for(session))
        return f"{whole}." if session == len(deck.due) else say("The next ten take {time}.", time=time_for(session))
    if deck.next_due_at is None:
        return say("A question that you miss comes back here by itself, until it stays with you.")
    return say("The next one comes back {when}.", when=_when(deck.next_due_at, deck.at))


def _when(due: datetime, at: datetime) -> str:
    here, now = localtime(due), localtime(at)
    day, is_today = coming_day(here, now=now), here.date() <= now.date()
    if is_today:
        return say("today at {time}", time=f"{here:%H:%M}")
    return day if (here.date() - now.date()).days == 1 else say("on {day}", day=day)


def _forecast_reading(counts: list[int]) -> str:
    total, most = sum(counts), max(counts, default=0)
    if not total:
        return say("Nothing comes back within {days} days.", days=DAYS)
    if len([count for count in counts if count]) == 1:
        day = counts.index(most)
        return say("{due} due {day}.", due=capital(counted(total, "question is", "questions are")), day=_in_days(day))
    return say(
        "{total} come back within {days} days, the most {most}.",
        total=capital(counted(total, "question")),
        days=DAYS,
        most=_in_days(counts.index(most)),
    )


def _in_days(day: int) -> str:
    if day < 2:
        return say("tomorrow") if day else say("today")
    return say("in {day}", day=counted(day, "day"))


def _curve_reading(chances: list[float]) -> str:
    if not chances:
        return ""
    return say(
        "You would know {now} of it now, and {then} in {days} days if nothing were asked again.",
        now=percent(chances[0]),
        then=percent(chances[-1]),
        days=DAYS,
    )
