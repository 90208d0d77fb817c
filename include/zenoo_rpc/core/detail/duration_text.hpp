// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_DURATION_TEXT_HPP
#define ZENOO_RPC_CORE_DETAIL_DURATION_TEXT_HPP

#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/detail/config.hpp>

#include <string>

namespace zenoo_rpc::detail {

/// Formats a duration in seconds: "1.5 s".
ZENOO_RPC_DECL std::string in_seconds(Duration duration);

}  // namespace zenoo_rpc::detail

#ifdef ZENOO_RPC_HEADER_ONLY
#include <zenoo_rpc/core/detail/impl/duration_text.ipp>
#endif

#endif  // ZENOO_RPC_CORE_DETAIL_DURATION_TEXT_HPP
