"""A page that is not sure whether its message arrived sends it again. It is one message."""

import pytest
from running import Page, together

pytestmark = pytest.mark.engine


def test_the_same_message_ten_times_at_once_is_one_line_and_one_reply(running):
    running.start_app()
    running.start_worker()
    page = Page(running)
    posts = together(10, lambda _: page.post("can I ask for a plan myself", "m1"))
    assert {post.status_code for post in posts} == {202}
    assert {post.json()["seq"] for post in posts} == {1}
    running.wait_until_answered()
    assert [line["text"] for line in page.lines()] == ["can I ask for a plan myself", "re: can I ask for a plan myself"]
