"""Everybody sees what is kept of them, has a copy sent, and sees nothing of anybody else."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from bot.privacy.erasing.views import erasing_modal
from bot.privacy.mine.views import mine_modal
from sandbox.limits import view_faults
from storage.records.privacy import Holdings, OfferedStudy, OfferedTexts, Offers
from storage.store import Store
from tests.bot.case_studies.examples import COMPLETE, make_study, person
from tests.bot.clockwork import WholeClock
from tests.bot.privacy.steps import my_data
from tests.slack import ANNA, BEN, PIA, TEAM, Bot, Slack, shown_message, shown_view, words_of

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MANY = Offers(
    (OfferedStudy("&" * 300, (person(BEN),) * 40),) * 40, (OfferedTexts("&" * 300, person(PIA)),) * 40
)


def holdings(number: int) -> Holdings:
    return Holdings(*[number] * len(Holdings.__slots__))


async def fill(store: Store) -> None:
    await store.lookups.save_strategy(TEAM, person(ANNA), "trust-2", NOW)
    await store.people.set_agency(TEAM, person(ANNA), "Harbour *Health*")
    await store.case_studies.import_case_study(make_study(COMPLETE, status="draft"))
    bens = replace(make_study({"aims": "Of Ben alone"}, status="draft", owner=person(BEN)), id="bens")
    await store.case_studies.import_case_study(bens)
    await store.case_studies.save_fields(TEAM, "bens", {"aims": "By Anna"}, author=person(ANNA), at=NOW)


async def test_numbers_come_first(bot: Bot, slack: Slack, store: Store) -> None:
    await fill(store)
    said = words_of((await my_data(bot, slack)).blocks)
    for line in (
        "Your agency: Harbour *Health*",
        "1 saved strategy",
        "1 draft that you own",
        "1 text of yours",
    ):
        assert line in said
    assert "saved" not in words_of((await my_data(bot, slack, BEN)).blocks)


async def test_a_copy_holds_what_is_ones_own_and_nothing_of_others(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock
) -> None:
    await fill(store)
    await bot.press(await my_data(bot, slack), "Send me a copy")
    await clock.look()
    data = json.loads(slack.uploads["my-data.json"])
    assert (data["format"], data["version"]) == ("commonground.my_data", 1)
    assert data["person"] == [TEAM, ANNA.id]
    assert data["saved_strategies"][0]["strategy_id"] == "trust-2"
    assert "By Anna" in json.dumps(data)
    readable = slack.uploads["my-data.md"].decode()
    assert "Harbour \\*Health\\*" in readable
    assert "By Anna" in readable
    for content in slack.uploads.values():
        assert b"Of Ben alone" not in content
    assert slack.last("files.completeUploadExternal")["channel_id"] == "D0ANNA"
    line = (await store.audit.list_entries(TEAM, limit=1))[0]
    assert (line.kind, line.detail, line.actor) == ("exported", {"what": "my_data"}, person(ANNA))


async def test_a_partner_has_theirs_from_app_home(
    bot: Bot, slack: Slack, store: Store, clock: WholeClock
) -> None:
    await store.lookups.save_strategy(TEAM, person(PIA), "trust-2", NOW)
    place = shown_message({"blocks": []}, private=True)
    action = {"type": "button", "block_id": "b", "action_id": "privacy.mine.open", "value": ""}
    await bot.act(place, action, user=PIA)
    mine = shown_view(slack.last("views.open")["view"])
    assert "1 saved strategy" in words_of(mine.blocks)
    await bot.press(mine, "Send me a copy", user=PIA)
    await clock.look()
    assert json.loads(slack.uploads["my-data.json"])["person"] == [PIA.team_id, PIA.id]


def test_views_stay_within_slacks_limits_empty_and_at_their_largest() -> None:
    for held in (
        holdings(0),
        holdings(1),
        holdings(10**9),
        replace(holdings(7), open_run=0, published_alone=0),
    ):
        for view in (
            mine_modal(held, None),
            mine_modal(held, "&" * 75),
            erasing_modal(held, Offers()),
            erasing_modal(held, MANY),
            erasing_modal(held, MANY, person(BEN)),
        ):
            assert view_faults(view) == []
