"""What is announced about a ranking after it began, in the thread and in the record."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias, cast

from slackblocks import Block

from bot.blocks import actions, button, moment, section
from bot.delivery.content import Content
from bot.plurals import joined
from bot.ranking import ids
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import EventKind, Ranking, RankingEvent

CLOCK = Person("", "")
"""Who acts when nobody does: Common Ground itself."""

Name: TypeAlias = Callable[[Person], str]
Moment: TypeAlias = Callable[[datetime], str]


def note_of(ranking: Ranking, *, follows: bool = False) -> Message:
    """The message in the thread that an event is kept with; with `follows` it changes with the ranking."""
    return Message(
        ranking.workspace_id,
        ids.note_id(ranking.id),
        ids.NOTE_KIND,
        ids.subject(ranking.id) if follows else ids.note_id(ranking.id),
        ranking.channel_id,
        parent_id=ids.board_id(ranking.id),
    )


def note_message(ranking: Ranking, event: RankingEvent) -> Content:
    """An event as the thread shows it; one that asks for somebody to take over has the button."""
    text = event_text(event)
    blocks: list[Block] = [section(text)]
    if event.kind == "unattended" and ranking.status == "open" and ranking.facilitator == _person(event):
        ref = ids.Ref(ranking.id).encode()
        blocks.append(actions(button("Take over", ids.TAKE_OVER, ref, style="primary")))
    return Content(text, blocks)


def mention(person: Person) -> str:
    """A person by name, in Slack."""
    return f"<@{person.user_id}>"


def event_text(event: RankingEvent, name: Name = mention, when: Moment = moment) -> str:
    """An event in one or two sentences; `name` and `when` say how people and times are written."""
    who = "Common Ground" if event.actor == CLOCK else name(event.actor)
    return _TEXTS[event.kind](event, who, name, when)


def _added_text(event: RankingEvent, who: str, name: Name, _when: Moment) -> str:
    return f"{who} added {_names(event, name)} to the people who take part."


def _left_text(event: RankingEvent, who: str, name: Name, _when: Moment) -> str:
    gone = name(_person(event))
    if event.actor == CLOCK:
        return f"{gone} has left and no longer takes part. What they answered so far stands."
    return f"{who} recorded that {gone} no longer takes part. What they answered so far stands."


def _deadline_text(event: RankingEvent, who: str, _name: Name, when: Moment) -> str:
    ends, before = _time(event, "deadline"), _time(event, "before")
    if ends is None:
        return f"{who} took away the end of this step. It ends when the facilitator says so."
    if before is None:
        return f"{who} set the end of this step to {when(ends)}."
    return f"{who} moved the end of this step from {when(before)} to {when(ends)}."


def _paused_text(event: RankingEvent, who: str, _name: Name, _when: Moment) -> str:
    if event.actor == CLOCK:
        return "The ranking was paused, because Common Ground could not write in this channel."
    return f"{who} paused the ranking. Nobody can answer until it goes on, and no time is lost."


def _resumed_text(event: RankingEvent, who: str, _name: Name, when: Moment) -> str:
    goes_on = "The ranking goes on." if event.actor == CLOCK else f"{who} resumed the ranking."
    ends = _time(event, "deadline")
    return f"{goes_on} This step now ends {when(ends)}." if ends else goes_on


def _facilitator_text(event: RankingEvent, who: str, name: Name, _when: Moment) -> str:
    now = f"{name(_person(event))} facilitates this ranking from now on."
    return now if event.actor == _person(event) else f"{now} {who} handed it over."


def _helpers_text(event: RankingEvent, who: str, name: Name, _when: Moment) -> str:
    helpers = _names(event, name)
    if not helpers:
        return f"{who} took back the helpers' rights. The facilitator goes on alone."
    return f"{who} named helpers, who may do all that the facilitator may: {helpers}."


def _reminded_text(event: RankingEvent, who: str, name: Name, _when: Moment) -> str:
    if "count" in event.detail:
        return f"{who} reminded those who had not answered."
    people = _names(event, name)
    if people:
        return f"{people}: your answer is still missing. The button is on the message above."
    return "Some answers are still missing. If you have not answered yet: the button is on the message above."


def _unattended_text(event: RankingEvent, _who: str, name: Name, _when: Moment) -> str:
    return (
        f"{name(_person(event))}, who facilitates this ranking, is no longer here. One of the helpers, or an "
        "admin of the workspace, can take over. Answers so far are kept."
    )


def _closing_text(_event: RankingEvent, who: str, _name: Name, _when: Moment) -> str:
    return f"{who} ended the ranking without consensus."


_TEXTS: dict[EventKind, Callable[[RankingEvent, str, Name, Moment], str]] = {
    "added": _added_text,
    "left": _left_text,
    "deadline": _deadline_text,
    "paused": _paused_text,
    "resumed": _resumed_text,
    "facilitator": _facilitator_text,
    "deputies": _helpers_text,
    "reminded": _reminded_text,
    "unattended": _unattended_text,
    "closing": _closing_text,
}


def _people(event: RankingEvent) -> list[Person]:
    pairs = cast("Sequence[tuple[str, str]]", event.detail.get("people") or ())
    return [Person(*pair) for pair in pairs]


def _person(event: RankingEvent) -> Person:
    return Person(*cast("tuple[str, str]", event.detail["person"]))


def _names(event: RankingEvent, name: Name) -> str:
    return joined([name(person) for person in _people(event)])


def _time(event: RankingEvent, field: str) -> datetime | None:
    text = event.detail.get(field)
    return datetime.fromisoformat(text) if isinstance(text, str) else None
