"""Settings of all property tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# How long an example takes is not what is tested: on a busy machine tests failed for what others did.
settings.register_profile("gilint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gilint")
