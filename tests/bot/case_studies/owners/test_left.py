"""An admin finds what people who have left still own, and hands it on."""

import asyncio
from datetime import timedelta

import pytest

from bot.blocks import as_dicts
from bot.case_studies import ids
from bot.case_studies.owners.left import MOST_SHOWN
from bot.handover import LEFT_BEHIND
from bot.home.roles_shelf import curating_row
from storage.store import Store
from tests.bot.case_studies.examples import AT, COMPLETE, WHO, make_study, person
from tests.bot.case_studies.steps import on_top
from tests.bot.case_studies.test_refusals import press_of
from tests.slack import ANNA, BEN, PIA, TEAM, Bot, Json, Place, Slack, User, labels_of, shown_view, words_of

CLARA = User("U0CLARA")
HOME = shown_view({"type": "home", "blocks": []})


@pytest.fixture(autouse=True)
def users(slack: Slack) -> None:
    slack.users |= {
        CLARA.id: {"is_admin": True},
        ANNA.id: {"deleted": True},
        PIA.id: {"team_id": PIA.team_id},
    }


async def look(bot: Bot, slack: Slack, user: User = CLARA) -> Place:
    """Press the button and wait for the list."""
    await bot.act(HOME, press_of(LEFT_BEHIND, ""), user=user)
    async with asyncio.timeout(10):
        while not slack.called("views.update"):  # noqa: ASYNC110 - the stand-in for Slack tells nobody
            await asyncio.sleep(0.02)
    return shown_view(slack.last("views.update")["view"])


async def test_an_admin_sees_titles_and_hands_on(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.create_case_study(make_study(WHO, status="draft"))
    await store.case_studies.import_case_study(make_study(study_id="s2", title="Walk to school"))
    await store.case_studies.import_case_study(make_study(study_id="s3", title="Bens", owner=person(BEN)))
    found = await look(bot, slack)
    opened, updated = slack.last("views.open")["view"], slack.last("views.update")
    assert "This takes a few seconds." in words_of(opened["blocks"])
    assert updated["external_id"] == opened["external_id"]
    words = words_of(found.blocks)
    assert "Saturday breakfast club" in words
    assert "Owner: <@U0ANNA>. A draft" in words
    assert "Walk to school" in words
    assert "Bens" not in words
    assert str(WHO["organization"]) not in words

    await bot.press(found, "Hand it on", CLARA)
    form = on_top(slack, found)
    before = len(slack.called("views.update"))
    answer = await bot.submit(form, {ids.OWNER_FIELD: PIA.id}, CLARA)
    assert answer["view"]["title"]["text"] == "Handed on"
    assert len(slack.called("views.update")) == before
    owners = {study.id: study.owner.user_id async for study in store.case_studies.all_case_studies(TEAM)}
    assert sorted(owners.values()) == [ANNA.id, BEN.id, PIA.id]


async def test_when_everybody_is_there_nothing_is_left(bot: Bot, slack: Slack, store: Store) -> None:
    slack.users[ANNA.id] = {}
    await store.case_studies.import_case_study(make_study())
    found = await look(bot, slack)
    assert "There is nothing to hand on." in words_of(found.blocks)
    assert labels_of(found.blocks) == []


async def test_a_long_list_says_that_there_are_more(bot: Bot, slack: Slack, store: Store) -> None:
    for number in range(MOST_SHOWN + 1):
        study = make_study(COMPLETE, study_id=f"s{number}", at=AT + timedelta(hours=number))
        await store.case_studies.import_case_study(study)
    found = await look(bot, slack)
    assert labels_of(found.blocks) == ["Hand it on"] * MOST_SHOWN
    assert f"The first {MOST_SHOWN}." in words_of(found.blocks)


@pytest.mark.parametrize("user", [BEN, PIA], ids=["colleague", "partner"])
async def test_nobody_else_sees_it(bot: Bot, slack: Slack, store: Store, user: User) -> None:
    await store.case_studies.create_case_study(make_study(WHO, status="draft"))
    await bot.act(HOME, press_of(LEFT_BEHIND, ""), user=user)
    told = slack.last("views.open")["view"]
    assert "Only an admin of this workspace, or a curator whom an admin names" in words_of(told["blocks"])
    assert slack.called("views.update") == []


async def test_when_slack_does_not_say_who_is_there_that_is_told(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.case_studies.import_case_study(make_study())
    await look(bot, slack)  # from now on Clara is known to be an admin
    slack.calls.clear()
    slack.refuse["users.info"] = "missing_scope"
    found = await look(bot, slack)
    assert "this reference: " in words_of(found.blocks)


async def test_the_admins_help_and_app_home_lead_there(bot: Bot, slack: Slack) -> None:
    answer: Json = await bot.command("/commonground", user=CLARA)
    assert "Case studies of people who have left" in labels_of(answer["blocks"])
    answer = await bot.command("/commonground", user=BEN)
    assert "Case studies of people who have left" not in labels_of(answer["blocks"])
    home = shown_view({"type": "home", "blocks": as_dicts(curating_row())})
    await bot.press(home, "Look for them", CLARA)
    assert slack.last("views.open")["view"]["title"]["text"] == "Left behind"
