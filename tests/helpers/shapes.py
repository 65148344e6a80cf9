"""Where bad input is tried: the package's own errors must come, not those of the annotations."""

from contextlib import contextmanager

import jaxtyping


@contextmanager
def unchecked():
    """Inside, annotated shapes and types are not checked."""
    jaxtyping.config.update("jaxtyping_disable", True)
    try:
        yield
    finally:
        jaxtyping.config.update("jaxtyping_disable", False)
