"""A template of a team's own is one more file: it works at every step, with every kind of field."""

import json
from io import BytesIO
from pathlib import Path
from shutil import copytree

import docx
import pytest

from bot.app import create_app, create_client
from bot.case_studies import ids
from bot.case_studies.exports.transfer import export_case_studies
from bot.case_studies.exports.word import word_file
from bot.case_studies.publishing.checks import CHECKS
from bot.checks import check
from bot.installation import Installation
from bot.settings import Settings
from knowledge.encoder import load_encoder
from knowledge.loader import load_library
from knowledge.model import Library
from knowledge.search import Search
from storage.records.case_studies import CaseStudy
from storage.store import Store
from tests.bot.case_studies.examples import person
from tests.bot.case_studies.steps import last_view, on_top
from tests.own_content import OWN_TEMPLATE, own_content
from tests.slack import ANNA, BEN, TEAM, Bot, Slack, find_action, state_of, words_of

TRIP = {"place": "Larkfield hub", "day": "2026-03-07", "hosts": ["Larkfield Library"], "spent": "20"}
FILE = {"id": "F1", "name": "form.pdf", "permalink": "https://home.slack.com/F1", "size": 9}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content and one file more."""
    return own_content(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def own_library(folder: Path) -> Library:
    return load_library(folder)


@pytest.fixture
def bot(slack: Slack, store: Store, own_library: Library, settings: Settings) -> Bot:
    """The whole app with the team's own content."""
    search = Search(own_library, load_encoder())
    app = create_app(settings, store, own_library, search, Installation(create_client(settings)))
    return Bot(app, slack)


async def only_study(store: Store) -> CaseStudy:
    (study,) = [study async for study in store.case_studies.all_case_studies(TEAM)]
    return study


async def write(bot: Bot, slack: Slack) -> None:
    """Offered, begun, and filled in: the first section by Next, the second by Save."""
    await bot.command("/casestudy")
    start = last_view(slack)
    assert "Visit to another team" in words_of(start.blocks)
    await bot.press(start, "Start", nth=2)
    overview = last_view(slack)
    await bot.press(overview, "Write")
    form = on_top(slack, overview)
    dispatched = {"type": "datepicker", "block_id": "day", "action_id": "day"}
    await bot.act(form, dispatched, state=state_of(form.blocks, {"day": "2026-03-06"}))
    values = {**TRIP, "spent.hours": "6"}
    await bot.act(form, find_action(form.blocks, "Next: Lessons"), state=state_of(form.blocks, values))
    await bot.press(overview, "Write", nth=1)
    form = on_top(slack, overview)
    assert await bot.suggest(form, "used", "trust")
    lessons = {"seen": "Four services behind one desk.", "used": ["trust-2"], "papers": [FILE]}
    assert await bot.submit(form, {**lessons, "mood": ["useful"]}) == {}


async def test_it_is_offered_written_previewed_published_found_and_exported(
    bot: Bot, slack: Slack, store: Store, own_library: Library
) -> None:
    await write(bot, slack)
    study = await only_study(store)
    assert {name: answer.value for name, answer in study.answers.items()} == {
        "place": "Larkfield hub",
        "day": "2026-03-07",
        "hosts": ("Larkfield Library",),
        "spent": "£20 and 6 hours",
        "seen": "Four services behind one desk.",
        "used": ("trust-2",),
        "papers": ("F1 https://home.slack.com/F1 form.pdf",),
        "mood": ("useful",),
    }
    strategy = own_library.strategy("trust-2")
    assert strategy is not None
    shown = ["7 March 2026", "Larkfield Library", "£20 and 6 hours", strategy.title, "form.pdf", "Useful"]

    await bot.command("/casestudy")
    await bot.press(last_view(slack), "Go on")
    overview = last_view(slack)
    await bot.press(overview, "Read it through")
    preview = words_of(slack.last("views.push")["view"]["blocks"])
    assert all(words in preview for words in shown)

    await bot.press(overview, "Publish")
    await bot.submit(on_top(slack, overview), {ids.CHECKS_FIELD: list(CHECKS)})
    assert (await only_study(store)).status == "published"
    await bot.command("/casestudy", "desk", user=BEN)
    assert "Larkfield hub" in words_of(last_view(slack).blocks)

    study, template = await only_study(store), own_library.template("visit")
    assert template is not None
    document = docx.Document(BytesIO(word_file(study, template, {person(ANNA): "Anna Example"})))
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert all(words in cells for words in shown)
    table = "".join(
        [row async for row in export_case_studies(store.case_studies, own_library.templates, "csv")]
    )
    assert "Visit to another team: What it cost" in table
    assert "£20 and 6 hours" in table
    archive = "".join(
        [row async for row in export_case_studies(store.case_studies, own_library.templates, "json")]
    )
    answers = json.loads(archive)["case_studies"][0]["answers"]
    assert answers["used"]["value"] == ["trust-2"]


async def test_a_message_starts_it(bot: Bot, slack: Slack, store: Store) -> None:
    said = {"ts": "1700000000.000100", "username": "Noticeboard", "text": "One desk"}
    await bot.message_shortcut(ids.MESSAGE_SHORTCUT, said)
    form = last_view(slack)
    await bot.submit(form, {"template": "visit", "quote": "One desk"})
    study = await only_study(store)
    assert {name: answer.value for name, answer in study.answers.items()} == {"seen": "One desk"}


def test_check_finds_nothing_wrong_and_names_what_is(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "content"
    copytree(folder, own)
    environment = {"KNOWLEDGE_DIR": str(own), "DATABASE_URL": f"sqlite:///{tmp_path}/c.db"}
    assert [str(fault) for fault in check(tmp_path, environment, offline=True).faults] == []
    file = own / "template-visit.yml"
    broken = OWN_TEMPLATE.read_text("utf-8")
    for right, wrong in (
        ("kind: date", "kind: day"),
        ("quote_field: seen", "quote_field: place"),
        ("id: long", "id: useful"),
    ):
        broken = broken.replace(right, wrong)
    file.write_text(broken, "utf-8")
    assert [str(fault) for fault in check(tmp_path, environment, offline=True).faults] == [
        'content: template-visit.yml: trip > day: kind is "day"; it must be one of line, text, checkboxes, '
        "date, cost, agencies, strategies, files",
        "content: template-visit.yml: mood: useful: the id is there twice",
        'content: template-visit.yml: quote_field names "place", which is not of the kind text',
    ]
