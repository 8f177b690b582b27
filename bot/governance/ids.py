"""Names of what admins can press and send here, and what comes back with it."""

from bot.handover import GOVERNANCE

OPEN_OVERVIEW = GOVERNANCE

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

OPEN_STARTERS = "governance.starters.open"
SEND_STARTERS = "governance.starters.send"
WHO_FIELD = "who"
PEOPLE_FIELD = "people"
EVERYBODY, NAMED = "everybody", "named"
"""The values of the choice who may start rankings."""

OPEN_RETENTION = "governance.retention.open"
SEND_RETENTION = "governance.retention.send"
REMOVE_OLD = "governance.remove_old"
"""The work that removes what is old, every day."""

OPEN_LOG = "governance.log.open"
NEWER_LOG = "governance.log.newer"
OLDER_LOG = "governance.log.older"
EXPORT_LOG = "governance.log.export"
LOG_FILES = "governance.log_files"

SEND_DATA_SHEET = "governance.data_sheet.send"
DATA_SHEET_FILES = "governance.data_sheet_files"
