// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/client_core.hpp"

#include "odoo/http/wiped_request.hpp"
#include "odoo/session/outcome.hpp"
#include "odoo/session/typed_answer.hpp"
#include "odoo/support/complaint.hpp"
#include "odoo/wire/classify.hpp"
#include "odoo/wire/load.hpp"

#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/core/detail/check.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <stdexcept>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

/// `load` reports in a result what any other method throws.
bool loaded_nothing(Call const& call, json const& result) {
    return call.method == "load" && result.is_object() && result.contains("ids") && result["ids"] == false;
}

/// Pure: what the answer to one attempt means.
Result<json> read_answer(HttpResponse const& response, Call const& call, std::int64_t id,
                         TracebackObserver const* on_traceback) {
    AskedCall asked{.id = id, .name = call.name, .method = call.method, .protocol = call.envelope.protocol()};
    asked.on_traceback = on_traceback;
    asked.rows = call.rows;
    if (call.credentials) {
        asked.uid = call.credentials->uid;
        asked.secret = call.credentials->secret->text();
    }
    Result<json> result = classify(response, asked);
    if (result && loaded_nothing(call, *result)) return classify_load(*result, asked, call.record).error();
    bool const unwraps = result && call.unwraps_one && result->is_array() && result->size() == 1;
    if (unwraps) return {boost::system::in_place_value, result->front()};
    return result;
}

/// As if the call had been cancelled before it was sent, which it has.
Failure not_begun() {
    Failure failure{make_error_code(asio::error::operation_aborted)};
    failure.delivery(Delivery::not_sent);
    return failure;
}

/// What one user may read, the next one perhaps may not.
bool is_another_user(Credentials const* before, Credentials const* now) {
    if (!before) return false;
    return !now || now->database != before->database || now->uid != before->uid;
}

}  // namespace

void check(ClientOptions const& options) {
    check_each(NotNegative{"ClientOptions::connect_timeout", options.connect_timeout},
               NotNegative{"ClientOptions::request_timeout", options.request_timeout});
    if (options.max_concurrency == 0) throw std::invalid_argument{"ClientOptions::max_concurrency is 0"};
}

ClientCore::ClientCore(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options,
                       std::string prefix)
    : executor_{std::move(executor)},
      transport_{std::move(transport)},
      options_{options},
      prefix_{std::move(prefix)},
      protocol_{options.protocol},
      cache_manager_{executor_} {
    if (!transport_) throw std::invalid_argument{"ZenooClient needs a transport, but got a null pointer"};
    check(options_);
}

RetryManager ClientCore::retry_manager() const {
    if (!is_adapted_) return {};
    std::scoped_lock lock{mutex_};
    return retry_manager_;
}

void ClientCore::retry_manager(RetryManager manager) {
    std::scoped_lock lock{mutex_};
    is_adapted_ = true;
    std::swap(retry_manager_, manager);  // the former one may have observers, which are not destroyed under a lock
}

CacheManager ClientCore::cache_manager() const {
    std::scoped_lock lock{mutex_};
    return cache_manager_;
}

void ClientCore::cache_manager(CacheManager manager) {
    std::scoped_lock lock{mutex_};
    std::swap(cache_manager_, manager);  // the values of the former one are not destroyed under a lock
}

std::shared_ptr<Credentials const> ClientCore::credentials() const {
    std::scoped_lock lock{mutex_};
    return credentials_;
}

void ClientCore::credentials(std::shared_ptr<Credentials const> credentials) {
    std::unique_lock lock{mutex_};
    credentials_.swap(credentials);
    field_types_.clear();  // another database may have other fields
    auto const cache = cache_manager_;
    bool const forgets = is_another_user(credentials.get(), credentials_.get());
    lock.unlock();
    if (forgets) cache.clear();
}

void ClientCore::replace_credentials(std::shared_ptr<Credentials const> const& expired,
                                     std::shared_ptr<Credentials const> fresh) {
    std::scoped_lock lock{mutex_};
    if (credentials_ == expired) credentials_ = std::move(fresh);
}

Protocol ClientCore::protocol() const {
    std::scoped_lock lock{mutex_};
    return protocol_;
}

void ClientCore::protocol(Protocol found) {
    std::scoped_lock lock{mutex_};
    protocol_ = found;
}

std::optional<bool> ClientCore::may_be_repeated(std::string_view model, std::string_view method) const {
    if (!is_adapted_) return std::nullopt;
    std::scoped_lock lock{mutex_};
    return repeatability_.find(model, method);
}

void ClientCore::set_repeatable(std::string model, std::string method, bool yes) {
    std::scoped_lock lock{mutex_};
    is_adapted_ = true;
    repeatability_.set(std::move(model), std::move(method), yes);
}

std::shared_ptr<TracebackObserver const> ClientCore::on_traceback() const {
    if (!is_adapted_) return nullptr;
    std::scoped_lock lock{mutex_};
    return on_traceback_;
}

void ClientCore::on_traceback(TracebackObserver observer) {
    auto shared = std::make_shared<TracebackObserver const>(std::move(observer));
    std::scoped_lock lock{mutex_};
    is_adapted_ = true;
    std::swap(on_traceback_, shared);
}

