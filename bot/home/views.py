"""App Home and the help text."""

from collections.abc import Mapping, Sequence

from slackblocks import ActionsBlock, Block, HomeTabView

from bot.blocks import actions, button, context, divider, header, section
from bot.caller import Caller
from bot.commands import COMMANDS, Command, usage_lines
from bot.delivery.content import HOME_KIND, HomeContent
from bot.handover import LEFT_BEHIND, MY_DATA, SETTINGS
from bot.panels import Panel
from bot.sections import HomeSource, Shelf, home_subject
from storage.records.messages import Message
from storage.records.people import Person

HOME_BLOCKS = 100

WELCOME = (
    "Common Ground helps a team from several agencies to *look up* what is known to work, "
    "*agree* what matters most, and *share* what it did."
)
ASK_AN_ADMIN = (
    "Settings, the audit log and requests for information are for admins of this workspace: ask one of them."
)
NOTHING_WAITS = "Nothing waits for you at the moment."


def home_message(caller: Caller) -> Message:
    """The row that keeps a person's App Home; the user id stands for the channel."""
    person = caller.person
    name = home_subject(person)
    return Message(caller.workspace_id, name, HOME_KIND, name, person.user_id)


class HomeRenderer:
    """Renders one person's App Home from all features."""

    def __init__(self, sources: Sequence[HomeSource]) -> None:
        self._sources = sources

    async def render(self, message: Message) -> HomeContent:
        """The newest App Home of the person whose row this is."""
        _home, team_id, user_id = message.subject.split(":")
        caller = Caller(message.workspace_id, Person(team_id, user_id))
        return HomeContent(home_view([await source(caller) for source in self._sources]))


def home_view(offers: Sequence[Mapping[Shelf, list[Block]]]) -> dict[str, object]:
    """The tab: a welcome, then each heading under which some feature has something."""
    blocks: list[Block] = [header("Common Ground"), section(WELCOME)]
    for shelf in Shelf:
        found = _rows_joined([block for offer in offers for block in offer.get(shelf, [])])
        if shelf is Shelf.WAITING and not found:
            found = [context(NOTHING_WAITS)]
        if found:
            blocks += [divider(), header(shelf.value), *found]
    return HomeTabView(blocks=blocks[:HOME_BLOCKS]).to_dict()


def _rows_joined(blocks: Sequence[Block]) -> list[Block]:
    """Rows of buttons that follow one another, from whichever features, as one row."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if isinstance(block, ActionsBlock) and isinstance(before, ActionsBlock):
            joined[-1] = actions(*(before.elements or []), *(block.elements or []))
        else:
            joined.append(block)
    return joined


def help_panel(
    commands: Sequence[Command] = COMMANDS, *, is_admin: bool = False, may_curate: bool = False
) -> Panel:
    """What each command does, from the command table; admins and curators get the ways to what is theirs."""
    blocks: list[Block] = [header("What Common Ground does"), section(WELCOME)]
    for one in commands:
        uses = "\n".join(f"`{typed}`  {does}" for typed, does in usage_lines([one]))
        blocks.append(section(f"*{one.summary}*\n{uses}"))
    blocks.append(
        context(
            "Commands work in a channel, not in a thread. From a partner organisation? You cannot use the "
            "commands, but every button in a shared channel is yours to press, and you can ask me in a "
            "message that mentions me."
        )
    )
    ways = [button("My data", MY_DATA, spoken="My data: a look, a copy, or be erased")]
    if is_admin:
        ways.append(button("Settings", SETTINGS, spoken="Settings of this workspace"))
    if may_curate:
        ways.append(button("Case studies of people who have left", LEFT_BEHIND))
    blocks.append(actions(*ways))
    if not is_admin:
        blocks.append(context(ASK_AN_ADMIN))
    lines = "\n".join(f"{typed}: {does}" for typed, does in usage_lines(commands))
    return Panel("Help", blocks, f"{WELCOME.replace('*', '')}\n{lines}")
