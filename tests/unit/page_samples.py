"""Makes saved web pages as Arabic outlets mark them up, oddly; the sentences are the project's own."""

import json
from dataclasses import dataclass, field

TITLE = "الوفدان يختتمان جولة المحادثات في مسقط"
OUTLET = "صوت الساحل"
DAY = "2020-08-19"
URL = "https://sahel.example/news/4711"
LEAD = "اختتم الوفدان مساء أمس في مسقط جولة المحادثات الثالثة من دون التوصل إلى اتفاق نهائي بشأن تبادل الأسرى."
BODY = (
    "وقال رئيس الوفد الحكومي إن الجانبين اتفقا على عقد جولة رابعة مطلع الشهر المقبل في العاصمة العمانية.",
    "وأضاف أن الخلاف ما زال قائما حول أسماء المعتقلين الذين تشملهم الدفعة الأولى، معربا عن أمله في تجاوزه قريبا.",
    "من جهته، دعا المبعوث الأممي الطرفين إلى الالتزام بالهدنة وتسهيل وصول المساعدات إلى المناطق المحاصرة.",
    "وكانت الجولة السابقة قد انتهت في حزيران الماضي بالاتفاق على فتح ممر إنساني لم ينفذ حتى الآن.",
    "وأكدت الخارجية العمانية في بيان استعداد السلطنة لمواصلة جهود الوساطة بين جميع الأطراف.",
)
SENTENCES = (LEAD, *BODY)
NAVIGATION = ("الرئيسية", "رياضة", "اقتصاد وأسواق", "منوعات")
COOKIES = "يستخدم هذا الموقع ملفات تعريف الارتباط لتحسين تجربتك، وباستمرارك في التصفح فإنك توافق على سياسة الخصوصية."
ASIDE = "اقرأ أيضا: ارتفاع أسعار القمح في الأسواق العالمية للأسبوع الرابع على التوالي"
RIGHTS = "جميع الحقوق محفوظة لمؤسسة صوت الساحل للإعلام 2023"
COMMENT = "تعليق من أبي سالم: نتمنى أن تنتهي هذه الحرب وأن يعود الجميع إلى بيوتهم سالمين بإذن الله."
RELATED = ("تعادل الفريقين في نهائي الكأس بعد مباراة مثيرة", "معرض الكتاب يفتتح أبوابه أمام الزوار غدا")
BOILERPLATE = (*NAVIGATION[1:], COOKIES, ASIDE, RIGHTS, COMMENT, *RELATED)


@dataclass(frozen=True)
class Saved:
    """Is a page, and what reading it must give; `sentences` must all be there, nothing of `BOILERPLATE` may."""

    html: str
    encoding: str = "utf-8"
    title: str | None = TITLE
    published: str | None = DAY
    outlet: str | None = OUTLET
    sentences: tuple[str, ...] = field(default=SENTENCES)

    @property
    def data(self) -> bytes:
        return self.html.encode(self.encoding)


def head(*more: str, title: str = f"{TITLE} | {OUTLET}", charset: str | None = "utf-8", site: bool = True) -> str:
    named = f'<meta property="og:site_name" content="{OUTLET}">' if site else ""
    encoding = f"<meta charset='{charset}'>" if charset else ""
    return f"<head>{encoding}<title>{title}</title>{named}{''.join(more)}</head>"


def menu() -> str:
    return "<ul class='menu'>" + "".join(f"<li><a href='/{n}'>{word}</a></li>" for n, word in enumerate(NAVIGATION)) + "</ul>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


def whole(heads: str, body: str) -> str:
    return f'<!DOCTYPE html><html lang="ar" dir="rtl">{heads}<body>{body}</body></html>'


PUBLISHED = f'<meta property="article:published_time" content="{DAY}T22:10:00+02:00">'


def json_ld(**changes: object) -> str:
    known = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "articleBody": "\n\n".join(SENTENCES),
        "datePublished": "2020-08-19T00:30:00+02:00",
        "dateModified": "2020-08-25T10:00:00+02:00",
        "publisher": {"@type": "Organization", "name": OUTLET},
    } | changes
    return f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "WebPage"}, known]}, ensure_ascii=False)}</script>'


