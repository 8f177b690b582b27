"""What something cost, in pounds and hours: kept as people read it, such as "£1,250 and 40 hours"."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MOST = Decimal(1_000_000_000)
POUNDS_ASKED = "Type the pounds as a number, such as 1250 or 12.50. Leave out the pound sign and words."
HOURS_ASKED = "Type the hours as a number, such as 40 or 7.5. Leave out words."
TOO_MUCH = "Type a number below 1,000,000,000."

_WRITTEN = re.compile(
    r"(?:£(?P<pounds>\d{1,3}(?:,\d{3})*(?:\.\d\d)?))?(?P<both> and )?"
    r"(?:(?P<hours>\d{1,3}(?:,\d{3})*(?:\.\d\d?)?) hours?)?"
)
_TYPED = re.compile(r"\d+(?:\.\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Cost:
    """Pounds and hours; None is what nobody said."""

    pounds: Decimal | None
    hours: Decimal | None

    @property
    def words(self) -> str:
        """As it is kept and shown; "" when nothing was said."""
        said = []
        if self.pounds is not None:
            whole = self.pounds == self.pounds.to_integral_value()
            said.append(f"£{self.pounds:,.0f}" if whole else f"£{self.pounds:,.2f}")
        if self.hours is not None:
            said.append(f"{_short(self.hours)} {'hour' if self.hours == 1 else 'hours'}")
        return " and ".join(said)


def read_cost(words: str) -> Cost | None:
    """The cost that was kept as these words; None when they say it in another way."""
    found = _WRITTEN.fullmatch(words)
    if not found or bool(found["both"]) != (found["pounds"] is not None and found["hours"] is not None):
        return None
    return Cost(_number(found["pounds"]), _number(found["hours"]))


def read_amount(typed: str) -> Decimal | None:
    """The number that was typed, None for nothing.

    :raises InvalidOperation: it is no number of at most two decimals
    :raises OverflowError: it is too large to be meant
    """
    typed = typed.strip()
    if not typed:
        return None
    if not typed.isascii() or not _TYPED.fullmatch(typed):
        raise InvalidOperation
    if (number := Decimal(typed)) >= MOST:
        raise OverflowError
    return number


def typed_form(number: Decimal | None) -> str:
    """A number as somebody would type it, "" for none."""
    return "" if number is None else _short(number).replace(",", "")


def _number(text: str | None) -> Decimal | None:
    return Decimal(text.replace(",", "")) if text else None


def _short(number: Decimal) -> str:
    text = f"{number:,.2f}"
    return text.rstrip("0").rstrip(".")
