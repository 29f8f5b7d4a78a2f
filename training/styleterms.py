"""
The style terms that paintings are made with, of one feature map [channels, height, width].

bures is the squared Bures distance of Gaussians to second order at the target (Dowson and Landau 1982): with mean m and
covariance C in units of the target's mean activation, D = U'(C - C_t)U in the target's eigenvectors,
loss = (|m - m_t|^2 + sum_ij D_ij^2 / (2 (l_i + l_j + 2 e))) / N, e = (0.01 + N / M_t) tr(C_t) / N.
"""

from typing import NamedTuple

import torch


class Target(NamedTuple):
    scale: torch.Tensor
    mean: torch.Tensor
    covariance: torch.Tensor
    vectors: torch.Tensor
    weights: torch.Tensor


def moments(features, scale):
    """Mean [N] and covariance [N, N] over positions, in units of scale."""
    values = features.flatten(1) / scale
    mean = values.mean(1)
    centred = values - mean[:, None]
    return mean, centred @ centred.T / values.shape[1]


def target_of(features) -> Target:
    """What bures compares with, of the style's feature map."""
    scale = features.mean().clamp_min(1e-6)
    mean, covariance = moments(features, scale)
    channels, positions = len(mean), features[0].numel()
    trace = (covariance.trace() / channels).clamp_min(1e-3)
    values, vectors = torch.linalg.eigh(covariance.double())
    values = values.clamp_min(0).float() + (0.01 + channels / positions) * trace
    weights = 1 / (2 * (values[:, None] + values[None]))
    return Target(scale, mean, covariance, vectors.float(), weights)


def bures(features, target: Target):
    """The bures term of a feature map, a scalar."""
    mean, covariance = moments(features, target.scale)
    difference = target.vectors.T @ (covariance - target.covariance) @ target.vectors
    return ((mean - target.mean).square().sum() + (target.weights * difference.square()).sum()) / len(mean)


def gram(features):
    """Gram matrices of a batch [batch, channels, height, width], divided by the number of positions."""
    values = features.flatten(2)
    return values @ values.transpose(1, 2) / values.shape[2]
