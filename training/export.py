"""Writes a training state as the network that ships: float16 safetensors with every layer's mean activation at 1.

    python export.py STATE OUT.safetensors

ReLU and average pooling commute with positive scales, so each layer's scale is folded into its weights. Prints the
SHA-256, the means before and the relative error that float16 brings.
"""

import hashlib
import json
import pathlib
import sys

import torch
from safetensors.torch import load_file

from crops import Crops, fetched
from networks import CONVOLUTIONS, Student

NAMES = [name for name in CONVOLUTIONS if name != "pool"]


def student_of(state) -> Student:
    """The averaged network of a training state, or the network of a published checkpoint."""
    student = Student([int(width) for width in str(state["widths"]).split(",")])
    weights = state["average"]["net"] if "average" in state else state["net"]
    student.load_state_dict(
        {
            name.replace("c.", "convolutions.", 1) if name.startswith("c.") else name: values
            for name, values in weights.items()
        }
    )
    return student


def read(file: pathlib.Path) -> Student:
    """The network in an exported file."""
    tensors = load_file(file)
    widths = [len(tensors[f"conv{number}_1.bias"]) for number in range(1, 6)]
    student = Student(widths)
    with torch.no_grad():
        for name in NAMES:
            student.convolutions[name].weight.copy_(tensors[f"{name}.weight"].float().permute(3, 2, 0, 1))
            student.convolutions[name].bias.copy_(tensors[f"{name}.bias"].float())
    return student


@torch.no_grad()
def layer_means(student: Student, pictures) -> dict[str, float]:
    totals = dict.fromkeys(NAMES, 0.0)
    for at in range(0, len(pictures), 8):
        maps = student(pictures[at : at + 8], NAMES)
        for name in NAMES:
            totals[name] += float(maps[name].double().mean()) * len(pictures[at : at + 8]) / len(pictures)
    return totals


@torch.no_grad()
def scale_to_one(student: Student, pictures) -> dict[str, float]:
    """Folds scales into the weights so that every layer's mean over the pictures is 1. Returns the means before."""
    means, incoming = layer_means(student, pictures), 1.0
    for name in NAMES:
        convolution = student.convolutions[name]
        convolution.weight.mul_(incoming / means[name])
        convolution.bias.div_(means[name])
        incoming = means[name]
    return means


def write(file: pathlib.Path, tensors, facts) -> None:
    """
    Writes safetensors in the order of the layers: the library's own writer puts facts and tensors in an order that
    changes from run to run, and with it the file's hash.
    """
    header, at = {"__metadata__": {key: one if isinstance(one, str) else json.dumps(one) for key, one in facts.items()}}, 0
    for name, tensor in tensors.items():
        end = at + tensor.numel() * tensor.element_size()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [at, end]}
        at = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with file.open("wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for tensor in tensors.values():
            out.write(tensor.numpy().tobytes())


def main() -> None:
    state, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    student = student_of(torch.load(state, weights_only=True))
    pictures = Crops(fetched("train"), 192, 7).batch(96, plain=True)
    before = scale_to_one(student, pictures)
    tensors = {}
    for name in NAMES:
        convolution = student.convolutions[name]
        tensors[f"{name}.weight"] = convolution.weight.detach().permute(2, 3, 1, 0).contiguous().half()
        tensors[f"{name}.bias"] = convolution.bias.detach().half()
    facts = {
        "format": "neural-style lite VGG-19-shaped feature network",
        "mean": [0.485, 0.456, 0.406],
        "std": [0.229, 0.224, 0.225],
        "input": "RGB in [0,1], then (x-mean)/std",
        "padding": "zero, same, 3x3",
        "pooling": "avg",
        "pooling_size": "2x2 stride 2",
        "widths": list(student.widths),
        "weight_order": "HWIO",
        "activation": "ReLU after every convolution",
        "scaling": "layer",
        "layer_mean_activation": layer_means(student, pictures),
    }
    write(out, tensors, facts)
    with torch.no_grad():
        exact, half = student(pictures[:8], NAMES), read(out)(pictures[:8], NAMES)
    errors = {name: float((exact[name] - half[name]).norm() / exact[name].norm()) for name in NAMES}
    print(json.dumps({"sha256": hashlib.sha256(out.read_bytes()).hexdigest(), "bytes": out.stat().st_size}))
    print(json.dumps({"meansBefore": before, "relativeErrorOfFloat16": errors}, indent=1))


if __name__ == "__main__":
    main()
