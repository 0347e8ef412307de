# Two commands to remember: make run, make test.
PYTHON ?= python3
SENDLINE = .venv/bin/sendline

.PHONY: run setup train test check eval bench tune

run: environments          ## start everything; Ctrl-C ends it
	@exec $(SENDLINE) serve

setup: environments train  ## both environments, the dialogue model, the search index

environments:
	@$(PYTHON) scripts/setup.py

train:
	@$(SENDLINE) train

test: setup                ## every test; those that lack what they need say so
	@.venv/bin/pytest

check: environments        ## style, and the knowledge base
	@.venv/bin/ruff check .
	@$(SENDLINE) kb check

eval: setup                ## how good the answers are; SET="questions sms" takes only those
	@.venv/bin/python -m bench.answers $(SET)

bench: setup               ## how fast, beside a bare Rasa bot
	@.venv/bin/python -m bench

tune: environments         ## tune the encoder and the second look anew (an hour; the result is in git)
	@.venv/bin/python -m tuning
