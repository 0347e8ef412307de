"""Where our answers end."""

import re

import pytest

from knowledge_base.entry import entries
from knowledge_base.helplines import for_need
from knowledge_base.nations import nation_of, nations
from knowledge_base.patterns import patterns
from knowledge_base.scope import breaks_off, door, doors, is_filler, is_nonsense, is_other_script, is_ours


def id_of(text):
    found = door(text)
    return found and found.id


# ------------------------------------------------------------------ other nations


@pytest.mark.parametrize("text, nation", [
    ("we live in scotland, can i get a plan", "scotland"), ("what is a coordinated support plan", "scotland"),
    ("can i get an ASN assessment from my council in Fife", "scotland"), ("he is going into P7 and cant read", "scotland"),
    ("she is doing nat 5s and gets no extra time", "scotland"), ("we're in Paisley, the school won't listen", "scotland"),
    ("we're moving from Leith to Fife, what about his support", "scotland"), ("Stirling council refused the CSP", "scotland"),
    ("my son is at school in Cardiff", "wales"), ("who writes the individual development plan", "wales"),
    ("the ALNCo wont reply", "wales"), ("we live in Wrexham but he goes to school in Chester, is it IDP or EHCP", "wales"),
    ("my nephew in Newport Gwent has a statement still", "wales"), ("Welsh council said no", "wales"), ("we live in Barry", "wales"),
    ("belfast school refused", "northern-ireland"), ("the EA refused a statutory assessment", "northern-ireland"),
    ("my child has a statement in Northern Ireland", "northern-ireland"), ("we live in Derry and he needs a statement", "northern-ireland"),
    ("County Tyrone, annual review of his statement", "northern-ireland"), ("transfer test and dyslexia", "northern-ireland"),
    ("we are in dubai", "elsewhere"), ("how do i get a 504 plan", "elsewhere"), ("school district denied our request", "elsewhere"),
    ("we live in Cork Ireland, how do i get an SNA", "elsewhere"), ("Jersey here. who pays for a 1:1", "elsewhere"),
    ("Hyderabad. which school is right for him", "elsewhere"), ("HSE keep putting us off, Tralee", "elsewhere"),
    ("how long does the EA in NI have", "northern-ireland"), ("she is 6, Limavady, EA never ring back", "northern-ireland"),
    ("do you cover Llanidloes", "wales"), ("P4 in Cupar, can she have a scribe", "scotland"),
    ("he is at a primary in Derry on stage 2", "northern-ireland"),
    ("is there EHCP in jersey", "elsewhere"), ("placing request refused", "scotland"), ("my kid goes to school in Texas",
    "elsewhere"),
])
def test_another_nation_is_known_by_its_words(text, nation):
    assert nation_of(text) == nation


@pytest.mark.parametrize("text", [
    "we are moving to scotland, does the plan come too", "we moved from wales to leeds", "coming back to england from dubai",
    "his file was transferred from Glasgow", "can i ask for an assessment", "he is fond of whales", "section 36",
    "we live in Chester and his school is in Wrexham", "English council placed him in a Welsh special school",
    "we live in Oswestry", "we live in Berwick upon Tweed", "school in Carlisle", "we live in Hereford near the border", "Alnwick school",
    "Newport Shropshire", "we live in Newport Pagnell", "Prince of Wales school said no", "Scotland Road primary", "my son Tyrone has ADHD",
    "Mrs Stirling the SENCO", "my daughter Paisley cant read", "Angus is 7", "Barry the caretaker", "he works at P7 on the P scales",
    "i live in S4 in Sheffield", "we were fined for a holiday in Spain", "he will only wear his jersey", "a cork board in class",
    "they moved here from Poland", "we are from India, can she get an EHCP", "a holiday in Wales in term time",
    "he goes to Edinburgh Road primary", "his dad lives in Spain, does he get a say",
    "gettin a job in glasgow does ehcp work up ther", "from cardiff to bristol in june he has an IDP", "Sydney is 7 and autistic",
    "number 504 bus does the school run", "my child has an IEP", "he has a statement of SEN from years ago",
])
def test_moving_across_the_border_and_english_places_and_names_are_ours(text):
    assert nation_of(text) is None


