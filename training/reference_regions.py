"""Writes what regions should give: losses and gradients in float64, of a program that shares nothing with Atelier's.

    python reference_regions.py

Pictures, network and the other terms are those of reference.py, which is run first. Writes regions.json and
regions.safetensors into ../test/engine/reference.

Masks are m (a soft left half, in the style of the content image, of which the lower two thirds count), 1 - m, both times
f, and f itself (1 - what is kept: the topmost eighth, with a soft border); at a layer they are average pooled. The network
sees c + f (x - c), with c the content image. Of features F and a mask with s = sum(m): mean F m / s, products
F diag(m) F' / s. A term counts s / M, M being all positions of the layer, and is not there with s under 16. The style's
positions are worth (sum m)^2 / sum(m^2).
"""

import json

import numpy as np
import torch
from safetensors.numpy import load_file, save_file
from torch.nn import functional as F

from reference import FIVE, HERE, OUT, PICTURES, STRENGTHS, USUAL, content_loss, features, load, square_root

CASES = {
    "gram": {},
    "gram, the papers' sums, before the activation": {"units": "paper", "tap": "pre"},
    "bures, maximum pooling": {"statistics": "bures", "pooling": "max"},
    "bures, repeated edges": {"statistics": "bures", "padding": "replicate"},
    "wasserstein": {"statistics": "wasserstein"},
}


def plane(values):
    return torch.tensor(values, dtype=torch.float64)


def masks_for(width, height):
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    free = np.clip((rows - height / 8) / 3, 0, 1)
    left = np.clip((width / 2 - columns) / 8 + 0.5, 0, 1)
    return plane(free), [plane(free * (1 - left)), plane(free * left)]


def lower_part(width, height):
    rows = np.meshgrid(np.arange(width), np.arange(height))[1]
    return plane((rows >= height // 3).astype(float))


def at_layer(mask, layer):
    for _ in range(int(layer[4]) - 1):
        mask = F.avg_pool2d(mask[None, None], 2)[0, 0]
    return mask.flatten()


def moments(maps, weights):
    mean = maps @ weights
    centred = maps - mean[:, None]
    return mean, (centred * weights) @ centred.T


def style_loss(maps, weights, target, of_target, worth, case):
    """Weights sum to 1; `worth` is how many positions the style's are worth."""
    channels = len(maps)
    if case["units"] == "paper":
        return ((maps * weights) @ maps.T - (target * of_target) @ target.T).square().sum() / (4 * channels**2)
    unit = (target @ of_target).mean()
    maps, target = maps / unit, target / unit
    if case["statistics"] == "gram":
        return ((maps * weights) @ maps.T - (target * of_target) @ target.T).square().sum() / channels**2
    (mean, covariance), (wanted, covariance_wanted) = moments(maps, weights), moments(target, of_target)
    trace = covariance_wanted.trace() / channels
    shift = (mean - wanted).square().sum()
    if case["statistics"] == "bures":
        floor = (0.01 + channels / worth) * trace
        values, vectors = torch.linalg.eigh(covariance_wanted)
        difference = vectors.T @ (covariance - covariance_wanted) @ vectors
        return (shift + (difference.square() / (2 * (values[:, None] + values + 2 * floor))).sum()) / channels
    floor = 0.01 * trace * torch.eye(channels, dtype=torch.float64)
    ours, theirs = covariance + floor, covariance_wanted + floor
    root = square_root(theirs)
    between = torch.linalg.eigvalsh(root @ ours @ root).clamp_min(1e-30).sqrt().sum()
    return (shift + ours.trace() + theirs.trace() - 2 * between) / channels


def losses(tensors, x, content, style, case):
    """Losses by term, the total variation, and the weighted total."""
    height, width = x.shape[2:]
    free, parts = masks_for(width, height)
    image = content + free * (x - content)
    ours, of_content, of_style = (features(tensors, one, case) for one in (image, content, style))
    whole = torch.ones(style.shape[2:], dtype=torch.float64)
    styles = [(of_style, whole), (of_content, lower_part(width, height))]
    found = {f"content:{name}": content_loss(ours[name], of_content[name], case) for name in case["contentLayers"]}
    total = case["alpha"] * sum(found.values())
    for number, (mask, (target, target_mask)) in enumerate(zip(parts, styles)):
        for name in case["styleLayers"]:
            weights, of_target = at_layer(mask, name), at_layer(target_mask, name)
            if min(weights.sum(), of_target.sum()) < 16:
                continue
            share = weights.sum() / len(weights)
            worth = of_target.sum() ** 2 / of_target.square().sum()
            loss = style_loss(
                ours[name], weights / weights.sum(), target[name], of_target / of_target.sum(), worth, case
            )
            found[f"style:{name}" + (f":{number}" if number else "")] = share * loss
            total = total + case["beta"] / len(case["styleLayers"]) * share * loss
    rows, columns = image.diff(dim=2), image.diff(dim=3)
    found["tv"] = rows.square().mean() + columns.square().mean()
    return found, total + case["gamma"] * found["tv"]


def main() -> None:
    tensors = load_file(HERE.parent / "models" / "lite.safetensors")
    content, style, image = (load(name) for name in PICTURES)
    written, gradients = {}, {}
    for name, own in CASES.items():
        case = {"network": "lite", **USUAL, **STRENGTHS, "styleLayers": FIVE, **own}
        x = image.clone().requires_grad_()
        found, total = losses(tensors, x, content, style, case)
        (gradient,) = torch.autograd.grad(total, x)
        terms = {term: value.item() for term, value in found.items()}
        written[name] = {"case": case, "terms": terms, "total": total.item()}
        gradients[name] = gradient[0].permute(1, 2, 0).contiguous().numpy().astype(np.float32)
        print(f"{name}: {total.item():.10g}, {len(terms)} terms")
    (OUT / "regions.json").write_text(json.dumps(written, indent=2) + "\n")
    save_file(gradients, OUT / "regions.safetensors")


if __name__ == "__main__":
    main()
