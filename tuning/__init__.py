"""Tuning the encoder to this field (`make tune`): done seldom, by hand; its weights (about 1.5 MB) are in git.

Everything else is learnt anew at every build. Sources: LoRA (Hu et al. 2021), in-batch negatives (Henderson et al. 2017).
"""
