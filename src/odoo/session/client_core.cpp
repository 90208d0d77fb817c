// SPDX-License-Identifier: BSL-1.0
#include "odoo/session/client_core.hpp"

#include "odoo/http/wiped_request.hpp"
#include "odoo/session/call_failures.hpp"
#include "odoo/session/call_result.hpp"

#include <zenoo_rpc/async/detail/interruption.hpp>
#include <zenoo_rpc/async/time_service.hpp>
#include <zenoo_rpc/odoo/errors.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

/// Failure of a call that was cancelled before it was sent.
Failure not_begun() {
    Failure failure{make_error_code(asio::error::operation_aborted)};
    failure.delivery(Delivery::not_sent);
    return failure;
}

}  // namespace

ClientCore::ClientCore(asio::any_io_executor executor, std::shared_ptr<Transport> transport, ClientOptions options,
                       std::string prefix, LogInAgain log_in_again)
    : ClientState{std::move(executor), std::move(transport), std::move(options), std::move(prefix)},
      renewal_{[this, log_in_again](Renewal::Session expired) { return log_in_again(*this, std::move(expired)); }} {}

asio::awaitable<Result<json>> ClientCore::run(Call& call) {
    if (!call.probe && !retries()) return attempt(call);
    return run(call, [this, &call] { return attempt(call); });
}

asio::awaitable<Result<json>> ClientCore::run(Call& call, CallAttempt attempt) {
    if (call.probe && !call.is_idempotent) return run_probed(call, std::move(attempt));
    return run_attempts(retries(), call.name, std::move(attempt));
}

asio::awaitable<Result<json>> ClientCore::run_probed(Call& call, CallAttempt attempt) {
    auto const& time = TimeService::of(co_await asio::this_coro::executor);
    auto const began = time.now();
    auto attempts = run_attempts(retries(), call.name, std::move(attempt));
    Result<json> result = co_await std::move(attempts);
    if (result || !call.may_be_done) co_return result;
    co_return outcome_unknown(call.name, call.method, time.now() - began, result.error());
}

asio::awaitable<Result<json>> ClientCore::attempt(Call& call) {
    return call.probe && call.may_be_done ? attempt_probed(call) : send(call, WhenExpired::renew);
}

asio::awaitable<Result<json>> ClientCore::attempt_probed(Call& call) {
    Failure probe_failure;
    try {
        std::optional<json> happened = co_await call.probe();
        if (happened) {
            call.may_be_done = false;
            co_return Result<json>{boost::system::in_place_value, std::move(*happened)};
        }
    } catch (std::exception const& error) {
        probe_failure = Failure{std::current_exception(), error};
    } catch (...) {
        probe_failure = Failure{std::current_exception()};
    }
    // A permanent failure of the probe, such as exhausted retries or an open circuit, ends this call's retries too.
    if (probe_failure && !probe_failure.transient()) co_return probe_failure;
    if (probe_failure) co_return as_thrown(std::move(probe_failure), Delivery::unknown);
    call.may_be_done = false;
    Result<json> result = co_await send(call, WhenExpired::renew);
    co_return result;
}

asio::awaitable<Result<json>> ClientCore::send(Call& call, WhenExpired when_expired) {
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    auto& time = TimeService::of(co_await asio::this_coro::executor);
    for (;;) {
        auto const id = ++last_id_;
        auto const began = call.is_idempotent ? TimePoint{} : time.time_source().coarse_now();
        Result<HttpResponse> response;
        if (is_cancelled(cancellation)) {
            response = not_begun();
        } else {
            HttpRequest request = http_request(call.envelope, prefix(), id, call.credentials.get());
            WipedRequest const wiped{request};
            try {
                response = co_await transport().exchange_within(call.limit, std::move(request));
            } catch (std::exception const& error) {
                response = Failure{std::current_exception(), error};
            }
        }
        Result<json> outcome = result_of(response, call, id, on_traceback().get());
        if (outcome) co_return outcome;

        bool const is_unknown = outcome.error().delivery() == Delivery::unknown;
        if (is_unknown) call.may_be_done = true;
        if (is_unknown && !call.is_idempotent && !call.probe) {
            auto const elapsed = time.time_source().coarse_now() - began;
            co_return outcome_unknown(call.name, call.method, elapsed, outcome.error());
        }
        bool const has_expired = call.credentials && outcome.error().is<SessionExpiredError>();
        if (!has_expired || when_expired == WhenExpired::fail) co_return outcome;

        Result<Renewal::Session> const fresh = co_await renewal_.renew(*this, call.credentials);
        if (!fresh) co_return not_renewed(call.name, fresh.error());
        call.credentials = *fresh;
        when_expired = WhenExpired::fail;
    }
}

}  // namespace zenoo_rpc::detail
