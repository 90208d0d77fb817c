// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>
#include <zenoo_rpc/retry/exponential_backoff.hpp>
#include <zenoo_rpc/retry/retry_strategy.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

/// The example of the documentation.
class CustomRetryStrategy final : public RetryStrategy {
public:
    explicit CustomRetryStrategy(int max_attempts = 3) : max_attempts_{max_attempts} {}
    bool should_retry(int attempt, Failure const& failure) override {
        return attempt < max_attempts_ && (failure.is<NetworkError>() || failure.is<TimeoutError>());
    }
    Duration get_delay(int attempt) override {
        return attempt <= 1 ? 1s : get_delay(attempt - 1) + get_delay(attempt - 2);
    }

private:
    int max_attempts_;
};

/// Records its calls.
struct Witness final : RetryStrategy {
    Witness(bool response_, Duration delay_) : response{response_}, delay{delay_} {}
    bool should_retry(int attempt, Failure const& failure) override {
        asked.push_back("should_retry " + std::to_string(attempt) + ": " + failure.what());
        return response;
    }
    Duration get_delay(int attempt) override {
        asked.push_back("get_delay " + std::to_string(attempt));
        return delay;
    }

    bool response;
    Duration delay;
    std::vector<std::string> asked;
};

/// A strategy that implements only next_delay.
struct OfficeHours {
    std::optional<Duration> next_delay(RetryContext const& context) {
        if (context.attempt >= 4) return std::nullopt;
        return context.attempt * 2s;
    }
};

struct Immovable {
    Immovable() = default;
    Immovable(Immovable const&) = delete;
    std::optional<Duration> next_delay(RetryContext const&) { return std::nullopt; }
};

struct Knowing {
    int max_attempts() const { return 7; }
    std::optional<Duration> next_delay(RetryContext const&) { return std::nullopt; }
};

}  // namespace

TEST_CASE("next_delay of a custom strategy combines should_retry and get_delay") {
    CustomRetryStrategy strategy{5};
    CHECK(strategy.next_delay({.attempt = 1, .last_failure = Errc::network_error}) == Duration{1s});
    CHECK(strategy.next_delay({.attempt = 4, .last_failure = Errc::timed_out}) == Duration{5s});
    CHECK(strategy.next_delay({.attempt = 5, .last_failure = Errc::timed_out}) == std::nullopt);
    CHECK(strategy.next_delay({.attempt = 1, .last_failure = Errc::bad_gateway}) == std::nullopt);
}

TEST_CASE("get_delay of a custom strategy is called only if should_retry is true") {
    Witness yes{true, 3s};
    CHECK(yes.next_delay({.attempt = 2, .last_failure = Errc::rate_limited}) == Duration{3s});
    CHECK(yes.asked == std::vector<std::string>{"should_retry 2: too many requests", "get_delay 2"});

    Witness no{false, 3s};
    CHECK(no.next_delay({.attempt = 2, .last_failure = Errc::rate_limited}) == std::nullopt);
    CHECK(no.asked == std::vector<std::string>{"should_retry 2: too many requests"});
}

TEST_CASE("a negative delay of a custom strategy counts as zero") {
    CHECK(Witness{true, -1s}.next_delay({}) == Duration{0s});
    CHECK(Witness{true, Duration::min()}.next_delay({}) == Duration{0s});
    CHECK(Witness{true, Duration::max()}.next_delay({}) == Duration::max());
}

TEST_CASE("requirements of the Strategy concept") {
    STATIC_REQUIRE(Strategy<CustomRetryStrategy>);
    STATIC_REQUIRE(Strategy<OfficeHours>);
    STATIC_REQUIRE(Strategy<ExponentialBackoffStrategy<>>);
    STATIC_REQUIRE_FALSE(Strategy<RetryStrategy>);
    STATIC_REQUIRE_FALSE(Strategy<Immovable>);
    STATIC_REQUIRE_FALSE(Strategy<int>);
}

TEST_CASE("only a subclass of RetryStrategy decides alone") {
    CHECK(detail::decides_alone(CustomRetryStrategy{}, {}));
    CHECK_FALSE(detail::decides_alone(ExponentialBackoffStrategy{}, {}));
    CHECK_FALSE(detail::decides_alone(OfficeHours{}, {}));
}

TEST_CASE("the number of attempts of a strategy is known or zero") {
    CHECK(detail::attempts_of(ExponentialBackoffStrategy{.max_attempts = 5}) == 5);
    CHECK(detail::attempts_of(Knowing{}) == 7);
    CHECK(detail::attempts_of(CustomRetryStrategy{5}) == 0);
    CHECK(detail::attempts_of(OfficeHours{}) == 0);
}

TEST_CASE("a strategy without check is accepted") {
    CHECK_NOTHROW(detail::check(OfficeHours{}));
    CHECK_NOTHROW(detail::check(CustomRetryStrategy{0}));
    CHECK_THROWS_AS(detail::check(ExponentialBackoffStrategy{.max_attempts = 0}), std::invalid_argument);
}
