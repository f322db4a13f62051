"""What the handlers of custom requests share: params in as a model, a model out, our errors as responses."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from smallcode.errors import SmallCodeError
from smallcode.events import Wire

if TYPE_CHECKING:
    from .server import SmallCodeServer

Model = TypeVar("Model", bound=Wire)

# LSP's code for a request that was valid and failed all the same.
REQUEST_FAILED = -32803


def parse(model: type[Model], params: object) -> Model:
    """The params of a custom method. Raises JsonRpcInvalidParams that names each field at fault."""
    try:
        return model.model_validate({} if params is None else params)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in row['loc']) or 'params'}: {row['msg']}"
            for row in error.errors(include_url=False, include_context=False, include_input=False)
        )
        raise JsonRpcInvalidParams(f"Invalid params: {faults}") from None


def failed(error: SmallCodeError) -> JsonRpcException:
    """The error as a response: message and remedy for the user, the kind for programs."""
    data = {"code": type(error).__name__, "remedy": error.remedy}
    return JsonRpcException(str(error), REQUEST_FAILED, data)


Handler = Callable[["SmallCodeServer", Any], Coroutine[Any, Any, Any]]


def request(model: type[Model]) -> Callable[[Callable[[Any, Model], Coroutine[Any, Any, Wire]]], Handler]:
    """A handler of a custom request: params in as ``model``, a Wire out, our exceptions as responses."""

    def decorate(handler: Callable[[Any, Model], Coroutine[Any, Any, Wire]]) -> Handler:
        @wraps(handler)
        async def wrapped(ls: SmallCodeServer, params: Any) -> Any:
            try:
                result = await handler(ls, parse(model, params))
            except SmallCodeError as error:
                raise failed(error) from None
            return result.model_dump(mode="json", by_alias=True)

        return wrapped

    return decorate
