// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/async/bulk_retry_manager.hpp>

#include <chrono>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

using namespace std::chrono_literals;
using namespace zenoo_rpc;
using tests::contains;

TEST_CASE("by default a bulk succeeds if all operations succeed within three attempts, 16 concurrently") {
    BulkOptions const options;
    CHECK(options.max_attempts == 3);
    CHECK(options.base_delay == 1s);
    CHECK(options.partial_success_threshold == 1.0);
    CHECK(options.max_concurrency == 16);
    CHECK_FALSE(options.on_progress);
    CHECK_FALSE(options.policy.get());
    CHECK_FALSE(options.circuit_breaker);
}

TEST_CASE("unusable bulk options are rejected by name before anything runs") {
    auto const refused = [](BulkOptions options) {
        try {
            BulkRetryManager{std::move(options)};
        } catch (std::invalid_argument const& error) {
            return std::string{error.what()};
        }
        return std::string{};
    };
    CHECK(refused({.max_attempts = 0}) == "BulkOptions::max_attempts is 0, but must be at least 1");
    CHECK(contains(refused({.base_delay = -1ns}), "BulkOptions::base_delay is -1"));
    CHECK(contains(refused({.partial_success_threshold = 1.01}), "BulkOptions::partial_success_threshold is 1.01"));
    CHECK(contains(refused({.partial_success_threshold = -0.01}), "BulkOptions::partial_success_threshold is -0.01"));
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(contains(refused({.partial_success_threshold = nan}), "BulkOptions::partial_success_threshold is nan"));
    CHECK(refused({.max_concurrency = 0}) == "BulkOptions::max_concurrency is 0, but must be at least 1");
    CHECK(contains(refused({.policy = RetryPolicy{.attempt_timeout = -1ns}}), "RetryPolicy::attempt_timeout is -1"));
    CHECK(refused({}) == "");
}
