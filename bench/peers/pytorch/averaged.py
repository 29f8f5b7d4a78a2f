"""Neural style transfer as crowsonkb/style-transfer-pytorch describes it, as a peer to look at: paints one picture.

Written from the published description and settings, not from its code: Adam with step 0.02, five scales from 128 px on,
each larger by the square root of 2, 1000 steps at the first and 500 at the others, a running average of the iterates
(decay 0.99) as the picture, exact Wasserstein-2 distances of mean and covariance with layer weights 256:64:16:4:1, content
weight 0.015, total variation 2, max pooling, nearest pixels beyond the edge, pixels held in [0, 1]. The network is the
one given, in mean units (features over their mean activation), which the original does not have.

Usage: python averaged.py NETWORK.safetensors CONTENT STYLE OUT [--size 512] [--threads 1]
"""

import argparse
import json
import struct

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

STYLE = {"conv1_1": 256, "conv2_1": 64, "conv3_1": 16, "conv4_1": 4, "conv5_1": 1}
CONTENT = "conv4_2"
CONTENT_WEIGHT, TV_WEIGHT = 0.015, 2.0
FIRST_STEPS, STEPS, STEP_SIZE, DECAY = 1000, 500, 0.02, 0.99
SMALLEST = 128
SOFTENING = 1e-4


def read_network(file):
    with open(file, "rb") as opened:
        blob = opened.read()
    (length,) = struct.unpack("<Q", blob[:8])
    head = json.loads(blob[8 : 8 + length])
    meta = head.pop("__metadata__")
    kinds = {"F16": np.float16, "F32": np.float32}

    def tensor(entry):
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        values = np.frombuffer(blob[start:end], kinds[entry["dtype"]]).reshape(entry["shape"])
        return torch.tensor(values.astype(np.float32))

    names = sorted(name[: -len(".weight")] for name in head if name.endswith(".weight"))
    layers = {
        name: (tensor(head[name + ".weight"]).permute(3, 2, 0, 1).contiguous(), tensor(head[name + ".bias"]))
        for name in names
    }
    mean, std = (torch.tensor(json.loads(meta[key])).view(1, 3, 1, 1) for key in ("mean", "std"))
    return layers, mean, std


def features(network, image):
    layers, mean, std = network
    x, found, block = (image - mean) / std, {}, "1"
    for name, (kernel, bias) in layers.items():
        if name[4] != block:
            block, x = name[4], F.max_pool2d(x, 2)
        x = F.pad(x, (1,) * 4, mode="replicate" if name == "conv1_1" else "constant")
        x = F.relu(F.conv2d(x, kernel, bias))
        if name in STYLE or name == CONTENT:
            found[name] = x
    return found


def moments(x, unit):
    rows = x[0].flatten(1) / unit
    mean = rows.mean(1)
    apart = rows - mean[:, None]
    return mean, apart @ apart.T / rows.shape[1] + SOFTENING * torch.eye(len(mean))


def root(matrix):
    values, vectors = torch.linalg.eigh(matrix.double())
    return (vectors * values.clamp_min(0).sqrt() @ vectors.T).float()


class TraceOfRoot(torch.autograd.Function):
    """tr(K^1/2) of a symmetric positive matrix; its derivative is K^-1/2 / 2."""

    @staticmethod
    def forward(context, matrix):
        values, vectors = torch.linalg.eigh(matrix.double())
        values = values.clamp_min(1e-12).sqrt()
        context.save_for_backward((vectors / values @ vectors.T).float() / 2)
        return values.sum().float()

    @staticmethod
    def backward(context, gradient):
        return gradient * context.saved_tensors[0]


def distance(x, target):
    unit, mean, covariance, target_root = target
    its_mean, its_covariance = moments(x, unit)
    trace = TraceOfRoot.apply(target_root @ its_covariance @ target_root)
    apart = its_covariance.trace() + covariance.trace() - 2 * trace
    return ((its_mean - mean).square().sum() + apart) / len(mean)


def load(file, longest, enlarge):
    image = Image.open(file).convert("RGB")
    factor = longest / max(image.size)
    if factor < 1 or enlarge:
        image = image.resize((round(image.width * factor), round(image.height * factor)), Image.BICUBIC)
    return torch.tensor(np.asarray(image, np.float32).transpose(2, 0, 1)[None].copy()) / 255


def paint(network, content_file, style_file, size):
    scales = []
    while (scale := round(size / 2 ** (len(scales) / 2))) >= SMALLEST:
        scales.insert(0, scale)
    image, state = None, None
    weights = {name: weight / sum(STYLE.values()) for name, weight in STYLE.items()}
    for scale in scales:
        content, style = load(content_file, scale, True), load(style_file, scale, False)
        with torch.no_grad():
            its_content, its_style = features(network, content)[CONTENT], features(network, style)
            unit = its_content.mean()
            targets = {}
            for name in STYLE:
                mean, covariance = moments(its_style[name], its_style[name].mean())
                targets[name] = (its_style[name].mean(), mean, covariance, root(covariance))
        fit = lambda x: F.interpolate(x, content.shape[2:], mode="bicubic", align_corners=False)
        image = (content if image is None else fit(image).clamp(0, 1)).requires_grad_()
        adam = torch.optim.Adam([image], lr=STEP_SIZE, betas=(0.9, 0.99))
        if state is not None:
            warm = {"step": state["step"], "exp_avg": fit(state["exp_avg"]), "exp_avg_sq": fit(state["exp_avg_sq"]).relu()}
            adam.state[image] = warm
        average, share = torch.zeros_like(image), 0.0
        for _ in range(FIRST_STEPS if scale == scales[0] else STEPS):
            adam.zero_grad()
            found = features(network, image)
            loss = CONTENT_WEIGHT * ((found[CONTENT] - its_content) / unit).square().mean()
            loss = loss + sum(weights[name] * distance(found[name], targets[name]) for name in STYLE)
            edged = F.pad(image, (0, 1, 0, 1), mode="replicate")
            across, down = edged[..., :-1, 1:] - edged[..., :-1, :-1], edged[..., 1:, :-1] - edged[..., :-1, :-1]
            loss = loss + TV_WEIGHT * (across.square() + down.square()).mean()
            loss.backward()
            adam.step()
            with torch.no_grad():
                image.clamp_(0, 1)
                average.mul_(DECAY).add_(image, alpha=1 - DECAY)
                share = DECAY * share + 1 - DECAY
        state = adam.state[image]
        image = (average / share).detach()
    return image


def main():
    parser = argparse.ArgumentParser()
    for name in ("network", "content", "style", "out"):
        parser.add_argument(name)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    image = paint(read_network(options.network), options.content, options.style, options.size)
    pixels = (image[0].clamp(0, 1) * 255).round().permute(1, 2, 0).to(torch.uint8).numpy()
    Image.fromarray(pixels).save(options.out)


if __name__ == "__main__":
    main()
