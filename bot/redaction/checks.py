"""Check numbers: whether digits are what they look like."""

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O or S


def is_nhs_number(text: str) -> bool:
    """Ten digits of which the last is right (modulus 11, NHS Data Dictionary)."""
    digits = [int(c) for c in text if c.isdigit()]
    return len(digits) == 10 and sum(d * w for d, w in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0 and len(set(digits)) > 1


def is_upn(text: str) -> bool:
    """A unique pupil number whose first letter is right (DfE guide: weights 2 to 13, modulus 23); the last place may be a letter."""
    text = text.upper()
    last = text[12] if text[12:].isdigit() else str(UPN_LETTERS.find(text[12:]) % 10)
    digits = [int(c) for c in text[1:12] + last]
    return text[0] == UPN_LETTERS[sum(d * w for d, w in zip(digits, range(2, 14), strict=True)) % 23]


CHECKS = {"nhs": is_nhs_number, "upn": is_upn}
