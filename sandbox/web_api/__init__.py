"""The methods of Slack's Web API that the bot calls, one module a noun."""

from importlib import import_module

NOUNS = ("app", "chat", "conversations", "files", "functions", "marks", "oauth", "users", "views")


def register() -> None:
    """Import every module of methods, which puts them into `method.METHODS`."""
    for noun in NOUNS:
        import_module(f"sandbox.web_api.{noun}")
