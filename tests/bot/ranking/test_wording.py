"""Stages and results in words."""

import pytest

from bot.ranking.stages import ALL_STEPS, weigh_consent
from bot.ranking.wording import stage_title, verdict_text
from tests.bot.ranking.examples import PEOPLE, answer, make_snapshot


def test_a_stage_is_told_with_its_place_among_the_steps_that_are_kept() -> None:
    stage = make_snapshot("choose").stage
    assert stage_title(stage, ALL_STEPS) == "Step 5 of 6: Mark the five that matter most"
    assert stage_title(stage, ("choose",), 2) == "Step 2 of 3: Mark the five that matter most (round 2)"


@pytest.mark.parametrize(
    ("blocks", "blocks_needed", "quorum", "words"),
    [
        (0, 1, 5, "*Accepted*: enough people answered, and nobody blocks it."),
        (0, 1, 6, "*Not accepted*: 5 answered, and it takes 6."),
        (1, 1, 5, "*Not accepted*: nothing is decided over a block."),
        (2, 2, 5, "*Not accepted*: 2 block it, and you agreed that 2 blocks stop a proposal."),
        (
            1,
            2,
            5,
            "*Accepted*: enough people answered. It takes 2 blocks to stop a proposal, as you agreed "
            "before the start; there was 1.",
        ),
    ],
)
def test_the_answer_to_a_proposal_is_told_with_its_reason(blocks, blocks_needed, quorum, words) -> None:
    answers = [answer(person, "block" if at < blocks else "support") for at, person in enumerate(PEOPLE)]
    assert verdict_text(weigh_consent(answers, quorum, blocks_needed)) == words
