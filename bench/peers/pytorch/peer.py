"""The classic style-transfer program on PyTorch, as a peer to measure against.

Written from the published algorithm (Gatys, Ecker and Bethge 2015) with the settings of the programs that made it
known: L-BFGS with a history of 100, step 1, no line search and no stopping tolerance; autograd from the image through
a frozen network that ends at the deepest layer in use. The objective is the one of problem.json, in mean units:

    content = mean((F/a - P/a)^2)    style = |G - A|^2 / (a^4 N^2)    tv = mean squared difference of neighbours

with G = F F^T / (H W), N channels, and a the mean activation of the target image at the layer.

Reads one JSON request a line from stdin and answers each with one JSON line on stdout; see bench/peers/protocol.ts.
"""

import json
import os
import sys
import time

import torch
import torch.nn.functional as F

LAYOUTS = ("contiguous", "channels_last", "contiguous without oneDNN")
HISTORY = 100


def read_tensor(folder, entry):
    """A float32 tensor from a file of raw little-endian values."""
    count = 1
    for side in entry["shape"]:
        count *= side
    with open(os.path.join(folder, entry["file"]), "rb") as file:
        file.seek(entry["offset"])
        values = bytearray(file.read(4 * count))
    return torch.frombuffer(values, dtype=torch.float32).reshape(entry["shape"])


def gram(features):
    rows = features.reshape(features.shape[1], -1)
    return rows @ rows.T / rows.shape[1]


