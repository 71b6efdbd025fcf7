import mailbox
from email.header import Header
from email.message import EmailMessage

import pytest
from page_samples import ASIDE, BODY, LEAD, RIGHTS, SENTENCES, paragraphs

from tawazun.ingest.inputs import list_inputs, read_input

SUBJECT = "نشرة الساحل: لقاء الوفدين في مسقط"
SENDER = "نشرة صوت الساحل"


def letter(text=None, html=None, charset="utf-8", subject=SUBJECT, sender=f"{SENDER} <news@sahel.example>", **more):
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = sender
    message["To"] = "reader@example.org"
    message["Date"] = more.pop("date", "Wed, 19 Aug 2020 23:30:00 +0300")
    message["Message-ID"] = more.pop("id", "<1@sahel.example>")
    if text is not None:
        message.set_content(text, charset=charset)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html", charset=charset)
    return message


def read(path, data):
    path.write_bytes(bytes(data) if isinstance(data, EmailMessage) else data)
    return list(read_input(list_inputs([str(path)]).inputs[0]))


NEWSLETTER = (
    "<html><body><table width=600><tr><td><a href=#>عرض هذه الرسالة في المتصفح</a></td></tr>"
    f"<tr><td><h2>الخبر الأول</h2>{paragraphs(*SENTENCES[:3])}"
    f"<p>{ASIDE}</p></td></tr><tr><td><h2>الخبر الثاني</h2>{'<br>'.join(SENTENCES[3:])}</td></tr>"
    f"<tr><td>{RIGHTS}</td></tr><tr><td>لإلغاء الاشتراك اضغط هنا</td></tr></table></body></html>"
)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_a_newsletter_is_one_article(tmp_path, charset):
    (found,) = read(tmp_path / "a.eml", letter("نص بديل قصير للرسالة", NEWSLETTER, charset))
    article = found.article
    assert found.problem is None and found.line is None
    assert (article.title, article.outlet, article.published, article.id) == (SUBJECT, SENDER, "2020-08-19", "<1@sahel.example>")
    assert all(sentence in article.text.splitlines() for sentence in SENTENCES)
    assert not [words for words in (ASIDE, RIGHTS, "لإلغاء", "في المتصفح", "نص بديل") if words in article.text]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
def test_a_plain_letter(tmp_path, charset):
    (found,) = read(tmp_path / "a.eml", letter(f"{LEAD}\n\n{BODY[0]}\n", charset=charset))
    assert found.article.text == f"{LEAD}\n\n{BODY[0]}"


@pytest.mark.parametrize("charset", ["windows-1256", "utf-8", "iso-8859-6"])
def test_encoded_headers(tmp_path, charset):
    subject, name = (Header(text, charset).encode() for text in (SUBJECT, SENDER))
    raw = f"From: {name} <a@sahel.example>\nSubject: {subject}\nDate: Wed, 19 Aug 2020 10:00:00 GMT\nTo: b@example.org\n\n".encode()
    (found,) = read(tmp_path / "a.eml", raw + LEAD.encode())
    assert (found.article.title, found.article.outlet, found.article.text) == (SUBJECT, SENDER, LEAD)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256"])
def test_headers_in_plain_eight_bit_letters(tmp_path, encoding):
    raw = f"From: {SENDER} <a@sahel.example>\nSubject: {SUBJECT}\nDate: x\nTo: b@example.org\n\n{LEAD}".encode(encoding)
    (found,) = read(tmp_path / "a.eml", raw)
    assert (found.article.title, found.article.outlet, found.article.text) == (SUBJECT, SENDER, LEAD)


def test_a_body_whose_encoding_is_wrongly_named(tmp_path):
    raw = b"From: a@sahel.example\nSubject: x\nContent-Type: text/plain; charset=iso-8859-1\nTo: b@example.org\n\n" + LEAD.encode("cp1256")
    (found,) = read(tmp_path / "a.eml", raw)
    assert (found.article.text, found.article.outlet, found.article.published) == (LEAD, "a@sahel.example", None)


