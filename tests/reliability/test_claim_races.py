"""An adviser claims while the bot is answering, and two advisers claim at once."""

from races import race


def test_of_two_advisers_one_owns_the_case_and_the_bot_says_nothing_after_the_claim(gateway, quick_hashes):
    advisers = [gateway.store.advisers.add(name, name.title(), "a long enough password") for name in ("amina", "brian")]
    assert [race(gateway, advisers) for _ in range(50)] == [(1, 0)] * 50
