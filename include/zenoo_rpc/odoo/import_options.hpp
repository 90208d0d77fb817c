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

/// What becomes of a record that is there already.
enum class WhenThere {
    keep,       ///< it stays as it is
    overwrite,  ///< it gets the values that are given
};

/// What has become of one record of an import.
struct ImportOutcome {
    std::uint64_t index;  ///< of the record, from 0 on
    std::string id;       ///< its external id
    boost::system::result<RecordId, Failure> record;
};

/// What has become of an import.
struct ImportReport {
    std::uint64_t skipped = 0;   ///< settled by an earlier import, says the checkpoint
    std::uint64_t imported = 0;  ///< created, or there already
    std::uint64_t failed = 0;
};

/// How records are imported: `ImportOptions().batch_size(200).on_outcome(report)`.
class ImportOptions {
public:
    ImportOptions() = default;

    /// Records in one call, at most; fewer while the server has trouble with so many. 100 if not said.
    ImportOptions& batch_size(int most) noexcept {
        batch_size_ = most;
        return *this;
    }
    /// Calls at a time, at most, and batches in memory; never more than `ClientOptions::max_concurrency`. 4 if not
    /// said.
    ImportOptions& max_concurrency(int most) noexcept {
        max_concurrency_ = most;
        return *this;
    }
    /// How long the server lets a call run before it kills it: batches that take half of it are made smaller. A minute
    /// if not said, Odoo's `limit_time_cpu`.
    ImportOptions& time_limit(Duration limit) noexcept {
        time_limit_ = limit;
        return *this;
    }
    /// Whether what is there already stays as it is, as by `create_once`, or is overwritten, as by `upsert`.
    ImportOptions& when_there(WhenThere what) noexcept {
        when_there_ = what;
        return *this;
    }
    /// Told of every record, batch by batch, one at a time, before the checkpoint is saved. If it throws, that ends
    /// the import.
    template <class Observer>
        requires std::convertible_to<detail::owned_t<Observer>, std::function<void(ImportOutcome const&)>>
    ImportOptions& on_outcome(Observer&& observer) {
        on_outcome_ = detail::own(std::forward<Observer>(observer));
        return *this;
    }
    ImportOptions& checkpoint(Checkpoint where) {
        checkpoint_ = std::move(where);
        return *this;
    }
    /// For one attempt of each call, instead of `ClientOptions::request_timeout`.
    ImportOptions& call_timeout(Duration limit) noexcept {
        call_timeout_ = limit;
        return *this;
    }

    int batch_size() const noexcept { return batch_size_; }
    int max_concurrency() const noexcept { return max_concurrency_; }
    Duration time_limit() const noexcept { return time_limit_; }
    WhenThere when_there() const noexcept { return when_there_; }
    std::function<void(ImportOutcome const&)> const& on_outcome() const noexcept { return on_outcome_; }
    Checkpoint const& checkpoint() const noexcept { return checkpoint_; }
    std::optional<Duration> call_timeout() const noexcept { return call_timeout_; }

private:
    int batch_size_ = 100;
    int max_concurrency_ = 4;
    Duration time_limit_ = std::chrono::minutes{1};
    WhenThere when_there_ = WhenThere::keep;
    std::function<void(ImportOutcome const&)> on_outcome_;
    Checkpoint checkpoint_;
    std::optional<Duration> call_timeout_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_IMPORT_OPTIONS_HPP
