"""Write the installed versions to constraints.txt, names and versions only."""

from importlib.metadata import distributions
from pathlib import Path

OWN = {"commonground", "pip", "setuptools", "wheel"}


def main() -> None:
    """Pin every installed distribution but our own and the installers."""
    pins = {d.metadata["Name"].lower().replace("_", "-"): d.version for d in distributions()}
    lines = [f"{name}=={version}\n" for name, version in sorted(pins.items()) if name not in OWN]
    Path("constraints.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
