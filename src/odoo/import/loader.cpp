// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/loader.hpp"

#include "odoo/session/outcome.hpp"
#include "odoo/session/server_questions.hpp"
#include "odoo/support/complaint.hpp"
#include "odoo/wire/load.hpp"
#include "odoo/wire/load_messages.hpp"

#include <zenoo_rpc/async/time_service.hpp>
#include <zenoo_rpc/core/exceptions.hpp>

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace zenoo_rpc::detail {

using nlohmann::json;

namespace {

/// The server may have died of the call: it was sent, and there is no answer of Odoo's.
bool is_death(Failure const& failure) {
    return failure.code() == Condition::transient && failure.delivery() == Delivery::unknown;
}

/// It may pass, but not while this call waits: the retry manager has given up.
bool has_been_given_up(Failure const& failure) {
    return failure.code() == Condition::transient && !failure.is<CircuitBreakerOpenError>();
}

/// The server has judged the call, and will judge it alike again.
bool is_verdict(Failure const& failure) {
    return failure.delivery() == Delivery::rejected && failure.code() != Condition::transient
           && !failure.is<AuthenticationError>() && !failure.is<SessionExpiredError>()
           && !failure.is<MethodNotFoundError>();
}

std::vector<json> errors_of(Failure const& failure) {
    if (!failure.is<ValidationError>()) return {};
    auto const said = json::parse(reply_of(failure).arguments, nullptr, false);
    return said.is_array() ? said.get<std::vector<json>>() : std::vector<json>{};
}

}  // namespace

/// What the attempts to make one call have come to.
struct Loader::Attempts {
    int deaths = 0;
    std::optional<Failure> last_death = {};  ///< after which there are no more attempts
};

/// What is to be settled.
struct Loader::Task {
    std::span<ImportRow const> rows;
    std::span<Outcome> outcomes;
    std::vector<Part> parts;  ///< the next one last
};

Loader::Loader(Way way, std::string model, std::string name, WhenThere when_there, OnSilence on_silence,
               CallOptions options, BatchSize& size)
    : way_{std::move(way)},
      model_{std::move(model)},
      name_{std::move(name)},
      when_there_{when_there},
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
    if (!is_verdict(why) && !has_died) {
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
        Part rest;
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (!blamed.contains(i)) rest.push_back(part[i]);
        }
        if (!rest.empty()) task.parts.push_back(std::move(rest));
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
    auto arguments = load_arguments(rows, when_there_);
    Call call = call_of(way_, model_, "load", arguments.args, arguments.kwargs, options_);
    arguments = {};  // encoded, and perhaps large
    call.name = name_;
    if (part.size() == 1) call.record = rows.front()->id;
    call.is_repeatable = options_.may_be_repeated().value_or(true);

    Attempts attempts;
    auto calls = way_.core->run(call, [&] { return attempt(call, part.size(), attempts); });
    Result<json> const answer = co_await std::move(calls);
    has_died = attempts.last_death.has_value();
    if (has_died) co_return *attempts.last_death;
    if (!answer) co_return answer.error();
    if (answer->is_number_integer() && part.size() == 1) {  // from a probe
        co_return std::vector<RecordId>{answer->get<RecordId>()};
    }
    AskedCall const asked{.name = name_};
    auto ids = classify_load(*answer, asked, call.record);
    if (!ids) co_return ids.error();
    if (ids->size() != part.size()) {
        co_return as_failure({.code = Errc::protocol_error,
                              .what = name_ + ": " + std::to_string(ids->size()) + " ids of "
                                      + std::to_string(part.size()) + " records"});
    }
    co_return std::move(*ids);
}

asio::awaitable<Result<json>> Loader::attempt(Call& call, std::size_t rows, Attempts& attempts) {
    auto const& time = TimeService::of(co_await asio::this_coro::executor);
    auto const began = time.now();
    Result<json> answer = co_await way_.core->attempt(call);
    if (answer) size_.loaded(rows, time.now() - began);
    if (answer || !is_death(answer.error())) co_return answer;
    size_.died();
    // Once may be an accident. More often, it may be one of the rows, or that there are so many of them.
    if (on_silence_ == OnSilence::give_up || rows == 1 || ++attempts.deaths < 2) co_return answer;
    attempts.last_death = answer.error();
    co_return Failure{std::make_exception_ptr(RetryExhaustedError{name_ + ": is to be made of fewer records"})};
}

asio::awaitable<Result<void>> Loader::refuse(Task& task, std::size_t row, Failure why) {
    if (when_there_ == WhenThere::keep) {
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
    Result<json> const found = co_await execute(way_, "ir.model.data", "check_object_reference", std::move(name),
                                                json::object(), limit_of(options_));
    if (!found && !is_verdict(found.error())) co_return as_thrown(found.error(), Delivery::unknown);
    bool const is_there =
        found && found->is_array() && found->size() == 2 && (*found)[0] == model_ && (*found)[1].is_number_integer();
    co_return is_there ? std::optional{(*found)[1].get<RecordId>()} : std::nullopt;
}

asio::awaitable<bool> Loader::is_server_well() {
    Result<ServerHealth> const health = co_await ask_health(way_.core);
    co_return health && *health;
}

}  // namespace zenoo_rpc::detail
