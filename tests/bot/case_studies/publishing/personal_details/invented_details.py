"""Invented details, in the ways in which people write them.

Phone numbers come from ranges that regulators keep for fiction, NHS numbers from the range for tests,
e-mail addresses from names that are never given out, postcodes from districts that do not exist.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

Maker = Callable[[Random], str]

LANDLINES = ("113 496 0", "114 496 0", "117 496 0", "121 496 0", "151 496 0", "161 496 0", "191 498 0")
MONTHS = [f"{date(2000, month, 1):%B}" for month in range(1, 13)]
LOCAL_PARTS = (
    "anna.example",
    "ben_e",
    "pia99",
    "samk",
    "a.b.invented",
    "family-worker",
    "o'madeup",
    "info",
    "mum2kids",
)
DOMAINS = ("example.org", "example.com", "example.net", "larkfield.example.org", "school.example.co.uk")
NEW_AREAS = (
    "LS83",
    "M67",
    "B89",
    "NE76",
    "G96",
    "S49",
    "BS64",
    "CF87",
    "L84",
    "NG39",
    "SW78",
    "SE49",
    "E76",
    "W79",
)
LETTERED_AREAS = ("W1Z", "EC5A", "SW1R", "N1Q", "E1Z", "WC3B")
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def digits(random: Random, count: int) -> str:
    """So many random digits."""
    return "".join(random.choice("0123456789") for _ in range(count))


def _mobile(random: Random) -> tuple[str, str]:
    return "7700", f"900{digits(random, 3)}"


def _landline(random: Random) -> tuple[str, str, str]:
    area, middle, first = random.choice(LANDLINES).split()
    return area, middle, first + digits(random, 3)


def mobile_plain(random: Random) -> str:
    return "0" + "".join(_mobile(random))


def mobile_spaced(random: Random) -> str:
    return "0" + " ".join(_mobile(random))


def mobile_in_threes(random: Random) -> str:
    code, rest = _mobile(random)
    separator = random.choice(" -.")
    return f"0{code}{separator}{rest[:3]}{separator}{rest[3:]}"


def mobile_abroad(random: Random) -> str:
    code, rest = _mobile(random)
    return f"{random.choice(('+44 ', '+44', '0044 ', '+44 (0)', '+44(0) '))}{code} {rest}"


def landline_spaced(random: Random) -> str:
    return "0" + " ".join(_landline(random))


def landline_bracketed(random: Random) -> str:
    area, middle, last = _landline(random)
    return f"(0{area}) {middle} {last}"


def landline_hyphened(random: Random) -> str:
    return "0" + "-".join(_landline(random))


def landline_plain(random: Random) -> str:
    return "0" + "".join(_landline(random))


def landline_abroad(random: Random) -> str:
    area, middle, last = _landline(random)
    return f"+44 {area} {middle} {last}"


def london(random: Random) -> str:
    last = f"0{digits(random, 3)}"
    return random.choice(
        (f"020 7946 {last}", f"(020) 7946 {last}", f"02079460{last[1:]}", f"+44 20 7946 {last}")
    )


def small_town(random: Random) -> str:
    last = digits(random, 3)
    return random.choice((f"01632 960{last}", f"01632 960 {last}", f"(01632) 960{last}"))


def helpline(random: Random) -> str:
    last = digits(random, 3)
    return random.choice((f"0808 157 0{last}", f"08081 570{last}", f"03069 990{last}", f"0306 999 0{last}"))


def abroad(random: Random) -> str:
    two, three, four = digits(random, 2), digits(random, 3), digits(random, 4)
    numbers = (
        f"+1 212 555 01{two}",
        f"+33 1 99 00 {two} {two}",
        f"+49 30 23125 {three}",
        f"+61 2 5550 {four}",
    )
    return random.choice(numbers)


def email(random: Random) -> str:
    return f"{random.choice(LOCAL_PARTS)}@{random.choice(DOMAINS)}"


def email_in_capitals(random: Random) -> str:
    return random.choice((str.upper, str.title))(email(random))


def email_in_words(random: Random) -> str:
    local, domain = email(random).split("@")
    return f"{local} at {domain.replace('.', ' dot ')}"


def email_all_in_words(random: Random) -> str:
    local, domain = email(random).split("@")
    return f"{local.replace('.', ' dot ')} at {domain.replace('.', ' dot ')}"


def email_bracketed(random: Random) -> str:
    local, domain = email(random).split("@")
    at, dot = random.choice(((" [at] ", " [dot] "), ("(at)", "(dot)"), (" (at) ", "."), ("[AT]", "[DOT]")))
    return f"{local}{at}{domain.replace('.', dot)}"


def email_spaced(random: Random) -> str:
    local, domain = email(random).split("@")
    return f"{local} @ {domain}"


def _inward(random: Random) -> str:
    return random.choice("0123456789") + random.choice(INWARD_LETTERS) + random.choice(INWARD_LETTERS)


def postcode(random: Random) -> str:
    return f"{random.choice(NEW_AREAS)} {_inward(random)}"


def postcode_lettered(random: Random) -> str:
    return f"{random.choice(LETTERED_AREAS)} {_inward(random)}"


def postcode_unspaced(random: Random) -> str:
    return f"{random.choice(NEW_AREAS + LETTERED_AREAS)}{_inward(random)}"


def postcode_small(random: Random) -> str:
    return random.choice((postcode, postcode_lettered, postcode_unspaced))(random).lower()


def check_digit(nine: str) -> int:
    """The digit that makes nine digits an NHS number or an ISBN of ten; 10 when none does."""
    return -sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11


def _nhs_digits(random: Random) -> str:
    while True:
        body = "999" + digits(random, 6)
        if (check := check_digit(body)) != 10:
            return f"{body}{check}"


def nhs_spaced(random: Random) -> str:
    ten = _nhs_digits(random)
    return f"{ten[:3]} {ten[3:6]} {ten[6:]}"


def nhs_hyphened(random: Random) -> str:
    return nhs_spaced(random).replace(" ", "-")


def nhs_plain(random: Random) -> str:
    return _nhs_digits(random)


def day_between(random: Random, first: int = 1948, last: int = 2022) -> date:
    """A day from the first year to the last."""
    start = date(first, 1, 1)
    return start + timedelta(days=random.randrange((date(last, 12, 31) - start).days))


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def date_in_words(random: Random) -> str:
    day = day_between(random)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_with_ordinal(random: Random) -> str:
    day = day_between(random)
    return f"{_ordinal(day.day)} {random.choice(('', 'of '))}{MONTHS[day.month - 1]} {day.year}"


def date_shortened(random: Random) -> str:
    day = day_between(random)
    return f"{day.day} {MONTHS[day.month - 1][:3]} {random.choice((f'{day:%Y}', f'{day:%y}'))}"


def date_american(random: Random) -> str:
    day = day_between(random)
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def date_slashed(random: Random) -> str:
    return (
        f"{day_between(random):{random.choice(('%d/%m/%Y', '%d/%m/%y', '%d.%m.%Y', '%d-%m-%Y', '%d.%m.%y'))}}"
    )


def date_unpadded(random: Random) -> str:
    day = day_between(random)
    return f"{day.day}/{day.month}/{day.year}"


def date_iso(random: Random) -> str:
    return day_between(random).isoformat()
