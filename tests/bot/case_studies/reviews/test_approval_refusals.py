"""Who may not approve, and what is asked for first."""

from datetime import UTC, datetime

import pytest

from bot.case_studies import ids
from bot.delivery.publisher import Publisher
from storage.records.audit import NOBODY
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.bot.at_work import sent
from tests.bot.case_studies.examples import AT, WHO, make_study, person
from tests.bot.case_studies.reviews.asking import ALL, approval, asked, overview_of, study_of
from tests.bot.case_studies.steps import last_view, on_top
from tests.bot.case_studies.test_refusals import ROOT, press_of, told
from tests.slack import (
    ANNA,
    BEN,
    PIA,
    TEAM,
    Bot,
    Slack,
    words_of,
)

__all__ = ["approval"]


@pytest.mark.parametrize("action_id", [ids.APPROVE, ids.OPEN_CHANGES])
async def test_the_author_cannot_approve(bot: Bot, slack: Slack, store: Store, action_id: str) -> None:
    await asked(bot, slack, store)
    before = await study_of(store)
    await bot.act(ROOT, press_of(action_id, "s1"), user=ANNA)
    assert "You own this case study or wrote some of it, so you cannot approve it." in told(slack)
    assert await study_of(store) == before


async def test_a_reviewer_who_has_written_in_it_since_cannot_approve(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await asked(bot, slack, store)
    await store.case_studies.save_fields(TEAM, "s1", {"aims": "Ben's"}, author=person(BEN), at=AT)
    await bot.act(ROOT, press_of(ids.APPROVE, "s1"), user=BEN)
    assert "so you cannot approve it" in told(slack)
    assert not await store.case_studies.is_approved(TEAM, "s1")


@pytest.mark.parametrize("action_id", [ids.APPROVE, ids.OPEN_CHANGES])
async def test_whoever_is_not_asked_learns_nothing(
    bot: Bot, slack: Slack, store: Store, action_id: str
) -> None:
    await bot.act(ROOT, press_of(action_id, "s1"), user=PIA)
    none_at_all = told(slack)
    await asked(bot, slack, store)
    before = await study_of(store)
    await bot.act(ROOT, press_of(action_id, "s1"), user=PIA)
    assert told(slack) == none_at_all
    assert "This review is not asked of you" in none_at_all
    assert await study_of(store) == before


async def test_a_decision_is_made_once(bot: Bot, slack: Slack, store: Store) -> None:
    await asked(bot, slack, store)
    await bot.act(ROOT, press_of(ids.OPEN_CHANGES, "s1"), user=BEN)
    form = last_view(slack)
    await bot.act(ROOT, press_of(ids.APPROVE, "s1"), user=BEN)
    answer = await bot.submit(form, {ids.REASON_FIELD: "Too late"}, user=BEN)
    assert "or not any more" in words_of(answer["view"]["blocks"])
    assert await store.case_studies.is_approved(TEAM, "s1")


async def test_a_form_from_before_approval_was_asked_for_asks_for_a_reviewer(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.settings.change(TEAM, lambda _: WorkspaceSettings(), by=NOBODY, at=datetime.now(UTC))
    await store.case_studies.create_case_study(make_study(status="draft"))
    overview = await overview_of(bot, slack)
    await bot.press(overview, "Publish")
    await store.settings.change(
        TEAM, lambda _: WorkspaceSettings(approval_required=True), by=NOBODY, at=datetime.now(UTC)
    )
    answer = await bot.submit(on_top(slack, overview), {ids.CHECKS_FIELD: ALL})
    assert "Who is to approve it" in words_of(answer["view"]["blocks"])
    assert (await study_of(store)).status == "draft"


async def test_what_is_missing_is_asked_for_before_a_reviewer(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.create_case_study(make_study(WHO, status="draft"))
    overview = await overview_of(bot, slack)
    await bot.press(overview, "Ask for approval")
    assert "Not published yet" in words_of(last_view(slack).blocks)


async def test_a_deleted_draft_is_said_in_the_message(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await asked(bot, slack, store)
    await sent(publisher, slack, "asks you to approve")
    await bot.act(ROOT, press_of(ids.DELETE, "s1"), user=ANNA)
    assert await sent(publisher, slack, "This draft has been deleted.")
