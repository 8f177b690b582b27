"""Where somebody erased would be named, words stand: Slack knows nobody of their number."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import as_dicts, named, section, words
from bot.delivery.content import Content
from bot.names import Names
from storage.records.privacy import erased_person

SAID = "<@erased-4711> and <@U0BEN> agree"
SHOWN = "Somebody erased (no. 4711)"


def test_a_message_says_so_in_its_text_and_its_blocks() -> None:
    content = Content(SAID, [section(SAID)]).arguments()
    assert content["text"] == f"{SHOWN} and <@U0BEN> agree"
    assert content["blocks"][0]["text"]["text"] == f"{SHOWN} and <@U0BEN> agree"


def test_a_notice_says_so_and_names_the_others() -> None:
    assert named(SAID) == f"{SHOWN} and <@U0BEN> agree"
    elements = as_dicts([words(SAID)])[0]["elements"][0]["elements"]
    assert [one.get("text") or one["user_id"] for one in elements] == [f"{SHOWN} and ", "U0BEN", " agree"]


async def test_files_say_so_without_asking_slack() -> None:
    gone = erased_person("4711")
    nowhere = AsyncWebClient(base_url="http://127.0.0.1:1/")
    assert await Names().read(nowhere, [gone]) == {gone: SHOWN}
