"""A reader's function on some draws of the inputs: its values as it stands and with changes."""

import ast

import torch

from vaelib.teaching.exercises.answers.watched import Watched
from vaelib.teaching.exercises.comparing import EXACT, ROUNDED, arrays, copied, near

LOOPS = (ast.For, ast.AugAssign, ast.comprehension, ast.Lambda)  # names that change


class Answer:
    """A function, the inputs, and what would be right.

    Parameters
    ----------
    function : callable
        Plain, with a source that can be had; else a TypeError is raised.
    draws : list of tuple
        Inputs.
    wanted : list of tuple of arrays
        What is right on each.
    """

    def __init__(self, function, draws, wanted):
        self.watched = Watched(function)
        self.draws, self.wanted = draws, wanted
        self.numbers = {node: place for place, node in enumerate(self.watched.nodes)}
        self.seen = [{} for _ in draws]
        runs = zip(draws, self.seen, strict=True)
        self.given = [arrays(self.watched.run(copied(given), seen=seen)) for given, seen in runs]
        tree = self.watched.trees[0]
        self.arguments = [part.arg for part in tree.args.args]
        self.lines = [line for line in ast.walk(tree) if isinstance(line, ast.Assign)]
        self.graded = "grad" in self.watched.source or "backward" in self.watched.source
        nodes = [node for one in self.watched.trees for node in ast.walk(one)]
        self.above = {part: node for node in nodes for part in ast.iter_child_nodes(node)}
        self.loops = any(isinstance(node, LOOPS) for node in nodes)
        self.scopes = [self._scope(*each) for each in zip(draws, self.seen, strict=True)]
        self.k, self.scope = 0, self.scopes[0]  # the draw that it runs on, and its names

    def places(self):
        """Each place that was reached on the first draw: number, node and value."""
        return [(k, self.watched.nodes[k], value) for k, value in self.seen[0].items()]

    def values(self, k, *edits):
        """The arrays that it returns with changes on draw k, or None."""
        self.k, self.scope = k, self.scopes[k]
        try:
            with torch.set_grad_enabled(self.graded):
                return arrays(self.watched.run(copied(self.draws[k]), *edits))
        except Exception:
            return None

    def gives(self, wanted, edits, part=None):
        """Whether it returns these arrays on all draws with changes; of several values one."""
        return all(alike(self.values(k, *edits), values, part) for k, values in enumerate(wanted))

    def right(self, part, *edits):
        """Whether it is right with changes; of several values one."""
        return self.gives(self.wanted, edits, part)

    def value_of(self, node):
        """What an expression was on the first draw; of a module or a function, itself."""
        if node in self.numbers:
            return self.seen[0].get(self.numbers[node])
        try:
            return eval(ast.unparse(node), self.watched.function.__globals__)
        except Exception:
            return None

    def uses(self, node, seen=()):
        """The arguments that an expression depends on, by its names and the lines that make them.

        None of a function with a loop, where names change.
        """
        if self.loops:
            return None
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        made = [line for line in self.lines if names & {*_names(line)} and line not in seen]
        below = (self.uses(line.value, (*seen, *made)) for line in made)
        return (names & {*self.arguments}).union(*below)

    def is_returned(self, node):
        """Whether an expression is what is returned."""
        above = self.above[node]
        whole = self.above[above] if isinstance(above, ast.Tuple) else above
        return isinstance(whole, (ast.Return, ast.Lambda))

    def used(self, names):
        """Which of the reference's arguments, by position, the source uses for their values."""
        if len(names) != len(self.arguments):
            return frozenset()
        read = {
            node.id
            for node in self.watched.nodes
            if isinstance(node, ast.Name) and not _for_its_shape(node, self.above)
        }
        return frozenset(
            name for name, own in zip(names, self.arguments, strict=True) if own in read
        )

    @property
    def called(self):
        """The names of the functions, methods and attributes in the source."""
        nodes = [node for one in self.watched.trees for node in ast.walk(one)]
        names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        return names | {node.id for node in nodes if isinstance(node, ast.Name)}

    @property
    def written(self):
        """The sizes of the numbers that stand in the source."""
        nodes = (node for one in self.watched.trees for node in ast.walk(one))
        values = [node.value for node in nodes if isinstance(node, ast.Constant)]
        return {abs(value) for value in values if isinstance(value, (int, float))}

    def holds(self, whole, node):
        """Whether an expression is, or holds, another one."""
        while node is not whole and node in self.above:
            node = self.above[node]
        return node is whole

    def is_within(self, node, steps, strictly):
        """Whether an expression is part of one of some others, or is one of them."""
        if strictly:
            node = self.above[node]
        while node not in steps and node in self.above:
            node = self.above[node]
        return node in steps

    def feeds(self, node, target, seen=()):
        """Whether an expression is part of another one, or of the lines that make its names."""
        if self.holds(target, node):
            return True
        names = {part.id for part in ast.walk(target) if isinstance(part, ast.Name)}
        made = [line for line in self.lines if names & {*_names(line)} and line not in seen]
        return any(self.feeds(node, line.value, (*seen, *made)) for line in made)

    def at_hand(self, node):
        """The names that have values before the line of an expression."""
        found = [name for line in self.lines if line.lineno < node.lineno for name in _names(line)]
        return [name for name in dict.fromkeys(self.arguments + found) if name in self.scope]

    def _scope(self, given, seen):
        """The function's names and their values."""
        scope = dict(zip(self.arguments, given, strict=False))
        for line in self.lines:
            if self.numbers.get(line.value) in seen:
                scope |= dict.fromkeys(_names(line), seen[self.numbers[line.value]])
        return scope


def alike(found, wanted, part=None):
    """Whether two tuples of arrays are equal, or of several only one."""
    if not found or not wanted or len(found) != len(wanted):
        return False
    which = slice(None) if part is None else slice(part, part + 1)
    short = any(one.dtype.kind == "f" and one.itemsize < 8 for one in found)
    return near(found[which], wanted[which], ROUNDED if short else EXACT)


def _names(line):
    return [target.id for target in line.targets if isinstance(target, ast.Name)]


def _for_its_shape(node, above):
    """Whether a name is read for its length, shape or type alone."""
    match above[node]:
        case ast.Call(ast.Name("len" | "one_hot")):
            return True
        case ast.Attribute(_, "shape" | "dtype" | "ndim" | "new_zeros" | "new_full" | "new_ones"):
            return True
        case ast.Attribute(_, "size" | "numel" | "dim"):
            return True
        case ast.Call(ast.Attribute(_, "to" | "zeros_like" | "ones_like" | "empty_like")):
            return True
    return False
