"""What `make tune` does, on a model of a few numbers: the change that is kept is the change that was learnt."""

import random
from collections import defaultdict

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from transformers import BertConfig, BertModel

from bot.second_look import INSIDE, LEVELS, NATION, SecondLook
from knowledge_base import tuned
from knowledge_base.entry import entries
from knowledge_base.followup import joined
from knowledge_base.passages import QUESTION, kept_back, passages
from knowledge_base.query import plain_words
from knowledge_base.scope import doors
from knowledge_base.text_speak import hasty
from knowledge_base.training_messages import leanings
from tuning import lora, samples
from tuning.reader import QUERIES, Reader
from tuning.samples import Labelled, Pairs, labelled
from tuning.thresholds import MAY_BE_RAISED, PLAIN_OFFERED, TURNED_AWAY, choose

WORDS = torch.tensor([[1, 5, 7, 3]])
LAYERS, MAPS = 2, 6  # linear maps a layer


def a_bert() -> BertModel:
    """The encoder's own architecture, eight numbers wide, always with the same weights."""
    torch.manual_seed(0)
    sizes = dict(vocab_size=20, hidden_size=8, num_hidden_layers=LAYERS, num_attention_heads=2, intermediate_size=12)
    return BertModel(BertConfig(**sizes)).eval()


def read(bert: BertModel) -> torch.Tensor:
    with torch.no_grad():
        return bert(WORDS).last_hidden_state


# ------------------------------------------------------------------ the low-rank change


def test_opening_up_changes_nothing_yet_and_only_the_change_can_learn():
    bert = a_bert()
    changes = lora.open_up(bert)
    assert torch.equal(read(bert), read(a_bert())) and len(changes) == LAYERS * MAPS
    learns = {name.rsplit(".", 1)[1] for name, weight in bert.named_parameters() if weight.requires_grad}
    assert learns == {"a", "b"}


def test_what_is_kept_and_added_is_what_was_learnt(tmp_path):
    """W + B A, added once at load, reads as the open change did."""
    bert = a_bert()
    changes = lora.open_up(bert)
    for change in changes.values():  # as if learnt; in the precision that is kept
        change.a.data, change.b.data = change.a.half().float(), (torch.randn_like(change.b) * 0.1).half().float()
    save_file(lora.weights(changes), tmp_path / tuned.ENCODER)
    merged = a_bert()
    tuned.add_to(merged, tmp_path / tuned.ENCODER)
    assert torch.allclose(read(merged), read(bert), atol=1e-5)
    assert not torch.allclose(read(merged), read(a_bert()), atol=1e-2)


def test_a_step_of_learning_moves_the_change_and_leaves_the_encoder():
    bert = a_bert()
    changes = lora.open_up(bert)
    frozen = {name: change.frozen.weight.clone() for name, change in changes.items()}
    bert(WORDS).last_hidden_state.sum().backward()
    assert all(change.b.grad is not None and change.frozen.weight.grad is None for change in changes.values())
    assert all(torch.equal(change.frozen.weight, frozen[name]) for name, change in changes.items())


# ------------------------------------------------------------------ the reader


def test_the_action_server_reads_with_numpy_what_was_learnt_with_torch():
    reader = Reader(9, width=8).eval()
    kept = {name: weight.numpy() for name, weight in reader.weights().items()}
    tokens = torch.randn(1, 5, 8)
    learnt = reader(tokens, torch.ones(1, 5)).detach().numpy()[0]
    assert kept["queries"].shape == (QUERIES, 8) and learnt.shape == (9,)
    layer = SecondLook(**kept, doors=("a", "b", "c"), urgent=0.5, person=0.5, outside=0.5, abroad=0.5)
    assert np.allclose(layer.scores(tokens[0].numpy()), learnt, atol=1e-5)


def test_padding_is_not_read():
    reader, tokens = Reader(9, width=8).eval(), torch.randn(1, 5, 8)
    padded = torch.cat([tokens, torch.full((1, 3, 8), 99.0)], dim=1)
    mask = torch.tensor([[1.0] * 5 + [0.0] * 3])
    assert torch.allclose(reader(tokens, torch.ones(1, 5)), reader(padded, mask), atol=1e-5)


# ------------------------------------------------------------------ as thumbs type


@pytest.fixture(scope="module")
def questions() -> list[str]:
    return [question for entry in entries().values() for question in entry.questions][:400]


def test_haste_keeps_the_number_of_words(questions):
    rng = random.Random(0)
    assert all(len(hasty(question, rng).split()) == len(question.split()) for question in questions)


def test_the_same_seed_types_the_same_and_another_does_not(questions):
    typed = [[hasty(question, rng) for question in questions] for rng in (random.Random(1), random.Random(1), random.Random(2))]
    assert typed[0] == typed[1] != typed[2] and typed[0] != questions


def test_most_words_stay_readable(questions):
    rng = random.Random(0)
    plain = [(q.lower().replace("'", "").split(), hasty(q, rng).lower().replace("'", "").split()) for q in questions]
    changed = [a != b for before, after in plain for a, b in zip(before, after, strict=True)]
    assert 0.05 < sum(changed) / len(changed) < 0.4


# ------------------------------------------------------------------ what is learnt from


