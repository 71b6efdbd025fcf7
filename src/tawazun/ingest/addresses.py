"""Turns the address of a page into its bytes, from the public internet only unless the user says otherwise."""

import ipaddress
import socket
import time
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from tawazun.base.errors import InputError

_HOPS = 5
_SIZE = 20 * 2**20
_SECONDS = 20.0
_AGENT = "tawazun (+https://pypi.org/project/tawazun/)"
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_TYPES = ("text/html", "application/xhtml+xml", "text/plain")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Lookup = Callable[[str, int], list[str]]


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
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast


def fetch(url: str, allow_private: bool = False, transport: httpx.BaseTransport | None = None, resolve: Lookup = look_up) -> Fetched:
    """Fetches a page over http or https, following up to five redirects by hand; each hop goes to the very address that was checked.

    Raises `InputError` where an address is refused, doesn't answer in 20 seconds, or gives more than 20 MB or something other than text.
    """
    deadline = time.monotonic() + _SECONDS
    with httpx.Client(
        follow_redirects=False, trust_env=False, transport=transport, headers={"User-Agent": _AGENT, "Accept": "text/html,text/plain"}
    ) as client:
        current = url
        for _ in range(_HOPS + 1):
            request = _request(client, current, allow_private, deadline, resolve)
            try:
                response = client.send(request, stream=True)
                try:
                    if response.is_redirect:
                        current = urljoin(current, response.headers["location"])
                        continue
                    return _body(response, current, deadline)
                finally:
                    response.close()
            except httpx.HTTPError as error:
                raise InputError(f"{current}: no answer ({_cause(error)}); check the address, or save the page and give the file") from None
    raise InputError(f"{url}: more than {_HOPS} redirects; give the address they end at")


def _cause(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return f"nothing came within {_SECONDS:.0f} seconds"
    return str(error) or type(error).__name__


def _request(client: httpx.Client, url: str, allow_private: bool, deadline: float, resolve: Lookup) -> httpx.Request:
    """Checks an address and makes the request to the first of its host's addresses, so that nobody can change them in between."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        raise InputError(f"{url}: not a valid address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(f"{url}: only http:// and https:// addresses are read")
    if parts.username is not None:
        raise InputError(f"{parts.scheme}://{host}: an address with a user name or password isn't read; save the page and give the file")
    target = _checked(host, port or (443 if parts.scheme == "https" else 80), allow_private, url, resolve)
    left = deadline - time.monotonic()
    if left <= 0:
        raise InputError(f"{url}: nothing came within {_SECONDS:.0f} seconds; save the page and give the file")
    address = httpx.URL(url).copy_with(host=target)
    header = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    return client.build_request("GET", address, headers={"Host": header}, timeout=left, extensions={"sni_hostname": host})


def _checked(host: str, port: int, allow_private: bool, url: str, resolve: Lookup) -> str:
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{url}: the host {host!r} isn't known ({getattr(error, 'strerror', None) or error})") from None
    if not found:
        raise InputError(f"{url}: the host {host!r} has no address")
    private = next((address for address in found if not is_public(address)), None)
    if private and not allow_private:
        raise InputError(f"{url}: {private} is an address of a private network; give --allow-private if you mean it")
    return found[0].partition("%")[0]


def _body(response: httpx.Response, url: str, deadline: float) -> Fetched:
    if response.status_code != 200:
        raise InputError(f"{url}: the server answers {response.status_code} {response.reason_phrase}; check the address")
    media_type = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if media_type not in _TYPES:
        raise InputError(f"{url}: {media_type}, not a web page or plain text")
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > _SIZE:
            raise InputError(f"{url}: more than {_SIZE // 2**20} MB; save the article's text and give the file")
        if time.monotonic() > deadline:
            raise InputError(f"{url}: not complete within {_SECONDS:.0f} seconds; save the page and give the file")
        chunks.append(chunk)
    return Fetched(url, b"".join(chunks), media_type, response.charset_encoding)
