"""Fetches the training images: Debian packages, downloaded and unpacked without being installed.

    python fetch.py

Writes cache/images/SPLIT/PACKAGE/NUMBER.png, at most 1280 pixels long, and manifest.tsv: one row an image with its
package, version, licences, path in the package, SHA-256 of the original file, size and split. Needs Debian's apt-get
and dpkg-deb. Pictures that look like the test images (../../shared/images, where that folder is there), or like one
that was already taken, are left out.
"""

import csv
import hashlib
import io
import json
import pathlib
import re
import subprocess
import zipfile

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
CACHE = HERE / "cache"
TEST_IMAGES = HERE.parent.parent / "shared" / "images"
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".tga"}
SMALLEST_FILE = 15_000
SHORTEST_SIDE = 160
LONGEST_SIDE = 1280
# Correlation of 16 x 16 grey thumbnails above which two pictures count as alike.
LIKE_A_TEST_IMAGE = 0.8
LIKE_ANOTHER = 0.97
COLUMNS = ["package", "version", "licences", "path", "sha256", "width", "height", "kind", "split"]

Image.MAX_IMAGE_PIXELS = 120_000_000


def thumbnail(image: Image.Image) -> np.ndarray:
    """A 16 x 16 grey thumbnail as a vector of length 1 and mean 0."""
    values = np.asarray(image.convert("L").resize((16, 16), Image.Resampling.BOX), np.float32).ravel()
    values = values - values.mean()
    return values / (np.linalg.norm(values) + 1e-6)


def unpack(package: str) -> tuple[pathlib.Path, str]:
    """Downloads and unpacks a package once. Returns its folder and its version."""
    debs = CACHE / "debs"
    debs.mkdir(parents=True, exist_ok=True)
    if not list(debs.glob(f"{package}_*.deb")):
        subprocess.run(["apt-get", "download", "-q", package], cwd=debs, check=True)
    deb = next(debs.glob(f"{package}_*.deb"))
    folder = CACHE / "files" / package
    if not folder.exists():
        folder.parent.mkdir(exist_ok=True)
        subprocess.run(["dpkg-deb", "-x", deb, folder], check=True)
    version = subprocess.run(["dpkg-deb", "-f", deb, "Version"], check=True, capture_output=True, text=True)
    return folder, version.stdout.strip()


def names_in(text: str) -> list[str]:
    """The short names that a machine-readable copyright file gives."""
    return sorted({name.strip() for name in re.findall(r"^License: *(\S.*)$", text, re.MULTILINE)})


def licences(folder: pathlib.Path, package: str) -> str:
    """The short names of the licences in a package's copyright file, or a pointer to that file."""
    file = folder / "usr/share/doc" / package / "copyright"
    text = file.read_text(errors="replace") if file.exists() else ""
    if not names_in(text):
        common = sorted(set(re.findall(r"/usr/share/common-licenses/([\w.+-]*\w)", text)))
        creative = sorted(set(re.findall(r"creativecommons\.org/(?:licenses|publicdomain)/([\w-]+/[\d.]+)", text)))
        return "; ".join([*common, *(f"CC {name}" for name in creative)]) or "see the package's copyright file"
    return "; ".join(names_in(text))


def files(folder: pathlib.Path):
    """Yields (path in the package, bytes) of its pictures; pk3 archives of games are zip files."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        name = str(file.relative_to(folder))
        if file.suffix.lower() in SUFFIXES and file.stat().st_size >= SMALLEST_FILE:
            yield name, file.read_bytes()
        elif file.suffix == ".pk3":
            with zipfile.ZipFile(file) as archive:
                for entry in sorted(archive.infolist(), key=lambda one: one.filename):
                    suffix = pathlib.PurePosixPath(entry.filename).suffix.lower()
                    if suffix in SUFFIXES and entry.file_size >= SMALLEST_FILE:
                        yield f"{name}/{entry.filename}", archive.read(entry)


def opaque(image: Image.Image, seed: int) -> Image.Image:
    """Puts a picture with transparency on a plain colour, a different one for each picture."""
    if image.mode not in ("RGBA", "LA", "P", "PA"):
        return image.convert("RGB")
    image = image.convert("RGBA")
    colour = tuple(int(value) for value in np.random.default_rng(seed).integers(0, 256, 3))
    ground = Image.new("RGBA", image.size, (*colour, 255))
    ground.alpha_composite(image)
    return ground.convert("RGB")


def main() -> None:
    packages = json.loads((HERE / "packages.json").read_text())
    taken = [thumbnail(Image.open(file)) for file in sorted(TEST_IMAGES.glob("*/*.jpg"))]
    tests = len(taken)
    rows = []
    for package, facts in packages.items():
        folder, version = unpack(package)
        split = "heldOut" if facts.get("heldOut") else "train"
        out = CACHE / "images" / split / package
        out.mkdir(parents=True, exist_ok=True)
        licence, count = licences(folder, package), 0
        for path, data in files(folder):
            if count >= facts.get("most", 400):
                break
            try:
                image = Image.open(io.BytesIO(data))
                image = opaque(image, count)
            except (OSError, ValueError, SyntaxError) as error:
                print(f"left out {package} {path}: {error}")
                continue
            if min(image.size) < SHORTEST_SIDE:
                continue
            look = thumbnail(image)
            likeness = np.stack(taken) @ look if taken else np.zeros(0)
            if (likeness[:tests] > LIKE_A_TEST_IMAGE).any() or (likeness[tests:] > LIKE_ANOTHER).any():
                continue
            taken.append(look)
            width, height = image.size
            scale = min(1, LONGEST_SIDE / max(image.size))
            size = (max(SHORTEST_SIDE, round(width * scale)), max(SHORTEST_SIDE, round(height * scale)))
            image.resize(size, Image.Resampling.LANCZOS).save(out / f"{count:04}.png", compress_level=1)
            hashed = hashlib.sha256(data).hexdigest()
            rows.append([package, version, licence, path, hashed, width, height, facts["kind"], split])
            count += 1
        print(f"{package} {version}: {count} images, {split}")
    with (HERE / "manifest.tsv").open("w", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    held = sum(row[-1] == "heldOut" for row in rows)
    print(f"{len(rows)} images, {held} of them held out")


if __name__ == "__main__":
    main()
