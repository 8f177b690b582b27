"""Draws the charts that come on the standard input, and writes their PNGs to the standard output.

Both are pickles of `studio.Studio`'s own making: nobody else starts this.
"""

import pickle
import sys


def main() -> None:
    charts = pickle.load(sys.stdin.buffer)
    sys.stdout.buffer.write(pickle.dumps([chart.draw() for chart in charts]))


if __name__ == "__main__":
    main()
