"""What was removed and what was added, as rich text: readable by eye, and by ear through the signs."""

from collections.abc import Iterable, Sequence

from slackblocks import Block, RichText, RichTextBlock, RichTextSection

from bot.blocks import SECTION_LENGTH, escape, section
from bot.case_studies.history.comparing import FieldDifference
from bot.case_studies.history.differences import Piece

PIECES_A_BLOCK = 200
_SPACE = {"removed": "[− {}]", "added": "[+ {}]"}
_SIGNED = {"removed": "[−{}]", "added": "[+{}]"}


def difference_blocks(differences: Iterable[FieldDifference]) -> list[Block]:
    """Field by field; a long one in several blocks."""
    blocks: list[Block] = []
    for difference in differences:
        blocks += [section(f"*{escape(difference.label)}*"), *_rich_texts(difference.pieces)]
    return blocks


def _rich_texts(pieces: Sequence[Piece]) -> list[Block]:
    blocks: list[Block] = []
    waiting: list[RichText] = []
    room = SECTION_LENGTH
    for piece in (shown for each in pieces for shown in _signed(each)):
        text = piece.text
        while text:
            head = _head(text, room) if len(waiting) < PIECES_A_BLOCK else ""
            if not head and waiting:
                blocks.append(_block(waiting))
                waiting, room = [], SECTION_LENGTH
                continue
            head = head or text[:room]
            waiting.append(_styled(piece, head))
            text, room = text[len(head) :], room - len(head)
    return [*blocks, *([_block(waiting)] if waiting else [])]


def _block(texts: list[RichText]) -> Block:
    return RichTextBlock([RichTextSection(list(texts))])


def _styled(piece: Piece, text: str) -> RichText:
    return RichText(
        text,
        bold=True if piece.kind == "added" else None,
        strike=True if piece.kind == "removed" else None,
    )


def _head(text: str, room: int) -> str:
    """As much as there is room for, up to the end of a word; "" when no whole word fits."""
    if len(text) <= room:
        return text
    return text[: max(text.rfind(" ", 0, room), text.rfind("\n", 0, room)) + 1]


def _signed(piece: Piece) -> list[Piece]:
    """A change in brackets with its sign, the space round it outside; a change of space alone in words."""
    if piece.kind not in _SIGNED:
        return [piece]
    core = piece.text.strip()
    if not core:
        lines = piece.text.count("\n")
        name = "space" if not lines else "new line" if lines == 1 else f"{lines} new lines"
        return [Piece(piece.kind, _SPACE[piece.kind].format(name))]
    before, after = piece.text.split(core, 1)
    return [
        Piece("same", before),
        Piece(piece.kind, _SIGNED[piece.kind].format(core)),
        Piece("same", after),
    ]
