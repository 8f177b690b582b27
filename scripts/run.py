"""`make run`: a Slack workspace when there are tokens, the sandbox when there are none."""

import os
import sys
from pathlib import Path

from bot.env_file import ENV_FILE, load_env_file
from bot.settings import TOKENS, SettingsError


def main(arguments: list[str]) -> None:
    """Become the bot or the sandbox, so that signals reach it directly."""
    try:
        load_env_file(Path.cwd() / ENV_FILE)
    except SettingsError as error:
        sys.exit("\n".join(error.faults))
    if any(os.environ.get(name, "").strip() for name in TOKENS):
        is_for_many = bool(os.environ.get("SLACK_CLIENT_ID", "").strip())
        has_socket = bool(os.environ.get("SLACK_APP_TOKEN", "").strip())
        http = [] if has_socket and not is_for_many else ["--http"]
        command = ["-m", "bot", "run", *http]
    else:
        command = ["-m", "bot", "sandbox", *arguments]
    os.execv(sys.executable, [sys.executable, *command])


if __name__ == "__main__":
    main(sys.argv[1:])
