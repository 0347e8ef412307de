"""What Sendline is not for: another nation's law, other kinds of trouble, another language. Each gets the right door."""

from actions.skill import PERSON, Skill, say, words
from knowledge_base.scope import NATIONS, is_other_script, nation_of, other_help

CHATTER = 2  # words; "lol" and "haha nice" are not questions that anybody should have to answer


def answer_out_of_scope(dispatcher, text: str) -> bool:
    """Speak and give True where the words alone show that this is not a question for us."""
    if is_other_script(text):
        say(dispatcher, "handoff", "wording:other-language",
            "I can only write in English. A person can help you, with an interpreter if you need one. Tap the button to ask for one.",
            buttons=[PERSON], offers_person=True, remember={"language": "other"})
        return True
    if nation := nation_of(text):
        say(dispatcher, "signpost", f"wording:nation-{nation}", NATIONS[nation].says)
        return True
    if help_ := other_help(text):
        say(dispatcher, "signpost", "wording:other-help", help_, unanswered="out of scope")
        return True
    return False


class OtherNation(Skill):
    """Scotland, Wales, Northern Ireland or further away."""

    called = "action_other_nation"

    def act(self, dispatcher, tracker, domain):
        say(dispatcher, "signpost", "wording:nation", NATIONS[nation_of(words(tracker)) or "elsewhere"].says)
        return []


class OutOfScope(Skill):
    """Not about SEND: say so in a line, and where to go where we know it."""

    called = "action_out_of_scope"

    def act(self, dispatcher, tracker, domain):
        if answer_out_of_scope(dispatcher, words(tracker)):
            return []
        if len(words(tracker).split()) <= CHATTER:
            say(dispatcher, "smalltalk", "wording:chatter",
                "I am here. Tell me in your own words what is happening with your child at school.")
            return []
        say(dispatcher, "unanswered", "wording:out-of-scope",
            "I can only help with special educational needs and disabilities (SEND) in England: support in school, EHC plans, exclusion, "
            "transport and the like. Ask me about any of those. If you are not sure where else to ask, Citizens Advice can point the way.",
            unanswered="out of scope")
        return []
