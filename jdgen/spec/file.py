"""What a spec file is apart from its contents: where it was read from."""

from __future__ import annotations

from typing import Self

from pydantic import PrivateAttr

from jdgen.problem import Origin
from jdgen.spec.base import Spec


class SpecFile(Spec):
    """The root of a file: it knows its name, and where each of its parts was written."""

    _id: str = PrivateAttr("")
    _origin: Origin | None = PrivateAttr(None)

    @property
    def id(self) -> str:
        """The file's name without `.yaml`; what other files refer to it by."""
        return self._id

    @property
    def origin(self) -> Origin | None:
        """The file that it was read from; None for one made in Python."""
        return self._origin

    def read_from(self, id: str, origin: Origin) -> Self:
        """The same content, with its id and origin."""
        copy = self.model_copy()
        copy._id, copy._origin = id, origin
        return copy
