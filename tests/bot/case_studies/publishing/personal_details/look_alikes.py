"""Numbers, dates and codes that are nobody's detail, some of which look like one."""

from collections.abc import Callable
from datetime import date
from random import Random

from tests.bot.case_studies.publishing.personal_details.invented_details import (
    MONTHS,
    check_digit,
    day_between,
    digits,
)

Maker = Callable[[Random], str]


def _one_of(*forms: str) -> Maker:
    """One of `forms`, with a digit for each "#" in it."""
    return lambda random: "".join(digits(random, 1) if sign == "#" else sign for sign in random.choice(forms))


def _number(first: int, last: int, form: str = "{}") -> Maker:
    return lambda random: form.format(random.randint(first, last))


def _either(*makers: Maker) -> Maker:
    return lambda random: random.choice(makers)(random)


def _recent(random: Random) -> date:
    return day_between(random, 2015, 2026)


def _recent_in_words(random: Random) -> str:
    day = _recent(random)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _years(random: Random) -> str:
    year = random.randint(1998, 2025)
    return random.choice((f"{year}-{year + 1}", f"{year}/{(year + 1) % 100:02}", f"{year} to {year + 3}"))


def _ten_failing(random: Random) -> str:
    """Ten digits whose last does not check the others, grouped as an NHS number is."""
    nine = random.choice("123456789") + digits(random, 8)
    last = (check_digit(nine) + random.randint(1, 9)) % 10 if check_digit(nine) < 10 else random.randint(0, 9)
    return random.choice(("", " ", "-")).join((nine[:3], nine[3:6], f"{nine[6:]}{last}"))


def _isbn10(random: Random) -> str:
    nine = digits(random, 9)
    last = "X" if check_digit(nine) == 10 else str(check_digit(nine))
    forms = (
        f"{nine}{last}",
        f"{nine[0]}-{nine[1:4]}-{nine[4:]}-{last}",
        f"{nine[:3]} {nine[3:6]} {nine[6:]}{last}",
    )
    return random.choice(forms)


def _reference(random: Random) -> str:
    forms = ("SC-{}-####", "LB/{}/####-4", "{} 0#### 118", "P00####12", "0####-{}-07")
    return _one_of(*(form.format(random.randint(2012, 2026)) for form in forms))(random)


SLOTS: dict[str, Maker] = {
    "money": _either(
        _number(1, 3_000_000, "£{:,}"),
        _number(1, 99, "£{}.50"),
        _number(2, 9, "£{}m"),
        _number(100, 90_000, "{} pounds"),
    ),
    "years": _years,
    "year": _number(1989, 2026),
    "count": _number(100, 999),
    "small": _number(12, 60),
    "bigcount": _either(_number(1000, 2_000_000, "{:,}"), _number(1000, 99_999)),
    "stage": _number(2, 9),
    "percent": _either(_number(1, 99, "{}%"), _number(1, 99, "{}.5 per cent")),
    "decimal": _one_of("#.#", "1#.##", "2#.#"),
    "pence": _number(10, 95),
    "date": _recent_in_words,
    "slashdate": lambda random: f"{_recent(random):%d/%m/%Y}",
    "isodate": lambda random: _recent(random).isoformat(),
    "time": _one_of("9am", "10.30am", "2pm", "16:45", "half past 3", "5.15pm"),
    "clock": _one_of("0900", "0930", "1015", "1300", "1530", "09:00", "12.45", "1700"),
    "room": _one_of("B12", "2.14", "G07", "4", "1A", "E3"),
    "invoice": _one_of("0#######", "INV-######", "#####"),
    "reference": _reference,
    "isbn13": _one_of("978 # ### ##### #", "978-#-###-#####-#", "978##########"),
    "isbn10": _isbn10,
    "ten": _ten_failing,
    "charity": _one_of("1######"),
    "company": _one_of("0#######"),
    "outward": _one_of("M1", "LS9", "SW1A", "B5", "NE4", "E14", "G51"),
    "bus": _one_of("7A", "X26", "114", "E3", "N29"),
    "version": _one_of("1.#.1#", "2.1#.#", "3.#.#"),
    "grid": _one_of("SE ### ###"),
    "barcode": _one_of("5 0##### ######"),
    "serial": _one_of("5CD0###KXY"),
    "ticket": _either(_number(10_000, 99_999, "#00{}"), _one_of("INC00#####", "L2-####")),
    "log": lambda random: _one_of("0### of 3 March 2025", f"LP-{_recent(random):%Y%m%d}-0###")(random),
    "form": _one_of("B12 3C", "CP 0412", "L2 E3", "SSA 1", "M4 2"),
    "budget": _one_of("E12 ####-017"),
    "cheque": _one_of("00####"),
    "lottery": _one_of("00########"),
}
"""What each slot of a clean sentence is filled with."""
