"""`python3 -m xivolab.bench.agid`: the service, with its database in `XIVO_AGID_DSN`."""

from __future__ import annotations

import os

from xivolab.bench.agid.server import HOST, PORT, serve

if __name__ == "__main__":
    serve(
        os.environ.get("XIVO_AGID_DSN", "dbname=asterisk user=asterisk"),
        HOST,
        int(os.environ.get("XIVO_AGID_PORT", PORT)),
    )
