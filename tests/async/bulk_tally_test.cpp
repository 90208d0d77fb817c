// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/async/detail/bulk_tally.hpp>
#include <zenoo_rpc/exceptions.hpp>

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <utility>

using namespace zenoo_rpc;
using detail::BulkTally;
using detail::reaches;

namespace {

template <class T>
BulkRetryError error_of(BulkTally<T> tally, detail::BulkOutcome outcome = {}) {
    try {
        std::move(tally).conclude(1.0, std::move(outcome));
    } catch (BulkRetryError const& error) {
        return error;
    }
    throw std::logic_error{"the bulk succeeded"};
}

Failure thrown(auto error) { return Failure{std::make_exception_ptr(std::move(error))}; }

}  // namespace

TEST_CASE("a threshold in whole percents is reached by exactly that share") {
    for (std::size_t percent = 0; percent <= 100; ++percent) {
        auto const threshold = std::stod(std::to_string(percent) + "e-2");
        for (std::size_t const hundreds : {1U, 3U, 70U, 10'000'019U}) {
            auto const total = 100 * hundreds;
            auto const needed = percent * hundreds;
            INFO(percent << " % of " << total);
            CHECK(reaches(needed, total, threshold));
            CHECK((needed == 0 || !reaches(needed - 1, total, threshold)));
        }
    }
}

TEST_CASE("zero of zero reaches any threshold, and zero successes reach a threshold of zero") {
    CHECK(reaches(0, 0, 1.0));
    CHECK(reaches(0, 5, 0.0));
    CHECK_FALSE(reaches(0, 5, std::numeric_limits<double>::denorm_min()));
}

TEST_CASE("results are in the order of the operations, whatever order they completed in") {
    BulkTally<int> tally;
    tally.succeeded(3, 1, 30);
    tally.failed(2, 1, Errc::user_error);
    tally.succeeded(1, 2, 10);
    tally.failed(0, 3, Errc::timed_out);
    tally.never_begun(4, 6);
    auto const results = std::move(tally).conclude(0.0, {});
    REQUIRE(results.successful.size() == 2);
    CHECK(results.successful[0].index == 1);
    CHECK(results.successful[0].value == 10);
    CHECK(results.successful[0].attempts == 2);
    CHECK(results.successful[1].index == 3);
    REQUIRE(results.failed.size() == 4);
    CHECK(results.failed[0].index == 0);
    CHECK(results.failed[0].attempts == 3);
    CHECK(results.failed[1].failure.code() == Errc::user_error);
    CHECK(results.failed[3].index == 5);
    CHECK(results.failed[3].failure.cancelled());
    CHECK(results.failed[3].failure.delivery() == Delivery::not_sent);
    CHECK(results.failed[3].attempts == 0);
}

TEST_CASE("no result is moved while reserved room suffices") {
    BulkTally<std::unique_ptr<int>> tally;
    tally.make_room(2);
    tally.succeeded(0, 1, std::make_unique<int>(1));
    tally.succeeded(1, 1, std::make_unique<int>(2));
    tally.make_room(1);
    tally.succeeded(2, 1, nullptr);
    CHECK(std::move(tally).conclude(1.0, {}).successful.size() == 3);
}

TEST_CASE("the last failure is that of the bulk, unless an outcome is unknown") {
    BulkTally<void> tally;
    tally.failed(5, 1, thrown(UserError{"first"}));
    tally.failed(1, 1, thrown(AccessError{"last"}));
    tally.failed(9, 1, make_error_code(boost::asio::error::operation_aborted));
    CHECK(error_of(tally).code() == Errc::access_denied);
    tally.failed(2, 1, thrown(OutcomeUnknownError{"lost"}));
    tally.failed(3, 1, thrown(UserError{"very last"}));
    auto const error = error_of(tally, {.range_failure = thrown(NetworkError{"the range"})});
    CHECK(error.code() == Errc::outcome_unknown);
    CHECK(error.what() == std::string{"the range of operations failed: 0 succeeded, 5 did not; lost"});
}

TEST_CASE("a bulk whose operations cancelled themselves is not cancelled itself") {
    BulkTally<void> tally;
    tally.failed(0, 1, make_error_code(boost::asio::error::operation_aborted));
    CHECK(error_of(tally).code() == Errc::bulk_failed);
    CHECK(error_of(tally, {.cancelled = true}).code() == boost::asio::error::operation_aborted);
}

TEST_CASE("an interrupted bulk is a failure, however many of its operations succeeded") {
    BulkTally<void> tally;
    tally.succeeded(0, 1);
    CHECK(error_of(tally, {.cancelled = true, .complete = false}).successful_count() == 1);
    CHECK(error_of(tally, {.range_failure = Errc::network_error}).failed_count() == 0);
}

TEST_CASE("a late cancellation does not change a success, but gives a failure its code") {
    BulkTally<void> tally;
    tally.succeeded(0, 1);
    CHECK(BulkTally<void>{tally}.conclude(1.0, {.cancelled = true}).successful.size() == 1);
    tally.failed(1, 1, Errc::network_error);
    CHECK(error_of(tally, {.cancelled = true}).code() == boost::asio::error::operation_aborted);
}

TEST_CASE("a BulkRetryError created by a user has no results") {
    BulkRetryError const error{"text"};
    CHECK(error.successful_count() == 0);
    CHECK(error.failed_count() == 0);
    CHECK(error.results<std::unique_ptr<int>>().successful.empty());
    CHECK(error.results<void>().failed.empty());
}
