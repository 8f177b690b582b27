"""A request for information: an admin exports a case study with its history, and without names."""

import io
from datetime import datetime, timedelta

import docx
import pytest

from bot.case_studies import ids
from bot.case_studies.exports.archive import check_archive
from bot.case_studies.exports.views import WITH_HISTORY, WITHOUT_NAMES
from bot.case_studies.exports.withdrawn import A_PAGE, NOTHING
from bot.handover import WITHDRAWN_STUDIES
from bot.settings import Settings
from knowledge.model import Library
from storage.records.case_study_sections import SectionRequest
from storage.store import Store
from tests.bot.case_studies.clockwork import Clockwork
from tests.bot.case_studies.examples import AT, COMPLETE, make_study, person
from tests.bot.case_studies.steps import last_view
from tests.bot.case_studies.test_refusals import press_of
from tests.slack import ANNA, BEN, PIA, TEAM, Bot, Place, Slack, User, labels_of, shown_view, words_of

CLARA = User("U0CLARA")
"""An admin who has no part in anything."""
NAMES = {ANNA.id: "Anna Example", BEN.id: "Ben Example", PIA.id: "Pia Example"}
STEM = "saturday-breakfast-club"


def at(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


@pytest.fixture
def clock(store: Store, library: Library, settings: Settings) -> Clockwork:
    return Clockwork(store, library, settings)


@pytest.fixture(autouse=True)
async def lived(slack: Slack, store: Store) -> None:
    """Anna and Ben wrote it, Pia asked for changes; it was published all the same, and withdrawn."""
    for user in (ANNA, BEN, PIA):
        slack.users[user.id] = {"team_id": user.team_id, "profile": {"real_name": NAMES[user.id]}}
    slack.users[CLARA.id] = {"is_admin": True}
    studies = store.case_studies
    await studies.create_case_study(make_study(COMPLETE, status="draft"))
    request = SectionRequest(TEAM, "s1", "why", person(BEN), person(ANNA), at(1), note="The reasons, please")
    await store.sections.ask_section(request)
    said = f"Because. See https://files.example/{BEN.id}/F1"
    await studies.save_fields(TEAM, "s1", {"aims": "A first text"}, author=person(ANNA), at=at(2))
    await studies.save_fields(TEAM, "s1", {"aims": said}, author=person(BEN), at=at(3))
    await studies.request_review(TEAM, "s1", reviewer=person(PIA), by=person(ANNA), at=at(4), messages=[])
    await studies.decide_review(
        TEAM, "s1", "changes_wanted", by=person(PIA), note="Shorter, please", at=at(5), messages=[]
    )
    await studies.publish_case_study(TEAM, "s1", at(6))
    await studies.withdraw_case_study(TEAM, "s1", reason="A family asked", by=person(ANNA), at=at(7))


async def withdrawn_list(bot: Bot, slack: Slack, user: User = CLARA) -> Place:
    await bot.act(shown_view({"type": "home", "blocks": []}), press_of(WITHDRAWN_STUDIES, ""), user=user)
    return last_view(slack)


async def export(bot: Bot, slack: Slack, clock: Clockwork, *wishes: str) -> dict[str, str]:
    """What the admin is sent, each file as its text."""
    await bot.press(await withdrawn_list(bot, slack), "Export", CLARA)
    values = {ids.FORMS_FIELD: ["word", "markdown", "json"], ids.WISHES_FIELD: list(wishes)}
    await bot.submit(last_view(slack), values, user=CLARA)
    for _ in range(3):
        await clock.look()
    document = docx.Document(io.BytesIO(slack.uploads[f"{STEM}.docx"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    author = str(document.core_properties.author)
    return {
        "word": "\n".join([*paragraphs, *cells, author]),
        "markdown": slack.uploads[f"{STEM}.md"].decode(),
        "json": slack.uploads[f"{STEM}.json"].decode(),
    }


async def test_an_admin_has_what_was_withdrawn_with_everything_that_happened(
    bot: Bot, slack: Slack, store: Store, clock: Clockwork
) -> None:
    files = await export(bot, slack, clock, WITH_HISTORY)
    for form in ("word", "markdown"):
        for told in (
            "Anna Example asked Ben Example to write",
            "The reasons, please",
            "A first text",
            "Anna Example asked Pia Example to approve it.",
            "Pia Example asked for changes.",
            "Shorter, please",
            "Anna Example published it.",
            "Anna Example withdrew it.",
            "A family asked",
        ):
            assert told in files[form], (form, told)
    assert files["word"].index("A first text") < files["word"].index("Shorter, please")
    line = (await store.audit.list_entries(TEAM, limit=1))[0]
    assert (line.kind, line.actor, line.subject) == ("exported", person(CLARA), "s1")
    assert (line.detail["history"], line.detail["unnamed"]) == (True, False)


async def test_without_names_no_file_says_who_it_was(bot: Bot, slack: Slack, clock: Clockwork) -> None:
    files = await export(bot, slack, clock, WITH_HISTORY, WITHOUT_NAMES)
    for form, text in files.items():
        for trace in (*NAMES, *NAMES.values()):
            assert trace not in text, (form, trace)
        mark = "-" if form == "json" else " "
        for number in (1, 2, 3):
            assert f"Person{mark}{number}" in text
    assert check_archive(io.StringIO(files["json"])) == 1
    assert "Shorter, please" in files["json"]


async def test_without_its_history_only_what_it_says_is_there(
    bot: Bot, slack: Slack, clock: Clockwork
) -> None:
    files = await export(bot, slack, clock)
    assert "A first text" not in files["word"] + files["markdown"]
    assert "A first text" in files["json"], "JSON holds everything, as it says in the form"


async def test_only_admins_list_and_export_what_was_withdrawn(bot: Bot, slack: Slack) -> None:
    for user in (BEN, PIA):
        refused = await withdrawn_list(bot, slack, user)
        assert "Only an admin of this workspace" in words_of(refused.blocks)
    stranger = User("U0DORA")
    await bot.act(shown_view({"type": "home", "blocks": []}), press_of(ids.OPEN_EXPORT, "s1"), user=stranger)
    assert "was withdrawn on" in words_of(last_view(slack).blocks)


async def test_an_admin_has_no_draft_of_others(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.create_case_study(make_study(COMPLETE, study_id="s2", status="draft"))
    await bot.act(shown_view({"type": "home", "blocks": []}), press_of(ids.OPEN_EXPORT, "s2"), user=CLARA)
    assert "There is no such case study for you" in words_of(last_view(slack).blocks)


async def test_history_is_offered_to_those_who_may_have_it(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.import_case_study(make_study(COMPLETE, study_id="s3", title="Other"))
    for user, offered in ((CLARA, True), (ANNA, True), (BEN, False)):
        home = shown_view({"type": "home", "blocks": []})
        await bot.act(home, press_of(ids.OPEN_EXPORT, "s3"), user=user)
        assert ("With its history" in str(last_view(slack).blocks)) == offered


async def test_the_list_is_turned_and_may_be_empty(bot: Bot, slack: Slack, store: Store) -> None:
    for number in range(A_PAGE):
        study_id = f"w{number}"
        await store.case_studies.import_case_study(make_study(COMPLETE, study_id=study_id, title=study_id))
        await store.case_studies.withdraw_case_study(
            TEAM, study_id, reason="", by=person(ANNA), at=at(20 + number)
        )
    first = await withdrawn_list(bot, slack)
    assert labels_of(first.blocks).count("Export") == A_PAGE
    await bot.press(first, "More case studies", CLARA)
    second = last_view(slack)
    assert "Saturday breakfast club" in words_of(second.blocks)
    await bot.press(second, "Previous case studies", CLARA)
    assert labels_of(last_view(slack).blocks).count("Export") == A_PAGE


async def test_nothing_withdrawn_is_said(bot: Bot, slack: Slack, store: Store) -> None:
    await store.retention.remove_old(TEAM, "withdrawn", 1, at(60 * 48))
    assert NOTHING in words_of((await withdrawn_list(bot, slack)).blocks)
