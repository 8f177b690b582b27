"""The form in which the rules of a new ranking are changed."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from slackblocks import (
    Block,
    CheckboxGroup,
    Element,
    InputBlock,
    ModalView,
    Option,
    RadioButtonGroup,
    StaticSelectMenu,
)

from bot.blocks import context, plain
from bot.ranking import ids
from bot.ranking.rules_wording import BLOCKS, QUORUMS, REMIND_HOURS, STAGE_HOURS, STEPS
from bot.ranking.setup.draft import NONE, PINNED
from storage.records.rankings import Rules

Value = TypeVar("Value", bound=str)
WEIGHTS = {"person": "Each person counts once", "agency": "Each agency counts once"}


def rules_modal(rules: Rules, channel_id: str = "") -> ModalView:
    """Every rule, each with what holds now."""
    hours = {NONE: "No limit"} | {str(hours): words for hours, words in STAGE_HOURS.items()}
    remind = {NONE: "None"} | {str(hours): _begun(words) for hours, words in REMIND_HOURS.items()}
    quorums: dict[str, str] = {rule: _begun(words) for rule, words in QUORUMS.items()}
    blocks = {str(count): words for count, words in BLOCKS.items()}
    ticked = _boxes(ids.STEPS_FIELD, STEPS, rules.steps)
    pin = _boxes(ids.PIN_FIELD, {PINNED: "Pin the outcome in the channel"}, [PINNED] if rules.pin else [])
    shown: list[Block] = [
        context(
            "The group agrees to these before anybody answers. Once it has started nobody can change them; "
            "a deadline can be moved and people can be added, and the channel is told."
        ),
        _input(
            "Steps", ids.STEPS_FIELD, ticked, "Putting them in order is always part of it.", optional=True
        ),
        _input("Who counts", ids.WEIGHTS_FIELD, _radios(ids.WEIGHTS_FIELD, WEIGHTS, rules.weights)),
        _input(
            "How many must answer a proposal",
            ids.QUORUM_FIELD,
            _select(ids.QUORUM_FIELD, quorums, rules.quorum),
        ),
        _input(
            "What stops a proposal",
            ids.BLOCKS_FIELD,
            _select(ids.BLOCKS_FIELD, blocks, str(rules.blocks_needed)),
        ),
        _input(
            "Time for each step",
            ids.HOURS_FIELD,
            _select(ids.HOURS_FIELD, hours, str(rules.stage_hours or NONE)),
        ),
        _input(
            "Reminders",
            ids.REMIND_FIELD,
            _select(ids.REMIND_FIELD, remind, str(rules.remind_hours or NONE)),
            "By direct message, in each person's daytime, only to those who have not answered.",
        ),
        _input("When it is decided", ids.PIN_FIELD, pin, optional=True),
    ]
    return ModalView(
        title=plain("The rules"),
        blocks=shown,
        submit=plain("Keep these rules"),
        close=plain("Back"),
        callback_id=ids.SEND_RULES,
        private_metadata=channel_id or None,
    )


def _input(label: str, field: str, element: Element, hint: str = "", *, optional: bool = False) -> InputBlock:
    return InputBlock(
        plain(label),
        element,
        hint=plain(hint) if hint else None,
        block_id=field,
        optional=optional,
        dispatch_action=True,
    )


def _select(field: str, words: Mapping[str, str], chosen: str) -> StaticSelectMenu:
    options = {value: Option(plain(text), value=value) for value, text in words.items()}
    return StaticSelectMenu(
        placeholder=plain("Choose"),
        action_id=ids.rule_action(field),
        options=list(options.values()),
        initial_option=options[chosen],
    )


def _radios(field: str, words: Mapping[str, str], chosen: str) -> RadioButtonGroup:
    options = {value: Option(plain(text), value=value) for value, text in words.items()}
    return RadioButtonGroup(
        action_id=ids.rule_action(field), options=list(options.values()), initial_option=options[chosen]
    )


def _boxes(field: str, words: Mapping[Value, str], ticked: Collection[str]) -> CheckboxGroup:
    options = {value: Option(plain(text), value=value) for value, text in words.items()}
    return CheckboxGroup(
        ids.rule_action(field),
        list(options.values()),
        initial_options=[options[value] for value in words if value in ticked] or None,
    )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
