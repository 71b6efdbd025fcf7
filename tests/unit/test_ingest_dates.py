from datetime import UTC, datetime

import pytest

from tawazun.base.errors import InputError
from tawazun.ingest.dates import check_date, read_date

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2020-08-19", "2020-08-19"),
        ("2020-08-19T00:30:00+02:00", "2020-08-19"),
        ("2020-08-19T22:30:00.000+0200", "2020-08-19"),
        ("2020-08", "2020-08"),
        ("2020", "2020"),
        ("20200819", "2020-08-19"),
        ("Wed, 19 Aug 2020 23:59:00 +0300", "2020-08-19"),
        ("Wed, 19 Aug 20 23:59:00 GMT", "2020-08-19"),
        ("Thu, 19 Aug 2020 10:00:00 GMT", "2020-08-19"),
        ("19 August 2020", "2020-08-19"),
        ("August 19, 2020 10:30 am", "2020-08-19"),
        ("19/08/2020", "2020-08-19"),
        ("9/8/2020", "2020-08-09"),
        ("08/19/2020", "2020-08-19"),
        ("2020/8/19 - 10:30", "2020-08-19"),
        ("19.08.2020 10:30", "2020-08-19"),
        ("١٩/٠٨/٢٠٢٠", "2020-08-19"),
        ("19 أغسطس 2020", "2020-08-19"),
        ("الأربعاء 19 آب/أغسطس 2020", "2020-08-19"),
        ("الأربعاء، ١٩ آب (أغسطس) ٢٠٢٠ - ١٠:٣٠", "2020-08-19"),
        ("نشر يوم الأربعاء 19 غشت 2020 على الساعة 10:30", "2020-08-19"),
        ("19 أوت 2020", "2020-08-19"),
        ("أغسطس 19, 2020", "2020-08-19"),
        ("3 تشرين الثاني/نوفمبر 2021", "2021-11-03"),
        ("12 كانون الأول 2019", "2019-12-12"),
        ("12 كانون الثاني 2019", "2019-01-12"),
        ("أغسطس 2020", "2020-08"),
        ("الأربعاء 29 ذو الحجة 1441 هـ الموافق 19 أغسطس 2020 م", "2020-08-19"),
        ("29 ذو الحجة 1441 هـ", "2020-08-19"),
        ("الخميس 29 ذو الحجة 1441هـ", "2020-08-20"),
        ("1441/12/29", "2020-08-19"),
        ("1441-12-29", "2020-08-19"),
        ("5 رمضان 1442", "2021-04-17"),
    ],
)
def test_dates_as_outlets_write_them(given, iso):
    assert read_date(given, "a", NOW) == iso


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("2013-02-31", "isn't a day"),
        ("31 شباط 2013", "isn't a day"),
        ("31/02/2013", "isn't a day"),
        ("13/13/2013", "isn't a day"),
        ("3013-01-01", "between 1800 and 2100"),
        ("19 أغسطس 3013", "between 1800 and 2100"),
        ("0001-01-01T00:00:00", "between 1800 and 2100"),
        ("2026-11-27", "after today, 2026-11-24"),
        ("27 تشرين الثاني 2026", "after today"),
        ("2027", "after today"),
        ("الثلاثاء 19 أغسطس 2020", "day of the week"),
        ("30 صفر 1700", "isn't a day"),
        ("أمس", "isn't a day"),
        ("منذ 3 ساعات", "isn't a day"),
        ("10 March", "isn't a day"),
        ("1597795200", "isn't a day"),
        ("10:30", "isn't a day"),
        ("", "isn't a day"),
        ("آب", "isn't a day"),
    ],
)
def test_wrong_dates_are_refused_with_the_reason(given, says):
    with pytest.raises(InputError, match=says) as error:
        read_date(given, "a", NOW)
    assert "\n" not in str(error.value)


def test_the_day_after_tomorrow_is_believed_since_clocks_and_zones_differ():
    assert read_date("2026-11-26", "a", NOW) == check_date("2026-11-26", "a", NOW) == "2026-11-26"
    assert check_date("2090-01-01", "a") == "2090-01-01"
    with pytest.raises(InputError, match="after today"):
        check_date("2026-12", "a", NOW)
