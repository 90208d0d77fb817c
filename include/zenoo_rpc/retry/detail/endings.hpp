// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DETAIL_ENDINGS_HPP
#define ZENOO_RPC_RETRY_DETAIL_ENDINGS_HPP

#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/retry/retry_context.hpp>

#include <memory>
#include <string>
#include <utility>

namespace zenoo_rpc::detail {

/// "gave up after 3 attempts: connection refused"
[[gnu::noinline]] inline std::string ending_text(char const* what, RetryContext const& context) {
    auto const attempts = context.attempts_made;
    auto const& last = context.last_failure;
    auto text = what + std::string{" after "} + std::to_string(attempts) + (attempts == 1 ? " attempt" : " attempts");
    if (last) text += ": " + last.what();
    return text;
}

template <class Ending>
Failure ended_as(Ending ending, Failure const& last, Delivery delivery) {
    ending.delivery(delivery);
    ending.retry_after(last.retry_after());
    return Failure{nesting(std::move(ending), last)};
}

[[gnu::noinline]] inline RetryReport report_on(RetryContext const& context, RetryTimeline const* timeline) {
    auto kept = timeline ? std::make_shared<RetryTimeline const>(*timeline) : nullptr;
    return {context.attempts_made, context.elapsed(), context.last_failure, std::move(kept)};
}

/// The end of an execution whose attempts are used up, as an exception.
[[gnu::noinline]] inline Failure exhausted(RetryContext const& context, RetryTimeline const* timeline = nullptr) {
    auto const& last = context.last_failure;
    auto report = report_on(context, timeline);
    auto const text = ending_text("gave up", context);
    return ended_as(RetryExhaustedError{last.code(), text, std::move(report)}, last, last.delivery());
}

/// The end of an execution whose time is up, as an exception, for `code`.
[[gnu::noinline]] inline Failure out_of_time(RetryContext const& context, error_code code, Delivery delivery,
                                             RetryTimeline const* timeline = nullptr) {
    auto const& last = context.last_failure;
    auto report = report_on(context, timeline);
    auto const text = ending_text("out of time", context);
    return ended_as(RetryTimeoutError{code, text, std::move(report)}, last, delivery);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_RETRY_DETAIL_ENDINGS_HPP
