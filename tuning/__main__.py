"""`make tune`: about 70 minutes on two cores. Writes knowledge_base/tuned/ (weights, checksums, figures).

First the encoder, on questions and messages together; then the second look goes on alone from there, on messages only, with
changes of its own, so that what helps it cannot harm search; last its reader goes over every message, with the encoder at rest,
and the weights before have their share in what is kept. `python -m tuning encoder` does the first part alone, `python -m tuning
second-look` the others, `python -m tuning reader` the last, each on what the rest left.
"""

import dataclasses
import json
import random
import sys
from collections.abc import Callable

import numpy as np
import torch
from rich.progress import track
from safetensors.torch import load_file, save_file
from torch import nn

from bot.second_look import INSIDE, LEVELS, PERSON
from knowledge_base.encoder import Encoder, sha256
from knowledge_base.entry import entries
from knowledge_base.passages import kept_back
from knowledge_base.query import plain_words
from knowledge_base.scope import doors
from knowledge_base.text_speak import hasty
from knowledge_base.tuned import ENCODER, FOLDER, SECOND_LOOK
from tuning import lora
from tuning.reader import Reader
from tuning.samples import NAMED, Labelled, Messages, Pairs, labelled
from tuning.soup import soup
from tuning.thresholds import choose

STEPS, PAIRS, MESSAGES = 440, 48, 32
FURTHER_STEPS, FURTHER_MESSAGES, FURTHER_RATE = 1100, 44, 1e-3
READER_EPOCHS, READER_BATCH, READER_RATE = 8, 64, 1e-3
TWINS = 0.35  # share of messages that the reader also sees as thumbs type them
RATE = 2e-3
SHARPNESS = 20.0  # cosine times this goes into the softmax
LONGEST = 96  # tokens that a message is cut to while the encoder learns, which costs most
WHOLE = 256  # and while it is at rest: as far as the second look reads
SMOOTHING = 0.05  # of levels: people who label do not always agree
PARTS = ("encoder", "second-look", "reader")
MANIFEST = FOLDER / "manifest.json"
DOORS = (INSIDE, *(door.id for door in doors()))
VERDICTS = PERSON + 1 + len(DOORS)  # rows of the reader's verdict


class Tuned:
    """The encoder with its changes open, and the reader."""

    def __init__(self):
        model = Encoder(change=None)._model
        self.tokenizer, self.bert = model.tokenizer, model[0].auto_model
        self.changes, self.reader = lora.open_up(self.bert), Reader(VERDICTS)

    def tokens(self, texts: list[str], longest: int = LONGEST) -> tuple[torch.Tensor, torch.Tensor]:
        """Token vectors and their mask."""
        batch = self.tokenizer(texts, padding=True, truncation=True, max_length=longest, return_tensors="pt")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.bert(**batch).last_hidden_state
        return states.float(), batch["attention_mask"].float()

    def sentences(self, texts: list[str]) -> torch.Tensor:
        """One unit vector a text."""
        states, mask = self.tokens(texts)
        return nn.functional.normalize((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=1)

    def put_back(self, kept: dict[str, torch.Tensor]) -> None:
        """Go on from a second look that was kept."""
        lora.put_back(self.changes, kept)
        self.reader.put_back(kept)

    def scores(self, texts: list[str]) -> np.ndarray:
        """The reader's scores, in the order of the texts; short ones are read together."""
        out, order = np.zeros((len(texts), VERDICTS), np.float32), np.argsort([len(t) for t in texts])
        self.bert.eval(), self.reader.eval()
        with torch.no_grad():
            for start in range(0, len(order), 64):
                rows = order[start:start + 64]
                out[rows] = self.reader(*self.tokens([texts[i] for i in rows], WHOLE)).numpy()
        return out


def pair_loss(tuned: Tuned, asked: list[str], beside: list[str]) -> torch.Tensor:
    """A question belongs with its own entry and with none of the others of its batch."""
    alike = tuned.sentences(asked) @ tuned.sentences(beside).T * SHARPNESS
    own = torch.arange(len(asked))
    return (nn.functional.cross_entropy(alike, own) + nn.functional.cross_entropy(alike.T, own)) / 2


def message_loss(tuned: Tuned, messages: list[Labelled]) -> torch.Tensor:
    """How far off the level of a message is, whether it needs a person, and where it belongs, each where somebody said."""
    messages = sorted(messages, key=lambda m: len(m.text))  # read in halves: the short ones need no padding to the long ones' length
    half = len(messages) * 2 // 3
    scores = torch.cat([tuned.reader(*tuned.tokens([plain_words(m.text) for m in part])) for part in (messages[:half], messages[half:])])
    return verdict_loss(scores, messages)


def verdict_loss(scores: torch.Tensor, messages: list[Labelled]) -> torch.Tensor:
    """How far the reader's scores are from what somebody said of these messages."""
    level = torch.tensor([LEVELS.index(m.level) if m.level else -100 for m in messages])
    door = torch.tensor([DOORS.index(m.door) if m.door else -100 for m in messages])
    needs = [i for i, m in enumerate(messages) if m.needs_person is not None]
    wanted = torch.tensor([float(messages[i].needs_person) for i in needs])
    return (_where_said(scores[:, :PERSON], level, SMOOTHING) + _where_said(scores[:, PERSON + 1:], door)
            + (nn.functional.binary_cross_entropy_with_logits(scores[needs, PERSON], wanted) if needs else 0))


def _where_said(scores: torch.Tensor, right: torch.Tensor, smoothing: float = 0.0) -> torch.Tensor:
    return nn.functional.cross_entropy(scores, right, label_smoothing=smoothing) if (right >= 0).any() else scores.sum() * 0


def learn(tuned: Tuned, loss_of: Callable[[int], torch.Tensor], steps: int, rate: float, what: str) -> None:
    """Take `steps` steps down the loss, quickly at first and slowly at the end."""
    optimiser = torch.optim.AdamW([*(w for c in tuned.changes.values() for w in (c.a, c.b)), *tuned.reader.parameters()], weight_decay=0.01)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=0.1)
    for step in track(range(steps), description=what):
        tuned.bert.train(), tuned.reader.train()
        loss = loss_of(step)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        pace.step()


