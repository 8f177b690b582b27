"""A local stand-in for a Slack workspace, in which the real bot runs without an account.

It knows the bot only as a child process and the bot knows it only as an address.
"""