@pytest.mark.parametrize(
    ("date", "says"),
    [("Sun, 31 Feb 2013 10:00:00 GMT", "isn't a day"), ("Wed, 19 Aug 3013 10:00:00 GMT", "between"), ("yesterday", "isn't a day")],
)
def test_wrong_dates(tmp_path, date, says):
    raw = f"From: a@sahel.example\nSubject: x\nDate: {date}\nTo: b@example.org\n\n{LEAD}".encode()
    (found,) = read(tmp_path / "a.eml", raw)
    assert found.article.published is None and says in found.problem and "read without a date" in found.problem


def test_attachments_are_counted_and_pictures_in_the_text_are_not(tmp_path):
    message = letter(LEAD)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    message.add_attachment(BODY[0], filename="b.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", disposition="inline", cid="<logo>")
    (found,) = read(tmp_path / "a.eml", message)
    assert found.article.text == LEAD and found.problem == "2 attachments passed over"
    only = letter()
    only.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    (found,) = read(tmp_path / "b.eml", only)
    assert found.article is None and "only 1 attachment" in found.problem


def test_mbox_files_by_their_ending_and_by_their_first_bytes(tmp_path):
    for name in ("a.mbox", "Inbox"):
        box = mailbox.mbox(tmp_path / name)
        for number, text in enumerate((LEAD, "Only English in this letter.", f"From أول السطر\n{BODY[0]}")):
            box.add(letter(text, id=f"<{number}@sahel.example>"))
        box.close()
        before = (tmp_path / name).read_bytes()
        found = list(read_input(list_inputs([str(tmp_path / name)]).inputs[0]))
        assert [item.line for item in found] == [1, 2, 3]
        assert [item.article.text if item.article else None for item in found][:2] == [LEAD, None]
        assert BODY[0] in found[2].article.text and "not Arabic" in found[1].problem
        assert (tmp_path / name).read_bytes() == before


def test_a_maildir_is_one_input_and_left_as_it_is(tmp_path):
    box = mailbox.Maildir(tmp_path / "in" / "mail", create=True) if (tmp_path / "in").mkdir() is None else None
    for number in range(3):
        box.add(letter(f"{LEAD} {number}.", id=f"<{number}@sahel.example>"))
    folder = box.add_folder("Old")
    folder.add(letter(BODY[0]))
    (tmp_path / "in" / "a.txt").write_text(LEAD, "utf-8")
    listing = list_inputs([str(tmp_path / "in")])
    assert [item.kind for item in listing.inputs] == ["file", "maildir", "maildir"]
    found = [found for item in listing.inputs for found in read_input(item)]
    assert len([item for item in found if item.article]) == 5
    assert len(list((tmp_path / "in" / "mail" / "new").iterdir())) == 3
    assert [item.kind for item in list_inputs([str(tmp_path / "in" / "mail")]).inputs] == ["maildir", "maildir"]


@pytest.mark.parametrize(
    "raw",
    [
        b"From: =?x?q?\xff?=\nSubject: =?utf-8?b?!!!?=\nDate: \xff\nTo: ,,;\n\n",
        b"From: a\nSubject: b\nContent-Type: multipart/mixed\nTo: c\n\n--x\n",
        b"From: a\nSubject: b\nContent-Type: text/html; charset=no-such\nTo: c\n\n<p>",
        b"From: <\nSubject: b\nContent-Transfer-Encoding: base64\nTo: c\n\n%%%%",
        b"From: a\nTo: b\nSubject: c\n" + b"X: y\n" * 20_000 + b"\n",
        b"",
        b"\n\n\n",
    ],
)
def test_broken_letters_cost_themselves_only(tmp_path, raw):
    (found,) = read(tmp_path / "a.eml", raw)
    assert found.article is None and found.problem and "\n" not in found.problem
