"""A case study outlives its owner: handed on by an admin to a partner, who withdraws it; the card follows."""

from dataclasses import replace

from sandbox.harness import Harness
from sandbox.state import Message
from storage.open import open_store
from storage.records.people import Person
from tests.bot.case_studies.examples import COMPLETE, make_study
from tests.e2e.case_study import own_messages, share, until_modal_says, until_told
from tests.e2e.ranking import CHANNEL, DEV, ORLA, RUTH, ZOFIA, close_modal

HOME, TITLE = "T0MARLBROOK", "Saturday breakfast"


async def publish(database_url: str) -> None:
    """Dev's case study, as if published some time ago."""
    owner = Person(HOME, DEV)
    study = make_study(title=TITLE, owner=owner)
    store = await open_store(database_url)
    await store.case_studies.import_case_study(replace(study, workspace_id=HOME))
    await store.close()


async def until_card_says(harness: Harness, words: str) -> Message:
    """Wait until the newest card in the channel says this, as somebody sees it."""

    def look() -> Message | None:
        cards = [one for one in harness.bot_messages(RUTH, CHANNEL) if TITLE in one.text]
        return cards[-1] if cards and words in cards[-1].text else None

    return await harness.until(look, f"a card that says “{words}”")


async def test_a_case_study_outlives_its_owner_and_leaves_a_stub(harness: Harness, database_url: str) -> None:
    await publish(database_url)
    await harness.acts.run_command(DEV, CHANNEL, "/casestudy list")
    await harness.click(DEV, "Read")
    await share(harness, DEV, CHANNEL)
    card = await until_card_says(harness, str(COMPLETE["aims"]))

    harness.acts.close_account(DEV)
    await harness.acts.run_command(ORLA, CHANNEL, "/commonground")
    await harness.click(ORLA, "Case studies of people who have left")
    await until_modal_says(harness, ORLA, "have left. Hand each on")
    await harness.click(ORLA, "Hand it on")
    await harness.fill(ORLA, "owner", ZOFIA)
    assert await harness.submit(ORLA) == {}
    await until_told(harness, ZOFIA, f"<@{ORLA}> has made you the owner of this case study.")
    await close_modal(harness, ORLA)

    await harness.click(ZOFIA, "Change it", own_messages(harness, ZOFIA))
    await harness.click(ZOFIA, "Withdraw it")
    await harness.fill(ZOFIA, "withdrawal_reason", "The family asked us to.")
    assert list(await harness.submit(ZOFIA)) == ["sure"]
    await harness.fill(ZOFIA, "sure", ["sure"])
    assert await harness.submit(ZOFIA) == {}
    await harness.kill_bot()
    await harness.start_bot()

    stub = await until_card_says(harness, "withdrawn on")
    assert stub.ts == card.ts
    assert "The family asked us to." in stub.text
    assert str(COMPLETE["aims"]) not in stub.text
    assert harness.find_button(RUTH, "Read it all", CHANNEL) is None
    await until_told(harness, ZOFIA, "It has been withdrawn. You can still read it.")
    await harness.click(ZOFIA, "Read it", own_messages(harness, ZOFIA))
    await until_modal_says(harness, ZOFIA, str(COMPLETE["aims"]))
