// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_DURATION_TEXT_HPP
#define ZENOO_RPC_CORE_DETAIL_DURATION_TEXT_HPP

#include <zenoo_rpc/core/clock.hpp>

#include <chrono>
#include <cstdio>
#include <string>

namespace zenoo_rpc::detail {

/// Formats a duration in seconds: "1.5 s".
inline std::string in_seconds(Duration duration) {
    char text[32];
    std::snprintf(text, sizeof text, "%g s", std::chrono::duration<double>(duration).count());
    return text;
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_DURATION_TEXT_HPP
