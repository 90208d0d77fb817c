// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_BULK_RETRY_MANAGER_HPP
#define ZENOO_RPC_ASYNC_BULK_RETRY_MANAGER_HPP

#include <zenoo_rpc/async/detail/bulk_run.hpp>
#include <zenoo_rpc/retry/retry_options.hpp>

#include <memory>
#include <utility>

namespace zenoo_rpc {

/// Runs many operations, some of them concurrently, each with its own retries. A handle: copies share the options.
///
/// Threads: safe to share.
class BulkRetryManager {
public:
    /// Throws `std::invalid_argument` that names the invalid option.
    explicit BulkRetryManager(BulkOptions options = {}) : options_{prepared(std::move(options))} {}

    /// Runs the operations of any range, and yields their results in the order of the range. They start in that order,
    /// and an element is read only when its operation starts: a view may generate them one by one.
    ///
    /// Errors: `BulkRetryError` if too few succeed, if the range throws, or on cancellation. It lists all operations;
    /// of a range without a size, those that were read from it. Cancellation: is passed on to the operations under way,
    /// and waits for them to end. Lifetime: owns a copy of the range; `std::views::all(operations)` refers to it
    /// instead. Threads: calls and runs the operations on a strand, so that no two of them execute in parallel.
    template <class Operations>
        requires BulkRange<detail::owned_t<Operations>>
    auto execute_bulk(Operations&& operations) const& {
        return detail::run_bulk(options_, detail::own(std::forward<Operations>(operations)));
    }
    template <class Operations>
        requires BulkRange<detail::owned_t<Operations>>
    auto execute_bulk(Operations&& operations) && {
        static_assert(detail::destroyed_once<BulkOptions> || sizeof(Operations) == 0,
                      "g++-12 would destroy the options of this temporary twice: give it a name first");
        return std::as_const(*this).execute_bulk(std::forward<Operations>(operations));
    }

private:
    static std::shared_ptr<BulkOptions const> prepared(BulkOptions options) {
        options.check();
        if (!options.policy.get()) {
            RetryOptions const numbers{.max_attempts = options.max_attempts, .base_delay = options.base_delay};
            options.policy = detail::policy_of(numbers);
        }
        return std::make_shared<BulkOptions const>(std::move(options));
    }

    std::shared_ptr<BulkOptions const> options_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_BULK_RETRY_MANAGER_HPP
