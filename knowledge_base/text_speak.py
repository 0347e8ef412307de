"""Questions as thumbs type them: short words, dropped vowels, slips. Teaches the encoder that they mean the same."""

import random

SHORT = {
    "you": "u", "are": "r", "to": "2", "for": "4", "your": "ur", "please": "pls", "because": "cos", "with": "w", "school": "skool",
    "what": "wot", "have": "hav", "and": "n", "why": "y", "people": "ppl", "would": "wud", "should": "shud", "could": "cud",
    "about": "abt", "just": "jus", "the": "da", "before": "b4", "tomorrow": "tmrw", "something": "sumthing", "anything": "nething",
}
VOWELS = set("aeiou")


def hasty(text: str, rng: random.Random) -> str:
    """`text` as somebody in a hurry would send it."""
    typed = " ".join(_word(word, rng) for word in text.split())
    return typed.lower().replace("'", "") if rng.random() < 0.5 else typed


def _word(word: str, rng: random.Random) -> str:
    chance = rng.random()
    if word.lower() in SHORT and chance < 0.35:
        return SHORT[word.lower()]
    if len(word) > 4 and chance < 0.10:
        at = rng.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1:] if rng.random() < 0.5 else word[:at] + word[at + 1] + word[at] + word[at + 2:]
    if len(word) > 5 and chance < 0.15:
        return word[0] + "".join(letter for letter in word[1:] if letter not in VOWELS)
    return word
