// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_IMPORT_OPTIONS_HPP
#define ZENOO_RPC_ODOO_IMPORT_OPTIONS_HPP

#include <zenoo_rpc/async/detail/own.hpp>
#include <zenoo_rpc/core/clock.hpp>
#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/checkpoint.hpp>
#include <zenoo_rpc/odoo/record_id.hpp>

#include <boost/system/result.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace zenoo_rpc {

/// Treatment of a record that exists already.
enum class IfExists {
    keep,    ///< leaves it as it is
    update,  ///< writes the given values into it
};

/// Outcome of one record of an import.
struct ImportOutcome {
    std::uint64_t index;  ///< position of the record, counted from 0
    std::string id;       ///< external id of the record
    boost::system::result<RecordId, Failure> record;
};

/// Outcome of an import, in numbers of records.
struct ImportReport {
    std::uint64_t done_before = 0;  ///< settled by an earlier import, according to the checkpoint
    std::uint64_t imported = 0;     ///< created, or found to exist
    std::uint64_t failed = 0;
};

/// Options of an import: `ImportOptions().batch_size(200).on_outcome(report)`.
class ImportOptions {
public:
    ImportOptions() = default;

    /// Maximum number of records in one call; default 100. Reduced while calls with that many fail or are too slow.
    ImportOptions& batch_size(int most) noexcept {
        batch_size_ = most;
        return *this;
    }
    /// Maximum number of concurrent calls and of batches in memory; default 4. Never more than
    /// `ClientOptions::max_concurrency`.
    ImportOptions& max_concurrency(int most) noexcept {
        max_concurrency_ = most;
        return *this;
    }
    /// Time after which the server kills a call: batches that take half of it are made smaller. Default one minute,
    /// Odoo's `limit_time_cpu`.
    ImportOptions& time_limit(Duration limit) noexcept {
        time_limit_ = limit;
        return *this;
    }
    /// Chooses whether existing records are kept, as by `create_once` and by default, or updated, as by `upsert`.
    ImportOptions& if_exists(IfExists what) noexcept {
        if_exists_ = what;
        return *this;
    }
    /// Reports the outcome of every record to `observer`, batch by batch, never concurrently, before the checkpoint is
    /// saved. An exception of the observer ends the import.
    template <class Observer>
        requires std::convertible_to<detail::owned_t<Observer>, std::function<void(ImportOutcome const&)>>
    ImportOptions& on_outcome(Observer&& observer) {
        on_outcome_ = detail::own(std::forward<Observer>(observer));
        return *this;
    }
    /// Stores the progress of the import, so that a later one can continue there.
    ImportOptions& checkpoint(Checkpoint where) {
        checkpoint_ = std::move(where);
        return *this;
    }
    /// Limits one attempt of each call, instead of `ClientOptions::request_timeout`.
    ImportOptions& call_timeout(Duration limit) noexcept {
        call_timeout_ = limit;
        return *this;
    }

    int batch_size() const noexcept { return batch_size_; }
    int max_concurrency() const noexcept { return max_concurrency_; }
    Duration time_limit() const noexcept { return time_limit_; }
    IfExists if_exists() const noexcept { return if_exists_; }
    std::function<void(ImportOutcome const&)> const& on_outcome() const noexcept { return on_outcome_; }
    Checkpoint const& checkpoint() const noexcept { return checkpoint_; }
    std::optional<Duration> call_timeout() const noexcept { return call_timeout_; }

private:
    int batch_size_ = 100;
    int max_concurrency_ = 4;
    Duration time_limit_ = std::chrono::minutes{1};
    IfExists if_exists_ = IfExists::keep;
    std::function<void(ImportOutcome const&)> on_outcome_;
    Checkpoint checkpoint_;
    std::optional<Duration> call_timeout_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_IMPORT_OPTIONS_HPP
