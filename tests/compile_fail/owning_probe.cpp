// SPDX-License-Identifier: BSL-1.0
// A probe that owns memory, created in the expression that awaits its call.
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/odoo/call_options.hpp>

#include <memory>

using namespace zenoo_rpc;

asio::awaitable<int> call(CallOptions options);

asio::awaitable<int> ask() {
    auto const known = std::make_shared<nlohmann::json>(42);
#ifdef CURED
    auto const probe = [known]() -> asio::awaitable<std::optional<nlohmann::json>> { co_return *known; };
    co_return co_await call(CallOptions().probe(probe));
#else
    co_return co_await call(
        CallOptions().probe([known]() -> asio::awaitable<std::optional<nlohmann::json>> { co_return *known; }));
#endif
}
