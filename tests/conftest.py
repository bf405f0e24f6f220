"""Fixtures that several rooms use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from communique.settings import DEFAULT

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The language model, loaded once for the whole run."""
    from communique.language.pipeline import load_model

    return load_model(DEFAULT.model)
