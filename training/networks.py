"""The student (`lite`) and its two teachers. Feature maps are float tensors of shape [batch, channels, height, width]."""

import json
import pathlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

CONVOLUTIONS = [
    *("conv1_1", "conv1_2", "pool", "conv2_1", "conv2_2", "pool"),
    *("conv3_1", "conv3_2", "conv3_3", "conv3_4", "pool"),
    *("conv4_1", "conv4_2", "conv4_3", "conv4_4", "pool", "conv5_1"),
]
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
DEVIATION = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
# Keras' means of blue, green and red, of samples in 0..255.
KERAS_MEAN = torch.tensor([103.939, 116.779, 123.68]).view(1, 3, 1, 1)
WIDTHS = (16, 32, 64, 128, 128)


def block(layer: str) -> int:
    """The block of a layer: 1 for conv1_2, 5 for conv5_1."""
    return int(layer[4])


class Student(nn.Module):
    """VGG-19's 13 convolutions to conv5_1 at small widths, zero padding and average pooling. Input: RGB in [0, 1]."""

    def __init__(self, widths=WIDTHS):
        super().__init__()
        self.widths = tuple(widths)
        self.convolutions = nn.ModuleDict()
        channels = 3
        for name in CONVOLUTIONS:
            if name != "pool":
                width = self.widths[block(name) - 1]
                self.convolutions[name] = nn.Conv2d(channels, width, 3, padding=1)
                channels = width
        for convolution in self.convolutions.values():
            nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
            nn.init.constant_(convolution.bias, 0.05)

    def forward(self, x, layers, before=None):
        """The maps of some layers after their ReLU; `before` (a dictionary) is given every map before it."""
        x = ((x - MEAN) / DEVIATION).contiguous(memory_format=torch.channels_last)
        maps, deepest = {}, max(layers)
        for name in CONVOLUTIONS:
            if name == "pool":
                x = F.avg_pool2d(x, 2)
                continue
            x = self.convolutions[name](x)
            if before is not None:
                before[name] = x
            x = F.relu(x)
            if name in layers:
                maps[name] = x
            if name == deepest:
                return maps
        return maps


class Vgg19:
    """The genuine VGG-19, as deep as the files in a TensorFlow.js model folder are complete. Input: RGB in [0, 1]."""

    def __init__(self, folder: pathlib.Path, dtype=torch.float32):
        self.dtype, self.layers = dtype, {}
        manifest = json.loads((folder / "model.json").read_text())["weightsManifest"]
        for group in manifest:
            parts = [folder / name for name in group["paths"]]
            if not all(part.exists() for part in parts):
                break
            data, at, tensors = b"".join(part.read_bytes() for part in parts), 0, {}
            for weight in group["weights"]:
                count = int(np.prod(weight["shape"]))
                values = np.frombuffer(data, "<f4", count, at).reshape(weight["shape"])
                tensors[weight["name"]] = torch.from_numpy(values.copy())
                at += 4 * count
            for name, kernel in tensors.items():
                if name.startswith("block") and name.endswith("/kernel"):
                    layer = f"conv{name[5]}_{name[11]}"
                    weight = kernel.permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last)
                    bias = tensors[name.replace("kernel", "bias")]
                    self.layers[layer] = (weight.to(dtype), bias.to(dtype))

    def __call__(self, x, layers):
        x = (x.flip(1) * 255 - KERAS_MEAN).to(self.dtype).contiguous(memory_format=torch.channels_last)
        maps, deepest = {}, max(layers)
        for name in CONVOLUTIONS:
            if name == "pool":
                x = F.max_pool2d(x, 2)
                continue
            x = F.relu(F.conv2d(x, *self.layers[name], padding=1))
            if name in layers:
                maps[name] = x.float()
            if name == deepest:
                break
        return maps


class Distilled:
    """A 16-fold distilled VGG-19 to conv5_1 with its 1x1 maps to VGG-19's channels (Wang et al. 2020, MIT licence)."""

    def __init__(self, file: pathlib.Path):
        self.weights = torch.load(file, map_location="cpu", weights_only=True)["model"]

    def __call__(self, x, layers):
        """The maps of some layers; those that have a 1x1 map are given in VGG-19's channels."""
        w = self.weights
        x = F.conv2d(x.contiguous(memory_format=torch.channels_last), w["conv0.weight"], w["conv0.bias"])
        maps, deepest = {}, max(layers)
        for name in CONVOLUTIONS:
            if name == "pool":
                x = F.max_pool2d(x, 2)
                continue
            key = name.replace("_", "")
            padded = F.pad(x, (1, 1, 1, 1), mode="reflect")
            x = F.relu(F.conv2d(padded, w[f"{key}.weight"], w[f"{key}.bias"]))
            if name in layers:
                wide = f"{key}_aux.weight" in w
                maps[name] = F.conv2d(x, w[f"{key}_aux.weight"], w[f"{key}_aux.bias"]) if wide else x
            if name == deepest:
                break
        return maps
