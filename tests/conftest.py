"""Makes every run of the property tests the same run."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "tawazun", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("tawazun")
