// SPDX-License-Identifier: BSL-1.0
// The programs of the contract's pages on exceptions and on monitoring.
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry.hpp>

#include <boost/asio/error.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::World;

namespace {

template <class E>
void check_made_by_users() {
    E const from_text{"what happened"};
    E const from_code{error_code{asio::error::connection_reset}, "what happened"};
    CHECK(tests::contains(from_text.what(), "what happened"));
    CHECK(from_code.code() == asio::error::connection_reset);
    CHECK(from_text.retry_after() == 0s);
    CHECK(to_string(from_text.delivery()));
    static_assert(std::is_base_of_v<ZenooError, E> && std::is_convertible_v<E*, ZenooError*>);
}

std::vector<std::string> logged;
void log_line(RetryEvent const& event) {
    logged.push_back(std::string{to_string(event.type)} + " " + std::string{event.operation} + " "
                     + std::to_string(event.attempt) + (event.failure ? " failed" : ""));
}

}  // namespace

TEST_CASE("users can create each exception from text or from a code and text") {
    static_assert(std::is_base_of_v<boost::system::system_error, ZenooError>);
    static_assert(std::is_same_v<ConnectionError, NetworkError> && std::is_same_v<InternalError, ServerError>);
    static_assert(std::is_base_of_v<ServerError, ConcurrencyError> && std::is_base_of_v<ServerError, RateLimitedError>);
    static_assert(std::is_base_of_v<ServerError, DatabaseUnavailableError>);
    static_assert(std::is_base_of_v<UserError, ValidationError> && std::is_base_of_v<TimeoutError, RetryTimeoutError>);
    static_assert(std::is_base_of_v<RetryReport, RetryExhaustedError>
                  && std::is_base_of_v<RetryReport, RetryTimeoutError>);
    check_made_by_users<ZenooError>();
    check_made_by_users<NetworkError>();
    check_made_by_users<TimeoutError>();
    check_made_by_users<ServerError>();
    check_made_by_users<DatabaseUnavailableError>();
    check_made_by_users<RateLimitedError>();
    check_made_by_users<UserError>();
    check_made_by_users<ValidationError>();
    check_made_by_users<AccessError>();
    check_made_by_users<AuthenticationError>();
    check_made_by_users<SessionExpiredError>();
    check_made_by_users<MissingError>();
    check_made_by_users<MethodNotFoundError>();
    check_made_by_users<ProtocolError>();
    check_made_by_users<OutcomeUnknownError>();
    check_made_by_users<RetryExhaustedError>();
    check_made_by_users<RetryTimeoutError>();
    check_made_by_users<CircuitBreakerOpenError>();
    check_made_by_users<BulkRetryError>();
    CHECK(ServerError{"x"}.server_name().empty());
    CHECK(ServerError{"x"}.arguments().empty());
    CHECK(ServerError{"x"}.http_status() == 0);
}

TEST_CASE("retry exceptions are caught by class and report attempts and elapsed time") {
    World world;
    auto const program = [&]() -> asio::awaitable<std::string> {
        try {
            co_await async_retry(QuickRetryPolicy{}, []() -> asio::awaitable<void> {
                throw NetworkError{"refused"};
                co_return;
            });
        } catch (RetryExhaustedError const& error) {
            co_return std::to_string(error.attempts()) + " attempts in " + std::to_string(error.elapsed() / 1ms)
                + " ms: " + error.last_failure().what();
        } catch (RetryTimeoutError const& error) {
            co_return "timeout after " + std::to_string(error.attempts());
        } catch (ZenooError const& error) {
            co_return error.what();
        }
        co_return "";
    };
    CHECK(tests::contains(world.run(program()).value.value(), "2 attempts in 100 ms: refused"));
}

TEST_CASE("monitoring: a callback receives events and metrics are a consistent snapshot") {
    World world;
    auto const recorder = std::make_shared<MetricsRecorder>();
    auto const policy = RetryPolicy{.strategy = FixedDelay{.delay = 2s}, .on_event = log_line, .operation = "read"};
    auto const operation = [calls = 0]() mutable -> asio::awaitable<void> {
        if (++calls < 3) throw NetworkError{"refused"};
        co_return;
    };
    world.run(retry(policy) | metrics(recorder), operation);
    CHECK(logged
          == std::vector<std::string>{"retry_attempt read 1 failed", "retry_attempt read 2 failed",
                                      "retry_success read 3"});
    RetryMetrics const m = recorder->snapshot();
    CHECK(m.operations == 1);
    CHECK(m.total_attempts == 3);
    CHECK(m.retries == 2);
    CHECK(m.successful_retries == 1);
    CHECK(m.failed_retries == 0);
    CHECK(m.average_delay == 2s);
    CHECK(m.circuit_breaker_opens == 0);
    CHECK(m.circuit_breaker_rejections == 0);
}
