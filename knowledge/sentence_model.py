"""Write MiniLM as a small ONNX file: `python -m knowledge.sentence_model WEIGHTS FILE`.

The package that carries the weights holds them in 32 bits. Here the matrices become whole numbers of 8 bits,
which is a quarter of the size and several times as fast. Needs `onnx` and `safetensors`.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

_Array = npt.NDArray[Any]

_LAYERS, _HEADS, _WIDTH = 6, 12, 384
_EPSILON = 1e-12
_OPSET, _IR = 20, 9
# Weights keep to 7 of the 8 bits, because processors without VNNI overflow on sums of wider products.
_LARGEST = 63


class _Graph:
    """Collects the nodes and constants of a model; values go by their names."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._quantised: dict[str, list[str]] = {}

    def constant(self, value: _Array) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def nodes_of(self, operator: str, *inputs: str, outputs: int = 1, **attributes: Any) -> list[str]:
        names = [f"n{len(self.nodes)}.{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names

    def node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        return self.nodes_of(operator, *inputs, **attributes)[0]

    def rows(self, table: _Array, numbers: str) -> str:
        """The rows of a table, kept in 8 bits, that have these numbers."""
        whole, scale = _whole_numbers(table, 127, axis=1)
        rows = self.node("Cast", self.node("Gather", self.constant(whole), numbers), to=TensorProto.FLOAT)
        return self.node("Mul", rows, self.node("Gather", self.constant(scale), numbers))

    def linear(self, value: str, weight: _Array, bias: _Array) -> str:
        """The product with a matrix of inputs by outputs, plus the bias."""
        if value not in self._quantised:
            self._quantised[value] = self.nodes_of("DynamicQuantizeLinear", value, outputs=3)
        levels, step, zero = self._quantised[value]
        whole, scale = _whole_numbers(weight, _LARGEST, axis=0)
        product = self.node("MatMulInteger", levels, self.constant(whole), zero)
        factor = self.node("Mul", step, self.constant(scale))
        back = self.node("Mul", self.node("Cast", product, to=TensorProto.FLOAT), factor)
        return self.node("Add", back, self.constant(bias))

    def normalised(self, value: str, weight: _Array, bias: _Array) -> str:
        scale, shift = self.constant(weight), self.constant(bias)
        return self.node("LayerNormalization", value, scale, shift, axis=-1, epsilon=_EPSILON)


def write_model(weights: Path, file: Path) -> None:
    """From the numbers of a text's pieces, `pieces` (int64), to its `meaning` (float32, 384 numbers)."""
    tensors = load_file(weights)
    graph = _Graph()
    value = _embedded(graph, tensors)
    for number in range(_LAYERS):
        prefix = f"encoder.layer.{number}."
        layer = {name[len(prefix) :]: each for name, each in tensors.items() if name.startswith(prefix)}
        attended = _attended(graph, value, layer)
        value = _added(graph, value, attended, layer, "attention.output")
        wide = graph.linear(value, *_weights(layer, "intermediate.dense"))
        value = _added(graph, value, graph.node("Gelu", wide), layer, "output")
    mean = graph.node("ReduceMean", value, graph.constant(np.array([0])), keepdims=0)
    graph.nodes.append(helper.make_node("Identity", [mean], ["meaning"]))
    pieces = helper.make_tensor_value_info("pieces", TensorProto.INT64, ["length"])
    meaning = helper.make_tensor_value_info("meaning", TensorProto.FLOAT, [_WIDTH])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "minilm", [pieces], [meaning], graph.constants),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR,
    )
    onnx.save(model, file)


def _embedded(graph: _Graph, tensors: dict[str, _Array]) -> str:
    words = graph.rows(tensors["embeddings.word_embeddings.weight"], "pieces")
    kind = tensors["embeddings.token_type_embeddings.weight"][0]
    places = graph.constant(tensors["embeddings.position_embeddings.weight"] + kind)
    zero, one = graph.constant(np.array([0])), graph.constant(np.array([1]))
    length = graph.node("Shape", "pieces")
    placed = graph.node("Add", words, graph.node("Slice", places, zero, length, zero, one))
    return graph.normalised(placed, *_weights(tensors, "embeddings.LayerNorm", turned=False))


def _attended(graph: _Graph, value: str, layer: dict[str, _Array]) -> str:
    size = _WIDTH // _HEADS
    parts = [_weights(layer, f"attention.self.{part}") for part in ("query", "key", "value")]
    weight, bias = (np.concatenate(each, axis=-1) for each in zip(*parts, strict=True))
    weight[:, :_WIDTH] /= np.sqrt(size)
    bias[:_WIDTH] /= np.sqrt(size)
    together = graph.linear(value, weight, bias)
    heads = graph.node("Reshape", together, graph.constant(np.array([-1, 3, _HEADS, size])))
    apart = graph.node("Transpose", heads, perm=[1, 2, 0, 3])
    query, key, content = graph.nodes_of("Split", apart, outputs=3, axis=0, num_outputs=3)
    fit = graph.node("MatMul", query, graph.node("Transpose", key, perm=[0, 1, 3, 2]))
    mixed = graph.node("MatMul", graph.node("Softmax", fit, axis=-1), content)
    joined = graph.node("Transpose", mixed, perm=[0, 2, 1, 3])
    return graph.node("Reshape", joined, graph.constant(np.array([-1, _WIDTH])))


def _added(graph: _Graph, value: str, change: str, layer: dict[str, _Array], name: str) -> str:
    changed = graph.node("Add", value, graph.linear(change, *_weights(layer, f"{name}.dense")))
    return graph.normalised(changed, *_weights(layer, f"{name}.LayerNorm", turned=False))


def _weights(tensors: dict[str, _Array], name: str, turned: bool = True) -> tuple[_Array, _Array]:
    weight = tensors[f"{name}.weight"]
    return (weight.T if turned else weight), tensors[f"{name}.bias"]


def _whole_numbers(matrix: _Array, largest: int, axis: int) -> tuple[_Array, _Array]:
    """The matrix in whole numbers up to `largest`, and what one of them stands for."""
    scale = np.abs(matrix).max(axis=axis, keepdims=axis == 1) / largest
    return np.round(matrix / scale).astype(np.int8), scale.astype(np.float32)


if __name__ == "__main__":
    write_model(Path(sys.argv[1]), Path(sys.argv[2]))
