"""Single ways of writing a detail, and single things that only look like one."""

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from bot.case_studies.publishing.personal_details import find_personal_details

FOUND = {
    "phone number": (
        ("tel:07700900123", ["07700900123"]),
        ("ring 07700 900123/07700 900456", ["07700 900123", "07700 900456"]),
        ("+44 7700 900123, (+44) (0)113 496 0123", ["+44 7700 900123", "(+44) (0)113 496 0123"]),
        ("0044 20 7946 0123.", ["0044 20 7946 0123"]),
        ("Just in case ring 0113 496 0123 ext 45", ["0113 496 0123"]),
        ("077 00 90 01 23 or 07-700-900-123", ["077 00 90 01 23", "07-700-900-123"]),
        ("Our case worker: 0161/496 0123", ["0161/496 0123"]),
        ("Mobile number 7700900123", ["7700900123"]),
        ("+33 1 99 00 12 12 6 weeks ago", ["+33 1 99 00 12 12"]),
    ),
    "e-mail address": (
        ("'anna@example.org'", ["anna@example.org"]),
        ("zoë@example.org, anna＠example.org", ["zoë@example.org", "anna＠example.org"]),
        ("anna@larkfield-hub.test", ["anna@larkfield-hub.test"]),
        ("anna dot b at example dot co dot uk", ["anna dot b at example dot co dot uk"]),
        ("e-mail anna at example.org", ["anna at example.org"]),
        ("Ask ANNA [AT] EXAMPLE [DOT] ORG", ["ANNA [AT] EXAMPLE [DOT] ORG"]),
        ("anna@example dot org", ["anna@example dot org"]),
        (
            "anna <at> example <dot> org, b_c AT example.org",
            ["anna <at> example <dot> org", "b_c AT example.org"],
        ),
        ("You can reach me at anna@example.org", ["anna@example.org"]),
    ),
    "postcode": (
        ("SW1A 1AA, m11ae, Ec1a 1bb", ["SW1A 1AA", "m11ae", "Ec1a 1bb"]),
        ("GIR 0AA, gir0aa", ["GIR 0AA", "gir0aa"]),
        ("W1A 0AX CR2 6XH DN55 1PT", ["W1A 0AX", "CR2 6XH", "DN55 1PT"]),
        ("FIQQ 1ZZ and BF1 3AA", ["FIQQ 1ZZ", "BF1 3AA"]),
        ("(B33 8TH)", ["B33 8TH"]),
    ),
    "NHS number": (
        ("943 476 5919, 943-476-5919, 9434765919", ["943 476 5919", "943-476-5919", "9434765919"]),
        ("NHS number 9434765919 of 03/03/2011", ["9434765919"]),
        ("NHS #9434 765 919", ["9434 765 919"]),
        ("Patient ref 943 476 5919", ["943 476 5919"]),
    ),
    "date of birth": (
        ("born 3/3/11", ["3/3/11"]),
        ("Born on the 3rd of March", ["3rd of March"]),
        ("DOB 030311, DOB: 03 03 2011", ["030311", "03 03 2011"]),
        ("Date of birth (dd/mm/yyyy): 03/03/2011", ["03/03/2011"]),
        ("He was born at Larkfield Hospital on 3 March 2011.", ["3 March 2011"]),
        ("born on Tuesday, 3rd March 2011", ["3rd March 2011"]),
        ("his birthday on Friday 3 March", ["3 March"]),
        ("She came on 3 March 2011, her sixth birthday.", ["3 March 2011"]),
        ("aged 14 years (3/3/11)", ["3/3/11"]),
        ("3 March 2018 (aged 7)", ["3 March 2018"]),
        ("Ben, 7 years old, 3/3/18", ["3/3/18"]),
        ("3 March 2018 is her birthday", ["3 March 2018"]),
        ("On 3 March 2011 she was born", ["3 March 2011"]),
        ("the girls, born 3 March 2011 and 4 May 2013", ["3 March 2011", "4 May 2013"]),
        ("Ben (b. 3 March 2011)", ["3 March 2011"]),
    ),
}

