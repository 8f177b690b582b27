"""Who may run a ranking, and what anybody else is told."""

from bot.errors import UserError
from storage.records.people import Person
from storage.records.rankings import Ranking


def runs(ranking: Ranking, person: Person) -> bool:
    """Whether the person is the facilitator or one of their helpers."""
    return person == ranking.facilitator or person in ranking.deputies


def runners_text(ranking: Ranking) -> str:
    """The facilitator and the helpers by name, for a sentence."""
    helpers = ", ".join(f"<@{person.user_id}>" for person in ranking.deputies)
    return f"<@{ranking.facilitator.user_id}>" + (f" or one of the helpers ({helpers})" if helpers else "")


def refuse_unless_running(ranking: Ranking, person: Person) -> None:
    """:raises UserError: the person neither facilitates nor helps"""
    if not runs(ranking, person):
        raise UserError(
            f"Only the facilitator, {runners_text(ranking)}, can do this. Ask them, or write in the thread."
        )


def paused_text(ranking: Ranking) -> str:
    """Why nothing can be done at the moment, and who can change that."""
    return (
        f"This ranking is paused, so nothing was changed. {runners_text(ranking)} can resume it. "
        "What was answered so far is kept."
    )
