"""A made-up partnership with as many people as a storm needs."""

from pathlib import Path

import yaml

from sandbox.partnership import SHIPPED

HOME = "T0MARLBROOK"
CHANNEL = "C0STORM"


def voter_ids(voters: int) -> list[str]:
    """The people of the storm."""
    return [f"U0STORM{number:04}" for number in range(voters)]


def write_partnership(target: Path, voters: int) -> None:
    """Write one team of `voters` people, all in one channel with the bot."""
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    people = [
        {"id": user_id, "team_id": HOME, "name": user_id.lower(), "real_name": f"Storm Voter {number}"}
        for number, user_id in enumerate(voter_ids(voters))
    ]
    channel = {
        "id": CHANNEL,
        "name": "storm",
        "kind": "public",
        "purpose": "A storm.",
        "members": "everyone",
        "bot": True,
    }
    document = {
        "teams": [team for team in shipped["teams"] if team["id"] == HOME],
        "home": HOME,
        "bot": shipped["bot"],
        "people": people,
        "channels": [channel],
    }
    target.write_text(yaml.safe_dump(document), encoding="utf-8")
