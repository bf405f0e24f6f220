"""How many examples a property test tries: few in `make test`, many in `make fuzz`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("COMMUNIQUE_EXAMPLES") or 0)


def budget(usual: int) -> settings:
    """`usual` examples, or `COMMUNIQUE_EXAMPLES` where that is set."""
    return settings(
        max_examples=EXAMPLES or usual,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
    )
