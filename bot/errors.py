"""What can go wrong, as a tree. Each error says what the caller should do.

SendlineError                 show the sentence; nothing typed is lost
├── EngineError               Rasa did not do its part: retry once, then tell the parent how to go on
│   ├── EngineDown            no connection, or an HTTP error
│   ├── EngineLate            no answer within the budget
│   └── EngineSilent          an empty list or a reply that is not ours: an action failed inside
├── StoreDown                 the database refused: tell the provider to send it again
├── NotAllowed                this person may not do this; show the sentence
└── SetupError                something must be mended before Sendline can start; show the sentence and stop
"""


class SendlineError(Exception):
    """An error whose message is a sentence for a person: what happened, what to do next."""


class EngineError(SendlineError):
    """Rasa did not do its part."""


class EngineDown(EngineError):
    """Rasa could not be reached, or answered with an HTTP error."""


class EngineLate(EngineError):
    """Rasa did not answer within the budget."""


class EngineSilent(EngineError):
    """Rasa answered with nothing, or with something that no action of ours says."""


class StoreDown(SendlineError):
    """The database cannot keep the message, so it has not been accepted."""


class NotAllowed(SendlineError):
    """This person may not do this, or somebody else did it first."""


class SetupError(SendlineError):
    """Something must be mended before Sendline can start."""
