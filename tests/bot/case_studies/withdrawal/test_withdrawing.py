"""A published case study is withdrawn by its owner: found no more, a stub in its place, kept for authors."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from bot.case_studies import ids, message_ids, renderers
from bot.delivery.content import Content
from bot.delivery.publisher import Publisher
from knowledge.model import Library
from sandbox.limits import message_faults
from storage.records.case_studies import CaseStudy
from storage.records.messages import Message
from storage.store import Store
from tests.bot.at_work import sent
from tests.bot.case_studies.examples import AT, COMPLETE, HARD, make_study, person
from tests.bot.case_studies.steps import last_view, on_top, post_card
from tests.bot.case_studies.test_refusals import ROOT, press_of, told
from tests.slack import (
    ANNA,
    BEN,
    CHANNEL,
    PIA,
    TEAM,
    Bot,
    Json,
    Place,
    Slack,
    User,
    labels_of,
    shown_message,
    words_of,
)

REASON = "The family asked us to."
SENT: Json = {ids.WITHDRAWAL_REASON: REASON, ids.SURE_FIELD: ["sure"]}
GOOD_BYE = "The case study “Saturday breakfast club” was withdrawn on 4 March 2026 by @U0ANNA."


@pytest.fixture
async def published(store: Store) -> None:
    await store.case_studies.import_case_study(make_study(), facets={"outcome": ["be-healthy"]})


async def study_of(store: Store) -> CaseStudy:
    study = await store.case_studies.get_case_study(TEAM, "s1")
    assert study is not None
    return study


async def form_of(bot: Bot, slack: Slack) -> Place:
    await bot.act(ROOT, press_of(ids.OPEN_DRAFT, "s1"))
    overview = last_view(slack)
    await bot.press(overview, "Withdraw it")
    return on_top(slack, overview)


async def withdraw(store: Store, reason: str = REASON) -> None:
    await store.case_studies.withdraw_case_study(
        TEAM, "s1", reason=reason, by=person(ANNA), at=AT + timedelta(days=2)
    )


async def share(bot: Bot, slack: Slack) -> None:
    slack.answers["conversations.info"] = {"channel": {"is_member": True}}
    await bot.act(ROOT, press_of(ids.OPEN_SHARE, "s1"))
    await bot.submit(last_view(slack), {"channel": CHANNEL})


def said(slack: Slack) -> str:
    """The refusal, with the ids of those it names."""
    elements = slack.last("views.push")["view"]["blocks"][0]["elements"][0]["elements"]
    return "".join(one.get("text") or f"@{one['user_id']}" for one in elements)


@pytest.mark.usefixtures("published")
async def test_the_form_says_what_happens_and_asks_for_reason_and_certainty(
    bot: Bot, slack: Slack, store: Store
) -> None:
    form = await form_of(bot, slack)
    assert "It goes from search, lists and filters." in words_of(form.blocks)
    nothing = await bot.submit(form)
    assert nothing["errors"] == {
        ids.WITHDRAWAL_REASON: "Say why, so that whoever looks for it knows.",
        ids.SURE_FIELD: "Tick this to withdraw it. To leave it as it is, press Back.",
    }
    unsure = await bot.submit(form, {ids.WITHDRAWAL_REASON: REASON})
    assert list(unsure["errors"]) == [ids.SURE_FIELD]
    long = await bot.submit(form, {**SENT, ids.WITHDRAWAL_REASON: "x" * 501})
    assert long["errors"] == {ids.WITHDRAWAL_REASON: "Shorten it to 500 characters or fewer."}
    assert (await study_of(store)).status == "published"


@pytest.mark.usefixtures("published")
async def test_it_goes_from_search_lists_and_filters(bot: Bot, slack: Slack, store: Store) -> None:
    with freeze_time(AT + timedelta(days=2), real_asyncio=True):
        answer = await bot.submit(await form_of(bot, slack), SENT)
    assert answer["view"]["title"]["text"] == "Withdrawn"
    study = await study_of(store)
    assert (study.status, study.withdrawn_reason) == ("withdrawn", REASON)
    assert study.withdrawn_at == AT + timedelta(days=2)
    for words in ("list", "breakfast"):
        await bot.command("/casestudy", words, BEN)
        assert "Saturday breakfast club" not in words_of(last_view(slack).blocks)
    assert await store.published.facet_values(TEAM) == {}


@pytest.mark.usefixtures("published")
async def test_the_first_page_beneath_follows_and_offers_no_change(bot: Bot, slack: Slack) -> None:
    await bot.submit(await form_of(bot, slack), SENT)
    below = slack.last("views.update")["view"]["blocks"]
    assert labels_of(below) == ["Read it through", "Hand it on", "History"]
    assert "withdrawn on" in words_of(below)


@pytest.mark.usefixtures("published")
async def test_each_card_in_a_channel_becomes_the_stub(
    bot: Bot, slack: Slack, store: Store, publisher: Publisher
) -> None:
    await share(bot, slack)
    card = await sent(publisher, slack, str(COMPLETE["aims"]))
    await withdraw(store)
    stub = await sent(publisher, slack, "withdrawn on")
    assert slack.called("chat.update")
    for words in (stub["text"], words_of(stub["blocks"])):
        assert "Saturday breakfast club" in words
        assert "by <@U0ANNA>" in words
        assert f"Reason: {REASON}" in words
        assert not any(
            str(value) in words for name, value in COMPLETE.items() if name != "activity" and value
        )
    assert labels_of(stub["blocks"]) == []

    await bot.press(shown_message(card), "Read it all", user=PIA)
    assert "was withdrawn on 4 March 2026" in slack.last("response_url")["text"]
    assert REASON in slack.last("response_url")["text"]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("user", [BEN, PIA], ids=["colleague", "partner"])
@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        (ids.READ, "s1"),
        (ids.LATER_PART, "1|s1"),
        (ids.OPEN_EXPORT, "s1"),
        (ids.OPEN_DRAFT, "s1"),
        (ids.WITHDRAW, "s1"),
    ],
)
async def test_an_old_button_says_what_became_of_it(
    bot: Bot, slack: Slack, store: Store, user: User, action_id: str, value: str
) -> None:
    await post_card(store)
    await withdraw(store)
    await bot.act(ROOT, press_of(action_id, value), user=user)
    assert said(slack) == f"{GOOD_BYE} Reason: {REASON} What it said can no longer be read here."


@pytest.mark.usefixtures("published")
async def test_the_stub_names_nobody_that_the_reason_names(
    bot: Bot, slack: Slack, store: Store, library: Library
) -> None:
    await withdraw(store, f"<@U0BEN> {HARD}"[:500])
    await bot.act(ROOT, press_of(ids.READ, "s1"), user=BEN)
    named = [
        one["user_id"]
        for one in slack.last("views.push")["view"]["blocks"][0]["elements"][0]["elements"]
        if one["type"] == "user"
    ]
    assert named == [ANNA.id]
    card = Message(
        TEAM, message_ids.card_id("s1", CHANNEL), ids.CARD_KIND, message_ids.subject("s1"), CHANNEL
    )
    content = await renderers(store, library)[ids.CARD_KIND](card)
    assert isinstance(content, Content)
    assert "<@U0BEN>" not in content.text
    assert "<!channel>" not in content.text
    assert message_faults(content.arguments(card.id)) == []


@pytest.mark.usefixtures("published")
async def test_those_who_wrote_it_still_read_all_of_it(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.save_fields(TEAM, "s1", {"aims": "Pia's aims."}, author=person(PIA), at=AT)
    await withdraw(store)
    for user, also in ((ANNA, "Hand it on"), (PIA, "Has its owner left?")):
        await bot.act(ROOT, press_of(ids.READ, "s1"), user=user)
        words = words_of(last_view(slack).blocks)
        assert "Two health visitors and a cook" in words
        assert "This case study is withdrawn. Only those who wrote it can still read it." in words
        assert f"Reason: {REASON}" in words
        assert labels_of(last_view(slack).blocks) == ["Export", also, "History"]


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        (ids.WRITE_SECTION, "s1|who"),
        (ids.PUBLISH, "s1"),
        (ids.DELETE, "s1"),
    ],
)
async def test_nothing_can_be_changed_any_more(
    bot: Bot, slack: Slack, store: Store, action_id: str, value: str
) -> None:
    await withdraw(store)
    before = await study_of(store)
    await bot.act(ROOT, press_of(action_id, value))
    assert "This case study has been withdrawn, so it can no longer be changed." in told(slack)
    assert await study_of(store) == before


@pytest.mark.usefixtures("published")
async def test_it_is_shared_no_more(bot: Bot, slack: Slack, store: Store) -> None:
    await bot.act(ROOT, press_of(ids.OPEN_SHARE, "s1"))
    form = last_view(slack)
    slack.answers["conversations.info"] = {"channel": {"is_member": True}}
    await withdraw(store)
    answer = await bot.submit(form, {"channel": CHANNEL})
    assert "has been withdrawn" in answer["errors"]["channel"]
    assert await store.messages.get_message(TEAM, message_ids.card_id("s1", CHANNEL)) is None


@pytest.mark.usefixtures("published")
async def test_it_is_withdrawn_once(bot: Bot, slack: Slack, store: Store) -> None:
    form = await form_of(bot, slack)
    await withdraw(store)
    answer = await bot.submit(form, {**SENT, ids.WITHDRAWAL_REASON: "Again"})
    assert "has been withdrawn already" in words_of(answer["view"]["blocks"])
    await bot.act(ROOT, press_of(ids.WITHDRAW, "s1"))
    assert "has been withdrawn already" in told(slack)
    assert (await study_of(store)).withdrawn_reason == REASON


@pytest.mark.usefixtures("published")
async def test_only_its_owner_withdraws_it(bot: Bot, slack: Slack, store: Store) -> None:
    await post_card(store)
    form = await form_of(bot, slack)
    for user in (BEN, PIA):
        await bot.act(ROOT, press_of(ids.WITHDRAW, "s1"), user=user)
        assert "Only <@U0ANNA>, who published this case study, can change it." in told(slack)
        answer = await bot.submit(form, SENT, user)
        assert "can change it" in words_of(answer["view"]["blocks"])
    assert (await study_of(store)).status == "published"


async def test_a_draft_is_deleted_and_not_withdrawn(bot: Bot, slack: Slack, store: Store) -> None:
    await store.case_studies.create_case_study(make_study(status="draft"))
    await bot.act(ROOT, press_of(ids.WITHDRAW, "s1"))
    assert "Only a published case study can be withdrawn." in told(slack)
    assert "press Delete this draft" in told(slack)
    await bot.act(ROOT, press_of(ids.WITHDRAW, "s1"), user=BEN)
    assert "There is no such case study for you to open." in told(slack)
