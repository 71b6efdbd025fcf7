import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from tawazun.base.errors import InputError
from tawazun.ingest.addresses import fetch, is_public
from tawazun.ingest.inputs import read_one

TEXT = "التقى وزير الخارجية المصري نظيره التركي في القاهرة أمس وبحثا الأزمة الليبية."
HOSTS = {"news.example": ["93.184.216.34"], "inner.example": ["10.0.0.5"], "both.example": ["93.184.216.34", "127.0.0.1"]}


def resolve(host, port):
    return HOSTS.get(host) or [host]


def get(url, answer, **options):
    return fetch(url, transport=httpx.MockTransport(answer), resolve=resolve, **options)


def page(request):
    return httpx.Response(200, headers={"content-type": "text/html; charset=windows-1256"}, content=iter([TEXT.encode("cp1256")]))


def test_the_checked_address_is_the_one_that_is_asked():
    seen = []

    def answer(request):
        seen.append((request.url.host, request.headers["host"], request.extensions["sni_hostname"], str(request.url.raw_path)))
        return page(request)

    fetched = get("https://news.example/a?b=1", answer)
    assert seen == [("93.184.216.34", "news.example", "news.example", "b'/a?b=1'")]
    assert (fetched.url, fetched.charset, fetched.data) == ("https://news.example/a?b=1", "windows-1256", TEXT.encode("cp1256"))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data",
        "http://192.168.1.1:8080/",
        "http://[fe80::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "https://inner.example/",
        "https://both.example/",
    ],
)
def test_private_addresses_are_refused_unless_allowed(url):
    with pytest.raises(InputError, match="--allow-private"):
        get(url, page)
    assert get(url, page, allow_private=True).data


def test_a_redirect_to_a_private_address_is_refused():
    with pytest.raises(InputError, match=r"10\.0\.0\.5 is an address of a private network"):
        get("https://news.example/", lambda request: httpx.Response(302, headers={"location": "http://inner.example/x"}))


def test_redirects_are_followed_up_to_five():
    def hops(most):
        def answer(request):
            number = int(request.url.path.strip("/") or 0)
            return page(request) if number == most else httpx.Response(301, headers={"location": f"/{number + 1}"})

        return answer

    assert get("https://news.example/0", hops(5)).url == "https://news.example/5"
    with pytest.raises(InputError, match="more than 5 redirects"):
        get("https://news.example/0", hops(6))


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("file:///etc/passwd", "only http"),
        ("ftp://news.example/a", "only http"),
        ("http:///a", "only http"),
        ("https://user:secret@news.example/", "user name"),
        ("http://news.example:99999/", "not a valid"),
    ],
)
def test_other_addresses_are_refused(url, says):
    with pytest.raises(InputError, match=says) as error:
        get(url, page)
    assert "secret" not in str(error.value)


def test_a_redirect_to_a_file_is_refused():
    with pytest.raises(InputError, match="only http"):
        get("https://news.example/", lambda request: httpx.Response(302, headers={"location": "file:///etc/passwd"}))


def test_answers_that_are_no_article():
    with pytest.raises(InputError, match="404 Not Found"):
        get("https://news.example/", lambda request: httpx.Response(404))
    with pytest.raises(InputError, match="application/pdf"):
        get(
            "https://news.example/",
            lambda request: httpx.Response(200, headers={"content-type": "application/pdf"}, content=iter([b"%PDF"])),
        )
    with pytest.raises(InputError, match="more than 20 MB"):
        get("https://news.example/", lambda request: httpx.Response(200, content=iter([b"a" * (20 * 2**20 + 1)])))

    def silent(request):
        raise httpx.ReadTimeout("slow", request=request)

    with pytest.raises(InputError, match="within 20 seconds"):
        get("https://news.example/", silent)


def test_public_addresses():
    assert all(map(is_public, ["93.184.216.34", "2606:2800:220:1::1", "8.8.8.8"]))
    assert not any(map(is_public, ["224.0.0.1", "::", "240.0.0.1", "fd00::1", "2002:7f00:1::"]))


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=windows-1256")
        self.end_headers()
        paragraphs = "".join(f"<p>{TEXT} وقال مصدر رقم {number} إن المشاورات مستمرة بين الجانبين.</p>" for number in range(4))
        self.wfile.write(
            f"<html lang='ar'><head><title>لقاء</title></head><body><article>{paragraphs}</article></body></html>".encode("cp1256")
        )

    def log_message(self, *_):
        pass


def test_a_page_is_read_from_a_server():
    server = HTTPServer(("127.0.0.1", 0), _Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/a"
    try:
        with pytest.raises(InputError, match="private network"):
            read_one(url)
        article, _ = read_one(url, allow_private=True)
    finally:
        server.shutdown()
    assert TEXT in article.text
    assert (article.id, article.url) == (url, url)
