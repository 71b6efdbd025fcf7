"""Turns an address into what its server answers, from the public internet only unless the user says otherwise.

Whoever writes an address, or a redirect, may want us to reach what only this machine can reach, or to keep us busy. So each hop is checked
and goes to the very internet address that was checked; the time of all hops together, the bytes unpacked and the media types are limited;
one answer is unpacked once, piece by piece.
"""

import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from email.message import Message
from threading import Timer
from types import MappingProxyType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from tawazun.base.errors import InputError

AGENT = "tawazun (+https://pypi.org/project/tawazun/)"
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")

_HOPS = 5
_TRIES = 3
_SIZE = 20 * 2**20
_PIECE = 2**18
_SECONDS = 20.0
_LONGEST = 4096
_SYSTEM_PORTS = range(1024)
_UNICAST = ipaddress.ip_network("2000::/3")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
# What Python's own list calls global in some versions: protocol assignments, relays and tunnels, documentation.
_REFUSED = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")))

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], list[str]]
Permit = Callable[[str], None]
_NONE: Mapping[str, str] = MappingProxyType({})


class Answer(msgspec.Struct, frozen=True):
    """Is what a server answered at the end of all redirects; header names are in lower case, `data` is there only with status 200."""

    url: str
    status: int
    reason: str
    headers: Mapping[str, str]
    data: bytes


class Fetched(msgspec.Struct, frozen=True):
    """Is what an address gave: the last address after redirects, the bytes, their media type and the encoding that the server named."""

    url: str
    data: bytes
    media_type: str
    charset: str | None


