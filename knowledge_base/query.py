"""What a parent wrote, made ready for search: their short words spelt out, and a long story cut where it may be asking."""

import re

MAX_PARTS = 6
# Words of parents' forums and texting, and the words that entries use. Only where one meaning is near certain.
PLAIN_WORDS = {
    "ds": "son", "dd": "daughter", "ds1": "son", "ds2": "son", "dd1": "daughter", "dd2": "daughter", "dh": "husband", "lo": "child",
    "skool": "school", "hav": "have", "wot": "what", "cos": "because", "bc": "because", "u": "you", "ur": "your",
    "pls": "please", "plz": "please", "wont": "will not", "cant": "cannot", "dont": "do not",
    "lea": "council", "la": "council", "las": "councils", "ehcp": "EHC plan", "ehcps": "EHC plans", "ehcna": "EHC needs assessment",
    "salt": "speech and language therapy", "slt": "speech and language therapy",
    "ep": "educational psychologist", "ta": "teaching assistant", "lsa": "teaching assistant",
    "yr": "year", "sch": "school", "ht": "head teacher", "hols": "holidays", "dx": "diagnosis", "asd": "autism", "asc": "autism",
    "ar": "annual review", "sen": "special educational needs", "tribs": "tribunal", "sendist": "tribunal", "ebsa": "school anxiety",
    "resi": "residential", "dus": "does", "shud": "should", "wud": "would", "cud": "could", "wiv": "with", "wivout": "without", "hw": "how",
    "wk": "week", "wks": "weeks", "mths": "months", "hrs": "hours", "bout": "about", "b4": "before", "jus": "just", "dat": "that",
    "rite": "right", "sec": "section", "apeal": "appeal", "suspnded": "suspended", "complane": "complain", "alowed": "allowed",
    "hapns": "happens", "movin": "moving", "dislexia": "dyslexia", "timetabl": "timetable", "pt": "part-time", "121": "1:1",
    "r": "are", "n": "and", "wen": "when", "wil": "will", "til": "until", "coz": "because", "giv": "give", "leagl": "legal", "cn": "can",
    "meself": "myself", "wich": "which", "specl": "special", "gettin": "getting", "sendin": "sending",
}
_WORD = re.compile(r"[A-Za-z0-9']+")
_GREETING = re.compile(r"^(hi+|hello|hey|hiya|good (morning|evening|afternoon))( (all|there|everyone))?[,.! ]+", re.I)
_ASKING = re.compile(
    r"\?|\b(can|could|do|does|did|is|are|will|would|should|has|have|how|what|whats|when|where|who|whose|why|which|any advice|"
    r"advice|allowed|right|rights|legal|lawful|entitled|want to know)\b", re.I)


# "2" and "4" where they stand for words: before what is done, or who or what it is done to or for.
_DONE = (
    r"(?:get|go|b|be|do|ask|apply|apeal|appeal|have|hav|say|tell|give|giv|take|make|see|find|know|pay|send|name|reply|answer|agree|choose|"
    r"sort|help|stay|keep|attend|come|stop|start|change|move|complane|complain)")
_WHO = (
    r"(?:me|us|him|her|them|the|my|his|this|that|it|a|an|school|skool|college|colege|nursery|ehcp|council|la|trib\w*|ombuds\w*|"
    r"gcses?|refusal|autis\w*|asd|adhd|transport|dd|ds)")
_NUMBERS = (
    ("1:1", re.compile(r"\b1 ?(?:2|to|:|-) ?1\b")),
    ("to", re.compile(rf"(?<=[a-z] )2(?= (?:{_DONE}|{_WHO})\b)", re.I)),
    ("for", re.compile(rf"(?<=[a-z] )4(?= {_WHO}\b)", re.I)),
)
# Where one question ends and the next begins in a message that has several.
_ASKS = r"(?:can|could|do|does|did|is|are|am i|will|would|should|how|what|whats|wot|when|where|who|which|why)\b"
_NEXT_QUESTION = re.compile(
    rf"(?<=\?)\s*|(?<=[.!])\s+|\n+|[,;]?\s*\b(?:and|also|plus|&|n)\s+(?=(?:also\s+)?{_ASKS})|,\s*(?={_ASKS})", re.I)
_STARTS_ASKING = re.compile(rf"^(?:and |also |so |but |ok )*{_ASKS}", re.I)
MOST_QUESTIONS = 3


def plain_words(text: str) -> str:
    """`text` with parents' short words spelt out."""
    for word, number in _NUMBERS:
        text = number.sub(word, text)
    return _WORD.sub(lambda word: PLAIN_WORDS.get(word[0].lower(), word[0]), _GREETING.sub("", text.strip()))


def parts(text: str) -> list[str]:
    """A message in plain words, whole, then the sentences of it that may carry its question, at most MAX_PARTS in all."""
    pieces = [p.strip() for p in re.split(r"(?<=[.!?])\s+|\n+|\s+-\s+|;\s+", text) if len(p.split()) > 3]
    if len(pieces) < 2:
        return [text]
    asking = [p for p in pieces if _ASKING.search(p)] or pieces
    return [text, *asking[-(MAX_PARTS - 1):]]


def asks(text: str) -> bool:
    """Whether a message has a question mark or a word that asks."""
    return bool(_ASKING.search(text))


def questions(text: str) -> list[str]:
    """The separate questions of a message, in order, at most MOST_QUESTIONS; empty where it has only one."""
    pieces = [p.strip(" ,.-") for p in _NEXT_QUESTION.split(plain_words(text)) if p and p.strip(" ,.-")]
    asking = [p for p in pieces if _STARTS_ASKING.search(p) and len(p.split()) > 2]
    return asking[:MOST_QUESTIONS] if len(asking) > 1 else []
