"""The count: ballots in, the group's order with its doubts out. Knows neither Slack nor the store.

`tally.count_ballots` is the way in for the bot, `tally.tally_file` for the command line. Importing
any of `ballots`, `files`, `report`, `spread` and `tally` stays cheap: numpy is loaded at the first count.
"""
