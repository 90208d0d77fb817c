// SPDX-License-Identifier: BSL-1.0
// A bulk manager whose options own memory, created in the expression that awaits it.
#include <zenoo_rpc/retry.hpp>

#include <vector>

using namespace zenoo_rpc;

struct Nothing {
    asio::awaitable<void> operator()() const { co_return; }
};

asio::awaitable<void> run(std::vector<Nothing> const& operations) {
#ifdef CURED
    BulkRetryManager const bulk{{.max_attempts = 5}};
    co_await bulk.execute_bulk(operations);
#else
    co_await BulkRetryManager{{.max_attempts = 5}}.execute_bulk(operations);
#endif
}
