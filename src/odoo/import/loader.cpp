// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/loader.hpp"

#include "odoo/session/call_failures.hpp"
#include "odoo/session/server_info.hpp"
#include "odoo/support/error_info.hpp"
#include "odoo/wire/classify_load.hpp"
#include "odoo/wire/load_messages.hpp"

#include <zenoo_rpc/async/time_service.hpp>
#include <zenoo_rpc/breaker/circuit_breaker_open_error.hpp>
#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/odoo/errors.hpp>
#include <zenoo_rpc/retry/retry_errors.hpp>

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace zenoo_rpc::detail {

using nlohmann::json;

namespace {

/// Returns true if the server may have died of the call: it was sent, and Odoo did not respond.
bool is_death(Failure const& failure) {
    return failure.code() == Condition::transient && failure.delivery() == Delivery::unknown;
}

/// Returns true for a transient failure on which the retry manager has given up.
bool has_been_given_up(Failure const& failure) {
    return failure.code() == Condition::transient && !failure.is<CircuitBreakerOpenError>();
}

/// Returns true if the server rejected the call and would reject it again.
bool is_outcome(Failure const& failure) {
    return failure.delivery() == Delivery::rejected && failure.code() != Condition::transient
           && !failure.is<AuthenticationError>() && !failure.is<SessionExpiredError>()
           && !failure.is<MethodNotFoundError>();
}

std::vector<json> errors_of(Failure const& failure) {
    if (!failure.is<ValidationError>()) return {};
    auto const errors = json::parse(reply_of(failure).arguments, nullptr, false);
    return errors.is_array() ? errors.get<std::vector<json>>() : std::vector<json>{};
}

}  // namespace

/// State of the attempts of one call.
struct Loader::Attempts {
    int deaths = 0;
    std::optional<Failure> last_death = {};  ///< set when there are no more attempts
};

/// Rows to settle, and the calls still to make for them.
struct Loader::Task {
    std::span<ImportRow const> rows;
    std::span<Outcome> outcomes;
    std::vector<Part> parts;  ///< in reverse order: the next one is last
};

Loader::Loader(CallScope scope, std::string model, std::string name, IfExists if_exists, OnSilence on_silence,
               CallOptions options, BatchSize& size)
    : scope_{std::move(scope)},
      model_{std::move(model)},
      name_{std::move(name)},
      if_exists_{if_exists},
      on_silence_{on_silence},
      options_{std::move(options)},
      size_{size} {}

std::vector<Loader::Part> Loader::parts_of(std::span<ImportRow const> rows) const {
    std::vector<Part> parts;
    auto const most = static_cast<std::ptrdiff_t>(size_.get());
    for (Part const& group : group_rows(rows)) {
        for (auto first = group.begin(); first != group.end();) {
            auto const last = first + std::min(most, group.end() - first);
            parts.emplace_back(first, last);
            first = last;
        }
    }
    std::ranges::reverse(parts);
    return parts;
}

asio::awaitable<Result<void>> Loader::load(std::span<ImportRow const> rows, std::span<Outcome> outcomes) {
    Task task{rows, outcomes, parts_of(rows)};
    while (!task.parts.empty()) {
        Part part = std::move(task.parts.back());
        task.parts.pop_back();
        Result<void> const settled = co_await settle(task, std::move(part));
        if (!settled) co_return settled;
    }
    co_return Result<void>{};
}

asio::awaitable<Result<void>> Loader::settle(Task& task, Part part) {
    bool has_died = false;
    Result<std::vector<RecordId>> const loaded = co_await load_part(task, part, has_died);
    if (loaded) {
        for (std::size_t i = 0; i < part.size(); ++i) task.outcomes[part[i]].emplace((*loaded)[i]);
        co_return Result<void>{};
    }
    Failure const& why = loaded.error();
    if (!is_outcome(why) && !has_died) {
        if (on_silence_ == OnSilence::give_up || !has_been_given_up(why)) co_return why;
        bool const is_well = co_await is_server_well();
        if (!is_well) co_return why;
    }
    Result<void> settled = co_await settle_failed(task, std::move(part), why);
    co_return settled;
}

asio::awaitable<Result<void>> Loader::settle_failed(Task& task, Part part, Failure why) {
    if (part.size() == 1) {
        Result<void> refused = co_await refuse(task, part.front(), std::move(why));
        co_return refused;
    }
    AskedCall const asked{.name = name_};
    auto const blamed = blamed_records(errors_of(why), part.size());
    if (!blamed.empty()) {
        Part others;
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (!blamed.contains(i)) others.push_back(part[i]);
        }
        if (!others.empty()) task.parts.push_back(std::move(others));
        for (auto const& [i, errors] : blamed) {
            auto refusal = load_refused(errors, asked, task.rows[part[i]].id);
            Result<void> const refused = co_await refuse(task, part[i], std::move(refusal));
            if (!refused) co_return refused;
        }
    } else {
        auto const middle = part.begin() + static_cast<std::ptrdiff_t>(part.size() / 2);
        task.parts.emplace_back(middle, part.end());
        task.parts.emplace_back(part.begin(), middle);
    }
    co_return Result<void>{};
}

