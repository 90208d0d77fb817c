// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/retry/retry_event.hpp>

#include <chrono>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using namespace zenoo_rpc;

namespace {

RetryEvent event_with(Failure const& failure) {
    return {RetryEventType::retry_attempt, "create", 2, Duration{3s}, failure};
}

void throwing(RetryEvent const&) { throw std::runtime_error{"the observer failed"}; }
void throwing_a_number(RetryEvent const&) { throw 42; }

}  // namespace

TEST_CASE("each type of event has the name of its enumerator") {
    CHECK(to_string(RetryEventType::retry_attempt) == std::string{"retry_attempt"});
    CHECK(to_string(RetryEventType::retry_success) == std::string{"retry_success"});
    CHECK(to_string(RetryEventType::retry_failed) == std::string{"retry_failed"});
    CHECK(to_string(RetryEventType::circuit_breaker_opened) == std::string{"circuit_breaker_opened"});
    CHECK(to_string(RetryEventType::circuit_breaker_half_opened) == std::string{"circuit_breaker_half_opened"});
    CHECK(to_string(RetryEventType::circuit_breaker_closed) == std::string{"circuit_breaker_closed"});
    CHECK(to_string(static_cast<RetryEventType>(99)) == std::string{"?"});
}

TEST_CASE("an observer receives the event") {
    std::string seen;
    AnyObserver const observer = [&](RetryEvent const& event) {
        seen = std::string{to_string(event.type)} + ' ' + std::string{event.operation} + ' '
               + std::to_string(event.attempt) + ' ' + std::to_string(event.delay / 1s) + ' ' + event.failure.what();
    };
    Failure const failure = Errc::rate_limited;
    observer(event_with(failure));
    CHECK(seen == "retry_attempt create 2 3 too many requests");
}

TEST_CASE("NoObserver and empty observers do nothing") {
    Failure const failure = Errc::rate_limited;
    CHECK_NOTHROW(NoObserver{}(event_with(failure)));
    for (auto const& none :
         {AnyObserver{}, AnyObserver{NoObserver{}}, AnyObserver{static_cast<void (*)(RetryEvent const&)>(nullptr)},
          AnyObserver{std::function<void(RetryEvent const&)>{}}}) {
        CHECK_NOTHROW(none(event_with(failure)));
    }
}

TEST_CASE("an observer that throws has no effect") {
    Failure const failure = Errc::rate_limited;
    auto first = throwing;
    auto second = throwing_a_number;
    AnyObserver third = throwing;
    auto const event = event_with(failure);
    detail::notify(first, event);
    detail::notify(second, event);
    detail::notify(third, event);
    STATIC_REQUIRE(noexcept(detail::notify(third, event)));
}

TEST_CASE("several observers are called in order, even if others throw") {
    std::vector<int> recorded;
    auto all = observers([&](RetryEvent const&) { recorded.push_back(1); }, throwing,
                         [&, count = 1](RetryEvent const&) mutable { recorded.push_back(++count); }, throwing_a_number,
                         AnyObserver{}, [&](RetryEvent const&) { recorded.push_back(99); });
    STATIC_REQUIRE(RetryObserver<decltype(all)>);
    Failure const failure = Errc::rate_limited;
    CHECK_NOTHROW(all(event_with(failure)));
    AnyObserver copy = all;
    copy(event_with(failure));
    CHECK(recorded == std::vector<int>{1, 2, 99, 1, 3, 99});
    CHECK_NOTHROW(observers()(event_with(failure)));
}

TEST_CASE("requirements of the RetryObserver concept") {
    STATIC_REQUIRE(RetryObserver<NoObserver>);
    STATIC_REQUIRE(RetryObserver<AnyObserver>);
    STATIC_REQUIRE(RetryObserver<void (*)(RetryEvent const&)>);
    STATIC_REQUIRE_FALSE(RetryObserver<void (*)(int)>);
}
