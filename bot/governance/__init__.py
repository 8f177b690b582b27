"""What admins decide about their workspace and can account for: agencies, roles, times, the audit log."""

from collections.abc import Mapping
from datetime import UTC, datetime

from slack_bolt.async_app import AsyncApp

from bot.admins import Admins
from bot.clients import ClientFor
from bot.delivery.clock import Handler
from bot.delivery.personal_files import PersonalFiles
from bot.delivery.sharing import FileSharing
from bot.governance import ids
from bot.governance.agencies.listeners import AgencyListeners
from bot.governance.audit_log.csv_file import LogFile
from bot.governance.audit_log.listeners import LogListeners
from bot.governance.data_sheet.listeners import DataSheetListeners
from bot.governance.data_sheet.sheet_file import DataSheetFile
from bot.governance.retention.removing import Removing
from bot.governance.retention.shelf import RemovedShelf
from bot.governance.settings.listeners import SettingsListeners
from bot.sections import HomeSource
from bot.slack_people import SlackPeople
from storage.store import Store

ONCE = (
    ids.SEND_SETTINGS,
    ids.SEND_RENAMING,
    ids.SEND_JOINING,
    ids.EXPORT_LOG,
    ids.SEND_DATA_SHEET,
)
"""What sends a file, or decides for everybody, for the first time only: it may be decided otherwise since."""


def register(app: AsyncApp, store: Store, people: SlackPeople, admins: Admins) -> None:
    """Listen for admins."""
    settings = SettingsListeners(store.settings, people, admins)
    app.action(ids.OPEN_SETTINGS)(settings.open_settings)
    app.view(ids.SEND_SETTINGS)(settings.send_settings)
    agencies = AgencyListeners(store.people, admins)
    app.action(ids.OPEN_AGENCIES)(agencies.open_agencies)
    for action_id in (ids.NEWER_AGENCIES, ids.OLDER_AGENCIES):
        app.action(action_id)(agencies.turn_page)
    app.action(ids.OPEN_RENAMING)(agencies.open_renaming)
    app.view(ids.SEND_RENAMING)(agencies.send_renaming)
    app.action(ids.OPEN_JOINING)(agencies.open_joining)
    app.view(ids.SEND_JOINING)(agencies.send_joining)
    log = LogListeners(store, admins)
    app.action(ids.OPEN_LOG)(log.open_log)
    for action_id in (ids.NEWER_LOG, ids.OLDER_LOG):
        app.action(action_id)(log.turn_page)
    app.action(ids.EXPORT_LOG)(log.export_log)
    app.action(ids.SEND_DATA_SHEET)(DataSheetListeners(store, admins).send_data_sheet)


def clock_handlers(store: Store, client_for: ClientFor) -> Mapping[str, Handler]:
    """What the clock does: remove what is old, and send files to admins."""
    sharing = FileSharing(store.work, client_for)
    return {
        ids.REMOVE_OLD: Removing(store).remove,
        ids.LOG_FILES: PersonalFiles(sharing, client_for, LogFile(store.audit).make).send,
        ids.DATA_SHEET_FILES: PersonalFiles(sharing, client_for, DataSheetFile(store.settings).make).send,
    }


def home_source(store: Store, admins: Admins) -> HomeSource:
    """What App Home tells admins of what the clock has done."""
    return RemovedShelf(store.audit, admins).offer


async def plan_standing_work(store: Store) -> None:
    """Plan what the clock does every day."""
    await Removing(store).plan(datetime.now(UTC))
