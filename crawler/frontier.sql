-- What is known of each URL, and every visit. Times are microseconds since 1970, UTC.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT OR IGNORE INTO meta VALUES ('version', '1');

CREATE TABLE IF NOT EXISTS host (
    host TEXT PRIMARY KEY,          -- host[:port]
    not_before INTEGER NOT NULL     -- its pause, a Retry-After or a ban: no process asks before
) STRICT;

CREATE TABLE IF NOT EXISTS pause (
    host TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    sign TEXT NOT NULL,             -- captcha, challenge, ban, refused
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    times INTEGER NOT NULL          -- in a row, without a page in between
) STRICT;

CREATE TABLE IF NOT EXISTS public_host (host TEXT PRIMARY KEY) STRICT;  -- has had a public address

CREATE TABLE IF NOT EXISTS robots (
    origin TEXT PRIMARY KEY,        -- scheme://host[:port]
    status INTEGER,                 -- NULL: could not be reached
    text TEXT NOT NULL,
    fetched_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS url (
    url TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    host TEXT NOT NULL,
    kind TEXT NOT NULL,
    depth INTEGER NOT NULL,         -- links followed from a start page
    hops INTEGER NOT NULL,          -- redirects that led here
    sourced INTEGER NOT NULL,
    ready INTEGER NOT NULL,         -- 1: to be visited in the current run
    claimed INTEGER NOT NULL,       -- 0: only an import knows it; the site that finds it takes it over
    retry_at INTEGER NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_until INTEGER,
    leases INTEGER NOT NULL DEFAULT 0,      -- since the last commit: counted when leased
    failures INTEGER NOT NULL DEFAULT 0,    -- since the last usable answer
    state TEXT,
    loss TEXT,
    etag TEXT,
    last_modified TEXT,
    payload_sha256 TEXT,            -- of the newest live payload
    record TEXT,                    -- JSON: the archive record that holds it
    full_at INTEGER,                -- when a payload came last, not a 304
    links_digest TEXT,              -- of the articles that a list page names
    first_seen_at INTEGER NOT NULL,
    first_live_at INTEGER,
    last_seen_at INTEGER,
    last_changed_at INTEGER,
    checked_at INTEGER,
    visits INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    next_visit_at INTEGER,
    score REAL NOT NULL DEFAULT 1000,   -- what a visit in this run is worth; see crawler.revisit
    page_key TEXT,                  -- the address without what servers ignore; see crawler.duplicates
    canonical TEXT,                 -- the page's own address, as it says itself
    page_text_sha256 TEXT,          -- of the newest live payload: all that is seen
    prose_sha256 TEXT,              -- its sentences alone
    missing_at INTEGER,             -- first visit that missed the page, since it was last seen
    gone_at INTEGER,                -- visit that confirmed it
    doubted_at INTEGER              -- missed together with more than half of its site, which nobody believed
) STRICT;
DROP INDEX IF EXISTS url_ready;     -- by depth alone, as it was before there was a score
CREATE INDEX IF NOT EXISTS url_turn ON url (host, score DESC, depth) WHERE ready = 1 AND lease_owner IS NULL;
CREATE INDEX IF NOT EXISTS url_key ON url (page_key) WHERE payload_sha256 IS NOT NULL;
CREATE INDEX IF NOT EXISTS url_text ON url (site_id, page_text_sha256) WHERE page_text_sha256 IS NOT NULL;
CREATE INDEX IF NOT EXISTS url_leased ON url (lease_owner) WHERE lease_owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS url_site ON url (site_id, state);
CREATE INDEX IF NOT EXISTS url_links ON url (links_digest) WHERE links_digest IS NOT NULL;

CREATE TABLE IF NOT EXISTS elsewhere (   -- links to hosts of other shards, for their crawlers to take over
    url TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    depth INTEGER NOT NULL,
    hops INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS fetch (
    seq INTEGER PRIMARY KEY,
    fetch_id TEXT NOT NULL UNIQUE,
    run_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    url TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    http_status INTEGER,
    outcome TEXT NOT NULL,
    payload_sha256 TEXT,
    etag TEXT,
    last_modified TEXT,
    warc_file TEXT,
    warc_offset INTEGER,
    sourced INTEGER NOT NULL,
    page_text_sha256 TEXT,
    prose_sha256 TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS fetch_url ON fetch (url, payload_sha256);
CREATE INDEX IF NOT EXISTS fetch_day ON fetch (site_id, fetched_at);
CREATE INDEX IF NOT EXISTS fetch_run ON fetch (run_id, site_id, outcome);

CREATE TABLE IF NOT EXISTS revisit (
    site_id TEXT PRIMARY KEY,
    threshold REAL NOT NULL         -- a page is due when a visit is worth so much
) STRICT;

CREATE TABLE IF NOT EXISTS missing_text (   -- of a site's pages that say there is nothing, as was learnt
    site_id TEXT NOT NULL,
    page_text_sha256 TEXT NOT NULL,
    PRIMARY KEY (site_id, page_text_sha256)
) STRICT;

CREATE TABLE IF NOT EXISTS run (
    run_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,        -- what was asked for: the same command continues an unfinished run
    takes_all INTEGER NOT NULL,
    pid INTEGER NOT NULL,
    owner TEXT NOT NULL,
    started_at INTEGER NOT NULL,    -- cut-off: what was visited since is not visited again
    finished_at INTEGER,
    status TEXT NOT NULL,
    pages_fetched INTEGER NOT NULL DEFAULT 0,
    bytes_fetched INTEGER NOT NULL DEFAULT 0
) STRICT;
