"""Made-up records: a partnership in two workspaces, its rankings and case studies."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.records.case_studies import CaseStudy, FieldAnswer, FieldValue
from storage.records.installations import Installation, SealedTokens
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.rankings import Answer, Item, Participant, Ranking, Stage

WORKSPACE = "T0HARBOUR"
AMINA = Person("T0HARBOUR", "U0AMINA")
BEN = Person("T0HARBOUR", "U0BEN")
CHIOMA = Person("T0HARBOUR", "U0CHIOMA")
DEV = Person("T0MOORSIDE", "U0DEV")
STRANGER = Person("T0MOORSIDE", "U0AMINA")  # the same id in another workspace is another person
START = datetime(2026, 3, 2, 9, 30, 0, 125, tzinfo=UTC)


def minutes(number: float) -> datetime:
    return START + timedelta(minutes=number)


def seats(*people: Person, **changes: Any) -> tuple[Participant, ...]:
    """These people as participants."""
    return tuple(Participant(person, **changes) for person in people)


def a_ranking(**changes: Any) -> Ranking:
    ranking = Ranking(
        workspace_id=WORKSPACE,
        id="R1",
        task_id="outcomes",
        title="What matters most on the Harbour estate",
        source="Task 5.1",
        items=(
            Item("one", "Families are heard", "Families say what they need, and it is written down."),
            Item("two", "One plan", "Every agency works from the same plan."),
            Item("three", "Quick help", "Help comes within two weeks."),
        ),
        channel_id="C0HARBOUR",
        facilitator=AMINA,
        participants=seats(BEN, CHIOMA, DEV),
        status="open",
        created_at=START,
    )
    return replace(ranking, **changes)


def a_stage(seq: int = 1, **changes: Any) -> Stage:
    stage = Stage(
        ranking_id="R1", seq=seq, kind="rank", items=("one", "two", "three"), opened_at=minutes(seq)
    )
    return replace(stage, **changes)


def a_message(**changes: Any) -> Message:
    message = Message(
        workspace_id=WORKSPACE,
        id="ranking.board:R1",
        kind="ranking.board",
        subject="ranking:R1",
        channel_id="C0HARBOUR",
    )
    return replace(message, **changes)


def a_home(person: Person, **changes: Any) -> Message:
    subject = f"home:{person.team_id}:{person.user_id}"
    return a_message(id=subject, kind="home", subject=subject, channel_id="", **changes)


def an_answer(person: Person, *choice: str, complete: bool = True, **changes: Any) -> Answer:
    return replace(Answer(person, choice, complete, minutes(2)), **changes)


def answering(answer: Answer) -> Callable[[Stage, Answer | None], Answer]:
    """An edit that gives `answer` whatever was answered before."""
    return lambda _stage, _before: answer


def a_study(study_id: str = "S1", answers: dict[str, FieldValue] | None = None, **changes: Any) -> CaseStudy:
    """A draft of Ben's; one with `published_at` counts as published."""
    values = {"who": "A family on the estate"} if answers is None else answers
    study = CaseStudy(
        workspace_id=WORKSPACE,
        id=study_id,
        template_id="short",
        owner=BEN,
        status="published" if changes.get("published_at") else "draft",
        title="Breakfast together",
        created_at=START,
        updated_at=START,
        published_at=None,
        answers={field: FieldAnswer(field, value, BEN, START) for field, value in values.items()},
    )
    return replace(study, **changes)


def an_installation(workspace_id: str = WORKSPACE, **changes: Any) -> Installation:
    """The app in a workspace, with a token that no key opens."""
    installation = Installation(
        workspace_id=workspace_id,
        enterprise_id=None,
        name=workspace_id,
        app_id="A0APP",
        bot_id="B0BOT",
        bot_user_id="U0BOT",
        scopes=("chat:write", "commands"),
        tokens=SealedTokens("sealed"),
        installed_by=AMINA.user_id,
        installed_at=START,
    )
    return replace(installation, **changes)