SPACED = "\u200f\u200b".join(f"<span>{part} </span>" for part in BODY[1].split(" "))

PAGES = {
    "nested tables": Saved(
        whole(
            head(PUBLISHED),
            f"<table dir=rtl><tr><td>{menu()}</td><td><table><tr><td><h1>{TITLE}</h1></td></tr><tr><td>"
            f"<table><tr><td><font size=4>{'<br><br>'.join(SENTENCES)}</font></td></tr></table></td></tr></table></td></tr>"
            f"<tr><td colspan=2>{RIGHTS}</td></tr></table>",
        )
    ),
    "breaks only": Saved(
        whole(head(PUBLISHED), f"{menu()}<div id=story><h1>{TITLE}</h1>{'<br>'.join(SENTENCES)}<br><br>{ASIDE}<br></div>{RIGHTS}")
    ),
    "windows-1256 declared": Saved(
        whole(
            head(PUBLISHED, charset="windows-1256"),
            f"{menu()}<article><h1>{TITLE}</h1>{paragraphs(*SENTENCES)}</article><footer>{RIGHTS}</footer>",
        ),
        "cp1256",
    ),
    "windows-1256 not declared": Saved(
        whole(
            head(PUBLISHED, charset=None), f"{menu()}<div class=content><h1>{TITLE}</h1>{paragraphs(*SENTENCES)}</div><div>{RIGHTS}</div>"
        ),
        "cp1256",
    ),
    "windows-1256 declared as utf-8": Saved(
        whole(head(PUBLISHED), f"{menu()}<article><h1>{TITLE}</h1>{paragraphs(*SENTENCES)}</article>"), "cp1256"
    ),
    "json-ld": Saved(
        whole(
            head(json_ld(), site=False),
            f"{menu()}<div><h1>{TITLE}</h1><div>{LEAD} <a href='/more'>المزيد</a></div></div><div>{'<br>'.join(RELATED)}</div>",
        )
    ),
    "json-ld without paragraphs": Saved(
        whole(
            head(json_ld(articleBody=" ".join(SENTENCES), publisher={"name": OUTLET})),
            f"{menu()}<article><h1>{TITLE}</h1>{paragraphs(*SENTENCES[:3], ASIDE, *SENTENCES[3:])}</article>",
        )
    ),
    "og tags": Saved(
        whole(
            head(f'<meta property="og:title" content="{TITLE}">', PUBLISHED, title=OUTLET),
            f"{menu()}<main><article>{paragraphs(*SENTENCES)}</article></main><aside>{paragraphs(*RELATED)}</aside>",
        )
    ),
    "date in Arabic words": Saved(
        whole(
            head(),
            f"{menu()}<h1>{TITLE}</h1><div class=meta>الأربعاء 19 آب/أغسطس 2020 - 14:05</div>"
            f"<div class=text>{paragraphs(*SENTENCES)}</div><footer>{RIGHTS}</footer>",
        )
    ),
    "Hijri date": Saved(
        whole(
            head(),
            f"<div>الخميس 30 محرم 1445 هـ</div>{menu()}<h1>{TITLE}</h1><p class=date>نشر في: الأربعاء 29 ذو الحجة 1441 هـ</p>"
            f"<p class=date>آخر تحديث: الخميس 20 أغسطس 2020</p><div>{paragraphs(*SENTENCES)}</div>",
        )
    ),
    "text in divs": Saved(
        whole(
            head(PUBLISHED),
            f"{menu()}<div class=wrap><h1>{TITLE}</h1>{''.join(f'<div>{text}</div>' for text in SENTENCES)}</div>"
            f"<div class=related>{''.join(f'<div><a href=#>{text}</a></div>' for text in RELATED)}</div><div>{RIGHTS}</div>",
        )
    ),
    "cookie banner and read also": Saved(
        whole(
            head(PUBLISHED),
            f"<div id=gdpr-banner><p>{COOKIES}</p><button>موافق</button></div>{menu()}<article><h1>{TITLE}</h1>"
            f"{paragraphs(*SENTENCES[:3])}<div class=box><p>{ASIDE}</p></div>{paragraphs(SENTENCES[3])}"
            f"<p><strong>اقرأ أيضا</strong></p><ul><li><a href=#>{RELATED[0]}</a></li><li><a href=#>{RELATED[1]}</a></li></ul>"
            f"{paragraphs(*SENTENCES[4:])}</article>",
        )
    ),
    "lead in a heading": Saved(
        whole(
            head(PUBLISHED),
            f"{menu()}<article><h1>{TITLE}</h1><h2>{LEAD}</h2>{paragraphs(*BODY)}</article>"
            f"<section class=most-read>{paragraphs(*RELATED)}</section>",
        )
    ),
    "spans and zero-width characters": Saved(
        whole(
            head(PUBLISHED),
            f"{menu()}<article><h1>{TITLE}</h1><p>{LEAD}</p><p>{BODY[0]}</p><p>{SPACED}</p>{paragraphs(*BODY[2:])}</article>",
        )
    ),
    "AMP": Saved(
        f'<!doctype html><html ⚡ lang="ar" dir="rtl">{head(PUBLISHED, "<style amp-boilerplate>body{visibility:hidden}</style>")}'
        f"<body><amp-sidebar>{menu()}</amp-sidebar><article class=amp-wp-article><h1 class=amp-wp-title>{TITLE}</h1>"
        f"<div class=amp-wp-article-content><amp-img src=x></amp-img>{paragraphs(*SENTENCES)}"
        f"<amp-ad type=x></amp-ad></div></article><amp-consent>{paragraphs(COOKIES)}</amp-consent></body></html>"
    ),
    "print view": Saved(
        f"<html dir=rtl><head><title>{OUTLET} - {TITLE}</title></head><body onload='window.print()'><h2>{TITLE}</h2>"
        f"<p>تاريخ النشر: 19/08/2020</p><p>تاريخ الطباعة: 24/11/2023</p><hr>{'<br/><br/>'.join(SENTENCES)}<hr>"
        f"<p>{RIGHTS}</p><p>{URL}</p></body></html>",
        outlet=None,
    ),
    "saved complete with scripts": Saved(
        whole(
            head(PUBLISHED, f'<!-- saved from url=(0034){URL} --><link rel="canonical" href="{URL}">'),
            "<script>var related = '<p>" + RELATED[0] + "</p>'; document.write('<div>" + RELATED[1] + "</div>');</script>"
            f"{menu()}<noscript>{paragraphs(COOKIES)}</noscript><article><h1>{TITLE}</h1>{paragraphs(*SENTENCES[:2])}"
            f"<script>googletag.cmd.push(function() {{ show('{RELATED[0]}'); }});</script>{paragraphs(*SENTENCES[2:])}"
            f"<style>.x{{color:red}}</style></article><iframe src=ads.html></iframe><template>{paragraphs(*RELATED)}</template>",
        )
    ),
    "comments": Saved(
        whole(
            head(PUBLISHED),
            f"{menu()}<div class=post><h1>{TITLE}</h1><div class=entry>{paragraphs(*SENTENCES)}</div>"
            f"<h3>التعليقات (2)</h3><div class=c1><b>زائر</b><p>{COMMENT}</p></div><div class=c2><p>{COMMENT}</p></div></div>",
        )
    ),
    "no metadata at all": Saved(
        f"<html><body>{menu()}<h1>{TITLE}</h1>{paragraphs(*SENTENCES)}<p>{RIGHTS}</p></body></html>", published=None, outlet=None
    ),
    "a short notice": Saved(
        whole(head(PUBLISHED), f"{menu()}<h1>{TITLE}</h1><div class=story-body><p>{LEAD}</p></div><div class=footer>{RIGHTS}</div>"),
        sentences=(LEAD,),
    ),
}
