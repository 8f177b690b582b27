"""Draws the charts that come on the standard input, and writes their PNGs to the standard output.

Both are pickles of `studio.Studio`'s own making: nobody else starts this.
"""

import gc
import pickle
import sys


def main() -> None:
    drawn = []
    for chart in pickle.load(sys.stdin.buffer):
        drawn.append(chart.draw())
        gc.collect()  # a figure refers to itself, and holds up to 40 MB
    sys.stdout.buffer.write(pickle.dumps(drawn))


if __name__ == "__main__":
    main()