def test_no_telephone_number_stands_here():
    said = [nation.says for nation in nations().values()] + [d.says for d in doors()]
    assert len(said) > 15 and not any(re.search(r"\d{5}|\d{4} \d{3}", text) for text in said)


# ------------------------------------------------------------------ other trouble


@pytest.mark.parametrize("text, id", [
    ("how do i divorce him", "family-law"), ("my ex won't let me see the kids what can i do", "family-law"),
    ("how do i stop my ex seeing the children, he doesn't believe in autism", "family-law"), ("my landlord wants us out", "housing"),
    ("is my neighbour allowed to complain about my sons noise", "housing"), ("we are being evicted", "housing"),
    ("our visa runs out", "immigration"), ("asylum claim refused", "immigration"), ("my boss sacked me", "work"),
    ("can i get maternity pay", "work"), ("bailiffs are coming tomorrow", "debt"), ("i cant pay my gas bill", "debt"),
    ("universal credit sanction", "benefits"), ("pip for my husband", "benefits"), ("how do i pay my council tax", "council"),
    ("bins not collected", "council"), ("parking fine appeal", "council"), ("we were burgled", "crime"), ("i was scammed online", "crime"),
    ("my wifi is not working", "consumer"), ("power of attorney for my elderly dad", "adult-care"),
    ("how do i get a blue badge", "blue-badge"),
    ("is this rash bad", "health"), ("i need figures for my dissertation", "research"),
    ("I'm doing a dissertation on EHCP tribunals, can you give me statistics", "research"), ("im a journalist, any comment", "journalist"),
    ("I'm a SENCO and want help with a request", "professional"), ("i am a teacher looking for training on ADHD", "professional"),
    ("can i record my social worker secretly", "recording"), ("what's the weather in leeds", "chatter"),
    ("set a timer for ten minutes", "chatter"),
    ("Write my son's English homework on Macbeth", "chatter"), ("recipe for banana bread", "chatter"),
    ("who won the football", "chatter"), ("explain gravity for my year 5s homework", "everyday"), ("did everton win", "everyday"),
    ("whats 17 x 23", "chatter"), ("what is 8 times 7", "chatter"), ("how do i train to be an ed psych", "jobs"),
    ("we sell weighted blankets", "selling"),
    ("i think my husband's autistic, how does he get tested", "adult-diagnosis"), ("I slipped in Asda, can I claim", "claims"),
    ("shut up you stupid machine", "abuse"), ("WHAT IS THE POINT OF YOU", "abuse"), ("F*** off", "abuse"),
    ("why should I pay for your brats taxi", "prejudice"), ("adhd is an excuse for lazy parents", "prejudice"),
    ("lady two doors down parks across our drive", "housing"), ("fridge packed in and Currys wont swap it", "consumer"),
    ("how do i make lasagne", "chatter"), ("do you like cats or dogs more", "chatter"),
])
def test_other_trouble_gets_the_right_door(text, id):
    assert id_of(text) == id


@pytest.mark.parametrize("text", [
    "can the school refuse to have him", "we are being evicted and moving council, what happens to his EHC plan",
    "divorced, does school have to send me the SEN papers", "my ex won't agree to the EHCP assessment",
    "I nearly lost my job because school ring every day", "the landlord won't fit a ramp, is there a grant",
    "we are on a visa, can my son get an EHCP", "asylum seekers, can he go to school", "school gives him too much homework",
    "the taxi won't come in bad weather and he misses school", "I am a teacher and my own son has dyslexia", "his PE teacher shouts",
    "can i get carers allowance if i work", "does dla stop if he is in hospital", "bullied on the football team at school",
    "parent governor here, my son is on SEN support", "fined for absence, do i pay the penalty notice", "he cant do maths in class",
    "who pays for a speech therapist", "assistance dog at school", "the boy two doors down gets a taxi, why not mine",
    "my neighbour said the form was easy", "everyone says adhd is an excuse for lazy parents", "you lot say appeal, appeal what",
    "he has a hospital passport",
    "the council are useless liars the lot of them", "its a postcode lottery", "GP keeps saying it is just behaviour",
    "we rent from a landlord who is lovely, and I have written all of this down because nobody ever asks, but the question is "
    "only whether somebody can come and sit with him so that I can sleep for one night this month",
])
def test_a_question_about_a_child_with_send_gets_no_other_door(text):
    assert id_of(text) is None


