"""How a text message is counted."""

import pytest

from knowledge_base.sms import EXTENDED, segments


@pytest.mark.parametrize("length, count", [(0, 1), (1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4)])
def test_one_segment_holds_160_and_each_of_several_153(length, count):
    assert segments("a" * length) == count


@pytest.mark.parametrize("character", sorted(EXTENDED))
def test_characters_of_the_extension_table_count_twice(character):
    assert segments(character * 80) == 1 and segments(character * 81) == 2
    assert segments("a" * 159 + character) == 2


def test_pounds_accents_and_new_lines_are_in_the_alphabet():
    assert segments("£20 café\nà") == 1


@pytest.mark.parametrize("character", ["—", "’", "“", "…", "😢", "ẁ", "\t"])
def test_a_character_outside_it_is_named(character):
    with pytest.raises(ValueError, match=f"not GSM-7: {character}"):
        segments(f"hello {character}")
