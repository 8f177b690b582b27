"""A whole ranking of plainly invented people: a block, a second round, and five in the end."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bot.ranking.record.builder import Given, HeldStage, build_record
from bot.ranking.record.record import Event, Member, Record
from storage.records.rankings import Item, Rules, StageKind

BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
AGENCIES = {
    "Anna Example": "Elm School",
    "Ben Example": "Elm School",
    "Cara Example": "Elm School",
    "Dev Example": "Harbour Health",
    "Eve Example": "Harbour Health",
    "Finn Example": "Harbour Health",
    "Gita Example": "City Council",
    "Hal Example": "City Council",
    "Iris Example": "City Council",
    "Jon Example": "Police",
    "Kim Example": "Police",
    "Lea Example": "Police",
}
ITEMS = tuple(
    Item(f"s-{number}", title, f"In full: {title}.")
    for number, title in enumerate(
        (
            "Families tell their story once",
            "Staff know whom to call in every other agency, and the call is answered the same day",
            "Help comes early",
            "Money goes where it does most good",
            "Children are safer",
            "Shared training",
            "Fewer meetings",
            "Young people have a say in what is planned for them",
            "One plan for each family",
            "A shared building",
        ),
        start=1,
    )
)
IDS = tuple(item.id for item in ITEMS)
RANKED = IDS[:9]


def make_record(
    *,
    rules: Rules | None = None,
    items: tuple[Item, ...] = ITEMS,
    agencies: Mapping[str, str] = AGENCIES,
    stages: Sequence[HeldStage] | None = None,
    **changes: Any,
) -> Record:
    """Three days of twelve people; `changes` replace fields of the record."""
    record = build_record(
        title="What good joint work leads to",
        source="A source, page 5",
        items=items,
        rules=rules or Rules(),
        channel="#partnership",
        facilitator="Anna Example",
        deputies=("Ben Example",),
        members=[
            *(Member(name, agency) for name, agency in agencies.items()),
            Member(
                "Max Example", "", left_at=BEGAN + timedelta(hours=30), added_at=BEGAN + timedelta(hours=9)
            ),
        ],
        stages=held_stages(agencies) if stages is None else stages,
        events=[
            Event(BEGAN + timedelta(hours=30), "Max Example left."),
            Event(BEGAN + timedelta(hours=2), "The deadline moved to 3 March."),
        ],
        status="decided",
        outcome=RANKED[:5],
        started_at=BEGAN,
        ended_at=BEGAN + timedelta(days=3),
        made_at=BEGAN + timedelta(days=4),
        version="0.1.0",
    )
    return replace(record, **changes)


def held_stages(agencies: Mapping[str, str] = AGENCIES) -> list[HeldStage]:
    """Ten to nine at the second proposal, two rounds of ordering, then five."""
    people = list(agencies)
    kept = people[:-1]
    return [
        _stage(0, "read", "Step 1 of 6: Read and discuss", IDS),
        _stage(1, "discard", "Step 2 of 6: Name one to drop", IDS, _named(agencies, "s-10", "s-7")),
        replace(
            _stage(2, "discard_consent", "Step 2b of 6: Can everybody accept dropping it?", IDS),
            answers=_stands(agencies, {"Gita Example": ("block", "=We meet in it every week")}),
            proposal=("s-10",),
            quorum=7,
        ),
        replace(
            _stage(3, "discard_consent", "Step 2b of 6: Can everybody accept dropping it? (round 2)", IDS),
            answers=_stands(agencies, {"Gita Example": ("aside", "I still like the building")}),
            proposal=("s-10",),
            quorum=7,
            accepted=True,
        ),
        _stage(4, "rank", "Step 3 of 6: Put the rest in order", RANKED, _orders(agencies, people, 1)),
        _stage(5, "compare", "Step 4 of 6: Compare", RANKED),
        _stage(6, "rank", "Step 3 of 6: Put the rest in order (round 2)", RANKED, _orders(agencies, kept, 2)),
        _stage(
            7, "choose", "Step 5 of 6: Mark the five that matter most", RANKED, _named(agencies, *RANKED[:6])
        ),
        replace(
            _stage(8, "choose_consent", "Step 5b of 6: Can everybody accept these five?", RANKED),
            answers=_stands(agencies, {"Kim Example": ("aside", "Money first")}),
            proposal=RANKED[:5],
            quorum=7,
            accepted=True,
        ),
    ]


def _stage(
    at: int, kind: StageKind, title: str, items: tuple[str, ...], answers: tuple[Given, ...] = ()
) -> HeldStage:
    opened = BEGAN + timedelta(hours=8 * at)
    return HeldStage(
        kind=kind,
        title=title,
        asked="This is what was asked.",
        items=items,
        opened_at=opened,
        closed_at=opened + timedelta(hours=7),
        deadline=opened + timedelta(hours=7),
        people=13,
        answers=answers,
    )


def _named(agencies: Mapping[str, str], *items: str) -> tuple[Given, ...]:
    """Each person marks all but one of the items; of two they name one."""
    return tuple(
        Given(tuple(item for item in items if item != items[at % len(items)]), name, agency)
        for at, (name, agency) in enumerate(agencies.items())
    )


def _orders(agencies: Mapping[str, str], people: list[str], seed: int) -> tuple[Given, ...]:
    """Orders around RANKED; the first person leaves four statements unplaced."""
    random = Random(seed)
    orders = [tuple(sorted(RANKED, key=lambda item: int(item[2:]) + random.gauss(0, 3))) for _ in people]
    if orders:
        orders[0] = orders[0][:5]
    return tuple(Given(order, name, agencies[name]) for name, order in zip(people, orders, strict=True))


def _stands(agencies: Mapping[str, str], others: Mapping[str, tuple[str, str]]) -> tuple[Given, ...]:
    return tuple(
        Given((position,), name, agency, reason)
        for name, agency in agencies.items()
        for position, reason in [others.get(name, ("support", ""))]
    )
