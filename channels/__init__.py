"""The doors: how messages come in and replies go out. Each channel is one file beside base.py."""
