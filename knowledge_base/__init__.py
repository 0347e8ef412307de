"""What Sendline knows: checked facts, the law that may be cited, the answers, and how they are found.

Usable from a Python shell with nothing running. Imports nothing from `bot`, `actions` or `channels`.
"""

from pathlib import Path

HOME = Path(__file__).parent
