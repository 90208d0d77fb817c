// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_CORE_DETAIL_IMPL_ZENOO_ERROR_IPP
#define ZENOO_RPC_CORE_DETAIL_IMPL_ZENOO_ERROR_IPP

#include <zenoo_rpc/core/zenoo_error.hpp>

#include <utility>

namespace zenoo_rpc {

ZenooError::ZenooError(std::string const& what) : ZenooError{Errc::unclassified, what, ErrorText::as_given} {}

ZenooError::ZenooError(error_code code, std::string const& what, ErrorText text)
    : system_error{code}, text_{text == ErrorText::as_given ? what : what + ": " + code.message()} {}

char const* ZenooError::what() const noexcept { return text_.what(); }

void ZenooError::reply(ServerReply reply) { reply_ = std::make_shared<ServerReply const>(std::move(reply)); }

ServerReply const& ZenooError::reply() const noexcept {
    static ServerReply const none;
    return reply_ ? *reply_ : none;
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_CORE_DETAIL_IMPL_ZENOO_ERROR_IPP