class Peer:
    """One objective, one start, and the optimizer on its way."""

    def __init__(self, folder):
        with open(os.path.join(folder, "problem.json"), encoding="utf-8") as file:
            self.problem = json.load(file)
        self.pool = F.max_pool2d if self.problem["pooling"] == "max" else F.avg_pool2d
        self.folder = folder
        self.mean = torch.tensor(self.problem["mean"]).reshape(1, 3, 1, 1)
        self.kernels = [
            (layer["name"], layer["poolBefore"], self.read(layer["name"] + ".kernel"), self.read(layer["name"] + ".bias"))
            for layer in self.problem["layers"]
        ]
        self.use("contiguous")
        self.optimizer = None

    def read(self, name):
        return read_tensor(self.folder, self.problem["tensors"][name])

    def use(self, layout):
        """Takes up a memory layout, and makes targets and start anew."""
        self.layout = layout
        torch.backends.mkldnn.enabled = layout != "contiguous without oneDNN"
        self.format = torch.channels_last if layout == "channels_last" else torch.contiguous_format
        self.kernels = [
            (name, pool, kernel.contiguous(memory_format=self.format), bias)
            for name, pool, kernel, bias in self.kernels
        ]
        strengths = self.problem["strengths"]
        with torch.no_grad():
            content = self.features(self.read("content")[None], strengths["content"])
            style = self.features(self.read("style")[None], strengths["style"])
            self.content = {name: (p, p.mean()) for name, p in content.items()}
            self.style = {name: (gram(p), p.mean()) for name, p in style.items()}
        self.start = self.read("start")[None]

    def features(self, x, layers):
        """Features after the activation, by layer; goes no deeper than it has to."""
        found = {}
        x = (x - self.mean).contiguous(memory_format=self.format)
        for name, pool, kernel, bias in self.kernels:
            if len(found) == len(layers):
                break
            if pool:
                x = self.pool(x, 2)
            x = F.relu_(F.conv2d(x, kernel, bias, padding=1))
            if name in layers:
                found[name] = x
        return found

    def losses(self, x):
        """Unweighted losses, by kind and layer, as tensors."""
        features = self.features(x, self.content.keys() | self.style.keys())
        content = {}
        for name, (target, activation) in self.content.items():
            content[name] = F.mse_loss(features[name], target) / activation**2
        style = {}
        for name, (target, activation) in self.style.items():
            style[name] = F.mse_loss(gram(features[name]), target) / activation**4
        down, right = x[:, :, 1:] - x[:, :, :-1], x[:, :, :, 1:] - x[:, :, :, :-1]
        return {"content": content, "style": style, "tv": down.square().mean() + right.square().mean()}

    def total(self, losses):
        strengths = self.problem["strengths"]
        total = sum(strengths["content"][name] * value for name, value in losses["content"].items())
        total = total + sum(strengths["style"][name] * value for name, value in losses["style"].items())
        return total + strengths["tv"] * losses["tv"] if strengths["tv"] else total

    def evaluate(self, x):
        """Loss and gradient with respect to the image."""
        x.grad = None
        losses = self.losses(x)
        total = self.total(losses)
        total.backward()
        return losses, total

    def timed_evaluations(self, count):
        x = self.start.clone().requires_grad_()
        milliseconds = []
        for _ in range(count):
            begin = time.perf_counter()
            losses, total = self.evaluate(x)
            # As a caller needs it: the number on the host.
            value = total.item()
            milliseconds.append(1000 * (time.perf_counter() - begin))
        terms = {kind: {name: loss.item() for name, loss in losses[kind].items()} for kind in ("content", "style")}
        return {
            "losses": {**terms, "tv": losses["tv"].item(), "total": value},
            "gradientNorm": x.grad.double().norm().item(),
            "milliseconds": milliseconds,
        }

    def tune(self):
        """The fastest memory layout for this problem, by trial."""
        trials = {}
        for layout in LAYOUTS:
            self.use(layout)
            trials[layout] = min(self.timed_evaluations(3)["milliseconds"][1:])
        self.use(min(trials, key=trials.get))
        return {"layout": self.layout, "milliseconds": trials}

    def descend(self):
        self.x = self.start.clone().requires_grad_()
        self.active = 0.0
        self.optimizer = torch.optim.LBFGS(
            [self.x], lr=1, history_size=HISTORY, tolerance_grad=-1, tolerance_change=-1, line_search_fn=None
        )
        return {}

    def advance(self, evaluations):
        """So many more evaluations. Without a line search an iteration is one evaluation."""
        losses, seconds = [], []
        group = self.optimizer.param_groups[0]
        group["max_iter"] = evaluations
        group["max_eval"] = evaluations + 1
        begin = time.perf_counter()

        def closure():
            _, total = self.evaluate(self.x)
            losses.append(total.item())
            seconds.append(self.active + time.perf_counter() - begin)
            return total

        self.optimizer.step(closure)
        self.active += time.perf_counter() - begin
        return {"losses": losses, "seconds": seconds}

    def picture(self, file):
        """Writes the picture as it stands as a binary PPM."""
        pixels = (self.x.detach()[0].clamp(0, 1) * 255 + 0.5).to(torch.uint8).permute(1, 2, 0).contiguous()
        height, width, _ = pixels.shape
        with open(file, "wb") as out:
            out.write(b"P6 %d %d 255\n" % (width, height))
            out.write(bytes(pixels.untyped_storage()))
        return {}


def memory():
    """Largest and present resident set, MiB; None where the system does not tell."""
    try:
        with open("/proc/self/status", encoding="utf-8") as file:
            status = dict(line.split(":", 1) for line in file)
        return {"peakMiB": int(status["VmHWM"].split()[0]) / 1024, "nowMiB": int(status["VmRSS"].split()[0]) / 1024}
    except OSError:
        pass
    try:
        import resource

        unit = 2**20 if sys.platform == "darwin" else 2**10
        return {"peakMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, "nowMiB": None}
    except ImportError:
        return {"peakMiB": None, "nowMiB": None}


def main():
    peer = None
    torch.set_flush_denormal(True)
    for line in sys.stdin:
        request = json.loads(line)
        do = request["do"]
        if do == "hello":
            answer = {"version": "torch " + torch.__version__}
        elif do == "open":
            torch.set_num_threads(request["threads"])
            peer = Peer(request["folder"])
            answer = {}
        elif do == "tune":
            answer = peer.tune()
        elif do == "evaluate":
            answer = peer.timed_evaluations(request["count"])
        elif do == "descend":
            answer = peer.descend()
        elif do == "advance":
            answer = peer.advance(request["evaluations"])
        elif do == "picture":
            answer = peer.picture(request["file"])
        elif do == "memory":
            answer = memory()
        else:
            raise ValueError("unknown request " + do)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
