"""The form that sets a ranking up, and the question whether to go on with an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import (
    Block,
    InputBlock,
    ModalView,
    Option,
    PlainTextInput,
    RadioButtonGroup,
    StaticSelectMenu,
    UserMultiSelectMenu,
)

from bot.blocks import (
    INPUT_LENGTH,
    OPTION_LENGTH,
    actions,
    button,
    channel_select,
    context,
    cut,
    plain,
    section,
)
from bot.handover import FEWEST_RANKED, MOST_RANKED
from bot.panels import Panel
from bot.plurals import counted
from bot.ranking import ids
from bot.ranking.people.limits import MOST_PEOPLE
from bot.ranking.rules_wording import ANONYMOUS, NAMES_SHOWN, rules_lines
from bot.ranking.setup.draft import ANONYMOUS as IS_ANONYMOUS
from bot.ranking.setup.draft import NAMED, Setup
from bot.ranking.setup.own_statements import LONGEST
from bot.ranking.setup.topics import OWN_TASK

SUMMARY_SHOWN = 600
MOST_SOURCES = 100
TITLE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class SetupForm:
    """What the form shows: the draft, what can be ranked, and what is open in the channel already.

    `about` says what is ranked, or why it cannot be, unless the statements are the person's own. `channel_id`
    is where the person came from, "" when from no channel.
    """

    setup: Setup
    sources: Sequence[tuple[str, str]]
    about: str
    channel_id: str = ""
    note: str = ""


def setup_modal(form: SetupForm) -> ModalView:
    """Everything that has no sensible default; the rules are behind a button, said in words."""
    setup = form.setup
    blocks: list[Block] = [context(form.note)] if form.note else []
    blocks.append(_source_input(form))
    if setup.source == OWN_TASK:
        blocks += _own_inputs(setup)
    else:
        blocks.append(section(plain(cut(form.about, SUMMARY_SHOWN))))
    blocks += [_channel_input(setup), _people_input(setup), _names_input(setup)]
    blocks += [context(NAMES_SHOWN), context(ANONYMOUS)]
    rules = button("Change the rules", ids.OPEN_RULES)
    blocks.append(section("\n".join(["*The rules*", *rules_lines(setup.rules)]), accessory=rules))
    blocks.append(
        context(
            "You facilitate: you start and end each step. What you enter is kept when you press a button or "
            "choose something, also if you close this. Nobody can change the rules once it has started."
        )
    )
    return ModalView(
        title=plain("Start a ranking"),
        blocks=blocks,
        submit=plain("Preview"),
        close=plain("Not now"),
        callback_id=ids.SEND_SETUP,
        private_metadata=form.channel_id or None,
    )


def resume_panel(before: str, now: str, channel_id: str = "") -> Panel:
    """Whether to go on with what was begun; both by the name of what is ranked."""
    text = f"You have begun to set up a ranking: “{before}”. What you entered is kept."
    again = f"“Begin afresh” forgets it and starts with “{now}”."
    return Panel(
        "Start a ranking",
        [
            section(plain(f"{text} {again}")),
            actions(
                button("Go on with it", ids.RESUME_SETUP, style="primary"),
                button("Begin afresh", ids.RESTART_SETUP),
            ),
        ],
        f"{text} {again}",
        metadata=channel_id,
    )


def _source_input(form: SetupForm) -> InputBlock:
    options = [
        Option(plain(cut(words, OPTION_LENGTH)), value=value) for value, words in form.sources[:MOST_SOURCES]
    ]
    chosen = next((option for option in options if option.value == form.setup.source), options[0])
    return InputBlock(
        plain("What is ranked"),
        StaticSelectMenu(
            placeholder=plain("Choose what is ranked"),
            action_id=ids.setup_action(ids.SOURCE_FIELD),
            options=options,
            initial_option=chosen,
        ),
        block_id=ids.SOURCE_FIELD,
        dispatch_action=True,
    )


def _own_inputs(setup: Setup) -> list[Block]:
    blocks: list[Block] = [
        InputBlock(
            plain("What it is about"),
            PlainTextInput(
                action_id=ids.TITLE_FIELD,
                initial_value=setup.title or None,
                max_length=TITLE_LENGTH,
                placeholder=plain("What matters most to us this year"),
            ),
            block_id=ids.TITLE_FIELD,
            optional=True,
        ),
        InputBlock(
            plain("The statements, one in each line"),
            PlainTextInput(
                action_id=ids.STATEMENTS_FIELD,
                initial_value=setup.statements or None,
                multiline=True,
                max_length=INPUT_LENGTH,
            ),
            hint=plain(
                f"{FEWEST_RANKED} to {MOST_RANKED} statements of at most {LONGEST} characters. Paste a list "
                "if you have one: its numbers or bullets are taken off."
            ),
            block_id=ids.STATEMENTS_FIELD,
            optional=True,
        ),
    ]
    if setup.left_out:
        lines = counted(setup.left_out, "line is", "lines are")
        blocks.append(context(f"The message was longer than this field. Its last {lines} left out."))
    return blocks


def _channel_input(setup: Setup) -> InputBlock:
    return InputBlock(
        plain("Channel"),
        channel_select(
            ids.setup_action(ids.CHANNEL_FIELD), chosen=setup.channel_id or None, here=not setup.channel_id
        ),
        hint=plain("I must be a member of it. Channels shared with a partner organisation work too."),
        block_id=ids.CHANNEL_FIELD,
        dispatch_action=True,
    )


def _people_input(setup: Setup) -> InputBlock:
    return InputBlock(
        plain("Who takes part"),
        UserMultiSelectMenu(
            placeholder=plain("Everybody in the channel"),
            action_id=ids.setup_action(ids.PEOPLE_FIELD),
            initial_users=list(setup.user_ids) or None,
        ),
        hint=plain(f"Leave it empty for everybody who is in the channel now, up to {MOST_PEOPLE} people."),
        block_id=ids.PEOPLE_FIELD,
        optional=True,
        dispatch_action=True,
    )


def _names_input(setup: Setup) -> InputBlock:
    shown, hidden = Option(plain("Names shown"), NAMED), Option(plain("Anonymous"), IS_ANONYMOUS)
    return InputBlock(
        plain("Names"),
        RadioButtonGroup(
            action_id=ids.setup_action(ids.NAMES_FIELD),
            options=[shown, hidden],
            initial_option=hidden if setup.rules.anonymous else shown,
        ),
        block_id=ids.NAMES_FIELD,
        dispatch_action=True,
    )
