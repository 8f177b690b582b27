"""From a ranking's rows and Slack's names of people to its record."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import cast

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.replies import is_temporary
from bot.errors import UserError
from bot.exports.pseudonyms import pseudonyms
from bot.names import Names
from bot.ranking.record.builder import Given, HeldStage, build_record
from bot.ranking.record.labels import told_apart
from bot.ranking.record.phrases import time_text
from bot.ranking.record.record import Event, Member, Record
from bot.ranking.service import GONE, RankingService
from bot.ranking.stages import Consent, round_number, takes_answers
from bot.ranking.timing.notes import CLOCK, event_text
from bot.ranking.wording import ask_text, stage_title
from storage.ranking_store import RankingStore
from storage.records.people import Person
from storage.records.rankings import Answer, Participant, Ranking, RankingEvent, Stage

LOST_CHANNEL = "that Common Ground is no longer in"


class RecordSource:
    """Records of any workspace, drawn up anew each time."""

    def __init__(self, store: RankingStore, names: Names) -> None:
        self._store = store
        self._names = names
        self._service = RankingService(store)

    async def read(
        self,
        client: AsyncWebClient,
        workspace_id: str,
        ranking_id: str,
        at: datetime,
        *,
        unnamed: bool = False,
    ) -> Record:
        """The record as it is now, `unnamed` without anybody's name; :raises UserError: no such ranking."""
        ranking, stages = await self._rows(workspace_id, ranking_id)
        announced = await self._store.list_events(workspace_id, ranking_id)
        people = [ranking.facilitator, *ranking.deputies, *ranking.people]
        people += [person for event in announced for person in _people_of(event)]
        known = pseudonyms(people) if unnamed else await self._names.read(client, people)
        names = named_people(ranking, people, known)
        channel = await _channel_name(client, ranking.channel_id)
        events = [
            Event(event.at, _event_text(event, names)) for event in announced if event.kind != "reminded"
        ]
        return await self._record(ranking, stages, names, channel, events, at)

    async def read_unnamed(self, workspace_id: str, ranking_id: str, seq: int, at: datetime) -> Record:
        """The record up to stage `seq`, for what needs no names: its stages are told, its people are not."""
        ranking, stages = await self._rows(workspace_id, ranking_id)
        return await self._record(ranking, stages[:seq], {}, "", [], at)

    async def _rows(self, workspace_id: str, ranking_id: str) -> tuple[Ranking, list[Stage]]:
        ranking = await self._store.get_ranking(workspace_id, ranking_id)
        if ranking is None:
            raise UserError(GONE)
        return ranking, await self._store.list_stages(workspace_id, ranking_id)

    async def _record(
        self,
        ranking: Ranking,
        stages: Sequence[Stage],
        names: Mapping[Person, str],
        channel: str,
        events: Sequence[Event],
        at: datetime,
    ) -> Record:
        stopped = _stopped_stage(ranking, stages)
        if stopped is not None:
            events = [*events, _stopped_event(ranking, stages, stopped)]
        told = [stage for stage in stages if stage is not stopped]
        return await asyncio.to_thread(
            build_record,
            title=ranking.title,
            source=ranking.source,
            items=ranking.items,
            rules=ranking.rules,
            channel=channel,
            facilitator=names.get(ranking.facilitator, ""),
            deputies=[names.get(person, "") for person in ranking.deputies],
            members=[_member(each, names) for each in ranking.participants],
            stages=[await self._held(ranking, stages, stage, names) for stage in told],
            events=events,
            status=ranking.status,
            outcome=ranking.outcome,
            started_at=ranking.created_at,
            ended_at=ranking.ended_at,
            made_at=at,
            version=version("commonground"),
        )

    async def _held(
        self, ranking: Ranking, stages: Sequence[Stage], stage: Stage, names: Mapping[Person, str]
    ) -> HeldStage:
        answers: list[Answer] = []
        if stage.closed_at is not None:
            answers = [
                answer for answer in await self._service.answers(ranking, stage) if _counts(stage, answer)
            ]
        is_weighed = stage.kind.endswith("_consent") and not takes_answers(stage)
        consent = await self._service.result(ranking, stages, stage) if is_weighed else None
        return HeldStage(
            kind=stage.kind,
            title=stage_title(stage, ranking.rules.steps, round_number(stages, stage)),
            asked=re.sub(":$", ".", ask_text(stage)),
            items=stage.items,
            opened_at=stage.opened_at,
            closed_at=stage.closed_at,
            people=sum(_was_asked(each, stage) for each in ranking.participants),
            answers=tuple(
                Given(answer.choice, names.get(answer.person, ""), answer.agency, answer.reason)
                for answer in answers
            ),
            deadline=stage.deadline,
            proposal=stage.proposal,
            quorum=consent.quorum if isinstance(consent, Consent) else 0,
            accepted=isinstance(consent, Consent) and consent.accepted,
        )


