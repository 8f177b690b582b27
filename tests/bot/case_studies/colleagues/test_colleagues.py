"""A section is asked of a colleague, of another agency too: told, written, finished, reminded, taken back."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import docx
import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from bot.blocks import as_dicts
from bot.case_studies import home_source, ids, renderers
from bot.case_studies.exports.word import word_file
from bot.delivery.content import Content
from bot.sections import Shelf
from knowledge.model import Library
from sandbox.limits import message_faults
from storage.store import Store
from tests.bot.case_studies.examples import AT, BENS, COMPLETE, PIAS, WHO, make_study, person
from tests.bot.case_studies.steps import last_view, on_top
from tests.slack import (
    ANNA,
    BEN,
    PIA,
    TEAM,
    Bot,
    Json,
    Slack,
    User,
    labels_of,
    shown_message,
    shown_view,
    words_of,
)

ROOT = shown_view({"type": "modal", "blocks": [], "title": {"type": "plain_text", "text": "Case study"}})
WHY = "s1|why"
OF_PIA = ids.RequestRef("s1", "why", PIAS.person).encode()


@pytest.fixture
def now() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time(AT, real_asyncio=True) as clock:
        assert isinstance(clock, FrozenDateTimeFactory)
        yield clock


@pytest.fixture(autouse=True)
async def draft(store: Store, slack: Slack, now: FrozenDateTimeFactory) -> None:
    slack.users[PIA.id] = {"team_id": PIA.team_id}
    await store.case_studies.create_case_study(make_study(WHO, status="draft"))


async def act(bot: Bot, action_id: str, value: str, user: User) -> None:
    await bot.act(ROOT, {"type": "button", "block_id": "b", "action_id": action_id, "value": value}, user)


async def ask(bot: Bot, slack: Slack, who: User = PIA, user: User = ANNA, note: str = "") -> Json:
    """The owner asks somebody for the second section."""
    await act(bot, ids.ASK_COLLEAGUE, WHY, user)
    return await bot.submit(last_view(slack), {"person": who.id, "note": note}, user)


def told(slack: Slack) -> str:
    return words_of(slack.last("views.push")["view"]["blocks"]).replace("\n", "")


async def messages(store: Store, library: Library) -> list[Json]:
    """The direct messages as things are now, the earliest first."""
    render = renderers(store, library)
    kept = [one for one in await store.messages.dirty_messages() if one.kind in render]
    found = []
    for message in sorted(kept, key=lambda one: int(one.id.rpartition(":")[2])):
        content = await render[message.kind](message)
        assert isinstance(content, Content)
        found.append({"channel": message.channel_id, **content.arguments(message.id)})
    assert [fault for one in found for fault in message_faults(one)] == []
    return found


async def states(store: Store) -> list[str]:
    return [one.state for one in await store.sections.list_sections(TEAM, "s1")]


async def test_whoever_is_asked_gets_a_button_and_writes_only_that_section(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    assert await ask(bot, slack) == {}
    (message,) = await messages(store, library)
    assert message["channel"] == PIA.id
    assert "<@U0ANNA> asks you to write a section." in message["text"]
    place = shown_message(message, "D0PIA")
    await bot.press(place, "Write the section", PIA)
    form = last_view(slack)
    assert form.view is not None
    assert form.view["title"]["text"] == "Why"
    assert labels_of(form.blocks) == []
    assert "Save keeps what you write here." in words_of(form.blocks)
    await bot.submit(form, {"aims": "Pia's aims."}, PIA)
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    assert study.answers["aims"].author == person(PIA)

    await bot.press(place, "Read the draft", PIA)
    overview = last_view(slack)
    assert labels_of(overview.blocks) == [
        "Write",
        "I have finished this section",
        "Read it through",
        "Has its owner left?",
        "History",
    ]
    assert "Written by <@U0PIA>" in words_of(overview.blocks)
    await bot.press(overview, "Read it through", PIA)
    assert "Larkfield Family Hub" in words_of(on_top(slack, overview).blocks)
    for action_id, value, words in [
        (ids.WRITE_SECTION, "s1|who", "This section is not asked of you"),
        (ids.PUBLISH, "s1", "Only <@U0ANNA>, who owns this case study"),
        (ids.DELETE, "s1", "Only <@U0ANNA>, who owns this case study"),
        (ids.ASK_COLLEAGUE, "s1|what", "Only <@U0ANNA>, who owns this case study"),
        (ids.REMIND, OF_PIA, "Only <@U0ANNA>, who owns this case study"),
        (ids.TAKE_BACK, OF_PIA, "Only <@U0ANNA>, who owns this case study"),
    ]:
        await act(bot, action_id, value, PIA)
        assert words in told(slack)
    assert await states(store) == ["asked"]


async def test_what_the_owner_would_like_is_shown_wherever_the_section_is_asked_for(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    wish = "Three sentences, *plainly*: <!channel> & what it cost"
    await ask(bot, slack, note=wish)
    (message,) = await messages(store, library)
    assert (
        "What they would like from you: Three sentences, *plainly*: &lt;!channel&gt; &amp;" in message["text"]
    )
    assert wish in words_of(message["blocks"])
    offer = home_source(store, library)
    home = shown_view({"type": "home", "blocks": as_dicts((await offer(PIAS))[Shelf.WAITING])})
    assert f"What they would like from you: {wish}" in words_of(home.blocks)
    await act(bot, ids.WRITE_SECTION, WHY, PIA)
    assert f"What the owner would like from you: {wish}" in words_of(last_view(slack).blocks)
    await act(bot, ids.ASK_COLLEAGUE, WHY, ANNA)
    assert f"What you would like from them: {wish}" in words_of(last_view(slack).blocks)
    await act(bot, ids.WRITE_SECTION, WHY, ANNA)
    assert wish not in words_of(last_view(slack).blocks)


async def test_without_a_wish_nothing_is_said_of_one(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    await ask(bot, slack)
    (message,) = await messages(store, library)
    assert "would like" not in message["text"] + words_of(message["blocks"])
    await act(bot, ids.WRITE_SECTION, WHY, PIA)
    assert "would like" not in words_of(last_view(slack).blocks)


async def test_a_wish_that_is_too_long_is_refused_at_its_field(bot: Bot, slack: Slack, store: Store) -> None:
    answer = await ask(bot, slack, note="x" * 501)
    assert answer["errors"] == {"note": "Shorten it to 500 characters or fewer."}
    assert await states(store) == []
    assert await ask(bot, slack, note="x" * 500) == {}
    assert await states(store) == ["asked"]


async def test_finishing_tells_the_owner_and_the_message_says_so(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    await ask(bot, slack)
    (message,) = await messages(store, library)
    place = shown_message(message, "D0PIA")
    await bot.press(place, "I have finished this section", PIA)
    sent = await messages(store, library)
    said = {str(one["channel"]): one["text"] for one in sent}
    assert "<@U0PIA> has finished a section." in said[ANNA.id]
    assert any("You have finished this section." in one["text"] for one in sent)
    await bot.press(place, "I have finished this section", PIA)
    assert "You have said already" in slack.last("response_url")["text"]
    assert await states(store) == ["done"]


async def test_finishing_from_the_first_page_shows_it_anew(bot: Bot, slack: Slack, store: Store) -> None:
    await ask(bot, slack)
    await act(bot, ids.FINISH, WHY, PIA)
    assert slack.last("views.update")["view"]["title"]["text"] == "Case study"
    assert await states(store) == ["done"]


async def test_a_section_taken_back_is_written_no_more(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    await ask(bot, slack)
    await act(bot, ids.ASK_COLLEAGUE, WHY, ANNA)
    await bot.press(last_view(slack), "Take back")
    (message,) = await messages(store, library)
    assert "This is not asked of you any more." in message["text"]
    assert labels_of(message["blocks"]) == []
    for action_id in (ids.WRITE_SECTION, ids.FINISH):
        await act(bot, action_id, WHY, PIA)
        assert "There is no such case study for you to open." in told(slack)
    await act(bot, ids.TAKE_BACK, OF_PIA, ANNA)
    assert "This section is not asked of them any more." in told(slack)
    await act(bot, ids.REMIND, OF_PIA, ANNA)
    assert "This section is not asked of them any more." in told(slack)


async def test_an_author_of_whom_it_was_taken_back_reads_and_does_not_write(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await ask(bot, slack)
    await store.case_studies.save_fields(TEAM, "s1", {"aims": "Mine"}, author=person(PIA), at=AT)
    await act(bot, ids.TAKE_BACK, OF_PIA, ANNA)
    await act(bot, ids.WRITE_SECTION, WHY, PIA)
    assert "This section is not asked of you, or no longer. What you wrote before is kept." in told(slack)
    await act(bot, ids.FINISH, WHY, PIA)
    assert "there is nothing to finish" in told(slack)


async def test_a_reminder_goes_once_a_day_at_most(
    bot: Bot, slack: Slack, store: Store, library: Library, now: FrozenDateTimeFactory
) -> None:
    await ask(bot, slack)
    await act(bot, ids.REMIND, OF_PIA, ANNA)
    assert "Remind once a day at most." in told(slack)
    now.tick(timedelta(days=1))
    await act(bot, ids.REMIND, OF_PIA, ANNA)
    assert "They are reminded." in words_of(slack.last("views.update")["view"]["blocks"])
    first, message = await messages(store, library)
    assert "<@U0ANNA> asks you to write a section." in first["text"]
    assert (message["channel"], labels_of(message["blocks"])[0]) == (PIA.id, "Write the section")
    assert "<@U0ANNA> reminds you that you are asked to write a section." in message["text"]
    await act(bot, ids.REMIND, OF_PIA, ANNA)
    assert "Remind once a day at most." in told(slack)


@pytest.mark.parametrize(("end", "words"), [("publish", "been published"), ("delete", "been deleted")])
async def test_the_message_says_when_the_draft_has_ended(
    bot: Bot, slack: Slack, store: Store, library: Library, end: str, words: str
) -> None:
    await ask(bot, slack)
    if end == "publish":
        await store.case_studies.save_fields(TEAM, "s1", COMPLETE, author=person(ANNA), at=AT)
        await store.case_studies.publish_case_study(TEAM, "s1", AT)
    else:
        await store.case_studies.delete_draft(TEAM, "s1")
    said = await messages(store, library)
    assert [words in one["text"] for one in said] == [True]
    assert labels_of(said[0]["blocks"]) == []


@pytest.mark.parametrize(
    ("who", "user", "words"),
    [
        (ANNA, {}, "You own this case study"),
        (BEN, {"is_bot": True}, "That is an app"),
        (BEN, {"deleted": True}, "That is an app"),
        (User(""), {}, "Choose a person."),
    ],
)
async def test_who_cannot_be_asked_is_said_at_the_field(
    bot: Bot, slack: Slack, store: Store, who: User, user: Json, words: str
) -> None:
    slack.users[who.id] = user
    answer = await ask(bot, slack, who)
    assert words in answer["errors"]["person"]
    assert await states(store) == []


async def test_asking_the_same_person_twice_is_refused(bot: Bot, slack: Slack, store: Store) -> None:
    await ask(bot, slack)
    answer = await ask(bot, slack)
    assert "This section is asked of them already" in answer["errors"]["person"]
    assert await states(store) == ["asked"]


async def test_app_home_shows_the_sections_asked_of_somebody(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    await ask(bot, slack)
    offer = home_source(store, library)
    assert (await offer(BENS))[Shelf.WAITING] == []
    home = shown_view({"type": "home", "blocks": as_dicts((await offer(PIAS))[Shelf.WAITING])})
    assert "Sections asked of you" in words_of(home.blocks)
    assert "Asked of you by <@U0ANNA>" in words_of(home.blocks)
    await bot.press(home, "Write the section", PIA)
    assert slack.last("views.open")["view"]["title"]["text"] == "Why"


@pytest.mark.parametrize(
    ("action_id", "value"),
    [(ids.ASK_COLLEAGUE, WHY), (ids.REMIND, OF_PIA), (ids.TAKE_BACK, OF_PIA), (ids.FINISH, WHY)],
)
async def test_a_stranger_is_refused(
    bot: Bot, slack: Slack, store: Store, action_id: str, value: str
) -> None:
    await ask(bot, slack)
    await act(bot, action_id, value, BEN)
    assert "There is no such case study for you to open." in told(slack)
    await act(bot, ids.ASK_COLLEAGUE, WHY, ANNA)
    answer = await bot.submit(last_view(slack), {"person": BEN.id}, BEN)
    assert "There is no such case study for you to open." in answer["errors"]["person"]
    assert await states(store) == ["asked"]


def test_a_word_file_says_who_wrote_a_section(library: Library) -> None:
    study = make_study({**WHO, "aims": "Pia's aims."}, status="draft")
    theirs = replace(study.answers["aims"], author=PIAS.person)
    shared = replace(study, answers={**study.answers, "aims": theirs})
    names = {PIAS.person: "Pia Moss"}
    document = docx.Document(io.BytesIO(word_file(shared, library.templates[0], names)))
    said = [part.text for part in document.paragraphs]
    assert said[said.index("Why") + 1] == "Written by Pia Moss."
    assert said[said.index("Who") + 1] == "Why"
