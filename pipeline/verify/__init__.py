"""Whether what stands in a workspace is still what was archived: every check names what it looked at.

checked_archive(root, fetches)          # records, fetches and payloads against their checksums
checked_corpus(connection)              # spans, undone edits, digests, counts
checked_quotes(connection, root, …)     # the page's own words against the archived page
checked_release(folder)                 # SHA256SUMS
checked_tables(folder)                  # columns, rows, keys and spans of a release
checked_release_quotes(folder, root, …) # a release's quotes against the archive it was made from
"""

from pipeline.verify.archive import checked_archive
from pipeline.verify.checked import CHECKS, Checked, Report
from pipeline.verify.corpus import checked_corpus
from pipeline.verify.quotes import checked_quotes
from pipeline.verify.release import checked_release
from pipeline.verify.release_quotes import checked_release_quotes
from pipeline.verify.release_tables import checked_tables

__all__ = [
    "CHECKS",
    "Checked",
    "Report",
    "checked_archive",
    "checked_corpus",
    "checked_quotes",
    "checked_release",
    "checked_release_quotes",
    "checked_tables",
]
