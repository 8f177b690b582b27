"""A case study started from a message: quoted in the field that the template names, by whom and when."""

from copy import deepcopy

import pytest

from bot.case_studies import ids
from storage.records.case_studies import CaseStudy
from storage.store import Store
from tests.bot.case_studies.steps import last_view
from tests.slack import BEN, TEAM, Bot, Json, Slack, words_of

WHEN = "14 November 2023, 22:13 UTC"


def message(text: str, **more: object) -> Json:
    return {"type": "message", "ts": "1700000000.000100", "user": BEN.id, "team": TEAM, "text": text, **more}


async def studies(store: Store) -> list[CaseStudy]:
    return [study async for study in store.case_studies.all_case_studies(TEAM)]


@pytest.fixture
def named(slack: Slack) -> None:
    slack.answers["users.info"] = {"user": {"id": BEN.id, "profile": {"real_name": "Ben Example"}}}


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize(
    ("template_id", "field_id"), [("good-practice", "description"), ("case-study-framework", "in_practice")]
)
async def test_a_message_goes_into_the_right_field(
    bot: Bot, slack: Slack, store: Store, template_id: str, field_id: str
) -> None:
    said = message("The <@U0ANNA> club  works &amp; grows.\nSee <https://x.test|the page>")
    await bot.message_shortcut(ids.MESSAGE_SHORTCUT, said)
    form = last_view(slack)
    assert "Nothing is kept until you press Start." in words_of(form.blocks)
    assert await studies(store) == []
    quote = form.blocks[2]["element"]["initial_value"]
    assert quote == f"Ben Example wrote on {WHEN}:\n“The club works & grows.\nSee the page”"

    answer = await bot.submit(form, {"template": template_id, "quote": quote})

    assert answer["response_action"] == "update"
    assert "Untitled case study" in words_of(answer["view"]["blocks"])
    (study,) = await studies(store)
    assert study.template_id == template_id
    assert {name: each.value for name, each in study.answers.items()} == {field_id: quote}


async def test_somebody_whom_slack_does_not_name_and_an_app_are_quoted_too(bot: Bot, slack: Slack) -> None:
    slack.refuse["users.info"] = "internal_error"
    await bot.message_shortcut(ids.MESSAGE_SHORTCUT, message("Well done"))
    assert last_view(slack).blocks[2]["element"]["initial_value"].startswith("Somebody wrote on ")
    await bot.message_shortcut(ids.MESSAGE_SHORTCUT, message("Well done", user=None, username="Noticeboard"))
    assert last_view(slack).blocks[2]["element"]["initial_value"].startswith("Noticeboard wrote on ")


@pytest.mark.usefixtures("named")
async def test_a_long_message_has_two_fields_and_is_kept_whole(bot: Bot, slack: Slack, store: Store) -> None:
    await bot.message_shortcut(ids.MESSAGE_SHORTCUT, message("word " * 1_100))
    form = last_view(slack)
    inputs = {b["block_id"]: b["element"].get("initial_value") for b in form.blocks[2:]}
    assert list(inputs) == ["quote", "quote.more"]
    await bot.submit(form, {"template": "good-practice", **inputs})
    (study,) = await studies(store)
    assert str(study.answers["description"].value).count("word") == 1_100


@pytest.mark.parametrize("text", ["", "<@U0ANNA>", " \n "])
async def test_a_message_without_words_is_refused(bot: Bot, slack: Slack, text: str) -> None:
    await bot.message_shortcut(ids.MESSAGE_SHORTCUT, message(text))
    assert (
        "has no words to begin with. Choose a message with text, or type /casestudy"
        in slack.last("response_url")["text"]
    )


async def test_a_message_that_no_field_holds_is_refused_not_cut(bot: Bot, slack: Slack) -> None:
    await bot.message_shortcut(ids.MESSAGE_SHORTCUT, message("x" * 6_000))
    assert "longer than a field of a case study holds" in slack.last("response_url")["text"]
    assert "6,000 characters" in slack.last("response_url")["text"]


@pytest.mark.usefixtures("named")
async def test_words_added_beyond_what_a_field_holds_are_refused_at_the_field(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await bot.message_shortcut(ids.MESSAGE_SHORTCUT, message("Well done"))
    answer = await bot.submit(last_view(slack), {"template": "good-practice", "quote": "x" * 6_001})
    assert list(answer["errors"]) == ["quote"]
    assert await studies(store) == []


@pytest.mark.usefixtures("named")
async def test_a_template_that_went_in_between_is_refused_in_words(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await bot.message_shortcut(ids.MESSAGE_SHORTCUT, message("Well done"))
    form = deepcopy(last_view(slack))
    form.blocks[1]["element"]["options"][0]["value"] = "gone"
    answer = await bot.submit(form, {"template": "gone", "quote": "Well done"})
    assert "That template is no longer in use." in words_of(answer["view"]["blocks"])
    assert await studies(store) == []