asio::awaitable<Result<std::vector<RecordId>>> Loader::load_part(Task const& task, Part const& part, bool& has_died) {
    std::vector<ImportRow const*> rows;
    for (auto const i : part) rows.push_back(&task.rows[i]);
    auto arguments = load_arguments(rows, if_exists_);
    Call call = call_of(scope_, model_, "load", arguments.args, arguments.kwargs, options_);
    arguments = {};  // encoded by now, and possibly large
    call.name = name_;
    if (part.size() == 1) call.record = rows.front()->id;
    call.is_idempotent = options_.is_idempotent().value_or(true);

    Attempts attempts;
    auto calls = scope_.core->run(call, [&] { return attempt(call, part.size(), attempts); });
    Result<json> const response = co_await std::move(calls);
    has_died = attempts.last_death.has_value();
    if (has_died) co_return *attempts.last_death;
    if (!response) co_return response.error();
    if (response->is_number_integer() && part.size() == 1) {  // from a probe
        co_return std::vector<RecordId>{response->get<RecordId>()};
    }
    AskedCall const asked{.name = name_};
    auto ids = classify_load(*response, asked, call.record);
    if (!ids) co_return ids.error();
    if (ids->size() != part.size()) {
        co_return make_failure({.code = Errc::protocol_error,
                                .what = name_ + ": unexpected response: expected " + std::to_string(part.size())
                                        + " ids, got " + std::to_string(ids->size())});
    }
    co_return std::move(*ids);
}

asio::awaitable<Result<json>> Loader::attempt(Call& call, std::size_t rows, Attempts& attempts) {
    auto const& time = TimeService::of(co_await asio::this_coro::executor);
    auto const began = time.now();
    Result<json> response = co_await scope_.core->attempt(call);
    if (response) size_.loaded(rows, time.now() - began);
    if (response || !is_death(response.error())) co_return response;
    size_.died();
    // Once may be an accident. Twice suggests that one of the rows, or their number, is the cause.
    if (on_silence_ == OnSilence::give_up || rows == 1 || ++attempts.deaths < 2) co_return response;
    attempts.last_death = response.error();
    co_return Failure{
        std::make_exception_ptr(RetryExhaustedError{name_ + ": no response to two attempts; the batch is split"})};
}

asio::awaitable<Result<void>> Loader::refuse(Task& task, std::size_t row, Failure why) {
    if (if_exists_ == IfExists::keep) {
        Result<std::optional<RecordId>> const there = co_await look_up(task.rows[row].id);
        if (!there) co_return there.error();
        if (*there) {
            task.outcomes[row].emplace(**there);
            co_return Result<void>{};
        }
    }
    task.outcomes[row].emplace(std::move(why));
    co_return Result<void>{};
}

asio::awaitable<Result<std::optional<RecordId>>> Loader::look_up(std::string id) {
    auto const dot = id.find('.');
    json name = json::array({id.substr(0, dot), id.substr(dot + 1)});
    Result<json> const found = co_await execute(scope_, "ir.model.data", "check_object_reference", std::move(name),
                                                json::object(), limit_of(options_));
    if (!found && !is_outcome(found.error())) co_return as_thrown(found.error(), Delivery::unknown);
    bool const is_there =
        found && found->is_array() && found->size() == 2 && (*found)[0] == model_ && (*found)[1].is_number_integer();
    co_return is_there ? std::optional{(*found)[1].get<RecordId>()} : std::nullopt;
}

asio::awaitable<bool> Loader::is_server_well() {
    Result<ServerHealth> const health = co_await ask_health(scope_.core);
    co_return health && *health;
}

}  // namespace zenoo_rpc::detail
