// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/import_job.hpp"

#include "odoo/import/batch_size.hpp"
#include "odoo/import/fingerprint.hpp"
#include "odoo/import/loader.hpp"
#include "odoo/import/seen_ids.hpp"
#include "odoo/import/settled_prefix.hpp"

#include <zenoo_rpc/async/detail/deadline.hpp>
#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/core/detail/check.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace zenoo_rpc::detail {

namespace {

void check_options(ImportOptions const& options) {
    check_each(AtLeastOne{"ImportOptions::batch_size", options.batch_size()},
               AtLeastOne{"ImportOptions::max_concurrency", options.max_concurrency()},
               Positive{"ImportOptions::time_limit (nanoseconds)", static_cast<double>(options.time_limit().count())});
}

/// One run of `import_records`. Its coroutines run on one serial executor.
class ImportJob {
public:
    ImportJob(CallScope scope, std::string model, RecordSource records, ImportOptions options)
        : scope_{std::move(scope)},
          model_{std::move(model)},
          records_{std::move(records)},
          options_{std::move(options)},
          size_{static_cast<std::size_t>(options_.batch_size()), options_.time_limit()} {}

    asio::awaitable<Result<ImportReport>> run() {
        if (auto const limit = options_.call_timeout()) each_call_.timeout(*limit);
        Result<std::shared_ptr<FieldTypes const>> const types = co_await types_of(scope_, model_, each_call_);
        if (!types) co_return types.error();
        types_ = *types;
        co_await skip_settled();
        co_await work_concurrently();
        if (ended_) co_return *ended_;
        co_return report_;
    }

private:
    using SourceLock = asio::experimental::channel<void(boost::system::error_code)>;

    struct Batch {
        std::uint64_t first = 0;
        ImportProgress end = {};
        std::vector<ImportRecord> records = {};
    };

    asio::awaitable<void> skip_settled() {
        fingerprint_.add(model_);
        auto const& load = options_.checkpoint().load;
        auto const saved = load ? load() : ImportProgress{};
        while (next_ < saved.settled) {
            auto const most = std::min<std::uint64_t>(saved.settled - next_, size_.get());
            auto const skipped = co_await take(static_cast<std::size_t>(most));
            if (skipped.empty()) {
                refuse_checkpoint(std::to_string(saved.settled) + " records are settled, but the source has only "
                                  + std::to_string(next_));
            }
        }
        bool const is_of_these = saved.fingerprint == 0 || saved.fingerprint == fingerprint_.get();
        if (next_ > 0 && !is_of_these) {
            refuse_checkpoint("the first " + std::to_string(next_)
                              + " records have other external ids than the settled ones, or the model is another one");
        }
        report_.done_before = next_;
        settled_.begin_at(position());
    }

    [[noreturn]] void refuse_checkpoint(std::string const& reason) const {
        throw std::invalid_argument{"import of " + model_ + ": the checkpoint does not match: " + reason};
    }

    /// Returns the next records of the source; none at its end.
    asio::awaitable<std::vector<ImportRecord>> take(std::size_t at_most) {
        auto records = co_await records_.next(at_most);
        next_ += records.size();
        for (auto const& record : records) fingerprint_.add(record.id.text());
        co_return records;
    }

    /// Progress after the last record taken.
    ImportProgress position() const noexcept { return {next_, fingerprint_.get()}; }

    asio::awaitable<void> work_concurrently() {
        auto const executor = co_await asio::this_coro::executor;
        SourceLock lock{executor, 1};
        lock.try_send(boost::system::error_code{});
        auto worker = [&] { return asio::co_spawn(executor, work(lock), asio::deferred); };
        std::vector<decltype(worker())> workers;
        auto const calls =
            std::min(static_cast<std::size_t>(options_.max_concurrency()), scope_.core->options().max_concurrency);
        for (std::size_t i = 0; i < calls; ++i) workers.push_back(worker());
        auto group = asio::experimental::make_parallel_group(std::move(workers));
        co_await group.async_wait(asio::experimental::wait_for_one_error(), asio::use_awaitable);
    }

