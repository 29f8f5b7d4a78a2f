"""Trains `lite`. Goes on from runs/NAME/state.pt when it is there, so that it can be stopped at any time.

    python train.py NAME [--from CHECKPOINT] [--minutes M] [--decay-steps N] [--gradients W] [--moments W] [--threads N]

--from begins a run with the weights of another network's checkpoint. The learning rate stays as it is until a run is
started with --decay-steps, which lowers it to nothing in so many steps and ends. Every 200 steps the averaged network is
judged on the held-out packages and the state is saved; a line goes to runs/NAME/log.tsv. Ctrl+C or SIGTERM saves, then ends.
"""

import argparse
import copy
import os
import pathlib
import signal
import time

import numpy as np
import torch

from crops import Crops, fetched
from frames import paint
from networks import Student
from objective import (
    WEIGHTS,
    Heads,
    feature_errors,
    gradient_error,
    liveness,
    moment_error,
    normalised,
    squared_errors,
)
from replay import Replay, features_of, pictures_of, sparse
from teachers import LAYERS, STYLE_LAYERS, Teachers, add_arguments

RUNS = pathlib.Path(__file__).resolve().parent / "runs"
SIZE = 160
BATCH = 6
AVERAGE = 0.998


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name")
    parser.add_argument("--from", dest="origin", type=pathlib.Path)
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--decay-steps", type=int, default=0)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--moments", type=float, default=0.3)
    parser.add_argument("--gradients", type=float, default=0.5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--capacity", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    add_arguments(parser)
    return parser.parse_args()


class Training:
    """A student with its heads, optimizer, running averages and replay buffer."""

    def __init__(self, args):
        self.args = args
        self.folder = RUNS / args.name
        self.folder.mkdir(parents=True, exist_ok=True)
        saved, self.step = self.folder / "state.pt", 0
        origin = saved if saved.exists() else args.origin
        state = torch.load(origin, weights_only=True) if origin else None
        self.crops = Crops(fetched("train"), SIZE, args.seed + int(time.time()) % 100_000 * bool(state))
        self.replay = Replay(Teachers(args), self.crops.rng, args.capacity)
        held = Crops(fetched("heldOut"), SIZE, 5)
        self.held = Replay(self.replay.teachers, held.rng, 1000)
        for _ in range(6):
            self.held.add(held.batch(8, plain=True))
        for _ in range(10):
            self.replay.add(self.crops.batch(8))
        widths = [int(width) for width in str(state["widths"]).strip("()[]").split(",")] if state else None
        self.student = Student(widths) if widths else Student()
        self.deviations = state["stat"] if state else self.measure_deviations()
        self.heads = Heads(self.student, {name: len(self.deviations[name]) for name in LAYERS})
        if state:
            self.load(state, go_on=origin == saved)
        else:
            self.refit_heads()
        self.average = copy.deepcopy(self.weights())
        if state and origin == saved:
            self.average = state["average"]
        self.optimizer = self.make_optimizer(state if origin == saved else None)

    def weights(self):
        return {"net": self.student.state_dict(), "heads": self.heads.state_dict()}

    def load(self, state, go_on: bool):
        net = {
            name.replace("c.", "convolutions.", 1) if name.startswith("c.") else name: values
            for name, values in state["net"].items()
        }
        self.student.load_state_dict(net)
        if go_on or all(len(state["heads"][f"{name}.bias"]) == len(self.deviations[name]) for name in LAYERS):
            self.heads.load_state_dict(state["heads"])
        self.step = state.get("step", 0)

    @torch.no_grad()
    def measure_deviations(self):
        """The deviation of each of the teachers' channels, floored where a channel hardly moves."""
        found = {}
        for name in LAYERS:
            values = features_of(self.replay.items, name).transpose(0, 1).flatten(1)
            variance = values.var(1)
            found[name] = variance.clamp_min(0.02 * float(variance.mean())).sqrt()
        return found

    @torch.no_grad()
    def refit_heads(self, ridge: float = 3e-3):
        """Heads by least squares for the features as they are: closed form."""
        for name in LAYERS:
            width = self.student.convolutions[name].out_channels
            products, answers = torch.zeros(width + 1, width + 1).double(), 0
            for at in range(0, len(self.replay.items), 8):
                items = self.replay.items[at : at + 8]
                maps = sparse(self.student(pictures_of(items), [name])[name], name, items).transpose(0, 1).flatten(1)
                maps = torch.cat([maps, torch.ones(1, maps.shape[1])]).double()
                wanted = normalised(features_of(items, name), self.deviations[name]).transpose(0, 1).flatten(1)
                products += maps @ maps.T / maps.shape[1]
                answers = answers + maps @ wanted.double().T / maps.shape[1]
            products += torch.eye(width + 1) * ridge * products.diagonal()[:-1].mean()
            solved = torch.linalg.solve(products, answers).float()
            self.heads[name].weight.copy_(solved[:-1].T[:, :, None, None])
            self.heads[name].bias.copy_(solved[-1])

    def make_optimizer(self, state):
        rate = self.args.rate
        groups = [
            {"params": [one.weight], "rate": rate * float(np.sqrt(2 / (9 * one.in_channels))) / 0.1}
            for one in self.student.convolutions.values()
        ]
        groups.append({"params": [one.bias for one in self.student.convolutions.values()], "rate": rate})
        groups.append({"params": list(self.heads.parameters()), "rate": rate * 0.7})
        optimizer = torch.optim.Adam(groups, lr=rate, betas=(0.9, 0.98))
        if state and "optimizer" in state:
            optimizer.load_state_dict(state["optimizer"])
        return optimizer

    def predict(self, items, before=None):
        """What the heads make of the student's maps, and what the teachers said, both in normalised units."""
        maps = self.student(pictures_of(items), LAYERS, before)
        predicted = {name: self.heads[name](sparse(maps[name], name, items)) for name in LAYERS}
        wanted = {name: normalised(features_of(items, name), self.deviations[name]) for name in LAYERS}
        return predicted, wanted

    def refresh(self):
        """New pictures for the replay buffer, and now and then a painting of the student's."""
        if self.step % 3 == 0:
            self.replay.add(self.crops.batch(8))
        if self.step % 40 == 0 or not self.replay.paths:
            frames, styles = paint(self.student, self.crops, 4)
            self.replay.add(frames)
            for _ in range(2):
                self.replay.add_path(frames, styles)

    def one_step(self, share: float):
        """One step of Adam at a share of the rate. Returns the loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * share
        before = {}
        predicted, wanted = self.predict(self.replay.draw(BATCH), before)
        errors = feature_errors(predicted, wanted)
        loss = sum(WEIGHTS[name] * errors[name] for name in LAYERS) + 0.5 * liveness(before)
        name = STYLE_LAYERS[self.step % len(STYLE_LAYERS)]
        if self.args.moments > 0:
            loss = loss + self.args.moments * len(STYLE_LAYERS) * moment_error(predicted[name], wanted[name])
        if self.args.gradients > 0 and self.step % 2 == 0:
            path = self.replay.draw_path(2)
            loss = loss + 2 * self.args.gradients * gradient_error(self.student, *path[:3], path.gradients)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_([*self.student.parameters(), *self.heads.parameters()], 5.0)
        if torch.isfinite(norm):
            self.optimizer.step()
        with torch.no_grad():
            for kind, values in self.weights().items():
                for key, value in values.items():
                    self.average[kind][key].lerp_(value, 1 - AVERAGE)
        self.step += 1
        return float(loss.detach())

    @torch.no_grad()
    def judge(self):
        """Normalised squared errors of the averaged network on the held-out packages, by layer."""
        kept = copy.deepcopy(self.weights())
        self.student.load_state_dict(self.average["net"])
        self.heads.load_state_dict(self.average["heads"])
        totals = dict.fromkeys(LAYERS, 0.0)
        for at in range(0, len(self.held.items), 8):
            errors = squared_errors(*self.predict(self.held.items[at : at + 8]))
            for name in LAYERS:
                totals[name] += float(errors[name]) * 8 / len(self.held.items)
        self.student.load_state_dict(kept["net"])
        self.heads.load_state_dict(kept["heads"])
        return totals

    def save(self):
        """Writes the state beside the old one and renames it over: never half a file."""
        state = {
            **self.weights(),
            "average": self.average,
            "stat": self.deviations,
            "widths": ",".join(map(str, self.student.widths)),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
        }
        torch.save(state, self.folder / "state.pt.new")
        os.replace(self.folder / "state.pt.new", self.folder / "state.pt")

    def report(self, loss: float, seconds: float):
        errors = self.judge()
        line = [str(self.step), f"{seconds:.0f}", f"{loss:.3f}", *(f"{errors[name]:.4f}" for name in LAYERS)]
        log = self.folder / "log.tsv"
        if not log.exists():
            log.write_text("\t".join(["step", "seconds", "loss", *LAYERS]) + "\n")
        with log.open("a") as file:
            file.write("\t".join(line) + "\n")
        print(" ".join(line), flush=True)


def main():
    args = options()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    training = Training(args)
    asked = []
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: asked.append(True))
    began, first, mean = time.time(), training.step, None
    training.report(0.0, 0.0)
    while not asked and time.time() - began < 60 * args.minutes:
        done = training.step - first
        if args.decay_steps and done >= args.decay_steps:
            break
        share = min(1, (done + 1) / 100) * (1 - done / args.decay_steps if args.decay_steps else 1)
        training.refresh()
        loss = training.one_step(share)
        mean = loss if mean is None else 0.98 * mean + 0.02 * loss
        if training.step % 200 == 0:
            training.report(mean, time.time() - began)
            training.save()
    training.save()


if __name__ == "__main__":
    main()
