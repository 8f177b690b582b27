"""Somebody who did everything there is has themselves erased: only the stated traces stay, anywhere."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.publisher import Publisher
from bot.privacy.erasing.views import BEGUN
from bot.privacy.erasing.work import DONE, EMPTY_HOME
from knowledge.model import Library
from storage.data_sheet.sheet import schema
from storage.store import Store
from tests.bot.at_work import publish
from tests.bot.clockwork import WholeClock
from tests.bot.privacy.everything import AGENCY, MARK, MISS, REAL_NAME, do_everything, rank
from tests.bot.privacy.everywhere import analyse, exports, in_hand, logged, not_cleared, told_others
from tests.bot.privacy.steps import erase
from tests.bot.ranking.running import Run
from tests.slack import ANNA, TEAM, Bot, Slack, words_of
from tests.storage.traces import found_in

TRACES = (ANNA.id, MARK, REAL_NAME)
NOBODYS = {
    "answers": "agency choice complete",
    "audit": "kind subject",
    "case_studies": "last_change status template_id",
    "case_study_answers": "field_id",
    "case_study_changes": "field_id kind number settles",
    "case_study_events": "kind last_change number",
    "case_study_facet_counts": "facet number",
    "case_study_facets": "facet",
    "case_study_sections": "section_id state",
    "case_study_words": "number",
    "deputies": "place",
    "handled_requests": "fingerprint",
    "installations": "app_id bot_id bot_token bot_user_id enterprise_id name refresh_token scopes status "
    "version",
    "message_leases": "holder",
    "messages": "kind parent_id refusal sent_version ts version",
    "misses": "kind times words",
    "organisation_workspaces": "enterprise_id",
    "participants": "place",
    "ranking_events": "kind number",
    "ranking_keys": "secret",
    "rankings": "items outcome rules source status task_id title",
    "saved_strategies": "strategy_id",
    "stages": "answered items kind proposal seq",
    "used_install_states": "fingerprint",
    "work": "attempts kind",
}
"""Columns that name nobody and hold no words of anybody's, or that stay and are said to: titles, statements
and what was looked for in vain. Ids of rows, times, and teams beside a person's id go without saying."""
OF_COURSE = ("workspace_id", "ranking_id", "case_study_id", "seq")


def unspoken(table: str, column: str) -> bool:
    """Whether the column is no place for a person or for words."""
    is_time = column.endswith(("_at", "_until", "_seen")) or column in {"at", "since", "deadline"}
    is_team = column.endswith("team") or column == "team_id"
    is_row = column in OF_COURSE or (column == "id" and table not in {"messages", "work"})
    is_channel = column == "channel_id" and table != "messages"
    return is_time or is_team or is_row or is_channel or column in NOBODYS.get(table, "").split()


async def test_nothing_but_the_stated_is_found_of_somebody_who_did_everything(
    bot: Bot,
    slack: Slack,
    store: Store,
    run: Run,
    clock: WholeClock,
    publisher: Publisher,
    library: Library,
    url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    await do_everything(bot, slack, store, run, library)
    await clock.look()
    await publish(publisher, store)
    slack.refuse["views.publish"] = "not_enabled"
    await store.messages.touch_subject(TEAM, f"home:{TEAM}:{ANNA.id}")
    await publish(publisher, store)
    del slack.refuse["views.publish"]
    analyse(url)
    assert any(MARK.encode() in content.lower() for content in in_hand(url).values())
    assert any(ANNA.id in said for said in told_others(slack))
    slack.users.pop(ANNA.id)  # Slack's own memory of her is no concern of ours
    answer = await erase(bot, slack)
    assert BEGUN in words_of(answer["view"]["blocks"])
    await clock.look()
    assert slack.last("chat.postMessage")["text"] == DONE
    await publish(publisher, store)
    await store.work.claim(datetime.now(UTC) + timedelta(minutes=5), 60, 100)
    await store.privacy.scrub()

    assert found_in(url, *TRACES) == []
    assert not_cleared(url) == []
    places = in_hand(url) | await exports(store, slack, library, run, clock)
    assert len(places) > 40
    places |= {f"in Slack {at}": said.encode() for at, said in enumerate(told_others(slack))}
    places["the log"] = logged(caplog).encode()
    assert places["the log"]
    for place, content in places.items():
        for trace in TRACES:
            assert trace.lower().encode() not in content.lower(), place
    assert EMPTY_HOME in str(slack.shown[ANNA.id])
    # Words looked for in vain stay, and nobody can say whose they were.
    (miss,) = await store.lookups.list_misses(TEAM)
    assert miss.words == MISS


async def test_each_column_that_can_hold_somebody_or_their_words_did(
    bot: Bot, slack: Slack, store: Store, run: Run, library: Library, url: str
) -> None:
    """A new column fails this until somebody is found in it, or it is said that nobody can be."""
    await do_everything(bot, slack, store, run, library)
    # Nobody is erased while they run one, so there she runs none any more.
    await rank(store, "r20", anonymous=False, ended=False, facilitator=ANNA)
    held = {(table, column) for table, column, _ in found_in(url, ANNA.id, MARK, AGENCY)}
    columns = {(table, column) for table, names in schema().items() for column in names}
    said = {(table, column) for table, column in columns if unspoken(table, column)}
    assert columns - said - held == set()
    assert held & said == set()
    named = {(table, column) for table, names in NOBODYS.items() for column in names.split()}
    assert named <= columns
