// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_IMPL_CHECK_IPP
#define ZENOO_RPC_CORE_DETAIL_IMPL_CHECK_IPP

#include <zenoo_rpc/core/detail/check.hpp>

#include <sstream>
#include <stdexcept>

namespace zenoo_rpc::detail {

template <class T>
[[noreturn]] void refuse_shown(std::string_view member, T value, char const* should_be) {
    std::ostringstream text;
    text << member << " is " << value << ", but " << should_be;
    throw std::invalid_argument{text.str()};
}

void refuse_value(std::string_view member, long long value, char const* should_be) {
    refuse_shown(member, value, should_be);
}

void refuse_value(std::string_view member, double value, char const* should_be) {
    refuse_shown(member, value, should_be);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_CORE_DETAIL_IMPL_CHECK_IPP
