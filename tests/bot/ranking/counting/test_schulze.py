import numpy as np

from bot.ranking.counting.schulze import beatpaths


def test_beatpath_of_a_chain_is_its_weakest_link() -> None:
    preferences = np.array([[0, 8, 0], [2, 0, 6], [0, 4, 0]])
    assert beatpaths(preferences).tolist() == [[0, 8, 6], [0, 0, 6], [0, 0, 0]]
