-- The `create` call of odoo_calls, for wrk.
wrk.method = "POST"
wrk.path = "/jsonrpc"
wrk.headers["Accept"] = "application/json"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"jsonrpc":"2.0","method":"call","id":1,"params":{"service":"object","method":"execute_kw","args":["odoo",2,'
    .. '"admin","res.partner","create",[{"email":"ada@example.com","is_company":false,"name":"Ada Lovelace"}],{}]}}'
