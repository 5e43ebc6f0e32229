"""The figures that sums are enough for: they are kept as answers are graded, and cost no look at an answer."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Sums:
    """Over attempts: what was earned on a question, and on the rest of its quiz, in whole millionths of the possible.

    `rest_products` sums the products of the two. Figures are those of `question_figures`, in per cent.
    """

    responses: int = 0
    fraction_sum: int = 0
    fraction_squares: int = 0
    rest_sum: int = 0
    rest_squares: int = 0
    rest_products: int = 0

    @classmethod
    def of_one(cls, fraction: int, rest: int) -> Sums:
        """The sums of a single attempt."""
        return cls(1, fraction, fraction**2, rest, rest**2, fraction * rest)

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.responses + other.responses,
            self.fraction_sum + other.fraction_sum,
            self.fraction_squares + other.fraction_squares,
            self.rest_sum + other.rest_sum,
            self.rest_squares + other.rest_squares,
            self.rest_products + other.rest_products,
        )

    def __mul__(self, times: int) -> Sums:
        """The sums of so many attempts, each of which had these."""
        return Sums(
            self.responses * times,
            self.fraction_sum * times,
            self.fraction_squares * times,
            self.rest_sum * times,
            self.rest_squares * times,
            self.rest_products * times,
        )

    @property
    def facility(self) -> float | None:
        """The mean fraction; None for no attempt."""
        return 100 * self.fraction_sum / MILLION / self.responses if self.responses else None

    @property
    def deviation(self) -> float | None:
        """The sample standard deviation of the fraction; None for fewer than two attempts."""
        if self.responses < 2:
            return None
        return 100 * sqrt(self._spread / (self.responses * (self.responses - 1))) / MILLION

    @property
    def discrimination(self) -> float | None:
        """100 times the correlation with the rest; None where either does not vary."""
        rest_spread = self.responses * self.rest_squares - self.rest_sum**2
        # Whole numbers: what does not vary is exactly 0 here.
        if not self._spread or not rest_spread:
            return None
        shared = self.responses * self.rest_products - self.fraction_sum * self.rest_sum
        return 100 * shared / (sqrt(self._spread) * sqrt(rest_spread))

    @property
    def _spread(self) -> int:
        return self.responses * self.fraction_squares - self.fraction_sum**2
