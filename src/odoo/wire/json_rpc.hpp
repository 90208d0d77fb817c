// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_JSON_RPC_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_JSON_RPC_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

/// Parses the responses of `/jsonrpc`. No I/O.
namespace zenoo_rpc::json_rpc {

/// Odoo's error for a call that it did not execute or rolled back.
struct Fault {
    int code = 0;              ///< 100 for an expired session; 404; 200 or 0 for any other error
    std::string name;          ///< the Python class, such as `odoo.exceptions.UserError`; may be empty
    std::string message;       ///< in the language of the user
    nlohmann::json arguments;  ///< of the Python exception; null if there are none
    std::string traceback;     ///< for the server's developers; may contain confidential data
};

/// The reason why a body is not a valid response.
struct Unreadable {
    std::string reason;
};

using Response = std::variant<nlohmann::json, Fault, Unreadable>;

/// Parses `body`. Unreadable if it is not JSON, or nested so deeply that a recursive walk could exhaust the stack.
std::variant<nlohmann::json, Unreadable> parse(std::string_view body);

/// Reads Odoo's description of an exception: `error.data` in JSON-RPC, the whole body in JSON-2.
Fault fault_in(nlohmann::json const& exception);

/// Reads the body of a response: the result (null if the method returned None), the error, or why it is unreadable.
Response parse_response(std::string_view body, std::int64_t expected_id);

}  // namespace zenoo_rpc::json_rpc

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_JSON_RPC_HPP
