// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_WIRE_RESPONSE_FACTS_HPP
#define ZENOO_RPC_SRC_ODOO_WIRE_RESPONSE_FACTS_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>

#include <string_view>

namespace zenoo_rpc::detail {

/// The facts that the classification of a response depends on, beside the result or error in its body. Read once; the
/// texts refer to the response.
struct ResponseFacts {
    int status = 200;
    std::string_view content_type = {};
    std::string_view location = {};               ///< the target of a redirection
    Duration requested_delay = Duration::zero();  ///< the Retry-After of a 429 or 503
    bool has_no_database = false;                 ///< true for Odoo's 404 if it finds no database of that name

    bool is_success() const noexcept { return status >= 200 && status < 300; }
    bool is_redirection() const noexcept { return status >= 300 && status < 400; }
    bool is_json() const noexcept { return content_type.starts_with("application/json"); }
    bool is_html() const noexcept { return content_type.starts_with("text/html"); }
};

/// Reads the facts of a response, which must outlive them.
ResponseFacts facts_of(HttpResponse const& response);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_WIRE_RESPONSE_FACTS_HPP
