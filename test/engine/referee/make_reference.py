"""What the referee must say of a small picture, in double precision with PyTorch and NumPy: an independent program.

Usage: python make_reference.py        (needs torch, numpy, pillow; network: ../../networks/lite-1.safetensors)
Writes content.png, style.png, image.png and reference.json beside this file.

Per layer, features F/a (a: mean activation of the style) with mean m and covariance S, those of the style mt and T:
(|m - mt|^2 + tr(S_e + T_e - 2 (T_e^1/2 S_e T_e^1/2)^1/2)) / N, S_e = S + e, T_e = T + e, e = 1e-2 tr(T)/N; max pooling, zero
padding, after the activation. Content error |F - P|/|P| at conv3_4. Chroma: root of the power of R-G and B-(R+G)/2 between
0.08 and 0.25 cycles per pixel under a window of Hann, over the style's.
"""

import json
import pathlib
import struct

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
STYLE, CONTENT = ("conv1_1", "conv2_1", "conv3_1"), "conv3_4"
torch.set_default_dtype(torch.float64)


def network():
    blob = (HERE / "../../networks/lite-1.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", blob[:8])
    head = json.loads(blob[8 : 8 + length])
    meta = head.pop("__metadata__")

    def tensor(name):
        start, end = (8 + length + offset for offset in head[name]["data_offsets"])
        kind = {"F16": np.float16, "F32": np.float32}[head[name]["dtype"]]
        return torch.tensor(np.frombuffer(blob[start:end], kind).reshape(head[name]["shape"]).astype(np.float64))

    names = sorted(name[:-7] for name in head if name.endswith(".weight"))
    layers = {name: (tensor(name + ".weight").permute(3, 2, 0, 1), tensor(name + ".bias")) for name in names}
    return layers, [torch.tensor(json.loads(meta[key])).view(1, 3, 1, 1) for key in ("mean", "std")]


def features(net, image):
    layers, (mean, std) = net
    x, found, block = (torch.tensor(image.transpose(2, 0, 1)[None].copy()) - mean) / std, {}, "1"
    for name, (kernel, bias) in layers.items():
        if name[4] != block:
            block, x = name[4], F.max_pool2d(x, 2)
        x = F.relu(F.conv2d(x, kernel, bias, padding=1))
        found[name] = x[0].flatten(1)
        if name == CONTENT:
            return found


def root(matrix):
    values, vectors = torch.linalg.eigh(matrix)
    return (vectors * values.clamp_min(0).sqrt()) @ vectors.T


def distance(f, a):
    unit = a.mean()
    (m, s), (mt, t) = ((x.mean(1) / unit, torch.cov(x / unit, correction=0)) for x in (f, a))
    n = len(m)
    soft = 1e-2 * t.trace() / n * torch.eye(n)
    r = root(t + soft)
    apart = (s + t + 2 * soft).trace() - 2 * root(r @ (s + soft) @ r).trace()
    return float(((m - mt).square().sum() + apart) / n)


def chroma(image):
    height, width, _ = image.shape
    window = np.hanning(height)[:, None] * np.hanning(width)[None]
    f = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None])
    power = 0
    for g in (image[..., 0] - image[..., 1], image[..., 2] - (image[..., 0] + image[..., 1]) / 2):
        spectrum = np.abs(np.fft.fft2((g - g.mean()) * window)) ** 2
        power += spectrum[(f > 0.08) & (f < 0.25)].sum() / (window**2).sum() / g.size
    return power**0.5


def picture(width, height, phase):
    y, x = np.mgrid[:height, :width]
    waves = [np.sin(phase + (x * (c + 1)) / 5 + y / (3 + c)) + np.cos(phase * c + x * y / 90) for c in range(3)]
    grain = (x[..., None] * 7919 + y[..., None] * 104729 + np.arange(3) * 31) % 97 / 97 - 0.5
    return np.clip(0.5 + 0.3 * np.stack(waves, -1) + 0.3 * grain, 0, 1)


def main():
    images = {}
    for name, width, height, phase in (("content", 60, 44, 1), ("style", 60, 50, 2), ("image", 60, 44, 3)):
        pixels = np.uint8(np.round(255 * picture(width, height, phase)))
        Image.fromarray(pixels).save(HERE / f"{name}.png")
        images[name] = pixels / 255
    net = network()
    f, p, a = (features(net, images[name]) for name in ("image", "content", "style"))
    values = {
        "distances": {name: distance(f[name], a[name]) for name in STYLE},
        "contentDistance": float(np.mean([distance(p[name], a[name]) for name in STYLE])),
        "contentError": float((f[CONTENT] - p[CONTENT]).norm() / p[CONTENT].norm()),
        "clipped": float(np.mean((images["image"] == 0) | (images["image"] == 1))),
        "chroma": chroma(images["image"]) / chroma(images["style"]),
    }
    (HERE / "reference.json").write_text(json.dumps(values, indent=2) + "\n")
    print(json.dumps(values, indent=2))


if __name__ == "__main__":
    main()
