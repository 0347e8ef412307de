"""How a text message is counted: GSM 03.38 characters, 160 in one segment, 153 in each of several.

Source: 3GPP TS 23.038, section 6.2.1 (the default alphabet and its extension table).
"""

BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = set("^{}\\[~]|€")


def segments(text: str) -> int:
    """Segments that `text` costs. Raises ValueError naming the characters that are not GSM-7."""
    if strange := sorted(set(text) - BASIC - EXTENDED):
        raise ValueError(f"not GSM-7: {' '.join(strange)}")
    length = sum(2 if c in EXTENDED else 1 for c in text)
    return 1 if length <= 160 else -(-length // 153)
