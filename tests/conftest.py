"""Fixtures for all tests: readable snapshots, and no network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.outline import outline


class _Text(SingleFileSnapshotExtension):
    """One readable file per document."""

    write_mode = WriteMode.TEXT
    _write_mode = WriteMode.TEXT


class MarkdownSnapshot(_Text):
    """The Markdown itself, which a reviewer sees rendered."""

    file_extension = "md"


class OutlineSnapshot(_Text):
    """The structure of a Word file as text, one line a block."""

    file_extension = "outline"

    def serialize(self, data: Any, **kwargs: Any) -> str:
        return outline(data)


@pytest.fixture
def md_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(MarkdownSnapshot)


@pytest.fixture
def docx_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(OutlineSnapshot)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache that nobody has used, so that what an earlier run found out is not believed."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("a test asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
