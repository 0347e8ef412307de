"""The figures: `python -m bench` for how fast (beside a bare Rasa bot), `python -m bench.answers` for how good."""
