"""A whole ranking in the store, as its people left it: plainly invented people of three agencies."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.ranking import ids
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import Answer, Item, Participant, Ranking, RankingStatus, Rules, Stage
from storage.store import Store
from tests.slack import ANNA, BEN, CHANNEL, PARTNER_TEAM, PIA, TEAM, Slack, User

BEGAN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
RANKING = "r1"
KEY = (TEAM, RANKING)
BOARD_TS = "1700000000.000100"
ITEMS = tuple(
    Item(f"s-{number}", title, f"In full: {title}.")
    for number, title in enumerate(
        (
            "Families tell their story once",
            "Help comes early",
            "Children are safer",
            "Shared training",
            "Fewer meetings",
            "One plan for each family",
            "Young people have a say",
            "Money goes where it does good",
            "Staff know whom to call",
            "A shared building",
        ),
        start=1,
    )
)
IDS = tuple(item.id for item in ITEMS)
RANKED = IDS[:9]
GUS = User("U0GUS", PARTNER_TEAM)
KAY = User("U0KAY")
NAMES = {
    ANNA: ("Anna Example", "Elm School"),
    BEN: ("Ben Example", "Elm School"),
    KAY: ("Kay Example", "Elm School"),
    PIA: ("Pia Example", "Harbour Health"),
    GUS: ("Gus Example", "Harbour Health"),
}
PEOPLE = tuple(NAMES)
DEPUTY = KAY
ORDERS: Mapping[User, tuple[str, ...]] = {
    ANNA: RANKED,
    BEN: (*RANKED[1:], RANKED[0]),
    KAY: RANKED,
    PIA: RANKED[::-1],
    GUS: RANKED,
}


def person(user: User) -> Person:
    return Person(user.team_id, user.id)


def at(hours: int) -> datetime:
    return BEGAN + timedelta(hours=hours)


async def store_ranking(
    store: Store,
    *,
    rules: Rules | None = None,
    until: str = "choose_consent",
    status: RankingStatus | None = "decided",
    pictures: bool = False,
    sent: bool = True,
) -> None:
    """Ten statements to nine and to five, up to the first stage of the kind `until`.

    `status` None leaves it open; the `pictures` of its rounds take seconds to draw; unless `sent`, Slack has
    the board and no other message.
    """
    ranking = Ranking(
        *KEY,
        task_id="outcomes",
        title="What good joint work leads to",
        source="A source, page 5",
        items=ITEMS,
        channel_id=CHANNEL,
        facilitator=person(ANNA),
        participants=tuple(Participant(person(user), agency) for user, (_name, agency) in NAMES.items()),
        status="open",
        created_at=BEGAN,
        rules=rules or Rules(),
        deputies=(person(DEPUTY),),
    )
    board = Message(TEAM, ids.board_id(RANKING), ids.BOARD_KIND, ids.subject(RANKING), CHANNEL)
    await store.rankings.create_ranking(ranking, Stage(RANKING, 1, "read", IDS, BEGAN), [board])
    await store.messages.record_sent(TEAM, board.id, 1, BOARD_TS)
    stages = [
        Stage(RANKING, 2, "discard", IDS, at(2)),
        Stage(RANKING, 3, "discard_consent", IDS, at(4), ("s-10",)),
        Stage(RANKING, 4, "rank", RANKED, at(6)),
        Stage(RANKING, 5, "compare", RANKED, at(8)),
        Stage(RANKING, 6, "rank", RANKED, at(10)),
        Stage(RANKING, 7, "choose", RANKED, at(12)),
        Stage(RANKING, 8, "choose_consent", RANKED, at(14), RANKED[:5]),
    ]
    for stage in stages:
        await _open(store, stage, sent)
        for user in PEOPLE:
            await _answer(store, stage, user)
        if stage.kind == until:
            break
    if status is not None:
        outcome = RANKED[:5] if status == "decided" else ()
        await store.rankings.end_ranking(*KEY, stage.seq, status, outcome, at(2 * stage.seq), [])
    if not pictures:
        for seq in (4, 6):
            await store.work.cancel(TEAM, f"pictures:{RANKING}:{seq}")


async def close_last(store: Store) -> None:
    """End the current stage."""
    stage = (await store.rankings.list_stages(*KEY))[-1]
    await store.rankings.close_stage(*KEY, stage.seq, at(2 * stage.seq))


async def _open(store: Store, stage: Stage, sent: bool) -> None:
    message = Message(
        TEAM,
        ids.stage_id(RANKING, stage.seq),
        ids.STAGE_KIND,
        ids.subject(RANKING),
        CHANNEL,
        parent_id=ids.board_id(RANKING),
    )
    await store.rankings.open_stage(*KEY, stage.seq - 1, stage, [message])
    if sent:
        await store.messages.record_sent(TEAM, message.id, 1, f"1700000000.0002{stage.seq:02}")


async def _answer(store: Store, stage: Stage, user: User) -> None:
    choice, reason = _choice(stage, user)
    if not choice:
        return

    def edit(_stage: Stage, _before: Answer | None) -> Answer:
        return Answer(person(user), tuple(choice), True, stage.opened_at, reason)

    await store.rankings.edit_answer(*KEY, stage.seq, person(user), edit)


def _choice(stage: Stage, user: User) -> tuple[Sequence[str], str]:
    if stage.kind == "discard":
        return ("s-10",), ""
    if stage.kind == "rank":
        return ORDERS[user] if stage.seq == 4 else RANKED, ""
    if stage.kind == "choose":
        return RANKED[:5], ""
    if stage.kind == "compare":
        return (), ""
    return (("aside",), "I still like <!channel> the building") if user is PIA else (("support",), "")


def give_names(slack: Slack) -> None:
    """Have Slack name everybody, whoever it is asked about."""
    slack.users |= {user.id: {"real_name": name} for user, (name, _agency) in NAMES.items()}
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "name": "partners"}}
