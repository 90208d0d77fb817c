// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_SUPPORT_ERROR_INFO_HPP
#define ZENOO_RPC_SRC_ODOO_SUPPORT_ERROR_INFO_HPP

#include <zenoo_rpc/core/failure.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// The properties of a failure, from which `make_failure` creates an exception of the class that belongs to its code.
struct ErrorInfo {
    Errc code = Errc::server_error;
    std::string what = {};
    Delivery delivery = Delivery::unknown;
    Duration retry_after = Duration::zero();
    ServerReply reply = {};
    error_code cause = {};  ///< the system's error, if it is more specific than `code`
};

Failure make_failure(ErrorInfo error_info);

/// Returns the server's reply that the failure carries; empty if there is none.
ServerReply reply_of(Failure const& failure);

/// Returns `text` with `***` in place of each occurrence of `secret`.
std::string scrubbed(std::string text, std::string_view secret);
/// Replaces `secret` by `***` in all texts of a value. To be called before serialization, which may escape characters
/// of the secret.
void scrub(nlohmann::json& value, std::string_view secret);

/// Returns a foreign text as it may be shown to a person: without traceback, and shortened to a page.
std::string presentable(std::string text);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_SUPPORT_ERROR_INFO_HPP
