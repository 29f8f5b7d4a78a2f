"""A buffer of pictures with what the teachers say of them, so that a teacher is asked once for many steps."""

from typing import NamedTuple

import torch

from teachers import LAYERS, STYLE_LAYERS

# Of the shallow layers every second position is kept, at a random offset: neighbours say nearly the same.
SPARSE = ("conv1_1", "conv2_1", "conv3_1", "conv3_4")


class Item(NamedTuple):
    picture: torch.Tensor
    offset: int
    features: dict[str, torch.Tensor]


class Path(NamedTuple):
    """Frames of paintings with the gradient that a teacher would follow there."""

    frames: torch.Tensor
    styles: torch.Tensor
    layer: str
    gradients: torch.Tensor


def sparse(maps, name, items):
    """The kept positions of a batch of maps."""
    if name not in SPARSE:
        return maps
    return torch.stack([maps[i][:, item.offset :: 2, item.offset :: 2] for i, item in enumerate(items)])


class Replay:
    """The latest `capacity` pictures and `paths` paintings."""

    def __init__(self, teachers, rng, capacity: int, paths: int = 200):
        self.teachers, self.rng, self.capacity, self.most_paths = teachers, rng, capacity, paths
        self.items: list[Item] = []
        self.paths: list[Path] = []

    @torch.no_grad()
    def add(self, pictures):
        """Asks the teachers about a batch of pictures."""
        maps = self.teachers.features(pictures, LAYERS)
        for i, picture in enumerate(pictures):
            offset = int(self.rng.integers(0, 2))
            kept = {
                name: (one[i][:, offset::2, offset::2] if name in SPARSE else one[i]).half().clone()
                for name, one in maps.items()
            }
            self.items.append(Item(picture.half(), offset, kept))
        del self.items[: -self.capacity]

    def add_path(self, frames, styles):
        """Asks a teacher for the gradients of a random style layer along a painting's frames."""
        layer = str(self.rng.choice(STYLE_LAYERS))
        gradients = self.teachers.gradients(frames, styles, layer)
        self.paths.append(Path(frames.half(), styles.half(), layer, gradients))
        del self.paths[: -self.most_paths]

    def draw(self, count: int) -> list[Item]:
        return [self.items[i] for i in self.rng.integers(0, len(self.items), count)]

    def draw_path(self, count: int) -> Path:
        """`count` frames of one painting."""
        path = self.paths[int(self.rng.integers(0, len(self.paths)))]
        chosen = torch.from_numpy(self.rng.permutation(len(path.frames))[:count])
        frames, styles = path.frames[chosen].float(), path.styles[chosen].float()
        return Path(frames, styles, path.layer, path.gradients[chosen])


def pictures_of(items):
    return torch.stack([item.picture for item in items]).float()


def features_of(items, name):
    return torch.stack([item.features[name] for item in items]).float()
