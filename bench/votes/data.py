"""What is voted on: rankings of any number of ballots and voters, and drafts of case studies."""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg

from bench.votes.presses import TEAM, as_echoed
from bot.case_studies.drafts.forms import section_modal
from bot.panels import panel_modal
from bot.ranking import ids
from bot.ranking.answers.ballot_views import ballot_panel
from knowledge.loader import load_library
from knowledge.model import Task
from storage.columns import bind
from storage.open import open_store
from storage.postgres_connection import translate
from storage.records.case_studies import CaseStudy
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import Item, Participant, Ranking, Stage
from storage.store import Store

BEGAN = datetime.now(UTC)
CHANNELS = 20
SEQ = 1
_ANSWERED = """
INSERT INTO answers
    (workspace_id, ranking_id, seq, team_id, user_id, choice, complete, answered_at, reason)
VALUES (:workspace_id, :ranking_id, :seq, :team_id, :user_id, :choice, 1, :answered_at, '')
"""
_COUNTED = """
UPDATE stages SET answered = :answered
WHERE workspace_id = :workspace_id AND ranking_id = :ranking_id AND seq = :seq
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A ranking with its voters, of whom the first `answered` have answered; `view` is an empty ballot."""

    workspace_id: str
    ranking_id: str
    items: tuple[str, ...]
    voters: int
    answered: int
    view: Mapping[str, Any]

    def voter(self, number: int) -> str:
        """The id of one of them."""
        return _voter(self.ranking_id, number)


@dataclass(frozen=True, slots=True)
class Form:
    """A section of a draft, opened by its owner."""

    owner: str
    view: Mapping[str, Any]
    field: str


def make_rankings(
    url: str, sizes: Mapping[str, tuple[int, int]], workspaces: Sequence[str] = (TEAM,)
) -> dict[str, Subject]:
    """Open rankings by id, each with so many ballots, and so many voters who have not answered yet.

    They are the workspaces' by turns.
    """
    return asyncio.run(_make_rankings(url, sizes, workspaces))


def make_forms(url: str, drafts: int) -> list[Form]:
    """Drafts, each of somebody else, each with its first section open."""
    return asyncio.run(_make_forms(url, drafts))


async def _make_rankings(
    url: str, sizes: Mapping[str, tuple[int, int]], workspaces: Sequence[str]
) -> dict[str, Subject]:
    store, task = await open_store(url), load_library().tasks[0]
    try:
        return {
            ranking_id: await _make_ranking(
                store,
                url,
                task,
                (workspaces[number % len(workspaces)], ranking_id, f"C{number % CHANNELS}"),
                *size,
            )
            for number, (ranking_id, size) in enumerate(sizes.items())
        }
    finally:
        await store.close()


async def _make_ranking(
    store: Store, url: str, task: Task, place: tuple[str, str, str], ballots: int, waiting: int
) -> Subject:
    """`place` is the workspace, the ranking and its channel."""
    workspace_id, ranking_id, channel_id = place
    items = tuple(Item(each.id, each.title, each.text) for each in task.statements)
    people = [Person(workspace_id, _voter(ranking_id, number)) for number in range(ballots + waiting)]
    ranking = Ranking(
        workspace_id=workspace_id,
        id=ranking_id,
        task_id=task.id,
        title=task.title,
        source=task.source,
        items=items,
        channel_id=channel_id,
        facilitator=people[0],
        participants=tuple(Participant(person, "") for person in people),
        status="open",
        created_at=BEGAN,
    )
    stage = Stage(ranking_id, SEQ, "discard", tuple(item.id for item in items), BEGAN)
    board = Message(
        workspace_id, ids.board_id(ranking_id), ids.BOARD_KIND, ids.subject(ranking_id), channel_id
    )
    await store.rankings.create_ranking(ranking, stage, [board])
    await asyncio.to_thread(_answer, url, workspace_id, ranking_id, stage.items, people[:ballots])
    ballot = await store.rankings.get_ballot(workspace_id, ranking_id, people[-1])
    assert ballot is not None
    view = panel_modal(ballot_panel(ballot, people[-1]))
    view = {**as_echoed(view, f"V{ranking_id}", {}), "team_id": workspace_id}
    return Subject(workspace_id, ranking_id, stage.items, len(people), ballots, view)


def _answer(
    url: str, workspace_id: str, ranking_id: str, items: tuple[str, ...], people: list[Person]
) -> None:
    """Written straight into the database: a hundred thousand presses would take minutes."""
    key = {"workspace_id": workspace_id, "ranking_id": ranking_id, "seq": SEQ}
    answers = [
        bind(
            key
            | {
                "team_id": person.team_id,
                "user_id": person.user_id,
                "choice": [items[at % len(items)]],
                "answered_at": BEGAN,
            }
        )
        for at, person in enumerate(people)
    ]
    counted = bind(key | {"answered": len(people)})
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
            file.executemany(_ANSWERED, answers)
            file.execute(_COUNTED, counted)
    else:
        with psycopg.connect(url) as connection:
            connection.cursor().executemany(translate(_ANSWERED), answers)
            connection.execute(translate(_COUNTED), counted)


async def _make_forms(url: str, drafts: int) -> list[Form]:
    store, library = await open_store(url), load_library()
    template = library.templates[0]
    section = template.sections[0]
    try:
        forms = []
        for number in range(drafts):
            study = _draft(template.id, number)
            await store.case_studies.create_case_study(study)
            view = section_modal(study, template, section)
            field = next(field for field in section.fields if field.kind in ("text", "line"))
            forms.append(Form(study.owner.user_id, view, field.id))
        return forms
    finally:
        await store.close()


def _draft(template_id: str, number: int) -> CaseStudy:
    return CaseStudy(
        workspace_id=TEAM,
        id=f"study-{number}",
        template_id=template_id,
        owner=Person(TEAM, f"U0OWNER{number}"),
        status="draft",
        title="",
        created_at=BEGAN,
        updated_at=BEGAN,
        published_at=None,
        answers={},
    )


def _voter(ranking_id: str, number: int) -> str:
    return f"U{ranking_id}{number}".upper()
