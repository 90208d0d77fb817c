// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_JSON_RPC_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_JSON_RPC_HPP

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

/// The envelope of `/jsonrpc`, as text going out and coming in. No I/O.
namespace zenoo_rpc::json_rpc {

/// The text of a JSON value.
///
/// Throws `std::invalid_argument` that begins with `what` and says where, if there is something that cannot be sent:
/// text that is not UTF-8, a number that is not finite, binary.
std::string text_of(nlohmann::json const& value, std::string_view what);

/// Appends text as a JSON string, without a copy of it left anywhere. It must be UTF-8.
void append_quoted(std::string& target, std::string_view text);

/// The body for a route of the web client's, which takes no arguments.
std::string controller_request(std::int64_t id);

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
