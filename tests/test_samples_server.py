"""The sample server: what a polite crawler may count on, asked over real connections."""

import gzip
import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from waiting import PATIENCE_SECONDS

from yuqi.samples import Farm, Sites, serve, true_page
from yuqi.samples.farm import places

FARM = Farm(pages=120)


@pytest.fixture(scope="module")
def sites() -> Iterator[Sites]:
    with serve(FARM) as running:
        yield running


def ask(
    sites: Sites, site_id: str, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(sites.bases[site_id]).netloc, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        return response.status, dict(response.headers), response.read()
    finally:
        connection.close()


def first_article(site_id: str) -> str:
    number = [site.id for site in FARM.sites].index(site_id)
    return true_page(FARM, next(places(FARM, number))).path


def test_every_site_has_its_own_address(sites: Sites) -> None:
    assert len(set(sites.bases.values())) == 8


def test_a_known_page_is_answered_with_304_and_no_body(sites: Sites) -> None:
    status, headers, body = ask(sites, "sample-soup-a", "/")
    assert status == 200 and body and headers["Last-Modified"].endswith("GMT")
    status, again, body = ask(sites, "sample-soup-a", "/", If_None_Match=headers["ETag"])
    assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
    assert ask(sites, "sample-soup-a", "/", If_None_Match='"other"')[0] == 200


def test_the_request_log_knows_path_agent_and_status(sites: Sites) -> None:
    ask(sites, "sample-soup-e", "/nothing-here", User_Agent="tester/1")
    hit = next(hit for hit in reversed(sites.hits) if hit.site_id == "sample-soup-e")
    assert (hit.path, hit.user_agent, hit.status, hit.is_conditional) == (
        "/nothing-here",
        "tester/1",
        404,
        False,
    )
    assert "/nothing-here" in sites.paths("sample-soup-e")


def test_one_site_answers_compressed_where_that_is_accepted(sites: Sites) -> None:
    status, headers, body = ask(sites, "sample-table-d", "/", Accept_Encoding="gzip")
    assert status == 200 and headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == ask(sites, "sample-table-d", "/")[2]
    assert "Content-Encoding" not in ask(sites, "sample-soup-a", "/", Accept_Encoding="gzip")[1]


def test_robots_txt_forbids_what_the_home_page_links_to(sites: Sites) -> None:
    status, _, body = ask(sites, "sample-soup-a", "/robots.txt")
    assert status == 200 and b"Disallow: /private/" in body
    home = ask(sites, "sample-soup-a", "/")[2].decode()
    assert "/private/1.html" in home and "/member/login.html" in home and "/empty.html" in home
    assert ask(sites, "sample-table-d", "/robots.txt")[0] == 404


def test_redirects_losses_and_empty_pages_are_there(sites: Sites) -> None:
    number = first_article("sample-soup-a").split("/")[-1].removesuffix(".html")
    status, headers, _ = ask(sites, "sample-soup-a", f"/old/{number}.html")
    assert status == 301 and headers["Location"].endswith(f"/show/{number}.html")
    assert ask(sites, "sample-soup-a", "/missing.html")[0] == 404
    status, _, body = ask(sites, "sample-soup-a", "/empty.html")
    assert status == 200 and "不存在" in body.decode()


def test_sitemaps_name_every_article_of_the_site(sites: Sites) -> None:
    index = ask(sites, "sample-article-b", "/sitemap.xml")[2].decode()
    assert "<sitemapindex" in index and "/sitemap-1.xml" in index
    urls = ask(sites, "sample-article-b", "/sitemap-1.xml")[2].decode()
    number = [site.id for site in FARM.sites].index("sample-article-b")
    assert urls.count("<loc>") == FARM.count(number)


def test_one_site_declares_another_charset_than_it_uses(sites: Sites) -> None:
    _, headers, body = ask(sites, "sample-article-d", first_article("sample-article-d"))
    assert headers["Content-Type"] == "text/html; charset=utf-8" and b'<meta charset="utf-8">' in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert "SYNTHETIC 合成样本" in body.decode("gb18030")


def test_a_head_request_has_the_length_and_no_body(sites: Sites) -> None:
    status, headers, body = ask(sites, "sample-soup-a", "/", method="HEAD")
    assert (status, body) == (200, b"") and int(headers["Content-Length"]) > 100


def test_many_connections_at_once_get_whole_pages(sites: Sites) -> None:
    path = first_article("sample-zblog-a")
    with ThreadPoolExecutor(8) as pool:
        bodies = set(pool.map(lambda _: ask(sites, "sample-zblog-a", path)[2], range(24)))
    assert len(bodies) == 1


def test_the_day_may_change_while_the_sites_are_served(capfd: pytest.CaptureFixture[str]) -> None:
    with serve(Farm(pages=120, new=0.2)) as running:
        before = ask(running, "sample-soup-a", "/")[1]["ETag"]
        running.farm = running.farm.at(2)
        after = ask(running, "sample-soup-a", "/", If_None_Match=before)
        assert after[0] == 200 and after[1]["ETag"] != before
    assert capfd.readouterr() == ("", "")


def test_nothing_listens_when_the_block_has_ended() -> None:
    with serve(Farm(pages=24)) as running:
        place = urlsplit(running.bases["sample-soup-a"]).netloc
        idle = http.client.HTTPConnection(place, timeout=PATIENCE_SECONDS)
        idle.request("GET", "/robots.txt")
        idle.getresponse().read()  # kept alive: the server has to end it
    idle.close()
    with pytest.raises(OSError):
        ask(running, "sample-soup-a", "/")


def test_where_only_one_loopback_address_exists_every_site_has_a_port(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("yuqi.samples.server.NETWORK", "203.0.113")  # no address of this machine
    with serve(Farm(pages=24)) as running:
        assert {urlsplit(base).hostname for base in running.bases.values()} == {"127.0.0.1"}
        assert len(set(running.bases.values())) == 8
        assert ask(running, "sample-soup-e", "/robots.txt")[0] == 200
