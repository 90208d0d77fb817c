// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_ENVELOPE_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_ENVELOPE_HPP

#include "odoo/support/credentials.hpp"

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// One request to the server, encoded except for its id and the credentials.
struct Envelope {
    enum class Kind {
        service,     ///< a function of a service at `/jsonrpc`
        json2,       ///< a method of a model, below `/json/2`
        controller,  ///< a JSON-RPC route of the web client
        page,        ///< a page, requested with GET
    };

    Kind kind = Kind::page;
    std::string path = {};
    std::string_view service = {};   ///< a literal
    std::string_view function = {};  ///< a literal
    std::string arguments = {};  ///< JSON: the arguments after the credentials, without brackets, or named in an object

    /// Returns the format of the response: with a JSON-RPC envelope, or bare.
    Protocol protocol() const noexcept;
};

/// Returns the request that calls a method of a model by `protocol`. `context`, the text of a JSON object or empty, is
/// added to `kwargs`, which then must have no context. Throws `std::invalid_argument` for names or values that cannot
/// be sent.
Envelope model_envelope(Protocol protocol, std::string const& model, std::string const& method,
                        nlohmann::json const& args, nlohmann::json const& kwargs, std::string_view context = {});
/// Returns the JSON-RPC request that calls a method of a model with the values of a record, after the `ids` of records
/// unless that is null. Throws `std::invalid_argument` for names or values that cannot be sent.
Envelope record_envelope(std::string const& model, std::string const& method, RecordIds const* ids,
                         Values const& record, std::string_view context);
/// Returns the arguments of such a request: the ids unless that is null, and the values.
nlohmann::json record_arguments(RecordIds const* ids, Values const& record);
Envelope service_envelope(std::string_view service, std::string_view function, std::string arguments);
Envelope controller_envelope(std::string path);
Envelope page_envelope(std::string path);

/// Returns the HTTP request, its path below `prefix`. `credentials` is null for requests that need no login.
HttpRequest http_request(Envelope const& envelope, std::string const& prefix, std::int64_t id,
                         Credentials const* credentials);

/// Throws `std::invalid_argument` if the text contains control characters, which could end a header. The exception
/// names `what`, but does not repeat the text.
void require_one_line(std::string_view what, std::string_view text);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_ENVELOPE_HPP
