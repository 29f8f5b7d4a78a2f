"""Judges exported networks on the held-out packages.

    python evaluate.py NETWORK.safetensors [NETWORK.safetensors …] [--crops N] [--held PACKAGE … | --pictures FOLDER]

--held names some of the held-out packages; --pictures judges on the pictures of a folder instead. For every network and layer: the normalised squared error of the teachers' features (heads by least squares on the
training packages, so networks are compared by what they know and not by their heads), the rank correlation of style
distances with the teacher's by Gram and by bures, and the cosine between its gradients and the teacher's.
"""

import argparse
import pathlib

import numpy as np
import torch

from crops import Crops, fetched
from export import read
from objective import normalised
from replay import Replay, features_of, pictures_of, sparse
from styleterms import bures, gram, target_of
from teachers import LAYERS, STYLE_LAYERS, Teachers, add_arguments, unit

SIZE = 160
# Crops that heads are fitted on: at conv5_1 they have 9,600 positions for 129 unknowns.
FITTED = 96


def heads(student, replay, name, deviation, ridge=1e-4):
    """Least squares from a layer's channels and a constant to the teacher's, [channels + 1, teacher's channels]."""
    products, answers = 0, 0
    for at in range(0, len(replay.items), 8):
        items = replay.items[at : at + 8]
        maps = sparse(student(pictures_of(items), [name])[name], name, items).transpose(0, 1).flatten(1)
        maps = torch.cat([maps, torch.ones(1, maps.shape[1])]).double()
        wanted = normalised(features_of(items, name), deviation).transpose(0, 1).flatten(1).double()
        products, answers = products + maps @ maps.T, answers + maps @ wanted.T
    products += torch.eye(len(products)) * ridge * products.diagonal().mean()
    return torch.linalg.solve(products, answers).float()


def feature_error(student, name, fit, judge, deviation):
    """Mean over the held-out crops of the squared error in units of each channel's variance."""
    solved, total = heads(student, fit, name, deviation), 0.0
    for at in range(0, len(judge.items), 8):
        items = judge.items[at : at + 8]
        maps = sparse(student(pictures_of(items), [name])[name], name, items).transpose(0, 1).flatten(1)
        wanted = normalised(features_of(items, name), deviation).transpose(0, 1).flatten(1)
        predicted = solved[:-1].T @ maps + solved[-1][:, None]
        total += float((predicted - wanted).square().mean()) * len(items) / len(judge.items)
    return total


def ranks(values):
    return np.argsort(np.argsort(values)).astype(np.float64)


def distances(maps):
    """Style distances between crops: by Gram for all pairs, by bures from each crop to the next eight."""
    grams = gram(maps / maps.mean()).flatten(1)
    by_gram = torch.pdist(grams).numpy()
    targets = [target_of(one) for one in maps]
    by_bures = [
        float(bures(maps[i], targets[(i + step) % len(maps)])) for i in range(len(maps)) for step in range(1, 9)
    ]
    return by_gram, np.array(by_bures)


def correlations(ours, theirs):
    return [float(np.corrcoef(ranks(a), ranks(b))[0, 1]) for a, b in zip(ours, theirs)]


def gradient_cosine(student, teachers, pictures, styles, layer):
    """Mean cosine of the two networks' gradients of the bures term, from each picture towards another's style."""
    total = 0.0
    for at in range(0, len(pictures), 4):
        x, style = pictures[at : at + 4].clone().requires_grad_(), styles[at : at + 4]
        wanted = teachers.gradients(x, style, layer)
        with torch.no_grad():
            targets = [target_of(one) for one in student(style, [layer])[layer]]
        loss = sum(bures(one, target) for one, target in zip(student(x, [layer])[layer], targets))
        (gradient,) = torch.autograd.grad(loss, x)
        total += float((unit(gradient) * wanted).flatten(1).sum())
    return total / len(pictures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("networks", nargs="+", type=pathlib.Path)
    parser.add_argument("--crops", type=int, default=200, help="how many, at least 16")
    parser.add_argument("--held", nargs="+", metavar="PACKAGE")
    parser.add_argument("--pictures", type=pathlib.Path, metavar="FOLDER")
    parser.add_argument("--threads", type=int, default=2)
    add_arguments(parser)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    teachers = Teachers(args)
    judged = [(file, 1.0) for file in sorted(args.pictures.glob("**/*.jpg"))] if args.pictures else None
    train = Crops(fetched("train"), SIZE, 11)
    held = Crops(judged or fetched("heldOut", args.held), SIZE, 12)
    fit, judge = (Replay(teachers, np.random.default_rng(3), 10_000) for _ in range(2))
    for _ in range(FITTED // 8):
        fit.add(train.batch(8, plain=True))
    for _ in range(args.crops // 8):
        judge.add(held.batch(8, plain=True))
    pictures = pictures_of(judge.items)
    deviations = {name: features_of(fit.items, name).transpose(0, 1).flatten(1).var(1) for name in LAYERS}
    deviations = {name: one.clamp_min(0.02 * float(one.mean())).sqrt() for name, one in deviations.items()}
    # Gradients are compared half-way between two pictures, towards the style of a third.
    first, second, style = torch.chunk(pictures[: 3 * min(24, len(pictures) // 3)], 3)
    mixed = (0.5 * first + 0.5 * second).contiguous()
    with torch.no_grad():
        truth = {
            name: distances(torch.cat([teachers.features(one[None], [name])[name] for one in pictures]))
            for name in STYLE_LAYERS
        }
    print("network\tlayer\tfeature error\trank by Gram\trank by bures\tcosine of gradients")
    for file in args.networks:
        student = read(file)
        student.requires_grad_(False)
        for name in LAYERS:
            row = [file.name, name, f"{feature_error(student, name, fit, judge, deviations[name]):.3f}"]
            if name in STYLE_LAYERS:
                maps = torch.cat([student(one[None], [name])[name] for one in pictures])
                row += [f"{value:.3f}" for value in correlations(distances(maps), truth[name])]
                row.append(f"{gradient_cosine(student, teachers, mixed, style, name):.3f}")
            print("\t".join(row), flush=True)


if __name__ == "__main__":
    main()