    /// Uploads batches until the source ends. Throws the failure that ends the import, which cancels the other workers.
    asio::awaitable<void> work(SourceLock& lock) {
        try {
            while (true) {
                Batch batch = co_await next_batch(lock);
                if (batch.records.empty()) co_return;
                Result<void> const uploaded = co_await upload(std::move(batch));
                if (!uploaded) end_with(uploaded.error());
            }
        } catch (...) {
            if (!ended_) ended_ = Failure{std::current_exception()};
            throw;
        }
    }

    [[noreturn]] void end_with(Failure const& failure) {
        if (!ended_) ended_ = failure;
        failure.raise();
    }

    /// Takes the next batch. Only one worker reads the source at a time.
    asio::awaitable<Batch> next_batch(SourceLock& lock) {
        struct Unlock {
            SourceLock& lock;
            ~Unlock() { lock.try_send(boost::system::error_code{}); }
        };
        co_await lock.async_receive(asio::use_awaitable);
        Unlock const unlock{lock};
        Batch batch{.first = next_};
        batch.records = co_await take(size_.get());
        batch.end = position();
        co_return batch;
    }

    asio::awaitable<Result<void>> upload(Batch batch) {
        std::vector<ImportRow> rows;
        std::vector<std::size_t> places;  // index in the batch of each row
        std::vector<Loader::Outcome> outcomes(batch.records.size());
        SeenIds seen;
        for (std::size_t i = 0; i < batch.records.size(); ++i) {
            try {
                seen.add(batch.records[i].id.text());
                rows.push_back(import_row(batch.records[i].id, batch.records[i].values, *types_));
                places.push_back(i);
            } catch (std::bad_alloc const&) {
                throw;  // not the fault of the record
            } catch (std::exception const& refused) {
                outcomes[i].emplace(Failure{std::current_exception(), refused});
            }
        }
        Loader loader{scope_,     model_, model_ + ".import_records", options_.if_exists(), Loader::OnSilence::isolate,
                      each_call_, size_};
        std::vector<Loader::Outcome> loaded(rows.size());
        Result<void> uploaded = co_await loader.load(rows, loaded);
        for (std::size_t i = 0; i < loaded.size(); ++i) outcomes[places[i]] = std::move(loaded[i]);
        notify(batch, outcomes);
        if (uploaded && settled_.add(batch.first, batch.end)) save_checkpoint();
        co_return uploaded;
    }

    void notify(Batch const& batch, std::vector<Loader::Outcome>& outcomes) {
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            if (!outcomes[i]) continue;
            ++(outcomes[i]->has_value() ? report_.imported : report_.failed);
            if (!options_.on_outcome()) continue;
            options_.on_outcome()({batch.first + i, batch.records[i].id.text(), std::move(*outcomes[i])});
        }
    }

    void save_checkpoint() const {
        if (auto const& save = options_.checkpoint().save) save(settled_.get());
    }

    CallScope scope_;
    std::string model_;
    RecordSource records_;
    ImportOptions options_;
    BatchSize size_;
    CallOptions each_call_;
    std::shared_ptr<FieldTypes const> types_;
    std::uint64_t next_ = 0;   // index of the record to take next
    Fingerprint fingerprint_;  // of the model and the records taken
    SettledPrefix settled_;
    ImportReport report_;
    std::optional<Failure> ended_;  // why the import ended early
};

}  // namespace

asio::awaitable<Result<ImportReport>> run_import(CallScope scope, std::string model, RecordSource records,
                                                 ImportOptions options) {
    check_options(options);
    ImportJob job{std::move(scope), std::move(model), std::move(records), std::move(options)};
    auto work = [&] { return job.run(); };
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    if (is_cancelled(cancellation)) co_return Failure{make_error_code(asio::error::operation_aborted)};
    LimitedRun<Result<ImportReport>> run{co_await asio::this_coro::executor, cancellation};
    auto running = run.begin(TimePoint::max(), work, no_context());
    co_await std::move(running);
    auto& attempt = run.end();
    if (!attempt.value) co_return std::move(attempt.failure);
    co_return std::move(*attempt.value);
}

}  // namespace zenoo_rpc::detail
