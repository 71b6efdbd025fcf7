"""Servers and addresses that mean harm; each server is a real one on the loopback interface."""

import gzip
import time
import tracemalloc
import zlib

import httpx
import pytest
from servers import playing, serving

from tawazun.base.errors import InputError
from tawazun.ingest import addresses
from tawazun.ingest.addresses import ask, fetch, is_public

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def drip(connection, data, endless=b"x"):
    connection.sendall(data)
    while True:
        connection.sendall(endless)
        time.sleep(0.05)


@pytest.mark.parametrize(
    "script",
    [
        lambda connection: time.sleep(5),
        lambda connection: drip(connection, b"", b"H"),
        lambda connection: drip(connection, b"HTTP/1.1 200 OK\r\nX-Slow: "),
        lambda connection: drip(connection, HEAD + b"Content-Length: 1000000\r\n\r\n"),
        lambda connection: drip(connection, HEAD + b"\r\n"),
        lambda connection: drip(connection, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        lambda connection: drip(connection, b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    ],
    ids=["silence", "status", "header", "body", "body without length", "chunks", "hints"],
)
def test_slow_answers_are_cut_off_in_time(monkeypatch, script):
    monkeypatch.setattr(addresses, "_SECONDS", 0.5)
    start = time.monotonic()
    with playing(script) as url, pytest.raises(InputError, match=r"no whole answer|no answer"):
        fetch(f"{url}/a", allow_private=True)
    assert time.monotonic() - start < 2


def test_the_time_is_that_of_all_hops_together(monkeypatch):
    monkeypatch.setattr(addresses, "_SECONDS", 0.8)

    def slow(headers):
        time.sleep(0.3)
        return 302, {"Location": "/a"}, b""

    start = time.monotonic()
    with serving({"/a": slow}) as (url, asked), pytest.raises(InputError, match="no whole answer"):
        ask(f"{url}/a", allow_private=True)
    assert time.monotonic() - start < 2 and len(asked) <= 4


@pytest.mark.parametrize(
    ("headers", "body", "says"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(bytes(300 * 2**20)), "more than 20 MB"),
        ({"Content-Encoding": "deflate"}, zlib.compress(bytes(300 * 2**20)), "more than 20 MB"),
        ({}, bytes(21 * 2**20), "more than 20 MB"),
        (
            {"Content-Encoding": "gzip"},
            b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\x00\x00\x00\xff\xff" * 5 * 2**20,
            "more than 20 MB",
        ),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"<html>" * 1000)[:-20], "ends too early"),
        ({"Content-Encoding": "gzip"}, b"not gzip", "can't be unpacked"),
        ({"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(b"a")), "wasn't asked for"),
        ({"Content-Encoding": "br"}, b"a", "wasn't asked for"),
    ],
    ids=["bomb", "deflate bomb", "large", "empty blocks", "cut", "no gzip", "twice", "brotli"],
)
def test_packed_answers_are_unpacked_within_limits(headers, body, says):
    with serving({"/a": (200, {"Content-Type": "text/html"} | headers, body)}) as (url, _):
        tracemalloc.start()
        try:
            with pytest.raises(InputError, match=says):
                fetch(f"{url}/a", allow_private=True)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 90 * 2**20


@pytest.mark.parametrize("coding", [None, "gzip", "deflate"])
def test_packed_answers_come_whole(coding):
    page = b"<html>" + bytes(range(256)) * 5000
    body = {None: page, "gzip": gzip.compress(page), "deflate": zlib.compress(page)}[coding]
    with serving({"/a": (200, {"Content-Type": "text/html"} | ({"Content-Encoding": coding} if coding else {}), body)}) as (url, asked):
        assert fetch(f"{url}/a", allow_private=True).data == page
    assert asked[0][1]["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n" + b"X-Large: " + b"x" * 300_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x00\xff" * 1000,
        b"",
        HEAD + b"Content-Length: 100\r\n\r\nshort",
        HEAD + b"Content-Length: -1\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: data:text/html,a\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: //user:secret@127.0.0.1/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:22/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /" + b"a" * 5000 + b"\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /\xff\xfe\x7f\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_broken_and_misleading_answers_are_one_line(answer):
    with playing(lambda connection: connection.sendall(answer)) as url, pytest.raises(InputError) as error:
        fetch(f"{url}/a", allow_private=True)
    assert "\n" not in str(error.value) and "secret" not in str(error.value)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "LOCALHOST",
        "ｌｏｃａｌｈｏｓｔ",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "127.1",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[fec0::1]",
        "[fd00::1]",
        "[fe80::1%25lo]",
        "0.0.0.0",
        "192.0.0.8",
        "198.18.0.1",
        "255.255.255.255",
    ],
)
def test_no_spelling_of_a_private_address_is_asked(host):
    def reached(request):
        raise AssertionError(f"asked {request.url}")

    with pytest.raises(InputError):
        fetch(f"http://{host}/", transport=httpx.MockTransport(reached))


def test_a_name_that_changes_its_address_between_check_and_request():
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    seen = []

    def answer(request):
        seen.append(request.url.host)
        return httpx.Response(302, headers={"location": "/again"})

    with pytest.raises(InputError, match=r"127\.0\.0\.1 is an address of a private network"):
        fetch("http://turn.example/", transport=httpx.MockTransport(answer), resolve=lambda host, port: next(answers))
    assert seen == ["93.184.216.34"]


@pytest.mark.parametrize("port", [0, 1, 22, 25, 53, 110, 143, 445, 587, 993])
def test_ports_of_other_services_are_refused(port):
    with pytest.raises(InputError, match="isn't one of web servers"):
        fetch(f"http://93.184.216.34:{port}/", transport=httpx.MockTransport(lambda request: httpx.Response(200)))


@pytest.mark.parametrize(
    "url",
    ["http://a b/", "http://a\tb\x00/", "http://.../", "http://" + "a" * 70 + ".example/", "http://[v1.x]/", "http://a/" + "b" * 70_000],
)
def test_addresses_that_are_none(url):
    with pytest.raises(InputError) as error:
        fetch(url)
    assert len(str(error.value)) < 500


def test_the_next_address_is_tried_where_one_does_not_answer():
    with serving({"/a": (200, {"Content-Type": "text/html"}, b"<html>")}) as (url, asked):
        fetched = fetch(f"{url.replace('127.0.0.1', 'two.example')}/a", True, resolve=lambda host, port: ["127.0.0.9", "127.0.0.1"])
    assert fetched.data == b"<html>" and asked[0][1]["host"].startswith("two.example:")


def test_what_is_public():
    assert all(map(is_public, ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]))
    assert not any(map(is_public, ["3fff::1", "5f00::1", "4000::1", "2001::1", "2001:db8::1", "192.88.99.1", "64:ff9b::a00:1"]))
