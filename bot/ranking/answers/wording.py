"""What a person is told before they answer: who will see it, and what it takes to accept a proposal."""

from storage.records.rankings import QuorumRule, Rules, StageKind

ANONYMOUS = (
    "Nobody sees that this is yours, the facilitator included. Only the app can tell, so that you can change "
    "it. At the end of the ranking it destroys the key by which it could."
)
GROUP_SEES: dict[StageKind, str] = {
    "discard": "The group then sees how often each statement was named.",
    "rank": "The group then sees its order and the places that were given, without names.",
    "choose": "The group then sees how often each statement was marked, and who did not mark it.",
    "discard_consent": "The group then sees the counts, and each reason with its name.",
    "choose_consent": "The group then sees the counts, and each reason with its name.",
}
QUORUMS: dict[QuorumRule, str] = {
    "half": "more than half of the people answer",
    "two_thirds": "at least two thirds of the people answer",
    "all": "everybody answers",
}


def own_answer_text(rules: Rules, kind: StageKind) -> str:
    """Who will see the answer that a person is about to give."""
    if rules.anonymous:
        return ANONYMOUS
    return (
        f"Nobody sees your answer before the step ends, the facilitator included. {GROUP_SEES[kind]} "
        "The exported record holds it with your name."
    )


def reason_hint(rules: Rules) -> str:
    """What happens to the reason that a person gives."""
    if rules.anonymous:
        return (
            "Needed when you block. It is shown when the step ends, without your name. "
            "Word it so that it does not give you away."
        )
    return "Needed when you block. It is shown with your name when the step ends."


def consent_rule_text(rules: Rules) -> str:
    """What it takes to accept a proposal."""
    return f"It is accepted when {QUORUMS[rules.quorum]} and it is not stopped. {blocks_text(rules)}"


def blocks_text(rules: Rules) -> str:
    """How many blocks stop a proposal."""
    return "One block stops it." if rules.blocks_needed == 1 else f"{rules.blocks_needed} blocks stop it."
