"""A channel that is told monthly, in the sandbox: the bot is away on the morning, and catches up once."""

from datetime import UTC, datetime
from pathlib import Path

from sandbox.harness import Harness
from sandbox.state import Message
from storage.open import open_store
from storage.records.case_studies import CaseStudy, FieldAnswer
from storage.records.people import Person
from storage.store import Store
from tests.e2e.case_study import until_modal_says
from tests.e2e.days import running_days
from tests.e2e.ranking import CHANNEL, DEV, ORLA, ZOFIA, close_modal

HOME = "T0MARLBROOK"
THURSDAY = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
AFTER_THE_FIRST = datetime(2026, 4, 9, 10, tzinfo=UTC)


async def publish(store: Store, study_id: str, title: str, at: datetime) -> None:
    owner = Person(HOME, ORLA)
    study = CaseStudy(
        workspace_id=HOME,
        id=study_id,
        template_id="good-practice",
        owner=owner,
        status="published",
        title=title,
        created_at=at,
        updated_at=at,
        published_at=at,
        answers={"description": FieldAnswer("description", "Two cooks and a hall.", owner, at)},
    )
    await store.case_studies.import_case_study(study)


def digests(harness: Harness) -> list[Message]:
    """Those that the partner sees in the channel."""
    shown = harness.bot_messages(ZOFIA, CHANNEL)
    return [message for message in shown if message.text.startswith("New case studies.")]


async def test_a_channel_is_told_once_of_what_it_missed_and_stops_it(tmp_path: Path) -> None:
    async with running_days(tmp_path, THURSDAY) as (harness, days):
        await harness.acts.run_command(ORLA, CHANNEL, "/casestudy digest")
        await until_modal_says(harness, ORLA, "On the first working morning of each month")
        await harness.fill(ORLA, "channel", CHANNEL)
        assert await harness.submit(ORLA) == {}
        await until_modal_says(harness, ORLA, "is told from now on what is published")
        await close_modal(harness, ORLA)

        store = await open_store(f"sqlite:///{tmp_path}/commonground.db")
        try:
            await harness.stop_bot()
            await publish(store, "s1", "Saturday breakfast", days.now)
            days.pass_until(AFTER_THE_FIRST)
            await publish(store, "s2", "A shared desk", days.now)
            await harness.start_bot()
            told = await harness.until(lambda: next(iter(digests(harness)), None), "the digest")
            assert "2 case studies" in told.text
            assert "• A shared desk\n• Saturday breakfast" in told.text

            await harness.click(ZOFIA, "Read", CHANNEL, value="s1")
            await until_modal_says(harness, ZOFIA, "Two cooks and a hall.")
            await harness.click(DEV, "Stop this message", CHANNEL)
            private = await harness.until(
                lambda: next(
                    (
                        one
                        for one in harness.bot_messages(DEV, CHANNEL)
                        if "is not told of new case studies any more" in one.text
                    ),
                    None,
                ),
                "what Dev is told",
            )
            assert private not in harness.bot_messages(ZOFIA, CHANNEL)
            assert await store.digests.get_digest(HOME, CHANNEL) is None
            assert len(digests(harness)) == 1
        finally:
            await store.close()
