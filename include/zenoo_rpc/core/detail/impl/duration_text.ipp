// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_IMPL_DURATION_TEXT_IPP
#define ZENOO_RPC_CORE_DETAIL_IMPL_DURATION_TEXT_IPP

#include <zenoo_rpc/core/detail/duration_text.hpp>

#include <chrono>
#include <cstdio>

namespace zenoo_rpc::detail {

std::string in_seconds(Duration duration) {
    char text[32];
    std::snprintf(text, sizeof text, "%g s", std::chrono::duration<double>(duration).count());
    return text;
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_IMPL_DURATION_TEXT_IPP
