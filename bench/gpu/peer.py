"""The same evaluation in PyTorch, where it is installed: VGG-19's widths with random weights, TF32 off (0) or on (1)."""

import json
import sys
import time

import torch
from torch.nn import functional

WIDTHS = ((64, 2), (128, 2), (256, 4), (512, 4), (512, 1))
STYLE, CONTENT = {0, 2, 4, 8, 12}, 9


def main() -> None:
    tf32 = sys.argv[1] == "1"
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = tf32
    torch.backends.cudnn.benchmark = True
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(1)
    kernels, before = [], 3
    for width, count in WIDTHS:
        block = []
        for _ in range(count):
            block.append(torch.randn(width, before, 3, 3, device=device) * (2 / (9 * before)) ** 0.5)
            before = width
        kernels.append(block)

    def features(x):
        found, at = [], 0
        for number, block in enumerate(kernels):
            x = functional.avg_pool2d(x, 2) if number else x
            for kernel in block:
                x = functional.relu(functional.conv2d(x, kernel, padding=1))
                if at in STYLE or at == CONTENT:
                    found.append((at, x))
                at += 1
        return found

    def gram(x):
        rows = x.flatten(2)[0]
        return rows @ rows.T / rows.shape[1]

    times = {}
    for side in (256, 512, 1024) if device == "cuda" else (128,):
        content, style, image = (torch.rand(1, 3, side, side, device=device) for _ in range(3))
        with torch.no_grad():
            wanted = [x if at == CONTENT else gram(y) for (at, x), (_, y) in zip(features(content), features(style))]
        best = float("inf")
        for _ in range(6):
            image.requires_grad_(True).grad = None
            start = time.perf_counter()
            loss = sum(
                ((x if at == CONTENT else gram(x)) - target).square().mean()
                for (at, x), target in zip(features(image), wanted)
            )
            loss.backward()
            float(image.grad.sum())
            best = min(best, time.perf_counter() - start)
        times[side] = 1000 * best
    name = torch.cuda.get_device_name() if device == "cuda" else "cpu"
    print(json.dumps({"device": name, "torch": torch.__version__, "tf32": tf32, "bestMs": times}))


main()