std::shared_ptr<FieldTypes const> ClientCore::field_types(std::string const& model) const {
    std::scoped_lock lock{mutex_};
    auto const found = field_types_.find(model);
    return found == field_types_.end() ? nullptr : found->second;
}

void ClientCore::field_types(std::string const& model, std::shared_ptr<FieldTypes const> types,
                             std::shared_ptr<Credentials const> const& asked) {
    std::scoped_lock lock{mutex_};
    if (!asked || !credentials_ || credentials_->secret != asked->secret) return;
    field_types_.insert_or_assign(model, std::move(types));
}

asio::awaitable<Result<json>> ClientCore::run(Call& call) {
    auto const manager = retry_manager();
    if (!call.probe && !manager.is_set_up()) return attempt(call);
    return run(call, [this, &call] { return attempt(call); });
}

asio::awaitable<Result<json>> ClientCore::run(Call& call, RetryManager::Attempt attempt) {
    if (call.probe && !call.is_repeatable) return run_probed(call, std::move(attempt));
    return retry_manager().run(call.name, std::move(attempt));
}

asio::awaitable<Result<json>> ClientCore::run_probed(Call& call, RetryManager::Attempt attempt) {
    auto const& time = TimeService::of(co_await asio::this_coro::executor);
    auto const began = time.now();
    auto attempts = retry_manager().run(call.name, std::move(attempt));
    Result<json> result = co_await std::move(attempts);
    if (result || !call.may_be_done) co_return result;
    co_return outcome_unknown(call.name, call.method, time.now() - began, result.error());
}

asio::awaitable<Result<json>> ClientCore::attempt(Call& call) {
    return call.probe && call.may_be_done ? attempt_probed(call) : send(call, WhenExpired::renew);
}

asio::awaitable<Result<json>> ClientCore::attempt_probed(Call& call) {
    Failure unanswered;
    try {
        std::optional<json> happened = co_await call.probe();
        if (happened) {
            call.may_be_done = false;
            co_return Result<json>{boost::system::in_place_value, std::move(*happened)};
        }
    } catch (std::exception const& error) {
        unanswered = Failure{std::current_exception(), error};
    } catch (...) {
        unanswered = Failure{std::current_exception()};
    }
    // What ended the probe's own retries, or a circuit, ends this call's too.
    if (unanswered && !unanswered.transient()) co_return unanswered;
    if (unanswered) co_return as_thrown(std::move(unanswered), Delivery::unknown);
    call.may_be_done = false;
    Result<json> result = co_await send(call, WhenExpired::renew);
    co_return result;
}

asio::awaitable<Result<json>> ClientCore::send(Call& call, WhenExpired when_expired) {
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    auto& time = TimeService::of(co_await asio::this_coro::executor);
    for (;;) {
        auto const id = ++last_id_;
        auto const began = call.is_repeatable ? TimePoint{} : time.time_source().coarse_now();
        Result<HttpResponse> response;
        if (is_cancelled(cancellation)) {
            response = not_begun();
        } else {
            HttpRequest request = http_request(call.envelope, prefix_, id, call.credentials.get());
            WipedRequest const wiped{request};
            try {
                response = co_await transport_->exchange_within(call.limit, std::move(request));
            } catch (std::exception const& error) {
                response = Failure{std::current_exception(), error};
            }
        }
        Result<json> verdict = judge(response, call, id);
        if (verdict) co_return verdict;

        bool const is_unknown = verdict.error().delivery() == Delivery::unknown;
        if (is_unknown) call.may_be_done = true;
        if (is_unknown && !call.is_repeatable && !call.probe) {
            auto const elapsed = time.time_source().coarse_now() - began;
            co_return outcome_unknown(call.name, call.method, elapsed, verdict.error());
        }
        bool const has_expired = call.credentials && verdict.error().is<SessionExpiredError>();
        if (!has_expired || when_expired == WhenExpired::fail) co_return verdict;

        Result<Renewal::Session> const fresh = co_await renewal_.of(*this, call.credentials);
        if (!fresh) co_return not_renewed(call.name, fresh.error());
        call.credentials = *fresh;
        when_expired = WhenExpired::fail;
    }
}

/// What came of an attempt, as far as that tells. An answer that cannot be read, for want of memory too, does not undo
/// what was sent.
Result<json> ClientCore::judge(Result<HttpResponse>& response, Call const& call, std::int64_t id) const try {
    if (!response) return as_thrown(response.error(), response.error().delivery());
    if (call.page) {
        *call.page = std::move(*response);
        return {boost::system::in_place_value, nullptr};
    }
    Result<json> answer = read_answer(*response, call, id, on_traceback().get());
    if (answer && call.expects && !call.expects(*answer)) return not_what_odoo_answers(call.name);
    return answer;
} catch (std::exception const& error) {
    Failure failure{std::current_exception(), error};
    failure.delivery(response ? Delivery::unknown : response.error().delivery());
    return failure;
}

}  // namespace zenoo_rpc::detail