QUESTIONS = [(entry.id, question) for entry in entries().values() for question in entry.questions]


def test_no_question_that_an_entry_answers_is_sent_away():
    """Every entry lists how families ask for it, so nothing among these is somebody else's."""
    assert len(QUESTIONS) > 4000
    wrong = [(id, q) for id, q in QUESTIONS if door(q) or nation_of(q) or is_nonsense(q)]
    assert wrong == []


@pytest.mark.parametrize("one", doors(), ids=lambda d: d.id)
def test_every_door_says_in_plain_words_where_to_go(one):
    assert one.route in ("signpost", "smalltalk", "clarify", "unanswered")
    assert all(len(s.split()) <= 25 for s in re.split(r"(?<=[.?!]) ", one.says))


def test_every_pattern_ends_at_a_words_end_and_none_matches_everything():
    assert not any(d.names.search("zzz") or d.names.search("") for d in doors())
    assert {d.id for d in doors()} == {row["id"] for row in patterns("scope")["doors"]}


@pytest.mark.parametrize("text, ours", [("his ehcp", True), ("the senco", True), ("my boiler", False), ("sender", False),
    ("sixth form", True)])
def test_what_is_ours_is_known_by_whole_words(text, ours):
    assert is_ours(text) is ours


# ------------------------------------------------------------------ what nobody can read


@pytest.mark.parametrize("text, nonsense", [
    ("asdfghjkl", True), ("sdkfjsdf wlkrtt", True), ("aaaaaaaaaaaaaaaaaaa", True), ("jjjjjjjj", True), ("xcvbnm", True), ("???", True),
    ("🙏🙏🏫❓", True),
    (".....", True), ("qwertyuiop qwertyuiop", True), ("hjkl hjkl sdfoiu", True), ("0000000", True), ("7 7 7 7 7 12", True),
    ("the the of and to", True),
    ("k j h g f d", True), ("abcdefghijklmnop", True), ("lorem ipsum dolor sit amet", True), ("07700 900123", False),
    ("12 11 2026", False), ("y r u", False),
    ("help", False), ("plsss help", False), ("ehcp", False), ("999", False),
    ("M14 5RQ", False),
    ("sendiass", False), ("thx", False), ("camhs hlp", False), ("Leeds", False), ("SENCO", False), ("helpppp", False),
    ("jkl school", False),
    ("my son wont go to school", False), ("rhythms", False), ("wtf is an ehcp", False), ("sch wnt lstn 2 me", False),
])
def test_nonsense_is_only_what_nobody_could_read(text, nonsense):
    assert is_nonsense(text) is nonsense


@pytest.mark.parametrize("text, filler", [
    ("ok", True), ("lol", True), ("ta love, thats brilliant, bye x", True), ("ok thanks, night x", True), ("Cheers!", True),
    ("blah blah", True),
    ("ok but can they exclude him", False), ("help", False), ("is that right", False), ("", False), ("?", False), ("no school", False),
])
def test_filler_asks_nothing(text, filler):
    assert is_filler(text) is filler


def test_a_long_row_of_fillers_takes_no_time():
    assert not is_filler("ha ha ok " * 500 + "appeal")


def test_a_need_of_a_door_is_one_that_the_directory_knows():
    needs = [d.need for d in doors() if d.need]
    assert needs and all(map(for_need, needs))


@pytest.mark.parametrize("text, other", [
    ("هل يمكنني طلب تقييم", True), ("можно ли подать заявку", True), ("我可以申请吗可以吗", True), ("can i apply", False),
    ("café naïve", False), ("🙂🙂🙂🙂", False), ("", False), ("да", False),
])
def test_another_script_is_seen_by_most_of_its_letters(text, other):
    assert is_other_script(text) is other


@pytest.mark.parametrize("text, half", [
    ("she said she wants to", True), ("i want to", True), ("because of the", True), ("she wants to go", False), ("", False),
    ("what do i do when the school will not tell me what it is to be used for", False),
])
def test_a_message_that_breaks_off_waits_for_the_rest(text, half):
    assert breaks_off(text) is half
