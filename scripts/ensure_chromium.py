"""Make sure that the browser tests have a Chromium: the machine's own, Playwright's, or Debian's package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Install one where none is found; 1 when that fails."""
    if _found():
        return 0
    print("No Chromium found: installing one for the browser tests.", flush=True)
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = ["chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"]
        subprocess.run([*install, *packages], check=False, env=environment, **quiet)
    if not _found():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if _found():
        return 0
    print("Chromium could not be installed. Install it, then run make test again.", file=sys.stderr)
    return 1


def _found() -> bool:
    if any(shutil.which(name) for name in NAMES):
        return True
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


if __name__ == "__main__":
    sys.exit(main())
