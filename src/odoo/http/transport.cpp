// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/wiped_request.hpp"

#include <zenoo_rpc/async/timeout.hpp>
#include <zenoo_rpc/odoo/transport.hpp>

#include <utility>

namespace zenoo_rpc {

asio::awaitable<Result<HttpResponse>> Transport::exchange_within(Duration limit, HttpRequest request) {
    detail::WipedRequest const wiped{request};
    bool has_begun = false;
    auto send = [&] {
        has_begun = true;
        return exchange(std::move(request));
    };
    auto const limited = timeout(limit);
    Result<HttpResponse> response = co_await limited(send);
    if (!has_begun && !response) response.error().delivery(Delivery::not_sent);
    co_return response;
}

}  // namespace zenoo_rpc
