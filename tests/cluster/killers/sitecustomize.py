"""Read by Python when it starts, in the workers of these tests only (PYTHONPATH): documents that kill or take long."""

import os
import signal
import time
from pathlib import Path
from typing import Any

from communique import api
from communique.language import pipeline
from communique.merging import parts

_coded = api.code_within_limits


def _deadly(coder: Any, report: Any) -> Any:
    if "poisonous" in report.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "ponderous" in report.text:
        time.sleep(0.5)
    return _coded(coder, report)


api.code_within_limits = _deadly

_parsed = pipeline._Parser.parse


def _venomous(parser: Any, paragraphs: Any) -> Any:
    if any("venomous" in paragraph for paragraph in paragraphs):
        os.kill(os.getpid(), signal.SIGKILL)
    while any("endless" in paragraph for paragraph in paragraphs):
        time.sleep(0.01)
    return _parsed(parser, paragraphs)


pipeline._Parser.parse = _venomous  # type: ignore[method-assign]

_merged = parts.merge_shard


def _murderous(shard: Any) -> Any:
    """Dies as long as there is a file in the folder that the environment names; each death takes one away."""
    for file in Path(os.environ.get("COMMUNIQUE_DEATHS") or "nowhere").glob("*"):
        file.unlink(missing_ok=True)
        os.kill(os.getpid(), signal.SIGKILL)
    return _merged(shard)


parts.merge_shard = _murderous
