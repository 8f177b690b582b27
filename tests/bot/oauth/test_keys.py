"""The database in hand without the key, and the key changed while the bot runs."""

import argparse
import asyncio
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.__main__ import main
from bot.checks import check
from bot.cli.keys import rotate_keys
from bot.oauth.assembly import ManyWorkspaces, many_workspaces
from bot.oauth.rekeying import Rekeyed, rekey
from bot.oauth.vault import SealError, Vault
from bot.settings import Settings
from storage.open import backup, open_store
from storage.store import Store
from tests.bot.oauth.conftest import Visit, begin, come_back, write_keys
from tests.bot.oauth.granting_slack import GrantingSlack
from tests.bot.oauth.places import put_installation, type_command
from tests.databases import cleared_postgres, postgres_programs, sqlite_database
from tests.slack import TEAM, Bot

NEW_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
THIRD_KEY = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="


@pytest.fixture(autouse=True)
def short_lived(slack: GrantingSlack) -> None:
    slack.lifetime = 43_200


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_database(tmp_path)
    else:
        with cleared_postgres() as address:
            yield address


def everything_in(url: str, folder: Path) -> bytes:
    """All that lies on the disk of SQLite, or that PostgreSQL gives away in a dump."""
    if url.startswith("sqlite"):
        files = sorted(folder.glob("commonground.db*"))
        assert {file.suffix for file in files} == {".db", ".db-wal", ".db-shm"}
        backup(url, folder / "copy.db")
        return b"".join(file.read_bytes() for file in [*files, folder / "copy.db"])
    return subprocess.run([postgres_programs() / "pg_dump", url], capture_output=True, check=True).stdout


async def test_with_the_database_in_hand_no_token_can_be_read(
    url: str, slack: GrantingSlack, vault: Vault, settings: Settings, tmp_path: Path
) -> None:
    store = await open_store(url)
    try:
        for number in range(3):
            given = await put_installation(store, slack, vault, f"T{number}")
            ended = replace(given.tokens, expires_at=datetime.now(UTC) - timedelta(minutes=1))
            await store.installations.save(replace(given, tokens=ended))
        many = many_workspaces(settings, store, tmp_path)
        for number in range(3):
            assert await many.workspaces.client_for(f"T{number}")
        await rekey(store.installations, Vault([NEW_KEY, *settings.encryption_keys]))
        in_hand = everything_in(url, tmp_path)
    finally:
        await store.close()
    assert len(slack.live) == 6, "old tokens and new ones"
    secrets = [*slack.live, *slack.refreshing, *settings.encryption_keys, NEW_KEY, settings.client_secret]
    for secret in secrets:
        assert secret.encode() not in in_hand
        assert secret.encode("utf-16-le") not in in_hand
    assert b"xox" not in in_hand
    sealed = set(re.findall(rb"gAAAA[\w-]+=*", in_hand))
    assert sealed, "the encrypted tokens are there"
    for text in sealed:
        with pytest.raises(SealError):
            Vault([Fernet.generate_key().decode()]).open(text.decode())


async def test_the_key_is_changed_while_the_bot_runs(
    bot: Bot, store: Store, slack: GrantingSlack, vault: Vault, settings: Settings, tmp_path: Path
) -> None:
    places = [f"T{number:02}" for number in range(40)]
    for place in places:
        await put_installation(store, slack, vault, place)
    for place in places[:20]:
        await type_command(bot, place)
    write_keys(tmp_path, NEW_KEY, *settings.encryption_keys)
    answers, done = await asyncio.gather(
        asyncio.gather(*(type_command(bot, place) for place in places * 3)),
        rekey(store.installations, Vault([NEW_KEY, *settings.encryption_keys])),
    )
    assert done == Rekeyed(40, ())
    assert all("/strategies" in answer.body for answer in answers)
    only_new = Vault([NEW_KEY])
    for installation in await store.installations.list_all():
        assert only_new.open(installation.tokens.bot_token) in slack.live
        assert only_new.open(installation.tokens.refresh_token or "") in slack.refreshing
    later = many_workspaces(replace(settings, encryption_keys=(NEW_KEY,)), store, tmp_path)
    for place in places:
        assert await later.workspaces.client_for(place)
        assert "/strategies" in (await type_command(bot, place)).body


async def test_what_the_bot_seals_after_the_change_does_not_need_the_old_key(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault, settings: Settings, tmp_path: Path
) -> None:
    given = await put_installation(store, slack, vault)
    ended = replace(given.tokens, expires_at=datetime.now(UTC) - timedelta(minutes=1))
    write_keys(tmp_path, NEW_KEY, *settings.encryption_keys)
    await rekey(store.installations, Vault([NEW_KEY, *settings.encryption_keys]))
    await store.installations.save(replace(given, tokens=ended))
    assert await many.workspaces.client_for(TEAM)
    kept = await store.installations.get(TEAM)
    assert kept
    assert Vault([NEW_KEY]).open(kept.tokens.bot_token) in slack.live
    assert Vault([NEW_KEY]).open(kept.tokens.refresh_token or "") in slack.refreshing


async def test_an_installation_that_was_begun_before_the_change_is_finished_after_it(
    browser: Visit, slack: GrantingSlack, store: Store, settings: Settings, tmp_path: Path
) -> None:
    client = browser()
    state = (await begin(client))["state"]
    write_keys(tmp_path, NEW_KEY)
    assert (await come_back(client, code=slack.allow(), state=state)).status_code == 200
    kept = await store.installations.get(TEAM)
    assert kept
    assert Vault([NEW_KEY]).open(kept.tokens.bot_token) in slack.live


