"""The record of a ranking: everything about it as one plain value, and that value as files.

`builder.build_record` is the way in; `word`, `csv_file` and `json_file` write it, and `charts` says
which pictures go with it. None of them knows Slack or the store.
"""
