"""The private modals in which people answer: tap ballots and consent.

A ballot needs no drag and drop and no submit: each press is stored, the number
says the place, and closing loses nothing.
"""

from collections.abc import Mapping, Sequence

from slackblocks import (
    Block,
    Button,
    InputBlock,
    ModalView,
    Option,
    PlainTextInput,
    RadioButtonGroup,
)

from bot.blocks import (
    INPUT_LENGTH,
    MODAL_BLOCKS,
    actions,
    button,
    context,
    cut,
    divider,
    escape,
    paragraphs,
    plain,
    section,
)
from bot.panels import Panel
from bot.ranking import ids
from bot.ranking.agreed_views import people_blocks, rules_blocks
from bot.ranking.answers.ballot import shuffled
from bot.ranking.answers.wording import consent_rule_text, own_answer_text, reason_hint
from bot.ranking.result_wording import POSITIONS, reasons
from bot.ranking.snapshot import Snapshot
from bot.ranking.stages import Consent, wanted
from bot.ranking.uses import NO_USES
from bot.ranking.wording import ask_text, asked_lines, proposed, stage_title
from bot.uses import uses_button
from storage.records.people import Person
from storage.records.rankings import Ballot, Item, Ranking, Stage

STATEMENT_SHOWN = 500
"""Characters of a statement's text beside its buttons."""

REASONS_IN_FULL = 12
"""Up to so many reasons are shown in full, more of them up to STATEMENT_SHOWN characters each."""

SAVED = "Every press is saved. You can close this and come back until the step ends."


def ballot_panel(ballot: Ballot, person: Person, uses: Mapping[str, int] = NO_USES) -> Panel:
    """The ballot of a discard, rank or choose stage, as it stands for this person.

    `uses` says how many case studies used a strategy, by its id.
    """
    stage, answer = ballot.stage, ballot.answer
    choice = answer.choice if answer else ()
    intro = section(f"*{stage_title(stage, ballot.rules.steps)}*\n{ask_text(stage)}")
    if stage.kind == "rank":
        body = _order_blocks(ballot, person, choice, uses)
        state = f"{len(choice)} of {len(stage.items)} placed"
    else:
        body = _mark_blocks(ballot, person, choice, uses)
        state = f"{len(choice)} of {wanted(stage)} chosen"
    done = answer is not None and answer.complete
    note = f"*{state}.* {'Your answer counts.' if done else 'Not complete yet.'} {SAVED}"
    metadata = ids.Ref(ballot.ranking_id, stage.seq).encode()
    seen = context(own_answer_text(ballot.rules, stage.kind))
    return Panel("Your answer", [intro, context(note), seen, *body], f"{state}. {SAVED}", metadata)


def consent_modal(ballot: Ballot, uses: Mapping[str, int] = NO_USES) -> ModalView:
    """Support, live with it, stand aside or block, with a reason."""
    stage, answer = ballot.stage, ballot.answer
    options = [
        Option(plain(says), value=position.value) for position, (says, _one, _several) in POSITIONS.items()
    ]
    given = next((one for one in options if answer and answer.choice == (one.value,)), None)
    asked = "\n".join([f"*{stage_title(stage, ballot.rules.steps)}*", *asked_lines(ballot.items, stage)])
    blocks: list[Block] = [
        section(f"{asked}\n{consent_rule_text(ballot.rules)}"),
        *_in_full(proposed(ballot.items, stage), uses=uses),
        context(own_answer_text(ballot.rules, stage.kind)),
        InputBlock(
            plain("Where do you stand?"),
            RadioButtonGroup(action_id=ids.POSITION_FIELD, options=options, initial_option=given),
            block_id=ids.POSITION_FIELD,
        ),
        InputBlock(
            plain("Why?"),
            PlainTextInput(
                action_id=ids.REASON_FIELD,
                multiline=True,
                max_length=INPUT_LENGTH,
                initial_value=(answer.reason or None) if answer else None,
            ),
            hint=plain(reason_hint(ballot.rules)),
            block_id=ids.REASON_FIELD,
            optional=True,
        ),
    ]
    return ModalView(
        title=plain("Your answer"),
        blocks=blocks,
        submit=plain("Send"),
        close=plain("Not now"),
        callback_id=ids.SEND_CONSENT,
        private_metadata=ids.Ref(ballot.ranking_id, stage.seq).encode(),
    )


def statements_panel(snapshot: Snapshot, uses: Mapping[str, int] = NO_USES) -> Panel:
    """All statements in full, then who takes part and by which rules."""
    ranking = snapshot.ranking
    blocks = _in_full(ranking.items, snapshot.dropped, uses)
    blocks += [*people_blocks(ranking.participants), *rules_blocks(ranking.rules)]
    text = "\n".join(f"{item.title}: {item.text}" for item in ranking.items)
    return Panel("The statements", blocks, text)


