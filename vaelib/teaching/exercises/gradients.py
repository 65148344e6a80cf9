"""The gradient of right values: it counts where an exercise asks for one, its value too."""

import torch

from vaelib.teaching.exercises.comparing import copied, near
from vaelib.teaching.exercises.formula import Values
from vaelib.teaching.exercises.mistakes.making import singles
from vaelib.teaching.exercises.mistakes.results import lost_gradient
from vaelib.teaching.exercises.running import run

WITHIN = 1e-3  # of a gradient's size


def fault(exercise, cases):
    """What is wrong with the gradient of right values, in a sentence, or None."""
    for case in cases if exercise.gradient else ():
        outputs = case.got if isinstance(case.got, tuple) else (case.got,)
        names = [exercise.arguments()[i] for i in exercise.gradient]
        if not all(torch.is_tensor(part) and part.requires_grad for part in outputs):
            return (
                f"The values are right, but no gradient flows back to {names[0]}: the way is cut. "
                "Stay in torch, without detach, item, numpy or no_grad."
            )
        done = run(slopes, (outputs, [case.given[i] for i in exercise.gradient]), exercise.seconds)
        if done.late or done.error:
            return f"The values are right, but the gradient cannot be taken: {_why(done)}"
        said = _compared(exercise, case, names, done.value)
        if said:
            return said
    return None


def _compared(exercise, case, names, got):
    """What is wrong with the slopes, argument by argument."""
    own = copied(case.kept)
    wanted = slopes(exercise.reference(*own), [own[i] for i in exercise.gradient])
    for name, a, b in zip(names, got, wanted, strict=True):
        if a is None:
            return (
                f"The values are right, but no gradient flows back to {name}: no path of the graph "
                "leads there. Was it detached?"
            )
        if not a.isfinite().all():
            return f"The values are right, but the gradient of {name} is not finite."
        if not _near(a, b):
            where = _cut(exercise, case, got) or "Is a part of it detached, or under no_grad?"
            return f"The values are right, but the gradient of {name} is not. {where}"
    return None


def _cut(exercise, case, got):
    """Through which part of the reference no gradient flows, in a sentence, or None."""
    for formula in exercise.formulas():
        for mutant in singles(formula, case.kept, (lost_gradient,)):
            given = copied(case.kept)
            asked = [given[i] for i in exercise.gradient]
            try:
                found = slopes(Values(formula, given).of(mutant.changes), asked)
            except Exception:
                continue
            pairs = zip(got, found, strict=True)
            if all(b is not None and _near(a, b) for a, b in pairs):
                return mutant.sentence
    return None


def _near(a, b):
    return near((a.numpy(),), (b.numpy(),), WITHIN)


def slopes(outputs, given):
    """The gradients of a weighed sum of all outputs, so that none cancels by symmetry."""
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    weights = [torch.linspace(1, 2, part.numel()).reshape(part.shape) for part in outputs]
    total = sum((part * weight).sum() for part, weight in zip(outputs, weights, strict=True))
    return torch.autograd.grad(total, given, retain_graph=True, allow_unused=True)


def _why(done):
    """What stood in the way of a gradient, in the reader's terms."""
    if "inplace operation" in (done.error or ""):
        return "an operation in place, such as −=, changed what it needs."
    if "backward through the graph a second time" in (done.error or ""):
        return "your function has taken it already, and freed what it needs."
    return done.late or done.error
