"""What the fields for agencies and strategies offer while somebody types."""

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slackblocks import Option

from bot.caller import Payload, read_caller
from bot.case_studies.fields.inputs import LONGEST_NAME, option_of
from bot.case_studies.service import CaseStudyService
from bot.picker import MOST_OPTIONS, Picker, picker_groups
from knowledge.model import FieldKind
from storage.store import PeopleStore

SUGGESTED: frozenset[FieldKind] = frozenset({"agencies", "strategies"})
NEW = "Not in the list yet"


class SuggestionListeners:
    """Answers from what the workspace knows."""

    def __init__(self, service: CaseStudyService, people: PeopleStore, picker: Picker) -> None:
        self._service = service
        self._people = people
        self._picker = picker

    async def offer_options(self, body: Payload, context: AsyncBoltContext, ack: AsyncAck) -> None:
        """Strategies by theme, or agencies by name, for the field that is typed in."""
        caller = read_caller(context, body)
        typed = str(body.get("value") or "")
        study_id = body["view"]["private_metadata"].partition("|")[0]
        access = await self._service.access(caller, study_id)
        study = await self._service.existing(caller, study_id)
        field_id = body["action_id"]
        self._service.check_write(access, self._service.section_with(study, field_id).id)
        field = self._service.template_of(study).field(field_id)
        if field and field.kind == "strategies":
            groups = [group._resolve() for group in picker_groups(self._picker.groups(typed))]
            await (ack(option_groups=groups) if groups else ack(options=[]))
        else:
            known = await self._people.list_agencies(caller.workspace_id)
            await ack(options=[option._resolve() for option in agency_options(known, typed)])


def agency_options(known: list[str], typed: str) -> list[Option]:
    """Known agencies that the typed words occur in, and last, what was typed when it is no agency yet."""
    typed = " ".join(typed.split())
    names = [name for name in known if len(name) <= LONGEST_NAME]
    fitting = [name for name in names if typed.casefold() in name.casefold()]
    options = [option_of(name) for name in fitting[: MOST_OPTIONS - 1]]
    is_known = typed.casefold() in {name.casefold() for name in names}
    if typed and not is_known and len(typed) <= LONGEST_NAME:
        options.append(option_of(typed, NEW))
    return options