def reasons_panel(ranking: Ranking, stage: Stage, consent: Consent) -> Panel:
    """Every reason, in full where one view holds them."""
    given = reasons(ranking, consent)
    blocks: list[Block] = [section("\n".join(asked_lines(ranking.items, stage)))]
    for stands, reason in given[: MODAL_BLOCKS - 1]:
        if len(given) <= REASONS_IN_FULL:
            blocks += [section(stands), *paragraphs(reason)]
        else:
            blocks.append(section(f"{stands}\n{escape(cut(reason, STATEMENT_SHOWN))}"))
    text = "\n".join(f"{stands} {reason}" for stands, reason in given)
    return Panel("The reasons", blocks, text)


def _in_full(
    items: Sequence[Item], dropped: Sequence[str] = (), uses: Mapping[str, int] = NO_USES
) -> list[Block]:
    blocks: list[Block] = []
    for at, item in enumerate(items, start=1):
        note = "  (dropped)" if item.id in dropped else ""
        number = f"{at}.  " if len(items) > 1 else ""
        used = _uses_buttons(item, uses)
        title = section(f"*{number}{escape(item.title)}*{note}", accessory=used[0] if used else None)
        blocks += [title, *paragraphs(item.text)]
    return blocks


def _order_blocks(
    ballot: Ballot, person: Person, order: tuple[str, ...], uses: Mapping[str, int]
) -> list[Block]:
    blocks: list[Block] = []
    if order:
        blocks.append(section("*Your order*, the most important first"))
    for at, item_id in enumerate(order, start=1):
        item = _item(ballot, item_id)
        blocks.append(section(_statement(item, f"{at}.  "), block_id=item.id))
        buttons = _placed_buttons(ballot, item, at, len(order)) + _uses_buttons(item, uses)
        blocks.append(actions(*buttons, block_id=f"{item.id}.move"))
    left = [item for item in _shuffled(ballot, person) if item not in order]
    if left:
        blocks += [divider(), section("*Not placed yet*")]
    for item_id in left:
        item = _item(ballot, item_id)
        add = _button("Add", ids.PLACE, ballot, item, 0, f"Add as number {len(order) + 1}: {item.title}")
        blocks.append(section(_statement(item), accessory=add, block_id=item.id))
        blocks += _uses_row(item, uses)
    return blocks


def _placed_buttons(ballot: Ballot, item: Item, at: int, last: int) -> list[Button]:
    buttons = []
    if at > 1:
        buttons.append(_button("Up", ids.UP, ballot, item, at - 1, f"Up to {at - 1}: {item.title}"))
    if at < last:
        buttons.append(_button("Down", ids.DOWN, ballot, item, at + 1, f"Down to {at + 1}: {item.title}"))
    buttons.append(_button("Remove", ids.REMOVE, ballot, item, 0, f"Remove: {item.title}"))
    return buttons


def _mark_blocks(
    ballot: Ballot, person: Person, marked: tuple[str, ...], uses: Mapping[str, int]
) -> list[Block]:
    one = ballot.stage.kind == "discard"
    label = "Drop this" if one else "Mark"
    full = not one and len(marked) >= wanted(ballot.stage)
    blocks: list[Block] = [section("Take one back to mark another.")] if full else []
    for item_id in _shuffled(ballot, person):
        item = _item(ballot, item_id)
        if item_id in marked:
            says = "Your choice:  " if one else f"Marked, {len(marked)} of {wanted(ballot.stage)}:  "
            undo = _button("Take back", ids.REMOVE, ballot, item, 0, f"Take back: {item.title}")
            blocks.append(section(_statement(item, says), accessory=undo, block_id=item.id))
        elif full:
            blocks.append(section(_statement(item), block_id=item.id))
        else:
            mark = _button(label, ids.PLACE, ballot, item, 0, f"{label}: {item.title}")
            blocks.append(section(_statement(item), accessory=mark, block_id=item.id))
        blocks += _uses_row(item, uses)
    return blocks


def _uses_row(item: Item, uses: Mapping[str, int]) -> list[Block]:
    buttons = _uses_buttons(item, uses)
    return [actions(*buttons, block_id=f"{item.id}.uses")] if buttons else []


def _uses_buttons(item: Item, uses: Mapping[str, int]) -> list[Button]:
    """The way to the case studies that used a strategy, if there are any."""
    number = uses.get(item.id, 0)
    return [uses_button(item.id, item.title, number)] if number else []


def _button(label: str, action_id: str, ballot: Ballot, item: Item, to: int, spoken: str) -> Button:
    ref = ids.Ref(ballot.ranking_id, ballot.stage.seq, item.id, to)
    return button(label, action_id, ref.encode(), spoken=spoken)


def _statement(item: Item, before: str = "") -> str:
    return f"*{before}{escape(item.title)}*\n{escape(cut(item.text, STATEMENT_SHOWN))}".rstrip()


def _shuffled(ballot: Ballot, person: Person) -> Sequence[str]:
    seed = f"{ballot.ranking_id}|{person.team_id}|{person.user_id}"
    return shuffled(ballot.stage.items, seed)


def _item(ballot: Ballot, item_id: str) -> Item:
    return next(item for item in ballot.items if item.id == item_id)
