"""Writes what a network should give: losses and gradients in float64, of a program that shares nothing with Atelier's.

    python reference.py [NETWORK.safetensors]

The network is ../models/lite.safetensors unless another is named. Writes content.png, style.png and image.png (small
pieces of the bundled samples), cases.json (losses by layer, and the total) and gradients.safetensors (of the total with
respect to the image, RGB in [0, 1], rows x columns x channels, one tensor a case) into ../test/engine/reference.

Losses are as CONTRIBUTING.md states them, in units of the target's mean activation. With mean m and covariance S of
a picture's features over positions, m_t and T = U diag(l) U' those of the style, N channels and M_t positions of the style:
bures        (|m - m_t|^2 + sum_ij D_ij^2 / (2 (l_i + l_j + 2 e))) / N,  D = U'(S - T)U,  e = (0.01 + N / M_t) tr(T) / N
wasserstein  (|m - m_t|^2 + tr(A + B - 2 (B^1/2 A B^1/2)^1/2)) / N,      A = S + e, B = T + e,  e = 0.01 tr(T) / N
"""

import json
import pathlib
import sys

import numpy as np
import torch
from PIL import Image
from safetensors.numpy import load_file, save_file
from torch.nn import functional as F

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parent / "media"
OUT = HERE.parent / "test" / "engine" / "reference"
LAYERS = "11 12 p 21 22 p 31 32 33 34 p 41 42 43 44 p 51".split()
FIVE = ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"]
MEAN = torch.tensor([0.485, 0.456, 0.406], dtype=torch.float64).view(1, 3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225], dtype=torch.float64).view(1, 3, 1, 1)
# File, left and top edge of the piece, its side before it is reduced, and the size it is reduced to.
PICTURES = {
    "content": ("samples/still-life.jpg", (300, 150), (480, 400), (48, 40)),
    "style": ("swatches/impasto.jpg", (0, 0), (180, 150), (45, 38)),
    "image": ("samples/landscape.jpg", (200, 200), (480, 400), (48, 40)),
}
USUAL = {"statistics": "gram", "units": "mean", "pooling": "avg", "padding": "zero", "tap": "post"}
STRENGTHS = {"contentLayers": ["conv4_2"], "styleLayers": FIVE, "alpha": 1.0, "beta": 25.0, "gamma": 2.0}
CASES = {
    "gram": {},
    "gram, maximum pooling": {"pooling": "max"},
    "paper, before the activation": {"units": "paper", "tap": "pre", "contentLayers": FIVE},
    "bures": {"statistics": "bures"},
    "bures, repeated edges": {"statistics": "bures", "padding": "replicate"},
    "wasserstein, repeated edges": {"statistics": "wasserstein", "padding": "replicate"},
}


def features(tensors, image, case):
    """Maps by layer, [channels, positions]."""
    x, maps = (image - MEAN) / DEVIATION, {}
    # Only the picture's own edge is repeated; deeper layers see zeros, as they were trained.
    mode = "replicate" if case["padding"] == "replicate" else "constant"
    for layer in LAYERS:
        if layer == "p":
            x = F.avg_pool2d(x, 2) if case["pooling"] == "avg" else F.max_pool2d(x, 2)
            continue
        name = f"conv{layer[0]}_{layer[1]}"
        kernel, bias = (torch.tensor(tensors[f"{name}.{part}"].astype(np.float64)) for part in ("weight", "bias"))
        before = F.conv2d(F.pad(x, (1, 1, 1, 1), mode=mode), kernel.permute(3, 2, 0, 1), bias)
        x, mode = F.relu(before), "constant"
        maps[name] = (before if case["tap"] == "pre" else x)[0].flatten(1)
    return maps


def moments(maps):
    mean = maps.mean(1)
    centred = maps - mean[:, None]
    return mean, centred @ centred.T / maps.shape[1]


def square_root(matrix):
    values, vectors = torch.linalg.eigh(matrix)
    return vectors @ torch.diag(values.clamp_min(0).sqrt()) @ vectors.T


