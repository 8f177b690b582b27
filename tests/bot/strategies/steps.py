"""What the tests of looking up do again and again."""

from tests.slack import ANNA, Bot, Json, Place, Slack, User, find_action, shown_view

SHORTCUT = "strategies.shortcut.find"
MESSAGE_SHORTCUT = "strategies.message.find"
STEP = "find_strategies"
PICK = "strategies.find.pick"


async def open_finder(bot: Bot, slack: Slack, user: User = ANNA) -> Place:
    """The form that finds, by its shortcut."""
    assert await bot.shortcut(SHORTCUT, user) == {}
    return shown_view(slack.last("views.open")["view"])


def below_form(view: Json) -> list[Json]:
    """What stands below the question and the picker."""
    question, picker, *rest = view["blocks"]
    assert (question["type"], picker["type"]) == ("input", "input")
    if not rest:
        return []
    assert rest[0]["type"] == "divider"
    return list(rest[1:])


def values_of(question: str) -> Json:
    """The state of a form in which only the question is filled in."""
    return {"question": {"question": {"type": "plain_text_input", "value": question or None}}}


async def press_in_form(
    bot: Bot, slack: Slack, form: Place, label: str, question: str = "", nth: int = 0, user: User = ANNA
) -> Place:
    """Press a button below the form, with the question as it stands; the form that takes its place."""
    await bot.act(form, find_action(form.blocks, label, nth), user, values_of(question))
    assert form.view
    shown = slack.last("views.update")
    assert shown["view_id"] == form.view["id"]
    return shown_view(shown["view"])


async def pick(bot: Bot, slack: Slack, form: Place, value: str | None, question: str = "") -> Place:
    """Take an option of the picker, or let it go with None; the form that takes its place."""
    block = form.blocks[1]
    action = {
        "type": "external_select",
        "block_id": block["block_id"],
        "action_id": block["element"]["action_id"],
        "selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": value} if value else None,
    }
    await bot.act(form, action, ANNA, values_of(question))
    return shown_view(slack.last("views.update")["view"])
