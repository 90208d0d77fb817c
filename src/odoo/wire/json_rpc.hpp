// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_JSON_RPC_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_JSON_RPC_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

/// What comes back from `/jsonrpc`, as text. No I/O.
namespace zenoo_rpc::json_rpc {

/// What Odoo says of a call that it did not execute, or rolled back.
struct Fault {
    int code = 0;              ///< 200 or 0 for whatever it is; 100 for an expired session; 404
    std::string name;          ///< the Python class, such as `odoo.exceptions.UserError`; may be empty
    std::string message;       ///< in the language of the user
    nlohmann::json arguments;  ///< of the Python exception; null if there are none
    std::string traceback;     ///< for the server's developers; may name what nobody else should see
};

/// An answer that is none, and why.
struct Unreadable {
    std::string reason;
};

using Answer = std::variant<nlohmann::json, Fault, Unreadable>;

/// The JSON in `body`, unless it is none, or nests so deep that walking through it would exhaust the stack.
std::variant<nlohmann::json, Unreadable> parse(std::string_view body);

/// What Odoo says of an exception: `error.data` of JSON-RPC, the whole body of JSON-2.
Fault fault_in(nlohmann::json const& exception);

/// What the body of an answer says: the result (null if the method returned None), the error, or nothing sensible.
Answer answer(std::string_view body, std::int64_t expected_id);

}  // namespace zenoo_rpc::json_rpc

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_JSON_RPC_HPP
