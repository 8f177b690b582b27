"""A case study that waits for a second person, where approval is asked for."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.case_studies import ids
from bot.case_studies.publishing.checks import CHECKS
from storage.records.audit import NOBODY
from storage.records.case_studies import CaseStudy
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.bot.case_studies.examples import AT, make_study, person
from tests.bot.case_studies.steps import last_view, on_top
from tests.slack import (
    ANNA,
    BEN,
    TEAM,
    Bot,
    Json,
    Place,
    Slack,
    User,
)

ALL = list(CHECKS)
ANSWERS = ["Read", "Approve", "Ask for changes"]


@pytest.fixture(autouse=True)
async def approval(store: Store) -> None:
    await store.settings.change(
        TEAM, lambda _: WorkspaceSettings(approval_required=True), by=NOBODY, at=datetime.now(UTC)
    )


async def study_of(store: Store) -> CaseStudy:
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    return study


async def overview_of(bot: Bot, slack: Slack) -> Place:
    await bot.command("/casestudy")
    await bot.press(last_view(slack), "Go on")
    return last_view(slack)


async def check_of(bot: Bot, slack: Slack, store: Store) -> Place:
    await store.case_studies.create_case_study(make_study(status="draft"))
    overview = await overview_of(bot, slack)
    await bot.press(overview, "Ask for approval")
    return on_top(slack, overview)


async def ask(bot: Bot, check: Place, reviewer: User = BEN, checks: Sequence[str] = ALL) -> Json:
    slack_team = {"team_id": reviewer.team_id}
    bot.slack.users[reviewer.id] = slack_team | bot.slack.users.get(reviewer.id, {})
    return await bot.submit(check, {ids.CHECKS_FIELD: checks, ids.REVIEWER_FIELD: reviewer.id})


async def asked(bot: Bot, slack: Slack, store: Store, reviewer: User = BEN) -> None:
    await ask(bot, await check_of(bot, slack, store), reviewer)
    assert (await study_of(store)).reviewer == person(reviewer)


async def change(store: Store) -> None:
    await store.case_studies.save_fields(
        TEAM, "s1", {"aims": "Something else"}, author=person(ANNA), at=AT + timedelta(days=1)
    )
