"""Read by Python when it starts, in the workers of these tests only (PYTHONPATH): documents that kill or take long."""

import os
import signal
import time
from typing import Any

from communique import api

_coded = api.code_within_limits


def _deadly(coder: Any, report: Any) -> Any:
    if "poisonous" in report.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "ponderous" in report.text:
        time.sleep(0.5)
    return _coded(coder, report)


api.code_within_limits = _deadly