def named_people(
    ranking: Ranking, people: Sequence[Person], names: Mapping[Person, str]
) -> dict[Person, str]:
    """A name for everybody, no two alike; who is not named is "someone" from what is known of them."""
    agencies = {each.person: each.agency for each in ranking.participants}
    in_order = sorted(set(people))
    texts = [names.get(person) or _someone(ranking, person, agencies.get(person, "")) for person in in_order]
    return dict(zip(in_order, told_apart(texts, "Person"), strict=True))


def _someone(ranking: Ranking, person: Person, agency: str) -> str:
    where = "this workspace" if person.team_id == ranking.workspace_id else "another workspace"
    return f"someone from {agency or where}"


def _people_of(event: RankingEvent) -> list[Person]:
    """Everybody whom an event names, the clock left out."""
    pairs = [*cast("list[list[str]]", event.detail.get("people") or [])]
    if "person" in event.detail:
        pairs.append(cast("list[str]", event.detail["person"]))
    named = [event.actor, *(Person(*pair) for pair in pairs)]
    return [person for person in named if person != CLOCK]


def _event_text(event: RankingEvent, names: Mapping[Person, str]) -> str:
    text = event_text(event, lambda person: names.get(person, ""), _moment)
    words = event.detail.get("words")
    return f"{text} They added: {words}" if words else text


def _moment(at: datetime) -> str:
    return time_text(at, UTC)


async def _channel_name(client: AsyncWebClient, channel_id: str) -> str:
    try:
        channel = (await client.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as error:
        if is_temporary(error):
            raise
        return LOST_CHANNEL
    return f"#{channel['name']}" if channel.get("name") else LOST_CHANNEL


def _member(participant: Participant, names: Mapping[Person, str]) -> Member:
    return Member(
        names.get(participant.person, ""), participant.agency, participant.left_at, participant.added_at
    )


def _counts(stage: Stage, answer: Answer) -> bool:
    """Whether an answer is counted: an order does as far as it goes, all else must be complete."""
    return bool(answer.choice) if stage.kind == "rank" else answer.complete


def _was_asked(participant: Participant, stage: Stage) -> bool:
    came_late = participant.added_at and stage.closed_at and participant.added_at > stage.closed_at
    had_left = participant.left_at and participant.left_at <= stage.opened_at
    return not came_late and not had_left


def _stopped_stage(ranking: Ranking, stages: Sequence[Stage]) -> Stage | None:
    """The stage that took answers when the ranking was cancelled: nothing of it may be told."""
    last = stages[-1]
    was_open = last.closed_at == ranking.ended_at and last.kind not in ("read", "compare")
    return last if ranking.status == "cancelled" and was_open else None


def _stopped_event(ranking: Ranking, stages: Sequence[Stage], stage: Stage) -> Event:
    title = stage_title(stage, ranking.rules.steps, round_number(stages, stage))
    return Event(
        ranking.ended_at or stage.opened_at,
        f"The ranking was stopped during “{title}”. What people answered in it is not told.",
    )
