"""Names of the messages that follow case studies, and what they are about."""

from datetime import UTC, datetime

from bot.case_studies.ids import CARD_KIND, OWNER_KIND, RequestRef
from storage.records.people import Person


def card_id(study_id: str, channel_id: str) -> str:
    """The message that shows a case study in a channel."""
    return f"{CARD_KIND}:{study_id}:{channel_id}"


def subject(study_id: str) -> str:
    """What every message about a case study is about."""
    return f"case_study:{study_id}"


def study_of(subject: str) -> str:
    """The id of the case study that a message is about."""
    return subject.removeprefix("case_study:")


def request_message_id(kind: str, ref: RequestRef, at: datetime) -> str:
    """A direct message about a section that is asked of somebody."""
    return f"{kind}:{ref.encode()}:{int(at.timestamp())}"


def request_of(message_id: str) -> RequestRef:
    """What such a message is about."""
    return RequestRef.decode(message_id.split(":")[1])


def owner_message_id(study_id: str, owner: Person, at: datetime) -> str:
    """The direct message to somebody who has been made the owner of a case study."""
    return f"{OWNER_KIND}:{study_id}:{owner.team_id}:{owner.user_id}:{int(at.timestamp())}"


def owner_of(message_id: str) -> tuple[Person, int]:
    """Who was told by such a message, and of which moment, in Unix seconds."""
    *_, team_id, user_id, moment = message_id.split(":")
    return Person(team_id, user_id), int(moment)


def digest_span(message_id: str) -> tuple[datetime, datetime]:
    """From when to when the message of a digest tells of: after the first, up to the second."""
    *_, since, until = message_id.split(":")
    return datetime.fromtimestamp(int(since), UTC), datetime.fromtimestamp(int(until), UTC)
