"""The project's own small change to the encoder: low-rank matrices in tuned/encoder.safetensors, added once at load.

They are learnt by `make tune` from the entries' questions and the labelled messages, and kept in git with their checksums
in tuned/manifest.json. W + B A has the size of W, so an answer costs nothing more.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from knowledge_base import HOME

FOLDER = HOME / "tuned"
ENCODER, SECOND_LOOK = "encoder.safetensors", "second_look.safetensors"


def linear_maps(bert) -> Iterator[tuple[str, object, str]]:
    """Each linear map of the encoder's layers, as (name, the module that owns it, its name there)."""
    for number, layer in enumerate(bert.encoder.layer):
        yield f"{number}.query", layer.attention.self, "query"
        yield f"{number}.key", layer.attention.self, "key"
        yield f"{number}.value", layer.attention.self, "value"
        yield f"{number}.attended", layer.attention.output, "dense"
        yield f"{number}.wide", layer.intermediate, "dense"
        yield f"{number}.narrow", layer.output, "dense"


def add_to(bert, path: Path) -> None:
    """Add the learnt change to the encoder's own weights."""
    import torch
    from safetensors.torch import load_file

    change = load_file(path)
    with torch.no_grad():
        for name, owner, part in linear_maps(bert):
            getattr(owner, part).weight += change[f"{name}.b"].float() @ change[f"{name}.a"].float()


def checksum(name: str) -> str:
    """The checksum that the manifest has for a file of ours."""
    return json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["sha256"][name]
