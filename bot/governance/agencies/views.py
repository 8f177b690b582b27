"""The list of agencies, and the forms that rename one or make two into one."""

from collections.abc import Sequence
from typing import Any

from slackblocks import Block, InputBlock, ModalView, Option, PlainTextInput, StaticSelectMenu

from bot.blocks import OPTION_LENGTH, actions, button, context, cut, plain, section
from bot.governance import ids
from bot.plurals import people_counted
from storage.records.people import Agency

A_PAGE = 20
MOST_OFFERED = 100
LONGEST = 75
WHAT = (
    "These are the names that people gave when they were asked for their agency. People and open rankings "
    "follow a change at once. A ranking that has ended stays as it was recorded."
)
NONE_YET = "Nobody has named an agency yet. People are asked when they first take part in something."
ANONYMOUS = (
    "An anonymous ranking that has answers, and people of both agencies, stays as it is: the difference "
    "between two results could show how somebody answered."
)


def agencies_modal(agencies: Sequence[Agency], offset: int = 0) -> dict[str, Any]:
    """A page of the agencies, each with how many people it has and what can be done."""
    blocks: list[Block] = [section(WHAT if agencies else NONE_YET)]
    for agency in agencies[offset : offset + A_PAGE]:
        blocks.append(section(plain(f"{agency.name} ({people_counted(agency.people)})")))
        ways = [button("Rename", ids.OPEN_RENAMING, agency.name, spoken=f"Rename {agency.name}")]
        if len(agencies) > 1:
            ways.append(
                button("Make part of another", ids.OPEN_JOINING, agency.name, spoken=f"Join {agency.name}")
            )
        blocks.append(actions(*ways))
    turns = []
    if offset:
        turns.append(button("Previous agencies", ids.NEWER_AGENCIES, str(max(0, offset - A_PAGE))))
    if offset + A_PAGE < len(agencies):
        turns.append(button("More agencies", ids.OLDER_AGENCIES, str(offset + A_PAGE)))
    if turns:
        blocks.append(actions(*turns))
    return ModalView(title=plain("Agencies"), blocks=blocks, close=plain("Back")).to_dict()


def renaming_modal(agency: str) -> dict[str, Any]:
    """The new name of an agency."""
    name = InputBlock(
        plain("New name"),
        PlainTextInput(action_id=ids.NAME_FIELD, max_length=LONGEST, initial_value=agency[:LONGEST]),
        block_id=ids.NAME_FIELD,
        hint=plain("Everybody who answers for it, and each open ranking, has the new name at once."),
    )
    return _form("Rename an agency", agency, [name], ids.SEND_RENAMING, "Rename")


def joining_modal(agency: str, others: Sequence[Agency]) -> dict[str, Any]:
    """Which agency the people of this one belong to from now on."""
    options = [
        Option(plain(cut(other.name, OPTION_LENGTH)), value=other.name[:150])
        for other in others[:MOST_OFFERED]
    ]
    into = InputBlock(
        plain("It becomes part of"),
        StaticSelectMenu(placeholder=plain("Choose an agency"), action_id=ids.INTO_FIELD, options=options),
        block_id=ids.INTO_FIELD,
        hint=plain("This cannot be undone: afterwards nobody can tell who came from where."),
    )
    return _form("Make two into one", agency, [into, context(ANONYMOUS)], ids.SEND_JOINING, "Make them one")


def _form(title: str, agency: str, blocks: list[Block], callback_id: str, submit: str) -> dict[str, Any]:
    return ModalView(
        title=plain(title),
        blocks=[section(plain(agency)), *blocks],
        submit=plain(submit),
        close=plain("Back"),
        callback_id=callback_id,
        private_metadata=agency,
    ).to_dict()


def done_modal(words: str) -> dict[str, Any]:
    """Said once it is done."""
    return ModalView(title=plain("Agencies"), blocks=[section(plain(words))], close=plain("Back")).to_dict()
