"""Whether what stands in a workspace is still what was archived: every check names what it looked at.

checked_archive(root, fetches)          # records, fetches and payloads against their checksums
checked_corpus(connection)              # spans, undone edits, digests, counts
checked_quotes(connection, root, …)     # the page's own words against the archived page
checked_release(folder)                 # SHA256SUMS
"""

from pipeline.verify.archive import checked_archive
from pipeline.verify.checked import CHECKS, Checked, Report
from pipeline.verify.corpus import checked_corpus
from pipeline.verify.quotes import checked_quotes
from pipeline.verify.release import checked_release

__all__ = [
    "CHECKS",
    "Checked",
    "Report",
    "checked_archive",
    "checked_corpus",
    "checked_quotes",
    "checked_release",
]
