"""How near the sense of a question is to that of known texts, whatever words either uses."""

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.cache_folder import cache_folder, written_whole
from knowledge.encoder import Encoder, Vector
from knowledge.index import Scores
from knowledge.related import Matrix

_log = logging.getLogger(__name__)


class Sense:
    """The senses of some texts; they are kept in the cache folder, for working them out takes seconds."""

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        digest = hashlib.sha256("\n".join((encoder.name, *texts)).encode()).hexdigest()[:32]
        self._senses = _kept(encoder, texts, cache_folder() / f"senses-{digest}.npy")
        self._vector = encoder.vector

    def likeness(self, text: str) -> Scores:
        """One number for each known text, in their order, from 0 for nothing in common to 1 for the same."""
        alike: Scores = np.maximum(self._senses @ self._vector(text), 0.0).astype(np.float64)
        return alike

    def likeness_of_groups(self, sizes: Sequence[int]) -> Matrix:
        """How alike groups are that the texts make in their order, `sizes` saying how long; 0 for itself."""
        starts = np.cumsum([0, *sizes[:-1]])
        middles = np.add.reduceat(self._senses.astype(np.float64), starts, axis=0)
        middles /= np.linalg.norm(middles, axis=1, keepdims=True)
        alike: Matrix = np.maximum(middles @ middles.T, 0.0)
        np.fill_diagonal(alike, 0.0)
        return alike


def _kept(encoder: Encoder, texts: Sequence[str], file: Path) -> npt.NDArray[np.float32]:
    try:
        kept: Vector = np.load(file)
        return kept
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        _log.warning("%s cannot be read and is made again: %s", file, error)
    senses = np.array([encoder.vector(text) for text in texts], dtype=np.float32)
    try:
        written_whole(file, lambda new: np.save(new, senses))
    except OSError as error:
        _log.warning("%s cannot be kept, so the next start is slow too: %s", file, error)
    return senses
