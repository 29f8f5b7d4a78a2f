"""What the teachers say of a picture: features to imitate, and gradients that a painting would follow."""

import argparse
import pathlib

import torch

from networks import Distilled, Vgg19
from styleterms import bures, target_of

SHARED = pathlib.Path(__file__).resolve().parent.parent.parent / "shared"
VGG19_FOLDER = next(iter(SHARED.glob("mirror/*/vgg19-tensorflowjs-model/*/model")), SHARED)
DISTILLED_FILE = SHARED / "teachers" / "vgg19-16x-encoder.pth"

LAYERS = ("conv1_1", "conv2_1", "conv3_1", "conv3_4", "conv4_1", "conv4_2", "conv5_1")
STYLE_LAYERS = ("conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the teachers' weights are."""
    parser.add_argument("--vgg19", type=pathlib.Path, default=VGG19_FOLDER, help="a TensorFlow.js model folder")
    parser.add_argument("--distilled", type=pathlib.Path, default=DISTILLED_FILE, help="not needed by a whole VGG-19")


class Teachers:
    """The genuine VGG-19 as far as its files reach, the distilled one beyond."""

    def __init__(self, args):
        """@param args parsed arguments with those of `add_arguments`"""
        self.genuine = Vgg19(args.vgg19)
        self.near = tuple(layer for layer in LAYERS if layer in self.genuine.layers)
        self.far = tuple(layer for layer in LAYERS if layer not in self.genuine.layers)
        self.distilled = Distilled(args.distilled) if self.far else None

    def features(self, x, layers=LAYERS):
        """Feature maps of the layers, those of the genuine network wherever it has them."""
        near = [layer for layer in layers if layer in self.near]
        far = [layer for layer in layers if layer in self.far]
        return {**(self.genuine(x, near) if near else {}), **(self.distilled(x, far) if far else {})}

    def gradients(self, x, style, layer):
        """
        The gradient with respect to x of each picture's bures term at a layer, of length 1 per picture.
        x and style are batches of the same number of pictures.
        """
        with torch.no_grad():
            wanted = self.features(style, [layer])[layer]
            targets = [target_of(one) for one in wanted]
        with torch.enable_grad():
            x = x.detach().requires_grad_()
            maps = self.features(x, [layer])[layer]
            loss = sum(bures(one, target) for one, target in zip(maps, targets))
            (gradient,) = torch.autograd.grad(loss, x)
        return unit(gradient)


def unit(gradient):
    """Gradients of a batch, each picture's of length 1."""
    return gradient / gradient.flatten(1).norm(dim=1).clamp_min(1e-12).view(-1, 1, 1, 1)
