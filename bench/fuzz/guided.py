"""`python -m bench.fuzz.guided`: a coverage-guided fuzzer on whatever reads what anybody could have written.

It needs atheris, the extra `fuzz`. What it finds is printed, and belongs into tests/hostile/test_targets.py.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.votes.servers import ROOT

NAMES = ("body", "form", "value", "ballots", "archive", "content")
SLOWEST = 10
"""Seconds that one input may take."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run each target for its share of the time; 1 when there is a fault."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz.guided", description=__doc__)
    parser.add_argument("--seconds", type=int, default=300, metavar="N", help="for all targets together")
    parser.add_argument("--target", choices=NAMES, action="append", help="only these")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed tries the same first")
    parser.add_argument("--inside", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        _fuzz(*options.inside)
    names = options.target or NAMES
    faults = [name for name in names if _found_by(name, options.seconds // len(names), options.seed)]
    print(f"Faults in: {', '.join(faults)}." if faults else "No fault.")
    return 1 if faults else 0


def _found_by(name: str, seconds: int, seed: int) -> bool:
    """Run one target in a process of its own, which the fuzzer ends at the first fault."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "bench.fuzz.guided",
            "--inside",
            name,
            folder,
            str(seconds),
            str(seed),
        ]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
        inputs = [file.read_bytes() for file in Path(folder).glob("found-*")]
    done = re.findall(r"Done (\d+) runs in (\d+) second|^#(\d+).*cov: (\d+)", run.stderr, re.MULTILINE)
    covered = [int(one[3]) for one in done if one[3]]
    runs = [int(one[0] or one[2]) for one in done]
    print(f"{name}: {max(runs, default=0):,} inputs, {max(covered, default=0):,} branches", flush=True)
    for one in inputs:
        print(f"  a fault with {one!r}")
    if run.returncode:
        print("\n".join(run.stderr.splitlines()[-40:]))
    return bool(run.returncode)


def _fuzz(name: str, folder: str, seconds: str, seed: str) -> None:
    """Never returns: the fuzzer ends the process."""
    # Where atheris is not installed, all else here still works.
    import atheris  # noqa: PLC0415

    with atheris.instrument_imports(include=["bot", "knowledge", "bench.fuzz.targets"]):
        from bench.fuzz.targets import LONGEST, TARGETS  # noqa: PLC0415
    corpus = Path(folder) / "corpus"
    corpus.mkdir()
    for number, one in enumerate(TARGETS[name].seeds):
        (corpus / str(number)).write_bytes(one)
    options = {
        "max_total_time": seconds,
        "max_len": LONGEST,
        "timeout": SLOWEST,
        "seed": seed,
        "artifact_prefix": f"{folder}/found-",
    }
    flags = [f"-{option}={value}" for option, value in options.items()]
    atheris.Setup([name, *flags, str(corpus)], TARGETS[name].check)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
