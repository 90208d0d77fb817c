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
#include <tuple>
#include <utility>
#include <vector>

namespace zenoo_rpc::detail {

namespace {

void check_options(ImportOptions const& options) {
    check_each(AtLeastOne{"ImportOptions::batch_size", options.batch_size()},
               AtLeastOne{"ImportOptions::max_concurrency", options.max_concurrency()},
               Positive{"ImportOptions::time_limit (nanoseconds)", static_cast<double>(options.time_limit().count())});
}

/// One import. Its coroutines run on one serial executor.
class ImportJob {
public:
    ImportJob(Way way, std::string model, RecordSource records, ImportOptions options)
        : way_{std::move(way)},
          model_{std::move(model)},
          records_{std::move(records)},
          options_{std::move(options)},
          size_{static_cast<std::size_t>(options_.batch_size()), options_.time_limit()} {}

    asio::awaitable<Result<ImportReport>> run() {
        if (auto const limit = options_.call_timeout()) each_call_.timeout(*limit);
        Result<std::shared_ptr<FieldTypes const>> const types = co_await types_of(way_, model_, each_call_);
        if (!types) co_return types.error();
        types_ = *types;
        co_await skip_settled();
        co_await work_concurrently();
        if (ended_) co_return *ended_;
        co_return report_;
    }

private:
    using Turn = asio::experimental::channel<void(boost::system::error_code)>;

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
                refuse_checkpoint("that " + std::to_string(saved.settled) + " records are settled, but there are "
                                  + std::to_string(next_));
            }
        }
        bool const is_of_these = saved.fingerprint == 0 || saved.fingerprint == fingerprint_.get();
        if (next_ > 0 && !is_of_these) refuse_checkpoint("that other records are settled, or those of another model");
        report_.skipped = next_;
        settled_.begin_at(position());
    }

    [[noreturn]] void refuse_checkpoint(std::string const& what) const {
        throw std::invalid_argument{"import of " + model_ + ": the checkpoint says " + what};
    }

    /// The next records of the source.
    asio::awaitable<std::vector<ImportRecord>> take(std::size_t at_most) {
        auto records = co_await records_.next(at_most);
        next_ += records.size();
        for (auto const& record : records) fingerprint_.add(record.id.text());
        co_return records;
    }

    /// Behind the last record that was taken.
    ImportProgress position() const noexcept { return {next_, fingerprint_.get()}; }

    asio::awaitable<void> work_concurrently() {
        auto const executor = co_await asio::this_coro::executor;
        Turn turn{executor, 1};
        turn.try_send(boost::system::error_code{});
        auto worker = [&] { return asio::co_spawn(executor, work(turn), asio::deferred); };
        std::vector<decltype(worker())> workers;
        auto const calls =
            std::min(static_cast<std::size_t>(options_.max_concurrency()), way_.core->options().max_concurrency);
        for (std::size_t i = 0; i < calls; ++i) workers.push_back(worker());
        auto group = asio::experimental::make_parallel_group(std::move(workers));
        co_await group.async_wait(asio::experimental::wait_for_one_error(), asio::use_awaitable);
    }

    /// Takes batches until there are none. What ends the import is thrown, so that the other workers are cancelled.
    asio::awaitable<void> work(Turn& turn) {
        try {
            while (true) {
                Batch batch = co_await next_batch(turn);
                if (batch.records.empty()) co_return;
                Result<void> const brought = co_await bring(std::move(batch));
                if (!brought) end_with(brought.error());
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

    /// The source has one reader at a time.
    asio::awaitable<Batch> next_batch(Turn& turn) {
        struct GiveTurn {
            Turn& turn;
            ~GiveTurn() { turn.try_send(boost::system::error_code{}); }
        };
        co_await turn.async_receive(asio::use_awaitable);
        GiveTurn const give{turn};
        Batch batch{.first = next_};
        batch.records = co_await take(size_.get());
        batch.end = position();
        co_return batch;
    }

    asio::awaitable<Result<void>> bring(Batch batch) {
        std::vector<ImportRow> rows;
        std::vector<std::size_t> places;  // of the rows in the batch
        std::vector<Loader::Outcome> outcomes(batch.records.size());
        SeenIds seen;
        for (std::size_t i = 0; i < batch.records.size(); ++i) {
            try {
                seen.add(batch.records[i].id.text());
                rows.push_back(import_row(batch.records[i].id, batch.records[i].values, *types_));
                places.push_back(i);
            } catch (std::bad_alloc const&) {
                throw;  // which says nothing of the record
            } catch (std::exception const& refused) {
                outcomes[i].emplace(Failure{std::current_exception(), refused});
            }
        }
        Loader loader{way_,       model_, model_ + ".import_records", options_.when_there(), Loader::OnSilence::isolate,
                      each_call_, size_};
        std::vector<Loader::Outcome> loaded(rows.size());
        Result<void> brought = co_await loader.load(rows, loaded);
        for (std::size_t i = 0; i < loaded.size(); ++i) outcomes[places[i]] = std::move(loaded[i]);
        tell(batch, outcomes);
        if (brought && settled_.add(batch.first, batch.end)) save_checkpoint();
        co_return brought;
    }

    void tell(Batch const& batch, std::vector<Loader::Outcome>& outcomes) {
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

    Way way_;
    std::string model_;
    RecordSource records_;
    ImportOptions options_;
    BatchSize size_;
    CallOptions each_call_;
    std::shared_ptr<FieldTypes const> types_;
    std::uint64_t next_ = 0;   // record to be taken from the source
    Fingerprint fingerprint_;  // of what was taken
    SettledPrefix settled_;
    ImportReport report_;
    std::optional<Failure> ended_;  // by which
};

}  // namespace

asio::awaitable<Result<ImportReport>> run_import(Way way, std::string model, RecordSource records,
                                                 ImportOptions options) {
    check_options(options);
    ImportJob job{std::move(way), std::move(model), std::move(records), std::move(options)};
    auto work = [&] { return job.run(); };
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    if (is_cancelled(cancellation)) co_return Failure{make_error_code(asio::error::operation_aborted)};
    LimitedRun<Result<ImportReport>> run{co_await asio::this_coro::executor, cancellation};
    auto running = run.begin(TimePoint::max(), work, no_context());
    std::tuple<std::exception_ptr> const ended = co_await std::move(running);
    auto& attempt = run.end(ended);
    if (!attempt.value) co_return std::move(attempt.failure);
    co_return std::move(*attempt.value);
}

}  // namespace zenoo_rpc::detail