def style_loss(maps, target, case):
    channels, positions = maps.shape
    if case["units"] == "paper":
        wanted = target @ target.T * positions / target.shape[1]
        return (maps @ maps.T - wanted).square().sum() / (4 * channels**2 * positions**2)
    maps, target = maps / target.mean(), target / target.mean()
    if case["statistics"] == "gram":
        difference = maps @ maps.T / positions - target @ target.T / target.shape[1]
        return difference.square().sum() / channels**2
    (mean, covariance), (wanted, covariance_wanted) = moments(maps), moments(target)
    trace = covariance_wanted.trace() / channels
    shift = (mean - wanted).square().sum()
    if case["statistics"] == "bures":
        floor = (0.01 + channels / target.shape[1]) * trace
        values, vectors = torch.linalg.eigh(covariance_wanted)
        difference = vectors.T @ (covariance - covariance_wanted) @ vectors
        return (shift + (difference.square() / (2 * (values[:, None] + values + 2 * floor))).sum()) / channels
    floor = 0.01 * trace * torch.eye(channels, dtype=torch.float64)
    ours, theirs = covariance + floor, covariance_wanted + floor
    root = square_root(theirs)
    between = torch.linalg.eigvalsh(root @ ours @ root).clamp_min(1e-30).sqrt().sum()
    return (shift + ours.trace() + theirs.trace() - 2 * between) / channels


def content_loss(maps, target, case):
    if case["units"] == "paper":
        return (maps - target).square().sum() / 2
    return ((maps - target) / target.mean()).square().mean()


def losses(tensors, image, content, style, case):
    """Losses by layer, the total variation, and the weighted total."""
    ours, of_content, of_style = (features(tensors, one, case) for one in (image, content, style))
    parts = {
        "content": {name: content_loss(ours[name], of_content[name], case) for name in case["contentLayers"]},
        "style": {name: style_loss(ours[name], of_style[name], case) for name in case["styleLayers"]},
    }
    rows, columns = image.diff(dim=2), image.diff(dim=3)
    variation = rows.square().mean() + columns.square().mean()
    of_styles = sum(parts["style"].values()) / len(case["styleLayers"])
    total = case["alpha"] * sum(parts["content"].values()) + case["beta"] * of_styles + case["gamma"] * variation
    return parts, variation, total


def write_pictures() -> None:
    for name, (file, corner, sides, size) in PICTURES.items():
        box = (*corner, corner[0] + sides[0], corner[1] + sides[1])
        piece = Image.open(SAMPLES / file).convert("RGB").crop(box)
        piece.resize(size, Image.Resampling.LANCZOS).save(OUT / f"{name}.png")


def load(name: str):
    values = np.asarray(Image.open(OUT / f"{name}.png"), np.float64) / 255
    return torch.tensor(values.transpose(2, 0, 1)[None].copy())


def main() -> None:
    tensors = load_file(sys.argv[1] if len(sys.argv) > 1 else HERE.parent / "models" / "lite.safetensors")
    OUT.mkdir(exist_ok=True)
    write_pictures()
    content, style, image = (load(name) for name in PICTURES)
    found, gradients = {}, {}
    for name, own in CASES.items():
        case = {"network": "lite", **USUAL, **STRENGTHS, **own}
        x = image.clone().requires_grad_()
        parts, variation, total = losses(tensors, x, content, style, case)
        (gradient,) = torch.autograd.grad(total, x)
        by_layer = {kind: {layer: value.item() for layer, value in part.items()} for kind, part in parts.items()}
        found[name] = {"case": case, "losses": by_layer, "tv": variation.item(), "total": total.item()}
        gradients[name] = gradient[0].permute(1, 2, 0).contiguous().numpy().astype(np.float32)
        print(f"{name}: {total.item():.10g}")
    (OUT / "cases.json").write_text(json.dumps(found, indent=2) + "\n")
    save_file(gradients, OUT / "gradients.safetensors")


if __name__ == "__main__":
    main()
