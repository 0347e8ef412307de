"""The index: learnt from the entries' own questions, verified before it is used, swapped in only when it is sane."""

import json

import pytest

from knowledge_base import build as build_module
from knowledge_base.build import build, fingerprint
from knowledge_base.index import FILES, IndexDamaged, current, load_index
from knowledge_base.passages import QUESTION, TEXT, TITLE, passages
from knowledge_base.search import Search, open_search
from knowledge_base.training_messages import unanswerable


def quiet(line):
    pass


@pytest.fixture(autouse=True)
def small(monkeypatch, learnt):
    """A build over four entries, learnt once, with a fingerprint that a test can change."""
    monkeypatch.setattr(build_module, "learn", lambda *_: learnt)
    monkeypatch.setattr(build_module, "fingerprint", lambda _: "one")


@pytest.fixture
def folder(tmp_path, few, words):
    build(few, words, tmp_path, quiet)
    return tmp_path


def flip(path, at=-10):
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_search_finds_the_entry_whose_words_were_asked(learnt, few, words):
    found = Search(learnt[0], few, words).find("they refused us a taxi from home")
    assert found.candidates[0].entry == "taxi" and found.verdict == "answer"
    assert [c.score for c in found.candidates] == sorted((c.score for c in found.candidates), reverse=True)
    assert all(0 <= c.score <= 1 for c in found.candidates)


def test_search_does_not_answer_what_no_entry_answers(learnt, few, words):
    asked = ["sing me a song", "who won the football", "how do i bake bread"]
    assert "answer" not in {Search(learnt[0], few, words).find(text).verdict for text in asked}


@pytest.mark.parametrize("odd", ["", "?", "\n", "ж", "a" * 4000, "taxi " * 800])
def test_search_takes_any_text(learnt, few, words, odd):
    assert len(Search(learnt[0], few, words).find(odd).candidates) == len(few)


def test_others_are_the_best_of_each_other_topic(learnt, few, words):
    found = Search(learnt[0], few, words).find("they refused us a taxi from home")
    assert [c.topic for c in found.others()] == ["tribunal-appeal"]


def test_a_saved_index_loads_and_scores_the_same(folder, learnt, few, words):
    text = "can i have the yellow minibus"
    assert open_search(folder, few, words).find(text) == Search(learnt[0], few, words).find(text)


@pytest.mark.parametrize("name", FILES)
def test_one_flipped_byte_is_refused_before_anything_is_read(folder, words, name):
    flip(current(folder) / name)
    with pytest.raises(IndexDamaged, match=f"damaged \\({name}\\). Run 'sendline kb build'"):
        load_index(current(folder), words)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_refused(folder, words, name):
    (current(folder) / name).unlink()
    with pytest.raises(IndexDamaged, match="damaged"):
        load_index(current(folder), words)


def test_a_manifest_that_cannot_be_read_is_refused(folder, words):
    (current(folder) / "manifest.json").write_text("{")
    with pytest.raises(IndexDamaged, match="no readable manifest"):
        load_index(current(folder), words)


def test_an_index_of_another_model_is_refused(folder, words, monkeypatch):
    monkeypatch.setattr(type(words), "weights", "another model")
    with pytest.raises(IndexDamaged, match="another language model"):
        load_index(current(folder), words)


def test_without_an_index_the_sentence_says_how_to_build_one(tmp_path):
    with pytest.raises(IndexDamaged, match=r"no search index yet\. Run 'sendline kb build'"):
        current(tmp_path)


def test_a_search_that_is_loaded_goes_on_when_its_files_are_damaged(folder, few, words):
    serving = open_search(folder, few, words)
    flip(current(folder) / "vectors.faiss")
    assert serving.find("can i have a taxi from home").candidates[0].entry == "taxi"


def test_a_new_index_that_does_not_find_its_own_questions_leaves_the_old_one_serving(folder, few, words, monkeypatch):
    before = current(folder)
    monkeypatch.setattr(build_module, "fingerprint", lambda _: "two")
    monkeypatch.setattr(build_module, "SMOKE", 1.1)
    with pytest.raises(IndexDamaged, match="the old one stays"):
        build(few, words, folder, quiet)
    assert current(folder) == before and [p for p in folder.iterdir() if p.is_dir()] == [before]
    assert open_search(folder, few, words).find("a taxi from home").candidates


def test_an_index_that_knows_entries_which_are_gone_is_refused(folder, few, words):
    with pytest.raises(IndexDamaged, match="1 entries that are no longer there"):
        open_search(folder, {i: e for i, e in few.items() if i != "taxi"}, words)


def test_nothing_changed_means_nothing_is_built(folder, few, words):
    before = current(folder)
    assert build(few, words, folder, quiet) == json.loads((before / "manifest.json").read_text())["figures"]
    assert current(folder) == before


def test_the_one_before_is_kept_for_going_back(folder, few, words, monkeypatch):
    first = current(folder)
    for mark in ("two", "three"):
        monkeypatch.setattr(build_module, "fingerprint", lambda _, mark=mark: mark)
        build(few, words, folder, quiet)
    kept = [p for p in folder.iterdir() if p.is_dir()]
    assert len(kept) == 2 and current(folder) in kept and first not in kept


def test_the_figures_say_how_well_it_finds_its_own_questions(learnt):
    figures = learnt[1]
    assert figures["entries"] == 4 and figures["questions"] == 32 and figures["kept back, topic first"] > 0.9


def test_search_looks_through_titles_questions_and_text(few):
    kinds = [p.kind for p in passages(few) if p.entry == "taxi"]
    assert kinds == [TITLE, *[QUESTION] * 8, TEXT, TEXT]


def test_what_no_entry_answers_comes_from_the_dialogue_data(monkeypatch):
    monkeypatch.undo()
    assert len(unanswerable()) > 100 and len(fingerprint(())) == 64
