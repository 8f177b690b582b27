"""At its most talkative the log holds nothing that anybody wrote, and nobody's id or name."""

import json
from pathlib import Path

import pytest

from sandbox.harness import running_harness
from sandbox.running import BOT_LOG
from tests.e2e import marked


@pytest.mark.parametrize(
    ("is_http", "log_format"), [(False, "plain"), (True, "json")], ids=["socket mode", "signed requests"]
)
async def test_nothing_that_anybody_wrote_is_in_the_log(
    tmp_path: Path, is_http: bool, log_format: str
) -> None:
    database = tmp_path / "commonground.db"
    settings = {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": log_format}
    async with running_harness(
        f"sqlite:///{database}", is_http=is_http, data=tmp_path, bot_settings=settings, with_bot=False
    ) as harness:
        marked.mark_names(harness)
        await harness.start_bot()
        await marked.look_up(harness)
        await marked.rank(harness, database)
        await marked.write_case_study(harness)
        reference = await marked.meet_trouble(harness)
        await marked.erase(harness)
        await harness.stop_bot()
        people = list(harness.workspace.people)
    log = (tmp_path / BOT_LOG).read_text("utf-8")
    assert f"Reference {reference}" in log
    for said in (
        "Request command",
        "refused in",
        "unavailable in",
        "cannot be used",
        "trying again",
        "Stopped.",
    ):
        assert said in log, said
    assert marked.MARK.findall(log) == []
    assert [user_id for user_id in people if user_id in log] == []
    if log_format == "json":
        lines = [json.loads(line) for line in log.splitlines()]
        (told,) = (line for line in lines if line.get("reference") == reference)
        assert (told["listener"], told["workspace"]) == ("/rank", harness.workspace.home_team.id)
