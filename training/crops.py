"""Training crops: random pieces of the fetched images, in changed colours, with noise, and synthetic patterns."""

import csv
import pathlib
import random

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F

IMAGES = pathlib.Path(__file__).resolve().parent / "cache" / "images"
# How often a picture of a kind is taken, relative to a photograph.
SHARE = {"photograph": 1.0, "painting": 0.4, "thing": 0.2, "texture": 0.25}


def kinds() -> dict[str, str]:
    """The kind of each package, of the manifest."""
    with (pathlib.Path(__file__).resolve().parent / "manifest.tsv").open() as file:
        return {row["package"]: row["kind"] for row in csv.DictReader(file, delimiter="\t")}


def fetched(split: str, packages=None) -> list[tuple[pathlib.Path, float]]:
    """The fetched pictures of a split, or of some of its packages, each with its share."""
    kind = kinds()
    found = [
        (file, SHARE[kind[file.parent.name]])
        for file in sorted((IMAGES / split).glob("*/*.png"))
        if packages is None or file.parent.name in packages
    ]
    if not found:
        raise SystemExit("There are no such images: run `python fetch.py` first.")
    return found


class Crops:
    """Endless crops of `size` pixels from pictures with shares, [3, size, size] in about [0, 1]."""

    def __init__(self, pictures: list[tuple[pathlib.Path, float]], size: int, seed: int):
        self.size, self.rng = size, np.random.default_rng(seed)
        self.random = random.Random(seed)
        self.images, weights = [], []
        for file, share in pictures:
            self.images.append(np.asarray(Image.open(file).convert("RGB")))
            weights.append(share * self.images[-1].shape[0] * self.images[-1].shape[1])
        # By the root of the area: a large photograph has more to show than an icon, but not ten times as often.
        self.weights = np.sqrt(weights) / np.sqrt(weights).sum()

    def noise(self):
        """Normal noise of a random grain, [3, size, size]."""
        grain = int(self.rng.choice([1, 1, 2, 4, 8, 16]))
        side = -(-self.size // grain)
        values = self.rng.normal(size=(side, side, 3 if self.rng.random() < 0.8 else 1)).astype(np.float32)
        values = np.ascontiguousarray(np.broadcast_to(values, (side, side, 3)).transpose(2, 0, 1))
        mode = self.random.choice(["nearest", "bicubic"])
        grown = F.interpolate(torch.from_numpy(values)[None], scale_factor=grain, mode=mode) if grain > 1 else None
        return (values if grown is None else grown[0].numpy())[:, : self.size, : self.size]

    def pattern(self):
        """A synthetic picture: noise, a ramp, waves, stripes, a chequerboard or one colour."""
        rng, size = self.rng, self.size
        chance = rng.random()
        if chance < 0.35:
            return np.clip(rng.uniform(0.2, 0.8) + rng.uniform(0.05, 0.4) * self.noise(), 0, 1)
        y, x = np.mgrid[0:size, 0:size].astype(np.float32) / size
        first, second = rng.random((2, 3, 1, 1)).astype(np.float32)
        angle = rng.uniform(0, 2 * np.pi)
        along = np.cos(angle) * x + np.sin(angle) * y
        if chance < 0.55:
            mask = (along - along.min()) / (along.max() - along.min())
        elif chance < 0.8:
            mask = 0.5 + 0.5 * np.sin(2 * np.pi * rng.uniform(3, 60) * along)
            mask = (mask > 0.5).astype(np.float32) if rng.random() < 0.5 else mask
        elif chance < 0.95:
            side = int(rng.integers(1, 12))
            mask = ((np.arange(size)[:, None] // side + np.arange(size)[None] // side) % 2).astype(np.float32)
        else:
            mask = np.zeros_like(along)
        return (first + (second - first) * mask[None]).astype(np.float32)

    def plain(self):
        """A crop in its own colours, between 1 and 2.5 times reduced, perhaps mirrored."""
        rng, size = self.rng, self.size
        image = self.images[rng.choice(len(self.images), p=self.weights)]
        height, width = image.shape[:2]
        side = min(height, width, round(size / max(rng.uniform(0.4, 1.0), size / min(height, width))))
        y, x = int(rng.integers(0, height - side + 1)), int(rng.integers(0, width - side + 1))
        piece = Image.fromarray(image[y : y + side, x : x + side])
        filters = [Image.Resampling.LANCZOS, Image.Resampling.BICUBIC, Image.Resampling.BOX]
        if side != size:
            piece = piece.resize((size, size), self.random.choice(filters))
        values = np.asarray(piece, np.float32).transpose(2, 0, 1) / 255
        values = values[:, :, ::-1] if rng.random() < 0.5 else values
        return np.ascontiguousarray(values[:, ::-1] if rng.random() < 0.1 else values)

    def changed(self, values):
        """Changes colours, contrast and grain, as a painting on its way has them."""
        rng = self.rng
        if rng.random() < 0.5:
            grey = values.mean(0, keepdims=True)
            values = grey + (values - grey) * rng.uniform(0.3, 1.7)
            values = (values - values.mean()) * rng.uniform(0.5, 1.5) + values.mean() + rng.uniform(-0.15, 0.15)
            values = np.clip(values, 0, 1) ** rng.uniform(0.7, 1.4)
        if rng.random() < 0.12:
            values = values[rng.permutation(3)]
        chance, share = rng.random(), rng.uniform(0.2, 0.8)
        if chance < 0.14:
            values = values + rng.uniform(0.01, 0.3) * self.noise()
        elif chance < 0.22:
            values = share * values + (1 - share) * self.plain()
        elif chance < 0.28:
            values = share * values + (1 - share) * self.pattern()
        return np.clip(values, 0, 1) if rng.random() > 0.08 else values

    def batch(self, count: int, plain=False):
        """[count, 3, size, size]; plain ones are photographs and paintings as they are."""
        crops = []
        for _ in range(count):
            if not plain and self.rng.random() < 0.06:
                crops.append(self.pattern())
            else:
                crops.append(self.plain() if plain else self.changed(self.plain()))
        return torch.from_numpy(np.ascontiguousarray(np.stack(crops), np.float32))
