"""Stands in for a processor where its supervision is tested: serves `/health/ready` and prints what it was told."""

import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health/ready" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    names = ("BROADSHEET_INSTANCE", "BROADSHEET_BOOTSTRAP_SERVERS", "BROADSHEET_OPENSEARCH_URL")
    sys.stdout.write(" ".join([*sys.argv[1:], *(os.environ.get(name, "") for name in names)]) + "\n")
    sys.stdout.flush()
    with HTTPServer(("127.0.0.1", int(os.environ["BROADSHEET_HTTP_PORT"])), Ready) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
