"""odoorpc_calls.py KIND PORT CALLS: like odoo_calls, with odoorpc, which opens a connection for each call."""

import odoorpc
from calls import measure


def new_client(port):
    odoo = odoorpc.ODOO("127.0.0.1", port=port, version="16.0")
    odoo.login("odoo", "admin", "admin")
    return lambda method, args, kwargs: odoo.execute_kw("res.partner", method, args, kwargs)


measure(new_client)