async def test_another_process_that_was_not_restarted_reads_the_new_key_from_the_file(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault, settings: Settings, tmp_path: Path
) -> None:
    await put_installation(store, slack, vault)
    write_keys(tmp_path, THIRD_KEY, NEW_KEY)
    await rekey(store.installations, Vault([NEW_KEY, *settings.encryption_keys]))
    assert await many.workspaces.client_for(TEAM)


async def test_a_file_that_breaks_changes_nothing(
    many: ManyWorkspaces, store: Store, slack: GrantingSlack, vault: Vault, tmp_path: Path
) -> None:
    await put_installation(store, slack, vault)
    write_keys(tmp_path, "not a key")
    assert await many.workspaces.client_for(TEAM)


async def test_the_file_has_no_say_in_keys_that_the_environment_names(
    store: Store, slack: GrantingSlack, vault: Vault, settings: Settings, tmp_path: Path
) -> None:
    write_keys(tmp_path, THIRD_KEY)
    running = many_workspaces(settings, store, tmp_path)
    given = await put_installation(store, slack, vault)
    ended = replace(given.tokens, expires_at=datetime.now(UTC) - timedelta(minutes=1))
    await store.installations.save(replace(given, tokens=ended))
    assert await running.workspaces.client_for(TEAM)
    kept = await store.installations.get(TEAM)
    assert kept
    assert vault.open(kept.tokens.bot_token) in slack.live


async def test_what_is_encrypted_with_the_newest_key_is_left_alone(
    store: Store, slack: GrantingSlack, vault: Vault
) -> None:
    await put_installation(store, slack, vault)
    assert await rekey(store.installations, vault) == Rekeyed(0, ())


async def test_what_no_key_opens_and_what_is_gone_do_not_stop_the_rest(
    store: Store, slack: GrantingSlack, vault: Vault, settings: Settings
) -> None:
    await put_installation(store, slack, Vault([THIRD_KEY]), "T1")
    await put_installation(store, slack, vault, "T2")
    await store.installations.end("T2", "uninstalled", datetime.now(UTC), datetime.now(UTC))
    await put_installation(store, slack, vault, "T3")
    done = await rekey(store.installations, Vault([NEW_KEY, *settings.encryption_keys]))
    assert done == Rekeyed(1, ("T1",))


def command(settings: Settings) -> int:
    return rotate_keys(argparse.Namespace(), settings)


async def test_the_command_changes_the_key_and_names_what_it_cannot_read(
    store: Store,
    slack: GrantingSlack,
    vault: Vault,
    settings: Settings,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await put_installation(store, slack, vault)
    both = replace(
        settings,
        database_url=f"sqlite:///{tmp_path}/commonground.db",
        encryption_keys=(NEW_KEY, *settings.encryption_keys),
    )
    assert await asyncio.to_thread(command, both) == 0
    assert capsys.readouterr().out == (
        "Encrypted anew: 1.\nThe keys after the first one in ENCRYPTION_KEY are no longer needed.\n"
    )
    assert await asyncio.to_thread(command, replace(both, encryption_keys=(THIRD_KEY,))) == 1
    said = capsys.readouterr()
    assert f"No key of ENCRYPTION_KEY fits the tokens of {TEAM}." in said.err
    for secret in (*slack.live, *slack.refreshing, NEW_KEY, THIRD_KEY, *settings.encryption_keys, "gAAAA"):
        assert secret not in said.out + said.err


async def test_check_says_before_the_start_that_no_key_fits_and_what_to_do(
    url: str, slack: GrantingSlack, vault: Vault, settings: Settings, tmp_path: Path
) -> None:
    store = await open_store(url)
    for place in ("T1", "T2", "T3"):
        await put_installation(store, slack, vault, place)
    await store.installations.end("T2", "uninstalled", datetime.now(UTC), datetime.now(UTC))
    await store.close()
    for keys, named in (((NEW_KEY,), "T1, T3"), ((NEW_KEY, *settings.encryption_keys), "")):
        given = {"DATABASE_URL": url, "ENCRYPTION_KEY": ",".join(keys)}
        report = await asyncio.to_thread(check, tmp_path, given, offline=True)
        said = [str(fault) for fault in report.faults if "ENCRYPTION_KEY" in fault.words]
        if named:
            assert said == [
                f"settings: No key of ENCRYPTION_KEY opens the tokens of {named}. Add the key that encrypted "
                "them after the others, or have the app installed there again."
            ]
        else:
            assert said == []


def test_the_command_needs_a_key_and_a_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ENCRYPTION_KEY", raising=False)
    assert main(["rotate-keys"]) == 1
    assert "ENCRYPTION_KEY is not set" in capsys.readouterr().err
    monkeypatch.setenv("ENCRYPTION_KEY", NEW_KEY)
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/there.db")
    assert main(["rotate-keys"]) == 1
    assert "/nowhere" in capsys.readouterr().err


def test_a_vault_tells_old_from_new_and_shows_nothing() -> None:
    old, both = Vault([THIRD_KEY]), Vault([NEW_KEY, THIRD_KEY])
    sealed = old.seal("xoxb-1")
    assert both.open(sealed) == "xoxb-1"
    assert not both.is_newest(sealed)
    assert both.is_newest(both.seal("xoxb-1"))
    with pytest.raises(SealError) as raised:
        Vault([NEW_KEY]).open(sealed)
    assert sealed not in str(raised.value)
    assert raised.value.__cause__ is None
    for shown in (repr(both), str(both)):
        assert NEW_KEY not in shown
