"""From a strategy to the case studies that used it, and from a case study to its strategies."""

from datetime import UTC, datetime

from bot.handover import READ_STRATEGY, STUDIES_USING
from bot.strategies.ids import CARD_OPEN
from storage.records.case_studies import CaseStudy, FieldAnswer
from storage.records.people import Person
from storage.store import Store
from tests.slack import (
    ANNA,
    CHANNEL,
    PIA,
    TEAM,
    Bot,
    Json,
    Place,
    Slack,
    labels_of,
    mention_event,
    shown_message,
    shown_view,
    words_of,
)

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


async def publish(store: Store, study_id: str, *strategies: str) -> None:
    owner = Person(TEAM, ANNA.id)
    study = CaseStudy(
        workspace_id=TEAM,
        id=study_id,
        template_id="good-practice",
        owner=owner,
        status="published",
        title=f"Club {study_id}",
        created_at=AT,
        updated_at=AT,
        published_at=AT,
        answers={"strategies": FieldAnswer("strategies", strategies, owner, AT)},
    )
    await store.case_studies.import_case_study(study, facets={"strategy": strategies})


async def card_of(bot: Bot, strategy_id: str) -> Json:
    return await bot.command("/strategies", strategy_id)


async def read(bot: Bot, slack: Slack) -> Place:
    """The first case study of the library, read on top of it."""
    await bot.command("/casestudy", "list")
    await bot.press(shown_view(slack.last("views.open")["view"]), "Read")
    return shown_view(slack.last("views.push")["view"])


async def test_a_card_says_how_many_used_it_and_lists_them(bot: Bot, slack: Slack, store: Store) -> None:
    await publish(store, "s1", "trust-1")
    one = await card_of(bot, "trust-1")
    assert "1 case study used this strategy." in words_of(one["blocks"])
    assert "1 case study used this strategy." in one["text"]

    await publish(store, "s2", "trust-1", "trust-2")
    card = await card_of(bot, "trust-1")
    assert "2 case studies used this strategy." in words_of(card["blocks"])
    await bot.press(shown_message(card, private=True), "Case studies")
    library = slack.last("views.open")["view"]
    words = words_of(library["blocks"])
    assert "Found: 2 case studies, newest first." in words
    assert "Filters: Strategy: " in words
    assert labels_of(library["blocks"]).count("Read") == 2


async def test_a_card_that_nobody_used_says_nothing_of_it(bot: Bot, store: Store) -> None:
    await publish(store, "s1", "trust-1")
    card = await card_of(bot, "trust-2")
    assert "used this strategy" not in words_of(card["blocks"])
    assert "Case studies" not in labels_of(card["blocks"])


async def test_in_a_modal_the_list_takes_the_cards_place(bot: Bot, slack: Slack, store: Store) -> None:
    await publish(store, "s1", "trust-1")
    place = shown_view({"type": "modal", "blocks": [], "title": {"type": "plain_text", "text": "Strategy"}})
    await bot.act(place, {"type": "button", "action_id": STUDIES_USING, "value": "trust-1"})
    assert "Club s1" in words_of(slack.last("views.update")["view"]["blocks"])


async def test_saving_keeps_the_number_on_the_card(bot: Bot, slack: Slack, store: Store) -> None:
    await publish(store, "s1", "trust-1")
    await bot.press(shown_message(await card_of(bot, "trust-1"), private=True), "Save")
    for label in ("Remove from saved", "Save"):
        card = slack.last("response_url")
        assert "1 case study used this strategy." in words_of(card["blocks"])
        await bot.press(shown_message(card, private=True), label)


async def test_people_of_other_workspaces_get_neither_number_nor_list(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await publish(store, "s1", "trust-1")
    place = shown_message(await card_of(bot, "trust-1"), private=True)
    await bot.act(place, {"type": "button", "action_id": CARD_OPEN, "value": "trust-1"}, user=PIA)
    card = slack.last("response_url")
    assert "Id: trust-1" in words_of(card["blocks"])
    assert "used this strategy" not in words_of(card["blocks"])
    old = {"type": "button", "action_id": STUDIES_USING, "value": "trust-1"}
    await bot.act(shown_message(card, private=True), old, user=PIA)
    assert "Club s1" not in str(slack.calls)
    assert "The library belongs to the workspace" in str(slack.calls)


async def test_a_card_that_everybody_sees_has_no_number(bot: Bot, slack: Slack, store: Store) -> None:
    await publish(store, "s1", "trust-1")
    await bot.event(mention_event("trust-1", channel=CHANNEL))
    shown = slack.last("chat.postMessage")
    assert "used this strategy" not in words_of(shown["blocks"])


async def test_a_case_study_opens_the_cards_of_its_strategies(bot: Bot, slack: Slack, store: Store) -> None:
    await publish(store, "s1", "trust-1", "gone-9")
    reading = await read(bot, slack)
    assert labels_of(reading.blocks).count("Show") == 1
    assert "• gone-9" in words_of(reading.blocks)
    await bot.press(reading, "Show")
    card = shown_view(slack.last("views.push")["view"])
    assert "Id: trust-1" in words_of(card.blocks)
    assert "1 case study used this strategy." in words_of(card.blocks)
    assert labels_of(card.blocks) == ["Save"]  # a fourth modal on top is more than Slack takes
    await bot.press(card, "Save")
    card = shown_view(slack.last("views.update")["view"])
    assert labels_of(card.blocks) == ["Remove from saved"]
    assert await store.lookups.list_saved(TEAM, Person(TEAM, ANNA.id)) == ["trust-1"]


async def test_a_strategy_that_is_gone_is_said(bot: Bot, slack: Slack, store: Store) -> None:
    await publish(store, "s1", "trust-1")
    reading = await read(bot, slack)
    await bot.act(reading, {"type": "button", "action_id": READ_STRATEGY, "value": "gone-9"})
    assert "gone-9" in words_of(slack.last("views.push")["view"]["blocks"])
