// SPDX-License-Identifier: BSL-1.0
// With a completion token Asio passes a default-constructed result beside an exception, so the result type needs a
// default constructor.
#include <zenoo_rpc/retry.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <future>
#include <optional>

using namespace zenoo_rpc;

struct Invoice {
    explicit Invoice(int n) : number{n} {}
    int number;
};

#ifdef CURED
using Response = std::optional<Invoice>;
#else
using Response = Invoice;
#endif

std::future<Response> begin(asio::io_context& io) {
    auto const fetch = []() -> asio::awaitable<Response> { co_return Invoice{7}; };
    return async_retry(io.get_executor(), RetryPolicy{}, fetch, asio::use_future);
}
