"""What a pull at a grip changes, asked of an explorer's module in hands/ by node."""

import json

from tests.helpers.hands import state
from tests.helpers.node import JS, node
from vaelib.teaching.explore.files import hand


def pulled(explorer, parameters, pulls):
    """For each pull, an id and a place: (what it changes, where the grip stood)."""
    now = state(explorer, parameters)
    rows = [[now["p"], now["a"], *each] for each in pulls]
    content = {"module": str(hand(explorer.name)), "rows": rows}
    return json.loads(node(JS / "pull.mjs", content=content))
