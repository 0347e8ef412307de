"""The glossary: what a question asks the meaning of, and what a reply spells out at first use."""

import re

import pytest

from knowledge_base.glossary import MOST, asked, expand, terms


@pytest.mark.parametrize("text, term", [
    ("what is an EHCP", "EHCP"), ("whats EOTAS mean", "EOTAS"), ("SENCO??", "SENCO"), ("what does section F mean", "Section F"),
    ("wot is ebsa", "EBSA"), ("what is a PRU?", "PRU"), ("what's the LA", "LA"), ("can you explain what an EHCNA is", "EHCNA"),
    ("i dont know what a senco is", "SENCO"), ("EHCP?", "EHCP"), ("what does SALT stand for", "SALT"), ("who are IPSEA", "IPSEA"),
    ("what is DLA please", "DLA"), ("what is section I in an EHC plan", "Section I"), ("meaning of EOTAS", "EOTAS"),
    ("EOTAS meaning", "EOTAS"), ("Hi, what does CAMHS stand for?", "CAMHS"), ("what do you mean by provision", "provision"),
    ("what does OT mean in an EHCP", "OT"), ("what is an annual review", "annual review"), ("sorry what is AP?", "AP"),
    ("what is HE", "HE"), ("what are EHCPs", "EHCP"),
    ("define off-rolling", "off-rolling"), ("what is emotionally based school avoidance", "EBSA"),
    ("what does DoLS mean", "DoLS"),
])
def test_a_question_for_the_meaning_finds_the_term(text, term):
    assert asked(text).term == term


@pytest.mark.parametrize("text", [
    "", "?", "what", "what is", "what is it", "what does that mean", "what is the SENCO supposed to do", "what does the LA have to do",
    "what is a SENCO and what do they do", "what is an EHC plan for", "how do i get an EHCP", "EHCP", "SENCO", "he?", "What is he",
    "council?", "transport?", "what is the deadline", "is my council bad", "what are sections b and f", "what is a good school",
    "what does section F have to say", "why is mediation", "can i ask for an EHCP?", "is EOTAS home education?", "pan?",
    "what does it mean if the LA says no to EHCNA",
])
def test_any_other_question_is_for_search(text):
    assert asked(text) is None


def test_the_answer_says_what_letters_stand_for_and_what_it_means():
    assert asked("what is EOTAS").says().startswith("**EOTAS** stands for education otherwise than at school. Education that the council")
    assert asked("what is mediation").says().startswith("**Mediation.** A meeting")


def test_letters_are_spelt_out_at_first_use_only():
    text, fresh = expand("An EHC plan is not SEN support. EHC plans last. Ask the SENCO.")
    assert text == ("An education, health and care plan (EHC plan) is not special educational needs (SEN) support. EHC plans last. "
                    "Ask the special educational needs co-ordinator (SENCO).")
    assert fresh == ["EHC plan", "SEN", "SENCO"]
    assert expand("An EHC plan is not SEN support. Ask the SENCO.", fresh) == ("An EHC plan is not SEN support. Ask the SENCO.", [])


def test_no_more_than_three_are_spelt_out_in_one_reply():
    text, fresh = expand("The EP, CAMHS, an OT and the ICB.")
    assert len(fresh) == MOST == 3 and text.endswith("an occupational therapist (OT) and the ICB.")


@pytest.mark.parametrize("text", [
    "See https://example.org/SENCO.", 'They wrote "the SENCO refused".', "“No SENCO”, they said.", "## The SENCO",
    "**The SENCO.** See below.",
    "Read CoP 2015 6.84 and CFA 2014 s.36(1).", "[2019] UKUT 12 (AAC) says so.", "Write to senco@SENCO.example.", "[SENCO](https://x.example)",
    "The SENCO's view.", "`SENCO`", "Appeal to the SEND Tribunal.", "Minimum Standards for SENDIASS 2018 3.5", "Ring the GP or the NHS.",
])
def test_addresses_quotations_headings_and_citations_are_left_alone(text):
    assert expand(text) == (text, [])


@pytest.mark.parametrize("text", [
    "The special educational needs co-ordinator (SENCO) helps.", "The SENCO (special educational needs co-ordinator) helps. A SENCO must.",
])
def test_what_the_text_explains_itself_is_only_remembered(text):
    assert expand(text) == (text, ["SENCO"])


@pytest.mark.parametrize("text, spelt", [
    ("Ask an SEN teacher.", "Ask a special educational needs (SEN) teacher."),
    ("An LSA helps.", "A learning support assistant (LSA) helps."),
    ("Ask a EP.", "Ask an educational psychologist (EP)."),
    ("OT twice a week.", "Occupational therapy (OT) twice a week."),
    ("EHC plans last.", "Education, health and care plans (EHC plans) last."),
    ("- SENCOs help.", "- Special educational needs co-ordinators (SENCOs) help."),
])
def test_the_sentence_stays_good_english(text, spelt):
    assert expand(text)[0] == spelt


def test_words_already_spelt_out_in_a_longer_name_are_known():
    assert expand("The EHCP and its EHC needs assessment.", {"EHC plan"})[1] == []
    assert expand("SEN support.", {"SEND"})[1] == []


# ------------------------------------------------------------------ the file

FIELD = set(re.findall(r"\w+", """
    EHC EHCP EHCNA SEN SEND SENCO SENDCO LA EOTAS EBSA LGSCO PHSO IASS SENDIASS IPSEA CAMHS ICB DfE DLA PIP TA LSA EP SALT SLT OT
    PT PEP SEMH NHS GP ADHD ASD MLD SLD PMLD SpLD DLD HI VI MSI AAC BSL PEX IRP IHP IEP APDR AR PfA HMCTS FTT UT ICO SAR FOI DCO DMO
    DSCO EYFS EHE AP PRU EWO CME CIN LAC MASH PAN PSED DSL ALN NMSS FE JR DoLS MCA CHC CETR DSR NEET ARP FAP FSM PP DSG PHB NDCS
    CDC ToD"""))


def test_the_letters_of_the_field_are_all_explained():
    known = {t.term for t in terms()}
    assert len(FIELD) >= 90 and FIELD - known == set()
    assert {f"Section {letter}" for letter in "ABCDEFGHIJK"} <= known


def test_each_term_is_there_once_and_explained_in_one_to_three_short_sentences():
    names = [t.term.lower() for t in terms()]
    assert len(names) == len(set(names)) >= 200
    for term in terms():
        sentences = re.split(r"(?<=[.?!]) ", term.means)
        assert 1 <= len(sentences) <= 3 and all(len(s.split()) <= 25 for s in sentences), term.term


def test_every_term_can_be_asked_for_by_its_name():
    assert [t.term for t in terms() if asked(f"what is {t.term}") != t] == []
