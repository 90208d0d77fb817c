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

/// One question to the server, encoded but for its id and the credentials.
struct Envelope {
    enum class Kind {
        service,     ///< of `/jsonrpc`
        json2,       ///< a method of a model, below `/json/2`
        controller,  ///< a route of the web client's that speaks JSON-RPC
        page,        ///< GET
    };

    Kind kind = Kind::page;
    std::string path = {};
    std::string_view service = {};  ///< this and the next: literals
    std::string_view function = {};
    std::string arguments = {};  ///< JSON: without brackets what follows the credentials, or the object of named ones

    /// How the answer is written: with an envelope of JSON-RPC's, or bare.
    Protocol protocol() const noexcept;
};

/// A method of a model, as `protocol` wants it. `context`, the text of an object or nothing, goes with `kwargs`, which
/// must have none then. Throws `std::invalid_argument` for what cannot be sent.
Envelope model_envelope(Protocol protocol, std::string const& model, std::string const& method,
                        nlohmann::json const& args, nlohmann::json const& kwargs, std::string_view context = {});
/// The same as JSON-RPC wants it, for a method that takes the `ids` of records, unless it creates one, and values.
Envelope record_envelope(std::string const& model, std::string const& method, RecordIds const* ids,
                         Values const& record, std::string_view context);
/// Their arguments.
nlohmann::json record_arguments(RecordIds const* ids, Values const& record);
Envelope service_envelope(std::string_view service, std::string_view function, std::string arguments);
Envelope controller_envelope(std::string path);
Envelope page_envelope(std::string path);

/// The request itself, below the path `prefix`. `who` is null for what needs no login.
HttpRequest http_request(Envelope const& envelope, std::string const& prefix, std::int64_t id, Credentials const* who);

/// Throws `std::invalid_argument` unless the text can stand in a header, and nothing else can come of it. It is not
/// repeated in the exception.
void require_one_line(std::string_view what, std::string_view text);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_ENVELOPE_HPP
