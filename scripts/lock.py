"""Lock every distribution that pyproject.toml asks for, each of its files by its hash, in requirements.txt.

The versions that stand there already stay as long as they will do; with --upgrade the newest are taken.
Run it with any Python: it works in a virtual environment of its own.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.txt"
TOOL = "pip-tools==7.6.2"
OWN = "commonground"
UNLOCKED = "fuzz"
"""The extra that `make setup` leaves out: there are files of it for few platforms."""
HEADER = """\
# What Common Ground is run and tested with: `make lock` writes this from pyproject.toml. Each distribution
# has the hashes of all its files, for every platform; a file that is another is not installed.
"""


def wanted() -> Iterator[str]:
    """Whatever pyproject.toml asks for: to build, to run, and with each extra."""
    found = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = found["project"]
    yield from found["build-system"]["requires"]
    yield from project["dependencies"]
    for name, extra in project["optional-dependencies"].items():
        if name != UNLOCKED:
            yield from (one for one in extra if not re.match(rf"{OWN}\b", one))


def lock(upgrade: bool) -> str:
    """The new lock."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        venv.create(here / "venv", with_pip=True)
        python = here / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", TOOL], check=True)
        (here / "requirements.in").write_text("\n".join(wanted()), encoding="utf-8")
        target = here / "requirements.txt"
        target.write_text(LOCK.read_text("utf-8") if LOCK.exists() else "", encoding="utf-8")
        options = "--quiet --generate-hashes --strip-extras --no-header --no-annotate --unsafe-package=pip"
        hosts = "--no-emit-index-url --no-emit-find-links --no-emit-trusted-host"
        command: list[str | Path] = [python, "-m", "piptools", "compile", *options.split(), *hosts.split()]
        command += [*(["--upgrade"] if upgrade else []), f"--output-file={target}", here / "requirements.in"]
        subprocess.run(command, check=True, cwd=here)
        lines = target.read_text("utf-8").splitlines()
    return HEADER + "".join(f"{line}\n" for line in lines if line and not line.startswith("#"))


if __name__ == "__main__":
    LOCK.write_text(lock("--upgrade" in sys.argv[1:]), encoding="utf-8")
