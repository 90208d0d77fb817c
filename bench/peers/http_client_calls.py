"""http_client_calls.py KIND PORT CALLS: like odoo_calls, with Python's own http.client."""

import http.client
import json
from calls import measure


def new_client(port):
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def call(method, args, kwargs):
        params = {"service": "object", "method": "execute_kw",
                  "args": ["odoo", 2, "admin", "res.partner", method, args, kwargs]}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "id": 1, "params": params})
        connection.request("POST", "/jsonrpc", body, {"Content-Type": "application/json"})
        return json.loads(connection.getresponse().read())["result"]

    return call


measure(new_client)
