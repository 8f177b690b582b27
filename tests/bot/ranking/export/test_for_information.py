"""A request for information: an admin finds any ranking that has ended, and exports it, without names too."""

import io
import json
from dataclasses import replace

import docx
import pytest

from bot.handover import ENDED_RANKINGS
from bot.panels import panel_modal
from bot.ranking import ids
from bot.ranking.export.views import UNNAMED_TICK
from bot.ranking.listing.ended import A_PAGE, NOTHING, ended_panel
from sandbox.limits import view_faults
from storage.records.people import Person
from storage.records.rankings import Rules
from storage.store import Store
from tests.bot.ranking.clockwork import Clockwork
from tests.bot.ranking.export.ordering import ALL
from tests.bot.ranking.stored import NAMES, RANKING, at, person, store_ranking
from tests.slack import ANNA, BEN, PIA, TEAM, Bot, Place, Slack, User, labels_of, shown_view, words_of

CLARA = User("U0CLARA")
"""An admin who took no part."""
HOME = shown_view({"type": "home", "blocks": []})
TITLE = "What good joint work leads to"


@pytest.fixture(autouse=True)
def admin(slack: Slack) -> None:
    slack.users[CLARA.id] = {"is_admin": True}


async def ended(bot: Bot, slack: Slack, user: User = CLARA) -> Place:
    await bot.act(HOME, {"type": "button", "block_id": "b", "action_id": ENDED_RANKINGS}, user)
    return shown_view(slack.last("views.open", "views.push")["view"])


async def export(bot: Bot, slack: Slack, clock: Clockwork, *ticked: str) -> dict[str, bytes]:
    await bot.press(await ended(bot, slack), "Export", CLARA)
    form = shown_view(slack.last("views.push")["view"])
    await bot.submit(form, {ids.FORMS_FIELD: ALL, ids.UNNAMED_FIELD: list(ticked)}, CLARA)
    await clock.run()
    return slack.uploads


async def test_an_admin_finds_it_in_the_list_and_has_it_whole(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    await store_ranking(store)
    files = await export(bot, slack, clock)
    record = json.loads(files["what-good-joint-work-leads-to-record.json"])["record"]
    assert {member["name"] for member in record["members"]} == {name for name, _ in NAMES.values()}
    line = (await store.audit.list_entries(TEAM, limit=1))[0]
    assert (line.kind, line.actor, line.subject) == ("exported", Person(TEAM, CLARA.id), RANKING)
    assert line.detail["unnamed"] is False


@pytest.mark.parametrize("anonymous", [False, True])
async def test_without_names_no_file_says_who_it_was(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork, anonymous: bool
) -> None:
    await store_ranking(store, rules=Rules(anonymous=anonymous), status=None)
    await store.rankings.mark_left(TEAM, RANKING, person(PIA), actor=person(ANNA), at=at(200))
    last = (await store.rankings.list_stages(TEAM, RANKING))[-1]
    await store.rankings.end_ranking(TEAM, RANKING, last.seq, "undecided", (), at(201), [])
    files = await export(bot, slack, clock, UNNAMED_TICK)
    traces = [*(name for name, _ in NAMES.values()), *(user.id for user in NAMES)]
    for name, content in files.items():
        text = content.decode(errors="replace")
        if name.endswith(".docx"):
            document = docx.Document(io.BytesIO(content))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            text = "\n".join(
                [
                    *(paragraph.text for paragraph in document.paragraphs),
                    *cells,
                    str(document.core_properties.author),
                ]
            )
        assert not [trace for trace in traces if trace in text], name
    record = json.loads(files["what-good-joint-work-leads-to-record.json"])["record"]
    assert sorted(member["name"] for member in record["members"]) == [f"Person {n}" for n in range(1, 6)]
    assert record["facilitator"].startswith("Person ")
    said = "".join(call.get("alt_txt", "") for call in slack.called("files.getUploadURLExternal"))
    assert not [trace for trace in traces if trace in said]


async def test_only_admins_see_the_list(bot: Bot, slack: Slack, store: Store) -> None:
    await store_ranking(store)
    for user in (BEN, PIA):
        refused = await ended(bot, slack, user)
        assert "Only an admin of this workspace" in words_of(refused.blocks)
        assert TITLE not in words_of(refused.blocks)


async def test_open_ones_are_not_in_it(bot: Bot, slack: Slack, store: Store) -> None:
    await store_ranking(store, until="rank", status=None)
    assert NOTHING in words_of((await ended(bot, slack)).blocks)


async def test_the_list_is_turned(bot: Bot, slack: Slack, store: Store) -> None:
    await store_ranking(store)
    ranking = await store.rankings.get_ranking(TEAM, RANKING)
    (stage, *_) = await store.rankings.list_stages(TEAM, RANKING)
    assert ranking is not None
    for number in range(A_PAGE):
        one = replace(
            ranking, id=f"x{number}", title=f"Ranking {number}", status="open", ended_at=None, outcome=()
        )
        await store.rankings.create_ranking(one, replace(stage, ranking_id=one.id, closed_at=None), [])
        await store.rankings.end_ranking(TEAM, one.id, 1, "cancelled", (), at(1000 + number), [])
    first = await ended(bot, slack)
    assert labels_of(first.blocks).count("Export") == A_PAGE
    assert TITLE not in words_of(first.blocks)
    await bot.press(first, "Older rankings", CLARA)
    second = shown_view(slack.last("views.update")["view"])
    assert TITLE in words_of(second.blocks)
    await bot.press(second, "Newer rankings", CLARA)
    assert TITLE not in words_of(shown_view(slack.last("views.update")["view"]).blocks)
    large = replace(ranking, title="&" * 300)
    assert view_faults(panel_modal(ended_panel([large] * (A_PAGE + 1), A_PAGE))) == []
