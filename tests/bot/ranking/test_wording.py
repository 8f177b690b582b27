"""Stages and results in words."""

import pytest

from bot.ranking.result_wording import verdict_text
from bot.ranking.stages import ALL_STEPS, weigh_consent
from bot.ranking.wording import stage_title
from storage.records.rankings import StepName
from tests.bot.ranking.examples import PEOPLE, answer, make_snapshot


def test_a_stage_is_told_with_its_place_among_the_steps_that_are_kept() -> None:
    stage = make_snapshot("choose").stage
    assert stage_title(stage, ALL_STEPS) == "Step 5 of 6: Mark the five that matter most"
    kept: tuple[StepName, ...] = ("choose",)
    assert stage_title(stage, kept, 2) == "Step 2 of 3: Mark the five that matter most (round 2)"


@pytest.mark.parametrize(
    ("blocks", "blocks_needed", "quorum", "words"),
    [
        (0, 1, 5, "*Accepted*: enough people answered (5, and it takes 5), and nobody blocks it."),
        (0, 1, 6, "*Not accepted*: 5 answered and it takes 6, so 1 is missing."),
        (0, 1, 8, "*Not accepted*: 5 answered and it takes 8, so 3 are missing."),
        (1, 1, 5, "*Not accepted*: nothing is decided over a block. 1 person blocks it."),
        (2, 2, 5, "*Not accepted*: 2 people block it, and you agreed that 2 blocks stop it."),
        (
            2,
            1,
            6,
            "*Not accepted*: nothing is decided over a block. 2 people block it. "
            "5 answered and it takes 6, so 1 is missing.",
        ),
        (
            1,
            2,
            5,
            "*Accepted*: enough people answered (5, and it takes 5), and 1 person blocks it, "
            "and you agreed that 2 blocks stop it.",
        ),
    ],
)
def test_the_answer_to_a_proposal_is_told_with_its_reason(
    blocks: int, blocks_needed: int, quorum: int, words: str
) -> None:
    answers = [answer(person, "block" if at < blocks else "support") for at, person in enumerate(PEOPLE)]
    assert verdict_text(weigh_consent(answers, quorum, blocks_needed)) == words
