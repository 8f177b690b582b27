"""Names of what admins can press and send here, and what comes back with it."""

from bot.handover import SETTINGS

OPEN_SETTINGS = SETTINGS
SEND_SETTINGS = "governance.settings.send"
WHO_FIELD = "who"
STARTERS_FIELD = "starters"
CURATORS_FIELD = "curators"
APPROVAL_FIELD = "approval"
DAYS_FIELD = "days"
EVERYBODY, NAMED = "everybody", "named"
"""The values of the choice who may start rankings."""
REQUIRED = "required"
"""The value of the box that is ticked when case studies have to be approved."""

OPEN_AGENCIES = "governance.agencies.open"
NEWER_AGENCIES = "governance.agencies.newer"
OLDER_AGENCIES = "governance.agencies.older"
OPEN_RENAMING = "governance.agencies.rename"
OPEN_JOINING = "governance.agencies.join"
SEND_RENAMING = "governance.agencies.send_rename"
SEND_JOINING = "governance.agencies.send_join"
AGENCY_FIELD = "agency"
NAME_FIELD = "name"
INTO_FIELD = "into"

REMOVE_OLD = "governance.remove_old"
"""The work that removes what is old, every day."""

OPEN_LOG = "governance.log.open"
NEWER_LOG = "governance.log.newer"
OLDER_LOG = "governance.log.older"
EXPORT_LOG = "governance.log.export"
LOG_FILES = "governance.log_files"

SEND_DATA_SHEET = "governance.data_sheet.send"
DATA_SHEET_FILES = "governance.data_sheet_files"