@pytest.fixture(scope="module")
def batches():
    """Forty batches without haste, so that each text can be looked up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(samples, "HASTY", 0)
        pairs = Pairs(entries(), 24, random.Random(0))
        return [pairs.batch(number) for number in range(40)]


def test_what_is_kept_back_is_never_in_a_pair(batches):
    back = {p.text for p in passages(entries()) if p.kind == QUESTION and kept_back(p.text)}
    assert len(back) > 200 and not [text for asked, beside in batches for text in (*asked, *beside) if text in back]


@pytest.fixture(scope="module")
def owners():
    """The entries of every text that may stand in a batch; messages in the middle of a conversation with the title before them."""
    found = defaultdict(set)
    for passage in passages(entries()):
        found[passage.text].add(passage.entry)
    for turn in leanings():
        if turn.entry and not kept_back(turn.text):
            found[joined(plain_words(turn.text), entries()[turn.shown[-1]])].add(turn.entry)
    return found


def test_a_pair_is_of_one_entry_and_an_entry_is_once_in_a_batch(batches, owners):
    for asked, beside in batches:
        assert all(owners[question] & owners[text] for question, text in zip(asked, beside, strict=True))
        one_each = [next(iter(owners[text])) for text in beside]
        assert len(set(one_each)) == len(one_each) == len(asked) == 24


def test_messages_of_conversations_are_among_the_questions(batches, owners):
    plain = {passage.text for passage in passages(entries())}
    leaning = [question for asked, _ in batches for question in asked if question not in plain]
    assert 0.15 < len(leaning) / (24 * 40) < 0.45


def test_every_other_batch_is_of_few_topics(batches, owners):
    topic = {text: entries()[next(iter(found))].topic for text, found in owners.items()}
    for wide, few in zip(batches[::2], batches[1::2], strict=True):
        assert len({topic[q] for q in few[0]}) <= samples.TOPICS_AT_ONCE < len({topic[q] for q in wide[0]})


def test_every_message_says_something_and_every_level_and_door_is_among_them():
    everything = labelled(entries())
    assert {message.level for message in everything} == {*LEVELS, None}
    assert {message.door for message in everything} == {INSIDE, None, *(door.id for door in doors())}
    assert all(message.text.strip() and (message.level or message.door or message.needs_person is not None) for message in everything)
    assert min(sum(message.level == level for message in everything) for level in LEVELS) > 50


# ------------------------------------------------------------------ from which score on it speaks


DOORS = (INSIDE, "housing", NATION)


def scored(urgent: float, person: float, outside: float = 0.01, abroad: float = -50) -> list[float]:
    """Scores whose probabilities of danger, of a person and of another door are the given ones."""
    danger = np.log(3 * urgent / (1 - urgent))  # crisis against calm, frustration and distress, which score 0
    return [0, 0, 0, -50, danger, np.log(person / (1 - person)), 0, np.log(outside / (1 - outside)), abroad]


def a_set(danger_at: float = 0.9):
    """Plain questions, hard calm ones, angry ones, dangers, stories, other trouble and messages from abroad, 1000 to 5 of each."""
    spread = np.linspace(0.001, 0.5, 1000)
    rows = [(Labelled("q", "calm", False, door=INSIDE), scored(u, u, u)) for u in spread]
    rows += [(Labelled("h", "calm", about_safety=True), scored(u, 0.5)) for u in spread[::5]]
    rows += [(Labelled("f", "frustration"), scored(u, 0.5)) for u in spread[::20]]
    rows += [(Labelled("d", "crisis"), scored(danger_at, 0.5)) for _ in range(50)]
    rows += [(Labelled("s", None, needs, door=INSIDE), scored(0.01, 0.9 if needs else 0.1)) for needs in [True, False] * 10]
    rows += [(Labelled("o", "calm", door="housing"), scored(0.01, 0.1, 0.9)) for _ in range(10)]
    rows += [(Labelled("n", "calm", door=NATION), scored(0.01, 0.1, 0.01, 50)) for _ in range(5)]
    return [message for message, _ in rows], np.array([scores for _, scores in rows]), DOORS


def test_no_more_plain_questions_are_raised_than_the_bars_allow():
    thresholds, said = choose(*a_set())
    assert all(said[f"raised, {kind}"] <= share for kind, share in MAY_BE_RAISED.items())
    assert 0.45 < thresholds["urgent"] <= 0.5 and said["danger found"] == 1


def test_danger_below_the_threshold_is_said_to_be_missed():
    assert choose(*a_set(danger_at=0.2))[1]["danger found"] == 0


def test_a_person_is_proposed_for_few_plain_questions_and_for_the_stories_that_need_one():
    thresholds, said = choose(*a_set())
    assert thresholds["person"] == pytest.approx(np.quantile(np.linspace(0.001, 0.5, 1000), 1 - PLAIN_OFFERED), abs=0.001)
    assert (said["person where needed"], said["person needlessly, hard ones"]) == (1, 0)


def test_few_plain_questions_are_turned_away_and_other_trouble_is_found():
    thresholds, said = choose(*a_set())
    assert thresholds["outside"] == pytest.approx(np.quantile(np.linspace(0.001, 0.5, 1000), 1 - TURNED_AWAY), abs=0.001)
    assert (said["outside found"], said["turned away, hard ones"]) == (1, 0)


def test_the_thresholds_are_those_that_the_second_look_takes():
    assert set(choose(*a_set())[0]) == {"urgent", "person", "outside", "abroad"}


def test_hardly_a_message_from_england_is_taken_for_one_from_abroad():
    messages, scores, doors = a_set()
    scores[0, -1] = 9  # one of more than a thousand seems to come from abroad
    thresholds, said = choose(messages, scores, doors)
    assert said["abroad found"] == 1 and thresholds["abroad"] < 0.99
