// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_BULK_TALLY_HPP
#define ZENOO_RPC_ASYNC_DETAIL_BULK_TALLY_HPP

#include <zenoo_rpc/async/bulk_options.hpp>
#include <zenoo_rpc/async/bulk_retry_error.hpp>
#include <zenoo_rpc/core/detail/nesting.hpp>
#include <zenoo_rpc/core/errors.hpp>

#include <boost/asio/error.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace zenoo_rpc::detail {

/// Returns true if `successful` of `total` are at least the share `threshold`, or if `total` is zero.
///
/// Divides, which rounds in the same way as the threshold's literal was rounded: 0.55 of 100 are 55.
inline bool reaches(std::size_t successful, std::size_t total, double threshold) noexcept {
    return total == 0 || static_cast<double>(successful) / static_cast<double>(total) >= threshold;
}

/// How a bulk ended, apart from the results of its operations.
struct BulkOutcome {
    bool cancelled = false;
    bool complete = true;  ///< all operations ended by themselves
    Failure range_failure = {};
};

/// Collects the results of the operations of a bulk, and decides whether the bulk succeeded.
template <class T>
class BulkTally {
public:
    /// Reserves memory for `more` results, so that none is lost for lack of memory.
    void make_room(std::size_t more) {
        if constexpr (!std::is_void_v<T>) make_room(results_.successful, more);
        make_room(results_.failed, more);
    }

    template <class... Value>
    void succeeded(std::size_t index, int attempts, Value&&... value) {
        if constexpr (std::is_void_v<T>) {
            results_.successful.add_one();
        } else {
            results_.successful.push_back({index, std::forward<Value>(value)..., attempts});
        }
    }
    void failed(std::size_t index, int attempts, Failure failure) {
        bool const unknown = failure.caused_by<OutcomeUnknownError>();
        if (unknown || (!last_is_unknown_ && !failure.cancelled())) {
            last_failure_ = failure;
            last_is_unknown_ = unknown;
        }
        results_.failed.push_back({index, std::move(failure), attempts});
    }
    /// Records the operations from `first` until `end` as failed, because they were never started.
    void never_begun(std::size_t first, std::size_t end) {
        Failure aborted{make_error_code(boost::asio::error::operation_aborted)};
        aborted.delivery(Delivery::not_sent);
        results_.failed.reserve(results_.failed.size() + end - first);
        for (; first < end; ++first) results_.failed.push_back({first, aborted, 0});
    }

    BulkProgress progress(std::optional<std::size_t> total) const noexcept {
        auto const successful = results_.successful.size();
        auto const failed = results_.failed.size();
        return {successful + failed, successful, failed, total};
    }

    /// Returns all results in order, or throws `BulkRetryError` with them.
    BulkResults<T> conclude(double threshold, BulkOutcome outcome) && {
        if constexpr (!std::is_void_v<T>) std::ranges::sort(results_.successful, {}, &BulkSuccess<T>::index);
        std::ranges::sort(results_.failed, {}, &BulkFailure::index);
        auto const now = progress({});
        bool const may_succeed = !outcome.range_failure && (outcome.complete || !outcome.cancelled);
        if (may_succeed && reaches(now.successful, now.done, threshold)) return std::move(results_);
        fail(now, std::move(outcome));
    }

private:
    [[noreturn]] void fail(BulkProgress const& now, BulkOutcome outcome) {
        auto text = std::string{outcome.cancelled       ? "the bulk was cancelled"
                                : outcome.range_failure ? "the range of operations failed"
                                                        : "too many operations of the bulk failed"};
        text += ": " + std::to_string(now.successful) + " succeeded, " + std::to_string(now.failed) + " did not";
        if (outcome.range_failure && !last_is_unknown_) last_failure_ = std::move(outcome.range_failure);
        if (last_failure_) text += "; " + last_failure_.what();
        auto code = last_failure_ ? last_failure_.code() : make_error_code(Errc::bulk_failed);
        if (outcome.cancelled) code = boost::asio::error::operation_aborted;
        bool const sent = now.successful > 0 || !std::ranges::all_of(results_.failed, was_not_sent);

        BulkReport report{std::make_shared<BulkResults<T> const>(std::move(results_))};
        BulkRetryError error{code, text, std::move(report)};
        if (!sent) error.delivery(Delivery::not_sent);
        std::rethrow_exception(nesting(std::move(error), last_failure_));
    }

    template <class Result>
    static void make_room(std::vector<Result>& results, std::size_t more) {
        auto const needed = results.size() + more;
        if (needed > results.capacity()) results.reserve(std::max(needed, 2 * results.capacity()));
    }
    static bool was_not_sent(BulkFailure const& failed) noexcept {
        return failed.failure.delivery() == Delivery::not_sent;
    }

    BulkResults<T> results_;
    Failure last_failure_;  // except cancellations; an unknown outcome takes precedence
    bool last_is_unknown_ = false;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_BULK_TALLY_HPP
