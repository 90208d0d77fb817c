// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_COMPLAINT_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_COMPLAINT_HPP

#include <zenoo_rpc/core/exceptions.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Everything that a failure is to say, before it becomes an exception of the class that belongs to its code.
struct Complaint {
    Errc code = Errc::server_error;
    std::string what = {};
    Delivery delivery = Delivery::unknown;
    Duration retry_after = Duration::zero();
    ServerReply reply = {};
    error_code cause = {};  ///< of the system, if it says more than `code`
};

Failure as_failure(Complaint complaint);

/// What the server said, as far as the failure knows.
ServerReply reply_of(Failure const& failure);

/// `text` with `***` wherever `secret` was.
std::string scrubbed(std::string text, std::string_view secret);
/// The same for all texts in a value. Before it is made text itself, which may have characters of a secret escaped.
void scrub(nlohmann::json& value, std::string_view secret);

/// What a person may be shown of a text from elsewhere: no traceback, no more than a page.
std::string presentable(std::string text);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_COMPLAINT_HPP