def read_over(tuned: Tuned, taught: list[Labelled], rng: random.Random) -> None:
    """Train the reader alone on every message, and on twins of some: hasty ones, and ones with names."""
    messages = taught + [dataclasses.replace(m, text=hasty(m.text, rng)) for m in taught if rng.random() < TWINS]
    messages += [m.with_names(rng) for m in taught if rng.random() < NAMED]
    messages.sort(key=lambda m: len(m.text))
    tuned.bert.eval()
    batches = []
    with torch.no_grad():
        for start in track(range(0, len(messages), READER_BATCH), description="reading every message"):
            part = messages[start:start + READER_BATCH]
            states, mask = tuned.tokens([plain_words(m.text) for m in part], WHOLE)
            batches.append((part, states.half(), mask))
    optimiser = torch.optim.AdamW(tuned.reader.parameters(), lr=READER_RATE, weight_decay=0.02)
    tuned.reader.train()
    for _ in track(range(READER_EPOCHS), description="the reader"):
        for part, states, mask in rng.sample(batches, len(batches)):
            loss = verdict_loss(tuned.reader(states.float(), mask), part)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()


def main() -> None:
    parts = sys.argv[1:] or [*PARTS]
    if unknown := set(parts) - set(PARTS):
        sys.exit(f"There is no part called {', '.join(sorted(unknown))}. There are {', '.join(PARTS)}.")
    torch.manual_seed(0)
    rng, tuned, everything = random.Random(0), Tuned(), labelled(entries())
    back, taught = [m for m in everything if kept_back(m.text)], [m for m in everything if not kept_back(m.text)]
    messages = Messages(taught, rng)
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    if "encoder" in parts:
        pairs = Pairs(entries(), PAIRS, rng)
        both = lambda step: pair_loss(tuned, *pairs.batch(step)) + message_loss(tuned, messages.draw(MESSAGES))  # noqa: E731
        learn(tuned, both, STEPS, RATE, "the encoder")
        save_file(lora.weights(tuned.changes), FOLDER / ENCODER)
    else:
        lora.put_back(tuned.changes, load_file(FOLDER / (ENCODER if "second-look" in parts else SECOND_LOOK)))
    if "second-look" in parts:
        learn(tuned, lambda step: message_loss(tuned, messages.draw(FURTHER_MESSAGES)), FURTHER_STEPS, FURTHER_RATE, "the second look")
    if parts != ["encoder"]:
        read_over(tuned, taught, rng)
        learnt, before = lora.weights(tuned.changes) | tuned.reader.weights(), load_file(FOLDER / SECOND_LOOK)
        mean = soup(learnt, before, DOORS, tuple(manifest["doors"]))
        tuned.put_back(mean)
        save_file(mean, FOLDER / SECOND_LOOK)
        thresholds, figures = choose(back, tuned.scores([plain_words(m.text) for m in back]), DOORS)
        manifest |= {"doors": DOORS, "thresholds": thresholds, "figures": figures}
    manifest["sha256"] = {name: sha256(FOLDER / name) for name in (ENCODER, SECOND_LOOK)}
    MANIFEST.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(manifest, indent=1))


if __name__ == "__main__":
    main()
