"""Frames of paintings made with the student as it stands: a painting walks where photographs never are."""

import torch

from styleterms import bures, gram, target_of
from teachers import STYLE_LAYERS

CONTENT_LAYER = "conv4_2"


def paint(student, crops, count: int):
    """
    Paints a few small pictures with random strengths, statistics, starts and numbers of steps.
    @returns (frames, styles): frames from one third of the way and from the end, each with its style picture
    """
    rng = crops.rng
    content, style = crops.batch(count, plain=True), crops.batch(count, plain=True)
    layers = [*STYLE_LAYERS, CONTENT_LAYER]
    covariance = rng.random() < 0.6
    with torch.no_grad():
        styles, contents = student(style, layers), student(content, [CONTENT_LAYER])[CONTENT_LAYER]
        unit = contents.mean()
        targets = {layer: [target_of(one) for one in styles[layer]] for layer in STYLE_LAYERS}
        grams = {layer: gram(styles[layer] / styles[layer].mean()) for layer in STYLE_LAYERS}
    chance = rng.random()
    start = content if chance < 0.55 else torch.rand_like(content) if chance < 0.8 else 0.5 * content + 0.25
    x = start.clone().requires_grad_()
    strength = 10 ** rng.uniform(-1.5, 1.5)
    optimizer = torch.optim.Adam([x], lr=float(rng.choice([0.01, 0.02, 0.05, 0.1])))
    steps = int(rng.integers(12, 36))
    frames = []
    for step in range(steps):
        maps = student(x, layers)
        loss = strength * ((maps[CONTENT_LAYER] - contents) / unit).square().mean()
        for layer in STYLE_LAYERS:
            if covariance:
                loss = loss + sum(bures(one, to) for one, to in zip(maps[layer], targets[layer])) / count
            else:
                scaled = maps[layer] / styles[layer].mean()
                loss = loss + (gram(scaled) - grams[layer]).square().sum((1, 2)).mean() / scaled.shape[1] ** 2
        (x.grad,) = torch.autograd.grad(loss, x)
        optimizer.step()
        with torch.no_grad():
            x.clamp_(-0.05, 1.05)
        if step == steps // 3:
            frames.append(x.detach().clone())
    frames.append(x.detach().clone())
    return torch.cat(frames), torch.cat([style] * len(frames))
