"""The marks that stand in texts for what was redacted: one list for all who write, read or compare them."""

from __future__ import annotations

import re

# Kind of contact → its mark.
ACCOUNTS = {"telegram": "TELEGRAM", "douyin": "DOUYIN", "kuaishou": "KUAISHOU", "xiaohongshu": "XIAOHONGSHU"}
REACHING = {"phone": "PHONE", "email": "EMAIL", "qq": "QQ", "wechat": "WECHAT", **ACCOUNTS}
MARKS = {**REACHING, "id": "ID", "card": "CARD"}  # identities and cards are nobody's to compare
OF_REACHING = rf"\[(?:{'|'.join(REACHING.values())})\]"  # by which somebody could be reached
OF_CONTACT = rf"\[(?:{'|'.join(MARKS.values())})\]"
MARK = re.compile(rf"\[(?:{'|'.join(MARKS.values())}|NAME)\]")