NOT_FOUND = (
    "It cost £1,200,000, and £07700900123 is no sum.",
    "In 2019-2020 and 2020-2021, from 0900-1000 on 01.02.2024, 61.5% came.",
    "Ages 05 06 07 08 09 10 11, the 0-19 team, section 47, Key Stage 2, trust-2",
    "Call 101, 111 or 999.",
    "Ref 01234567890, case number 01234567890, invoice 0113 496 0123",
    "an increase of +1200000",
    "about 7700 900123 units",
    "943 476 5918 and 1234567890",
    "ISBN 0-306-40615-2, ISBN 0306406152, ISBN 978 0 306 40615 7",
    "M1, LS9 and SW1A",
    "Room B12 2nd floor, the E3 3rd exit, an L2 3hr course",
    "QQ12 3AB, M1 1CA",
    "£M1 1AE",
    "The drop-in at example.org, Covid-19 at example.org",
    "IP 192.168.0.1, UKPRN 10012345, EHCP 2023-0123-4567, 020 2024 2025",
    "Mobile clinics ran in 2019 2020 2021 and phone calls rose from 1200 to 1500.",
    "The charity turned 30 on 3 March 2024. Pupils aged 11 on 31 August 2024 moved up.",
    "We met on 3 March 2025. Born leaders came.",
    "Children born on or after 1 September 2018, children born between 1 April 2023 and 31 March 2024",
    "The project was born on 3 March 2011, and its tenth birthday is 3 March 2021.",
    "the birthday party on 3 March 2025",
    "We stopped asking for date of birth on 3 March 2025.",
    "children aged 5 to 11 (3 March 2018); adults aged 18 (31 March 2024)",
    "Agenda item b. 3 March 2025",
    "We looked at example.org, and more info at example dot org.",
    "She arrived at larkfield.We left. Rooms cost £5 @ 12 sessions. Follow @larkfieldhub.",
    "",
)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [(kind, *example) for kind, examples in FOUND.items() for example in examples],
)
def test_each_way_of_writing_is_found(kind: str, text: str, expected: list[str]) -> None:
    assert [(detail.kind, detail.words) for detail in find_personal_details(text)] == [
        (kind, words) for words in expected
    ]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_a_detail_is_left_alone(text: str) -> None:
    assert find_personal_details(text) == ()


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_numbers_of_every_country_are_found(region: str) -> None:
    number = phonenumbers.example_number(region)
    assert number is not None
    written = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    assert [detail.words for detail in find_personal_details(f"Ring {written} today.")] == [written]


@pytest.mark.parametrize(
    "kind",
    [
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.UAN,
        PhoneNumberType.PREMIUM_RATE,
    ],
)
def test_british_numbers_of_every_sort_are_found(kind: int) -> None:
    number = phonenumbers.example_number_for_type("GB", kind)
    assert number is not None
    written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    assert [detail.words for detail in find_personal_details(f"Ring {written} today.")] == [written]


@pytest.mark.parametrize("text", ["Childline 0800 1111", "0808 157 0123", "03069 990123", "info@example.org"])
def test_helplines_and_team_mailboxes_are_pointed_out_gently(text: str) -> None:
    (detail,) = find_personal_details(text)
    assert "it may stay if it is public" in detail.explanation


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("07700 900123", "take it out, unless it is a public number"),
        ("anna@example.org", "name the team instead"),
        ("LS83 4AB", "give the district only"),
        ("943 476 5919", "take it out"),
        ("DOB 3/3/2011", "give a rough age instead"),
    ],
)
def test_every_explanation_says_what_it_looks_like_and_what_to_do(text: str, advice: str) -> None:
    (detail,) = find_personal_details(text)
    assert detail.explanation.startswith("This looks like ")
    assert advice in detail.explanation
    assert detail.explanation.count(".") == 1


def test_of_two_kinds_in_one_place_the_longer_is_told() -> None:
    text = "Anna (+44 113 496 0018, anna@example.org, DOB 3/3/2011), LS83 4AB, NHS 943 476 5919"
    details = find_personal_details(text)
    assert [find.kind for find in find_personal_details("113 496 0018")] == ["NHS number"]
    assert [detail.kind for detail in details] == [
        "phone number",
        "e-mail address",
        "date of birth",
        "postcode",
        "NHS number",
    ]
    assert all(text[detail.start : detail.end] == detail.words for detail in details)
