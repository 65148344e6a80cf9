"""What the hand can do in an explorer, asked of its module in hands/ by node."""

import json
import re

from tests.helpers.node import JS, node
from vaelib.teaching.explore.files import hand


def plain(array):
    """An array as the page has it: its numbers row by row, and its shape."""
    return {"data": array.reshape(-1).tolist(), "shape": list(array.shape)}


def state(explorer, parameters):
    """What a challenge sees: all parameters, and the arrays of their scene."""
    parameters = explorer.check(parameters)
    arrays = explorer.fixed_arrays() | explorer.draw(**parameters).arrays
    return {"p": parameters, "a": {name: plain(array) for name, array in arrays.items()}}


def check_challenges(explorer, ways):
    """Three challenges or more; none is met at the start, each at the end of its way and no sooner.

    ways : {challenge's id: list of parameters, visited in order from the explorer's start}
    """
    start = state(explorer, {})
    visits = {id: [start, *(state(explorer, each) for each in way)] for id, way in ways.items()}
    content = {"module": str(hand(explorer.name)), "visits": visits}
    answer = json.loads(node(JS / "hands.mjs", content=content))
    assert [each["id"] for each in answer["challenges"]] == list(ways) and len(ways) >= 3
    for id, met in answer["found"].items():
        assert met == [False] * (len(met) - 1) + [True], (id, met)
    for said in (text for each in answer["near"].values() for text in each):
        assert said and not re.search("NaN|undefined|null|Infinity|-\\d", said), said
    for challenge in answer["challenges"]:
        question, answers, right = challenge["guess"]
        assert challenge["id"].startswith(explorer.name) and question.endswith("?")
        assert right in answers and len(answers) >= 2 and challenge["say"] and challenge["why"]
    for grip in answer["grips"]:
        assert grip["panel"] in explorer.panels
        assert {name for name in grip["moves"] if name} <= set(explorer.controls)
    return answer
