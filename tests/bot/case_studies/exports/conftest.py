"""A published case study, a draft, and a clock that makes what was ordered."""

import pytest

from bot.settings import Settings
from knowledge.model import Library
from storage.store import Store
from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.examples import make_study, person
from tests.bot.case_studies.exports.exporting import DIRECT
from tests.slack import ANNA, BEN, CHANNEL, Slack


@pytest.fixture
async def published(store: Store, slack: Slack) -> None:
    await store.case_studies.import_case_study(make_study())
    await store.case_studies.create_case_study(
        make_study(study_id="s2", status="draft", title="Secret", owner=person(BEN))
    )
    slack.answers["conversations.open"] = {"channel": {"id": DIRECT}}
    slack.answers["users.info"] = {"user": {"id": ANNA.id, "profile": {"real_name": "Anna Example"}}}
    slack.answers["conversations.info"] = {"channel": {"id": CHANNEL, "is_member": True}}


@pytest.fixture
def clock(store: Store, library: Library, settings: Settings) -> Clockwork:
    return Clockwork(store, library, settings)
