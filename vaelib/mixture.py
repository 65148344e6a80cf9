"""Interim."""

from vaelib.engine.products import e_step, m_step, natural_parameters, statistics  # noqa: F401
