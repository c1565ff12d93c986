"""Scrapy's settings: no queue, cookie, redirect or robots logic of Scrapy's decides anything here."""

from crawler.content import ACCEPT_ENCODING, MAX_RESPONSE_BYTES

BOT_NAME = "yuqi"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# The frontier decides what is fetched, politeness when, the spider what a redirect means.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
CONCURRENT_REQUESTS = 0  # no limit here: `crawler.turns` leases what may be under way
CONCURRENT_REQUESTS_PER_DOMAIN = 64
DOWNLOAD_DELAY = 0
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
RETRY_ENABLED = False
HTTPERROR_ALLOW_ALL = True
ROBOTSTXT_OBEY = False  # stock Scrapy lets requests through that wait for the same robots.txt
COMPRESSION_ENABLED = False  # responses are archived as sent
HTTPPROXY_ENABLED = False  # a proxy would resolve names behind the guard's back
COOKIES_ENABLED = False
REFERER_ENABLED = False
# Of Scrapy's own only what a request needs: the rest takes time on every page and decides nothing here.
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}  # neither remote code nor remote consoles
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"
DOWNLOADER_MIDDLEWARES = {
    "crawler.middlewares.RobotsMiddleware": 100,
    "crawler.middlewares.ArchiveMiddleware": 990,
}
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_HANDLERS = {"https": "crawler.tls.CheckingHandler"}
TWISTED_DNS_RESOLVER = "crawler.guard.GuardedResolver"

DOWNLOAD_MAXSIZE = MAX_RESPONSE_BYTES
DOWNLOAD_WARNSIZE = 0
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.3",
    "Accept-Encoding": ACCEPT_ENCODING,
}

# Turned off for whoever turns the base on again; logs hold no addresses of pages unless something fails.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "ERROR"
STATS_DUMP = False
