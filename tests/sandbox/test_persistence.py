"""What is kept between two runs of the sandbox, and what is not."""

from pathlib import Path

from sandbox import archive
from sandbox.running import Options, RunningSandbox
from tests.sandbox.blocks import home, section
from tests.sandbox.conftest import LUNCH, MANIFEST, ORLA, SHARED, ZOFIA, web_client


async def first_run(data: Path) -> str:
    """Leave something of each kind behind; the id of the file."""
    sandbox = RunningSandbox(Options(manifest=MANIFEST, data=data))
    await sandbox.start()
    try:
        client = web_client(sandbox)
        answer = await client.chat_postMessage(channel=SHARED, text="Kept", blocks=[section("kept")])
        await client.chat_postMessage(channel=SHARED, text="In the thread", thread_ts=answer["ts"])
        gone = await client.chat_postMessage(channel=SHARED, text="Deleted")
        await client.chat_delete(channel=SHARED, ts=gone["ts"])
        await client.chat_postEphemeral(channel=SHARED, user=ORLA, text="Only for now")
        await client.chat_postMessage(channel=ZOFIA, text="To Zofia")
        await client.views_publish(user_id=ORLA, view=home(section("Welcome")))
        uploaded = await client.files_upload_v2(filename="a.txt", content=b"bytes", channel=SHARED)
        await sandbox.acts.say(ORLA, LUNCH, "I have joined")
        return str(uploaded["files"][0]["id"])
    finally:
        await sandbox.stop()


async def test_a_second_run_finds_what_the_first_left(tmp_path: Path) -> None:
    file_id = await first_run(tmp_path)
    sandbox = RunningSandbox(Options(manifest=MANIFEST, data=tmp_path))
    try:
        workspace = sandbox.workspace
        texts = [message.text for message in workspace.visible_messages(ORLA, SHARED)]
        assert texts[3:5] == ["Kept", "In the thread"]
        assert "Deleted" not in texts
        assert "Only for now" not in texts
        kept, reply = workspace.visible_messages(ORLA, SHARED)[3:5]
        assert kept.blocks[0]["text"]["text"] == "kept"
        assert reply.thread_ts == kept.ts
        direct = workspace.direct_message(ZOFIA)
        assert [message.text for message in workspace.visible_messages(ZOFIA, direct.id)] == ["To Zofia"]
        assert workspace.homes[ORLA].blocks[0]["text"]["text"] == "Welcome"
        assert workspace.file_content[file_id] == b"bytes"
        assert ORLA in workspace.channels[LUNCH].members
        assert len(texts) == 6, "the opening messages are not said twice"
    finally:
        await sandbox.stop()


async def test_another_run_has_other_tokens(tmp_path: Path) -> None:
    one = RunningSandbox(Options(manifest=MANIFEST, data=tmp_path))
    await one.stop()
    other = RunningSandbox(Options(manifest=MANIFEST, data=tmp_path))
    await other.stop()
    assert one.workspace.bot_token != other.workspace.bot_token


async def test_an_emptied_sandbox_begins_anew(tmp_path: Path) -> None:
    await first_run(tmp_path)
    archive.empty(tmp_path)
    sandbox = RunningSandbox(Options(manifest=MANIFEST, data=tmp_path))
    await sandbox.stop()
    assert len(sandbox.workspace.visible_messages(ORLA, SHARED)) == 3
    assert sandbox.workspace.homes == {}


async def test_new_messages_come_after_kept_ones(tmp_path: Path) -> None:
    late = RunningSandbox(Options(manifest=MANIFEST, data=tmp_path, clock=lambda: 2_000_000_000.0))
    await late.stop()
    early = RunningSandbox(Options(manifest=MANIFEST, data=tmp_path, clock=lambda: 1_900_000_000.0))
    newest = early.workspace.visible_messages(ORLA, SHARED)[-1]
    assert early.workspace.new_ts() > newest.ts
    await early.stop()
