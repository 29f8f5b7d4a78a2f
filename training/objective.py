"""What the student is trained on: the teachers' features, their moments, and the gradients of style terms."""

import torch
from torch import nn
from torch.nn import functional as F

from styleterms import bures, gram, target_of
from teachers import LAYERS, unit

WEIGHTS = {"conv1_1": 1, "conv2_1": 1, "conv3_1": 1, "conv3_4": 0.7, "conv4_1": 1, "conv4_2": 0.7, "conv5_1": 1}
# Moments are compared on this many channels of the teacher, drawn anew at each step.
CHANNELS = 64


class Heads(nn.ModuleDict):
    """1x1 convolutions from the student's channels to a teacher's, one a layer; they do not ship."""

    def __init__(self, student, channels: dict[str, int]):
        super().__init__(
            {name: nn.Conv2d(student.convolutions[name].out_channels, channels[name], 1) for name in LAYERS}
        )


def normalised(features, deviation):
    """A teacher's maps in units of each channel's deviation over the training crops."""
    return features / deviation.view(1, -1, 1, 1)


def feature_errors(predicted, wanted):
    """Mean squared error in normalised units, large outliers tamed; 1 is what predicting the mean gives."""
    return {name: F.smooth_l1_loss(predicted[name], wanted[name], beta=4.0) * 8.0 for name in predicted}


def squared_errors(predicted, wanted):
    """The error that is reported: mean squared error in normalised units."""
    return {name: F.mse_loss(predicted[name], wanted[name]) for name in predicted}


def moment_error(predicted, wanted):
    """Relative error of Gram matrices plus the bures distance of a teacher's channels, mean over a batch."""
    chosen = torch.randperm(predicted.shape[1])[:CHANNELS]
    predicted, wanted = predicted[:, chosen], wanted[:, chosen]
    ours, theirs = gram(predicted), gram(wanted)
    relative = (ours - theirs).flatten(1).square().sum(1)
    relative = relative / (theirs.flatten(1).square().sum(1) + 0.05 * len(chosen))
    distance = sum(bures(one, target_of(other)).clamp(max=4) for one, other in zip(predicted, wanted.detach())) / len(
        predicted
    )
    return relative.clamp(max=4).mean() + 0.3 * distance


def gradient_error(student, x, style, layer, wanted):
    """
    1 - cosine between the student's and the teacher's gradient of a style term, mean over a batch.
    @param wanted the teacher's gradients, each of length 1, shape of x
    """
    with torch.no_grad():
        targets = [target_of(one) for one in student(style, [layer])[layer]]
    x = x.detach().requires_grad_()
    maps = student(x, [layer])[layer]
    loss = sum(bures(one, target) for one, target in zip(maps, targets))
    (gradient,) = torch.autograd.grad(loss, x, create_graph=True)
    return 1 - (unit(gradient) * wanted).flatten(1).sum(1).mean()


def liveness(before):
    """Keeps every channel of every layer alive: its mean plus deviation should exceed a share of the layer's."""
    total = 0
    for maps in before.values():
        values = maps[:, :, ::2, ::2]
        mean, deviation = values.mean((0, 2, 3)), values.std((0, 2, 3))
        typical = deviation.detach().mean()
        total = total + (F.relu(0.15 * typical - (mean + deviation)) / (typical + 1e-6)).mean()
    return total
