"""spaCy without what other packages add to it.

spacy.blank() loads every package that offers spaCy a component. Presidio offers one, which brings transformers: seconds and
memory for each process, though nothing here uses it.
"""

import spacy


def blank() -> spacy.Language:
    """An empty English pipeline, with spaCy's own components to choose from."""
    spacy.util.registry._entry_point_factories.entry_points = False
    return spacy.blank("en")
