"""A case study in the browser: written over two sittings, published, found, downloaded and shared."""

import docx
import pytest
from playwright.async_api import expect

from sandbox.harness import Harness
from tests.browser import NARROW, PageAs
from tests.e2e.ranking import CHANNEL, ORLA, ZOFIA
from tests.e2e.tabs import close_modal, open_app
from tests.tab import Tab

pytestmark = pytest.mark.browser

COLIN, WITHOUT_BOT = "U0COLINWARD", "C0LUNCHTIME"
TITLE = "Saturday breakfast"


async def write_section(tab: Tab, section: str, answers: dict[str, str]) -> None:
    """Open a section's form, fill in its fields by their labels and save it."""
    await tab.press(f"Write the section {section}")
    await tab.sees_modal(section)
    for label, answer in answers.items():
        await tab.fill(label, answer)
    await tab.press("Save")
    await tab.sees_modal("Case study")


async def test_a_case_study_over_two_sittings(harness: Harness, page_as: PageAs) -> None:
    await first_sitting(await page_as(ORLA, CHANNEL))
    orla = await page_as(ORLA, home=True, size=NARROW)
    await second_sitting(orla)
    await share(orla, await page_as(ZOFIA, CHANNEL, size=NARROW))
    await find_and_download(await page_as(COLIN, WITHOUT_BOT))


async def first_sitting(orla: Tab) -> None:
    """Begin, send one section, tick a box, type without sending, and shut the tab."""
    await orla.say("/casestudy")
    await orla.press("Start: Sharing good practice")
    await orla.sees("Untitled case study")
    await write_section(
        orla, "Who", {"Name of the organisation": "Larkfield Hub", "Multi-agency activity": TITLE}
    )
    await orla.sees("2 of 3 answered")
    await orla.press("Write the section Why")
    await orla.fill("Aims of the activity", "Typed and never sent")
    await orla.choose("ECM outcome(s) met", "Stay safe")
    await orla.sees_modal("Why")
    await close_modal(orla)
    await orla.page.close()


async def second_sitting(orla: Tab) -> None:
    """Go on from App Home in another tab, see what was kept, finish and publish."""
    await orla.press(f"Go on with {TITLE}")
    await orla.sees("1 of 4 answered. Still missing: Aims of the activity")
    await orla.press("Publish")
    await orla.sees("Not published yet.")
    await orla.press("Write the section Why")
    await expect(orla.page.get_by_label("Stay safe")).to_be_checked()
    await expect(orla.page.get_by_label("Aims of the activity")).to_have_value("")
    await orla.press("Back")
    await write_section(orla, "Why", {"Aims of the activity": "To meet parents who never come."})
    await write_section(
        orla, "What", {"Brief description of the activity": "Two health visitors and a cook."}
    )
    await orla.press("Publish")
    await orla.sees_modal("Before you publish")
    boxes = ("Nobody in it", "The agencies in it agree", "The costs in it")
    await orla.choose("What you have made sure of", *boxes)
    await orla.press("Publish", within=orla.dialog)
    await orla.sees("Your case study is published.")


async def share(orla: Tab, zofia: Tab) -> None:
    """Orla shares it to the channel; the partner reads it there."""
    await orla.press("Share to a channel")
    await orla.choose("Channel", "#marlbrook-partnership")
    await orla.press("Share")
    await orla.sees_modal("Shared")
    await zofia.press(f"Read it all: {TITLE}")
    await zofia.sees("To meet parents who never come.", within=zofia.dialog)


async def find_and_download(colin: Tab) -> None:
    """A colleague finds it by its words and opens the Word file."""
    await colin.say("/casestudy")
    await colin.press("Read case studies")
    await colin.fill("Words to find", "sourdough")
    await colin.press("Search")
    await colin.sees("No published case study has these words.")
    await colin.fill("Words to find", "cook")
    await colin.press("Search")
    await colin.press(f"Read {TITLE}")
    await colin.sees("Two health visitors and a cook.", within=colin.dialog)
    await colin.press(f"Export {TITLE}")
    await colin.press("Export")
    await colin.sees_modal("On its way")
    await close_modal(colin)
    await open_app(colin, "Messages")
    document = docx.Document(str(await colin.download(TITLE)))
    headings = {p.text: p.style.name for p in document.paragraphs if p.style and p.text}
    assert headings[TITLE] == "Title", headings
    assert headings["Why"] == "Heading 1"
