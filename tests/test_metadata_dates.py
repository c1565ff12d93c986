"""Dates as pages write them: every form that says a day, and none of those that leave it open."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.dates import (
    SHANGHAI,
    find_date,
    find_dates,
    has_clock,
    machine_date,
    published_at,
    short_date,
)

EVENING = datetime(2024, 12, 11, 10, 58, 36, tzinfo=UTC)  # 18:58:36 in Shanghai


@pytest.mark.parametrize(
    "said",
    [
        "3小时前",
        "昨天 18:58",
        "12-11 18:58",
        "2024年12月",
        "2024-13-01",
        "2024-02-30",
        "7/5/2024 9:23:57 PM",  # July or May
        "05/07/2024",
        "12/01/2004 - 2005/13/01",
        "192.168.2024.12.11",
        "2024年12-11",
        "民国26年7月7日",  # 1937: no web page
        "113年12月11日",  # no 民国 before it
        "版本 2.2024.1.1",
        "二〇二四年十二月",
        "Dec 2024",
        "24-12-11",  # two digits need a label
        "",
    ],
)
def test_what_leaves_the_day_open_is_no_date(said: str) -> None:
    assert published_at(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "2024-12-11 18:58:36",
        "2024/12/11 18:58:36",
        "2024.12.11 18:58:36",
        "2024年12月11日18:58:36",
        "2024 年 12 月 11 日 18时58分36秒",
        "２０２４－１２－１１　１８：５８：３６",
        "2024年12月11日 星期三 18:58:36",
        "2024年12月11日 (星期三) 18:58:36",
        "2024-12-11 下午6:58:36",
        "2024-12-11 06:58:36 PM",
        "2024-12-11T10:58:36Z",
        "2024-12-11T10:58:36.000Z",
        "2024-12-11T18:58:36+0800",
        "2024-12-11 19:58:36 +09:00",
        "2024-12-11 18:58:36 GMT+8",
        "2024-12-11 18:58:36 CST",
        "Wed, 11 Dec 2024 18:58:36 +0800",
        "Wed Dec 11 18:58:36 CST 2024",
        "Wed Dec 11 2024 18:58:36 GMT+0800 (中国标准时间)",
        "December 11, 2024 at 6:58:36 pm",
        "民國113年12月11日 18:58:36",
        "中华民国113年12月11日 18:58:36",
    ],
)
def test_one_moment_in_the_forms_of_pages(said: str) -> None:
    assert published_at(said) == EVENING


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("二〇二四年十二月二十一日", (2024, 12, 21)),
        ("二○○五年七月廿八日", (2005, 7, 28)),
        ("一九九九年十月一日", (1999, 10, 1)),
        ("9/17/2004 5:54:13 AM", (2004, 9, 17)),
        ("17/9/2004", (2004, 9, 17)),
        ("7/7/2005", (2005, 7, 7)),
        ("11-Dec-2024", (2024, 12, 11)),
        ("2024年12月11日中午11:30", (2024, 12, 11)),
        ("2024-12-11 12:10 AM", (2024, 12, 11)),
    ],
)
def test_the_day_is_the_one_in_shanghai(said: str, day: tuple[int, int, int]) -> None:
    moment = published_at(said)
    assert moment is not None
    here = moment.astimezone(SHANGHAI)
    assert (here.year, here.month, here.day) == day


def test_midnight_and_noon_are_where_people_put_them() -> None:
    clocks = [
        published_at(f"2024-12-11 {said}") for said in ("12:10 AM", "12:10 PM", "凌晨12:10", "下午12:10")
    ]
    assert [moment.astimezone(SHANGHAI).hour for moment in clocks if moment] == [0, 12, 0, 12]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("24-12-11 18:58", "2024-12-11T18:58:00+08:00"),
        ("24年12月11日", "2024-12-11T00:00:00+08:00"),
        ("99/1/31", "1999-01-31T00:00:00+08:00"),
        ("12-11-24", None),  # a month first is as likely
        ("24-12", None),
        ("24-12/11", None),
        ("24-12-11.5", None),
    ],
)
def test_a_year_in_two_digits_must_stand_first_and_be_no_month(said: str, found: str | None) -> None:
    assert short_date(said) == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("20241211", "2024-12-11T00:00:00+08:00"),
        ("20241211185836", "2024-12-11T18:58:36+08:00"),
        ("20241341", None),
        ("1733914716", "2024-12-11T10:58:36+00:00"),
        ("1733914716000", "2024-12-11T10:58:36+00:00"),
        ("733914716", None),
        (" 2024-12-11 ", "2024-12-11"),
        ("true", None),
        (None, None),
    ],
)
def test_machines_also_say_digits_only(said: str | None, found: str | None) -> None:
    assert machine_date(said) == found


def test_digits_in_a_text_are_no_machine_s_date() -> None:
    assert find_date("编号20241211185836，账号1733914716") is None


def test_all_dates_of_a_line_in_its_order() -> None:
    line = "2024-12-11至2024-12-20，Dec 24, 2024"
    assert [found.group().strip() for found in find_dates(line)] == [
        "2024-12-11",
        "2024-12-20",
        "Dec 24, 2024",
    ]


def test_midnight_is_no_clock() -> None:
    assert [has_clock(said) for said in ("2024-12-11 00:00:00", "2024-12-11", "2024-12-11 07:00")] == [
        False,
        False,
        True,
    ]


@given(st.datetimes(datetime(1991, 1, 2), datetime(2049, 12, 30)))
def test_what_is_written_is_read_again(moment: datetime) -> None:
    here = moment.replace(microsecond=0, tzinfo=SHANGHAI)
    for form in (
        "%Y-%m-%d %H:%M:%S",
        "%Y年%m月%d日 %H:%M:%S",
        "%Y/%m/%dT%H:%M:%S+08:00",
        "%d %b %Y %H:%M:%S",
    ):
        assert published_at(here.strftime(form)) == here


@given(st.text(alphabet="0123456789年月日-/.: T+Z民国二〇十,，APM", max_size=300))
def test_no_text_raises_and_every_found_date_is_read_again(text: str) -> None:
    found = find_date(text)
    assert found is None or published_at(found) is not None
    machine_date(text)
    short_date(text)
