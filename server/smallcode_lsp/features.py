"""What the client announces that it serves beyond LSP itself."""

from __future__ import annotations

import logging

from pydantic import ValidationError

from .wire import ClientFeatures

log = logging.getLogger(__name__)


def client_features(experimental: object) -> ClientFeatures:
    """From ``experimental`` of the client's capabilities; nothing where it says nothing that can be read."""
    announced = experimental.get("smallcode") if isinstance(experimental, dict) else None
    try:
        return ClientFeatures.model_validate(announced or {})
    except ValidationError as error:
        log.warning("experimental.smallcode of the client's capabilities is ignored: %s", error)
        return ClientFeatures()
