"""Files and canvases, as the app gives them to Slack."""

import aiohttp

from tests.sandbox.calling import refused
from tests.sandbox.conftest import DEV, LEADS, LUNCH, ORLA, SHARED, Engine


async def test_a_file_goes_up_in_three_steps_and_comes_down_with_a_token(unconnected: Engine) -> None:
    client = unconnected.client
    answer = await client.files_upload_v2(
        filename="case.docx", content=b"\x00words", title="The case", channel=SHARED, initial_comment="Here"
    )
    file = answer["files"][0]
    message = unconnected.workspace.visible_messages(DEV, SHARED)[-1]
    assert (message.text, message.file_ids) == ("Here", [file["id"]])
    shown = (await client.files_info(file=file["id"]))["file"]
    assert (shown["title"], shown["name"], shown["size"]) == ("The case", "case.docx", 6)
    headers = {"Authorization": f"Bearer {unconnected.workspace.bot_token}"}
    async with aiohttp.ClientSession() as session:
        async with session.get(shown["url_private"], headers=headers) as got:
            assert await got.read() == b"\x00words"
        async with session.get(shown["url_private"]) as got:
            assert got.status == 403
        browser = shown["url_private"].replace("/files/", "/sandbox/files/")
        async with session.get(browser) as got:
            assert got.headers["Content-Disposition"] == 'attachment; filename="case.docx"'


async def test_a_file_without_a_channel_stays_private_and_can_be_a_picture(unconnected: Engine) -> None:
    client = unconnected.client
    answer = await client.files_upload_v2(filename="chart.png", content=b"png", title="Chart")
    file_id = answer["files"][0]["id"]
    assert unconnected.workspace.files[file_id].channel_ids == []
    picture = {"type": "image", "alt_text": "A chart", "slack_file": {"id": file_id}}
    await client.chat_postMessage(channel=SHARED, text="x", blocks=[picture])


async def test_a_picture_keeps_its_description_and_is_shown_in_the_browser(unconnected: Engine) -> None:
    client = unconnected.client
    answer = await client.files_upload_v2(filename="chart.png", content=b"png", alt_txt="Trust is first")
    shown = (await client.files_info(file=answer["files"][0]["id"]))["file"]
    assert shown["alt_txt"] == "Trust is first"
    async with aiohttp.ClientSession() as session:
        browser = shown["url_private"].replace("/files/", "/sandbox/files/")
        async with session.get(browser) as got:
            assert got.headers["Content-Disposition"] == 'inline; filename="chart.png"'


async def test_a_description_over_slacks_length_is_refused(unconnected: Engine) -> None:
    call = unconnected.client.files_getUploadURLExternal(filename="x.png", length=1, alt_txt="x" * 1001)
    assert (await refused(call))["error"] == "alt_txt_too_large"


async def test_a_file_cannot_go_where_the_bot_is_not(unconnected: Engine) -> None:
    for channel, error in (
        (LEADS, "channel_not_found"),
        (LUNCH, "not_in_channel"),
        (ORLA, "channel_not_found"),
    ):
        call = unconnected.client.files_upload_v2(filename="x.txt", content="x", channel=channel)
        assert (await refused(call))["error"] == error


async def test_a_canvas_is_kept_in_its_channel(unconnected: Engine) -> None:
    answer = await unconnected.client.canvases_create(
        title="Plan", document_content={"type": "markdown", "markdown": "# Plan"}, channel_id=SHARED
    )
    assert unconnected.workspace.file_content[answer["canvas_id"]] == b"# Plan"
    assert unconnected.workspace.visible_messages(DEV, SHARED)[-1].file_ids == [answer["canvas_id"]]
