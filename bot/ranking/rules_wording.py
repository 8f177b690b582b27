"""A ranking's rules in plain sentences, for whoever sets it up and for everybody afterwards."""

from storage.records.rankings import QuorumRule, Rules, StepName

STEPS: dict[StepName, str] = {
    "read": "Read and discuss the statements",
    "discard": "Drop one of them",
    "compare": "Compare, and order again if you like",
    "choose": "Choose five by consent",
}
"""The steps that can be left out."""
STEP_WORDS: tuple[tuple[StepName | None, str], ...] = (
    ("read", "read"),
    ("discard", "drop one"),
    (None, "put in order"),
    ("compare", "compare"),
    ("choose", "choose five by consent"),
)
"""All steps in their order; ordering is always kept."""
QUORUMS: dict[QuorumRule, str] = {
    "half": "more than half of the people",
    "two_thirds": "at least two thirds of the people",
    "all": "everybody",
}
BLOCKS = {
    1: "One block stops a proposal.",
    2: "Two blocks stop a proposal.",
    3: "Three blocks stop a proposal.",
}
STAGE_HOURS = {1: "1 hour", 4: "4 hours", 24: "1 day", 48: "2 days", 72: "3 days", 168: "1 week"}
REMIND_HOURS = {4: "every 4 hours", 24: "once a day"}

NAMES_SHOWN = (
    "Names shown: while a step is open everybody sees who has answered, and nobody sees what. When it ends, "
    "counts are shown, and reasons and differences with names. The record holds each person's answers."
)
ANONYMOUS = (
    "Anonymous: nobody, not the facilitator and not an admin, can see who answered what, also not in the "
    "database once it has ended. How many answered is shown, never who. Reasons are shown without names. "
    "Agencies with fewer than three people count together."
)


def hidden_text(rules: Rules) -> str:
    """What is hidden, and from whom."""
    return ANONYMOUS if rules.anonymous else NAMES_SHOWN


def rules_lines(rules: Rules) -> list[str]:
    """Everything that was agreed, apart from what is hidden: a sentence each."""
    return [
        steps_text(rules),
        "Each agency counts once, however many of its people take part."
        if rules.weights == "agency"
        else "Each person counts once.",
        f"A proposal needs answers from {QUORUMS[rules.quorum]}. {BLOCKS[rules.blocks_needed]}",
        "A step takes answers until everybody has answered, the facilitator ends it, or its time is up "
        f"({hours_text(rules.stage_hours)})."
        if rules.stage_hours
        else "A step takes answers until everybody has answered, or the facilitator ends it.",
        f"Whoever has not answered is reminded {REMIND_HOURS[rules.remind_hours]}."
        if rules.remind_hours
        else "Nobody is reminded unless the facilitator does it.",
        *(["The outcome is pinned in the channel."] if rules.pin else []),
    ]


def steps_text(rules: Rules) -> str:
    """The steps that are kept, and those that are left out."""
    kept = [words for step, words in STEP_WORDS if step is None or step in rules.steps]
    left_out = [words for step, words in STEP_WORDS if step is not None and step not in rules.steps]
    text = f"Steps: {', '.join(kept)}."
    return f"{text} Left out: {', '.join(left_out)}." if left_out else text


def hours_text(hours: int) -> str:
    """A number of hours as people say it, such as "3 days"."""
    return STAGE_HOURS.get(hours, f"{hours} hours")
