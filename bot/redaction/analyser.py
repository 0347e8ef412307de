"""Presidio over a spaCy pipeline of our own: no model to download, no address to ask.

No spaCy model is on PyPI, so the pipeline is spacy.blank("en") with our tokenizer and two components. Of Presidio's own
recognisers none is loaded: its e-mail recogniser fetches a list from the internet, and the rest find less here than ours.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import spacy
import yaml

from bot.plain_spacy import blank
from bot.redaction.checks import CHECKS
from bot.redaction.lexicon import HERE
from bot.redaction.people import PERSON, People
from bot.redaction.schools import SCHOOL, Schools
from bot.redaction.tokens import Words

_alone = threading.Lock()


@contextmanager
def without(module: str) -> Iterator[None]:
    """Hide a module that an import only looks for: Presidio would load transformers, two seconds and 100 MB, to no use."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None
    try:
        yield
    finally:
        del sys.modules[module]


def pipeline() -> spacy.Language:
    """Text to a Doc whose entities are schools and people."""
    nlp = blank()
    nlp.tokenizer = Words(nlp.vocab)
    for name, part in (("schools", Schools), ("people", People)):
        spacy.Language.component(name, func=part())
        nlp.add_pipe(name)
    return nlp


@lru_cache
def analyser():
    """The AnalyzerEngine, made once in each process (about a second): what it finds is named as in the brackets we write."""
    with without("transformers"):
        from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
        from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
        from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
        from presidio_analyzer.predefined_recognizers import SpacyRecognizer

    class Checked(PatternRecognizer):
        """A pattern that may have a check number."""

        check = None

        def validate_result(self, pattern_text: str) -> bool | None:
            return self.check(pattern_text) if self.check else None

    class NoEnhancer(ContextAwareEnhancer):
        """Context is in our patterns already."""

        def enhance_using_context(self, text, raw_results, *rest, **more):
            return raw_results

    engine = SpacyNlpEngine(ner_model_configuration=NerModelConfiguration(
        model_to_presidio_entity_mapping={PERSON: PERSON, SCHOOL: SCHOOL}, labels_to_ignore=[], default_score=1.0))
    engine.nlp = {"en": pipeline()}
    registry = RecognizerRegistry(recognizers=[SpacyRecognizer(supported_entities=[PERSON, SCHOOL])], supported_languages=["en"])
    for number, row in enumerate(yaml.safe_load((HERE / "patterns.yaml").read_text(encoding="utf-8"))):
        recogniser = Checked(row["kind"], name=f"{row['kind']} {number}",
                             patterns=[Pattern(f"{row['kind']} {n}", p, 1.0) for n, p in enumerate(row["patterns"])])
        recogniser.check = CHECKS.get(row.get("check"))
        registry.add_recognizer(recogniser)
    return AnalyzerEngine(registry, engine, supported_languages=["en"], context_aware_enhancer=NoEnhancer(0, 0, 0, 0))


def analyse(text: str) -> list[tuple[int, int, str]]:
    """What says who somebody is, as (start, end, kind), in no order; parts may overlap.

    One text at a time, and its words are forgotten after it: spaCy would keep each new word for as long as the process lives.
    """
    with _alone, analyser().nlp_engine.nlp["en"].memory_zone():
        return [(r.start, r.end, r.entity_type) for r in analyser().analyze(text, "en")]
