"""What somebody writing a case study does, step by step."""

from tests.slack import Bot, Json, Place, Slack, shown_view


def last_view(slack: Slack) -> Place:
    return shown_view(slack.last("views.open", "views.update", "views.push")["view"])


def on_top(slack: Slack, below: Place) -> Place:
    """The view pushed last, lying on another."""
    assert below.view is not None
    stack = {"previous_view_id": below.view["id"], "root_view_id": below.view["id"]}
    return shown_view({**slack.last("views.push")["view"], **stack})


async def begin(bot: Bot, slack: Slack, nth: int = 0) -> Place:
    await bot.command("/casestudy")
    await bot.press(last_view(slack), "Start", nth=nth)
    return last_view(slack)


async def write(bot: Bot, slack: Slack, overview: Place, nth: int, values: Json) -> Json:
    await bot.press(overview, "Write", nth=nth)
    return await bot.submit(on_top(slack, overview), values)
