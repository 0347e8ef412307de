"""Where our answers end: other nations, other kinds of help, other scripts. Names of bodies only, no telephone numbers."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Nation:
    """Another nation: how messages name it, and who helps there."""

    names: re.Pattern
    says: str


def _words(text: str) -> re.Pattern:
    return re.compile(rf"\b({text})\b", re.I)


_ONLY = "I only know the law in England, and it is different in {place}. {who}"
NATIONS = {
    "scotland": Nation(
        _words(r"scotland|scottish|fife|glasgow|edinburgh|aberdeen|dundee|inverness|perth and kinross|falkirk|lothian|lanarkshire|"
               r"ayrshire|additional support needs|asn|coordinated support plan|staged intervention|child'?s plan under girfec|girfec"),
        _ONLY.format(place="Scotland", who="Enquire is the Scottish advice service for additional support for learning. For money matters, "
                     "Citizens Advice Scotland can help.")),
    "wales": Nation(
        _words(r"wales|welsh|cardiff|swansea|wrexham|newport,? gwent|gwent|bridgend|conwy|gwynedd|anglesey|powys|carmarthenshire|"
               r"pembrokeshire|ceredigion|flintshire|denbighshire|rhondda|merthyr|caerphilly|torfaen|blaenau gwent|individual development plan|"
               r"aln|alnco|estyn"),
        _ONLY.format(place="Wales", who="The council where you live is responsible, even when the school is over the border. SNAP Cymru gives "
                     "free advice to families in Wales.")),
    "northern-ireland": Nation(
        _words(r"northern ireland|belfast|derry|londonderry|lisburn|newry|armagh|fermanagh|tyrone|antrim|education authority ni|sendo"),
        _ONLY.format(place="Northern Ireland", who="SENAC and the Children's Law Centre give free advice to families there.")),
    "elsewhere": Nation(
        _words(r"republic of ireland|dublin|cork|senos?|ncse|united states|usa|texas|california|florida|new york|504|idea law|school district|"
               r"fape|australia|ndis|canada|ontario|new zealand|jersey|guernsey|isle of man|germany|france|spain|dubai"),
        _ONLY.format(place="other countries", who="A parents' organisation or the education office there can tell you who gives advice.")),
}
# Coming to England, or leaving it with a plan, is a question about the law here.
_CROSSING = _words(r"mov(?:e|ed|ing)|relocat\w+|transfer\w*|coming (?:back )?to england|back to (?:the )?uk")

_OTHER_HELP = (
    (_words(r"divorc\w+|custody|contact order|child arrangements|my ex (?:seeing|from seeing)|stop my ex|ex seeing"),
     "That is family law, which I cannot advise on. Child Law Advice and Citizens Advice explain it, and a family solicitor can act for you. "
     "If anyone is unsafe now, call 999."),
    (_words(r"evict\w*|landlord|rent arrears|mortgage|neighbou?rs?|noise complaint|council house|housing list|damp and mould"),
     "That is about housing or neighbours, which I cannot advise on. Citizens Advice and your council's housing team can help. Shelter helps with homes."),
    (_words(r"visa|asylum|immigration|leave to remain|home office application|deport\w*"),
     "That is immigration law, which only a registered adviser may advise on. Citizens Advice can help you find one."),
    (_words(r"blue badge"), "Your council decides on Blue Badges. Look for 'Blue Badge' on its website or on GOV.UK, which lists the evidence it asks for."),
    (_words(r"dissertation|my thesis|research project|essay on|university assignment"),
     "I answer families' own questions, so I have no figures for research. GOV.UK and the Ministry of Justice publish statistics on EHC plans and Tribunal appeals."),
    (_words(r"record (?:my|a|the) social worker|secretly record\w*|record\w* (?:them|her|him|the meeting) secretly"),
     "Recording people in secret raises questions of privacy law that I cannot advise on. Citizens Advice or a solicitor can. You can ask openly to record a meeting."),
    (_words(r"(?:what|which|how much|double|stop) (?:dose|dosage|medication|ritalin|melatonin)\w*|increase his meds|increase her meds"),
     "I cannot advise on medicines. Please ask your pharmacist, your GP or the team that prescribed it, or NHS 111 when they are closed."),
)


def nation_of(text: str) -> str | None:
    """The other nation that a message is about, if any; a move across the border is ours."""
    for name, nation in NATIONS.items():
        if nation.names.search(text) and not _CROSSING.search(text):
            return name
    return None


def other_help(text: str) -> str | None:
    """Where to go with a question that is not about SEND, if the words show that it is one."""
    return next((says for names, says in _OTHER_HELP if names.search(text)), None)


def is_other_script(text: str) -> bool:
    """Whether most letters are not Latin: Arabic, Cyrillic, Chinese and so on."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum("LATIN" not in unicodedata.name(c, "") for c in letters) > len(letters) / 2