def look_up(host: str, port: int) -> list[str]:
    """Returns the internet addresses of a host."""
    return list(dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Tells whether an internet address is public: not private, loopback, link-local, reserved or multicast, nor such a one inside IPv6."""
    ip: IPAddress = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip in _TRANSLATED:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        elif ip not in _UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in _REFUSED)


def fetch(
    url: str,
    allow_private: bool = False,
    transport: httpx.BaseTransport | None = None,
    resolve: Lookup = look_up,
    types: tuple[str, ...] = PAGE_TYPES,
    permit: Permit | None = None,
) -> Fetched:
    """Fetches a page over http or https, as `ask` does. Raises `InputError` also where the status isn't 200 or the type none of `types`."""
    return take(ask(url, {"Accept": ",".join(types)}, allow_private, transport, resolve, permit), types)


def take(answer: Answer, types: tuple[str, ...] = PAGE_TYPES) -> Fetched:
    """Takes a page from an answer; raises `InputError` where the status isn't 200 or the media type none of `types`."""
    if answer.status != 200:
        raise InputError(f"{answer.url}: the server answers {answer.status} {answer.reason}; check the address")
    media_type = answer.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if media_type not in types:
        raise InputError(f"{answer.url}: {media_type}, not a web page or plain text")
    return Fetched(answer.url, answer.data, media_type, charset_of(answer))


def charset_of(answer: Answer) -> str | None:
    """Returns the encoding that the server names, if it does."""
    message = Message()
    message["Content-Type"] = answer.headers.get("content-type", "")
    return message.get_content_charset()


def ask(
    url: str,
    headers: Mapping[str, str] = _NONE,
    allow_private: bool = False,
    transport: httpx.BaseTransport | None = None,
    resolve: Lookup = look_up,
    permit: Permit | None = None,
) -> Answer:
    """Sends a GET over http or https, following up to five redirects by hand; `permit` is asked before each hop and may raise.

    Raises `InputError` where an address is refused, there is no whole answer within 20 seconds, or it is larger than 20 MB.
    """
    current, left = url, _SECONDS
    with httpx.Client(
        follow_redirects=False,
        trust_env=False,
        transport=transport,
        headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", **headers},
    ) as client:
        for _ in range(_HOPS + 1):
            if permit is not None:
                permit(current)
            start = time.monotonic()
            with _Deadline(current, left) as deadline:
                answer = _hop(client, current, allow_private, deadline, resolve)
            left -= time.monotonic() - start
            if isinstance(answer, Answer):
                return answer
            current = answer
    raise InputError(f"{url}: more than {_HOPS} redirects; give the address they end at")


class _Deadline:
    """Is the moment at which a hop's connections are cut, whoever is still waiting on them.

    A time limit for each reading is not enough: a server that sends a letter every ten seconds never reaches it.
    """

    def __init__(self, url: str, seconds: float) -> None:
        self.url, self.passed = url, False
        self.end = time.monotonic() + seconds
        self.sockets: list[socket.socket] = []
        self.timer = Timer(max(seconds, 0.0), self._cut)
        self.timer.daemon = True

    def __enter__(self) -> Self:
        self.timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.timer.cancel()
        for connection in self.sockets:
            connection.close()

    def left(self) -> float:
        """Returns the seconds left; raises `InputError` when there are none."""
        seconds = self.end - time.monotonic()
        if self.passed or seconds <= 0:
            raise self.error()
        return seconds

    def error(self) -> InputError:
        """Makes the error for an answer that isn't whole in time."""
        return InputError(f"{self.url}: no whole answer within {_SECONDS:.0f} seconds; save the page and give the file")

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Takes note of a connection; it is kept as a duplicate, since encryption takes the original over."""
        if event == "connection.connect_tcp.complete":
            connection = info["return_value"].get_extra_info("socket")
            if connection is not None:
                self.sockets.append(connection.dup())

    def _cut(self) -> None:
        self.passed = True
        for connection in list(self.sockets):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _hop(client: httpx.Client, url: str, allow_private: bool, deadline: _Deadline, resolve: Lookup) -> Answer | str:
    """Returns the answer of one hop, or the address that it redirects to."""
    scheme, host, port = _split(url)
    targets = _checked(host, port or (443 if scheme == "https" else 80), allow_private, url, resolve)
    for number, target in enumerate(targets, 1):
        try:
            request = _request(client, url, target, host, port, deadline)
            with closing(client.send(request, stream=True)) as response:
                if response.has_redirect_location:
                    return _redirect(url, response.headers["location"])
                data = _body(response, url, deadline) if response.status_code == 200 else b""
                deadline.left()
                return Answer(url, response.status_code, response.reason_phrase, dict(response.headers), data)
        except httpx.ConnectError as error:
            if number == len(targets):
                raise InputError(f"{url}: no answer ({error}); check the address, or save the page and give the file") from None
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, UnicodeError) as error:
            if deadline.passed or isinstance(error, httpx.TimeoutException):
                raise deadline.error() from None
            cause = str(error) or type(error).__name__
            raise InputError(f"{url}: no answer ({cause}); check the address, or save the page and give the file") from None
    raise InputError(f"{url}: no answer; check the address")


def _redirect(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise InputError(f"{url}: redirects to {location[:80]!r}, which isn't a valid address") from None


def _split(url: str) -> tuple[str, str, int | None]:
    """Returns the scheme, host and port of an address that may be asked."""
    if len(url) > _LONGEST:
        raise InputError(f"{url[:80]}…: {len(url):,} characters, not a valid address")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        raise InputError(f"{url}: not a valid address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(f"{url}: only http:// and https:// addresses are read")
    if parts.username is not None:
        raise InputError(f"{parts.scheme}://{host}: an address with a user name or password isn't read; save the page and give the file")
    if port in _SYSTEM_PORTS and port not in (80, 443):
        raise InputError(f"{url}: port {port} isn't one of web servers; save the page and give the file")
    return parts.scheme, host, port


def _checked(host: str, port: int, allow_private: bool, url: str, resolve: Lookup) -> list[str]:
    """Returns the internet addresses of a host, of which none may be private unless that is allowed."""
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{url}: the host {host!r} isn't known ({getattr(error, 'strerror', None) or error})") from None
    if not found:
        raise InputError(f"{url}: the host {host!r} has no address")
    private = next((address for address in found if not is_public(address)), None)
    if private and not allow_private:
        raise InputError(f"{url}: {private} is an address of a private network; give --allow-private if you mean it")
    return [address.partition("%")[0] for address in found[:_TRIES]]


def _request(client: httpx.Client, url: str, target: str, host: str, port: int | None, deadline: _Deadline) -> httpx.Request:
    """Makes the request to a checked internet address, so that nobody can change what the host's name stands for in between."""
    address = httpx.URL(url).copy_with(host=target)
    header = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    return client.build_request(
        "GET", address, headers={"Host": header}, timeout=deadline.left(), extensions={"sni_hostname": host, "trace": deadline.trace}
    )


def _body(response: httpx.Response, url: str, deadline: _Deadline) -> bytes:
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise InputError(f"{url}: packed as {coding[:40]!r}, which wasn't asked for; save the page and give the file")
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_raw() if coding in ("identity", "") else _unpacked(response.iter_raw(), url):
        size += len(piece)
        if size > _SIZE:
            raise InputError(f"{url}: more than {_SIZE // 2**20} MB; save the article's text and give the file")
        deadline.left()
        pieces.append(piece)
    return b"".join(pieces)


def _limited(chunks: Iterable[bytes], url: str) -> Iterator[bytes]:
    """Yields chunks until they are more than an answer may have, even where nothing comes out of them."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > _SIZE:
            raise InputError(f"{url}: more than {_SIZE // 2**20} MB; save the article's text and give the file")
        yield chunk


def _unpacked(chunks: Iterable[bytes], url: str) -> Iterator[bytes]:
    """Unpacks gzip or deflate, a piece of limited size at a time: a packed megabyte may hold a gigabyte."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for chunk in _limited(chunks, url):
            while chunk and not inflater.eof:
                yield inflater.decompress(chunk, _PIECE)
                chunk = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise InputError(f"{url}: can't be unpacked ({error}); save the page and give the file") from None
    if not inflater.eof:
        raise InputError(f"{url}: the answer ends too early; try again, or save the page and give the file")
