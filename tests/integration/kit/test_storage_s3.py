"""The same storage on an S3 server (a real one in production; moto speaks its protocol here)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from uuid import uuid4

import pytest

from core.kit.storage import MissingContentError, Storage, key_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import boto3
    from moto.server import ThreadedMotoServer


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": address,
        "AWS_ENDPOINT": address,
        "AWS_ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(name, value)
    boto3.client("s3", endpoint_url=address, region_name="us-east-1").create_bucket(Bucket="thidua")
    yield "s3://thidua/files"
    server.stop()


async def test_contents_go_in_come_back_and_go_away(bucket: str) -> None:
    storage, key = Storage.from_url(bucket), key_of(uuid4(), "ab12")
    await storage.put(key, b"minh chung")
    await storage.put(key, b"minh chung")
    assert await storage.get(key) == b"minh chung"
    await storage.delete(key)
    with pytest.raises(MissingContentError):
        await storage.get(key)
    await storage.delete(key)


async def test_two_departments_do_not_share_a_content(bucket: str) -> None:
    storage, one, two = Storage.from_url(bucket), key_of(uuid4(), "ab"), key_of(uuid4(), "ab")
    await storage.put(one, b"one")
    await storage.put(two, b"two")
    assert (await storage.get(one), await storage.get(two)) == (b"one", b"two")
