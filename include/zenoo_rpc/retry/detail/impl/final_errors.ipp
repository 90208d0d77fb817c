// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_RETRY_DETAIL_IMPL_FINAL_ERRORS_IPP
#define ZENOO_RPC_RETRY_DETAIL_IMPL_FINAL_ERRORS_IPP

#include <zenoo_rpc/core/detail/nesting.hpp>
#include <zenoo_rpc/retry/detail/final_errors.hpp>
#include <zenoo_rpc/retry/retry_errors.hpp>

#include <memory>
#include <string>
#include <utility>

namespace zenoo_rpc::detail {

/// Returns the text of a final error: "gave up after 3 attempts: connection refused".
[[gnu::cold]] ZENOO_RPC_DECL std::string outcome_text(char const* what, RetryContext const& context) {
    auto const attempts = context.attempts_made;
    auto const& last = context.last_failure;
    auto text = what + std::string{" after "} + std::to_string(attempts) + (attempts == 1 ? " attempt" : " attempts");
    if (last) text += ": " + last.what();
    return text;
}

template <class E>
Failure with_cause(E error, Failure const& last, Delivery delivery) {
    error.delivery(delivery);
    error.retry_after(last.retry_after());
    return Failure{nesting(std::move(error), last)};
}

[[gnu::cold]] ZENOO_RPC_DECL RetryReport report_on(RetryContext const& context, RetryTimeline const* timeline) {
    auto kept = timeline ? std::make_shared<RetryTimeline const>(*timeline) : nullptr;
    return {context.attempts_made, context.elapsed(), context.last_failure, std::move(kept)};
}

Failure exhausted(RetryContext const& context, RetryTimeline const* timeline) {
    auto const& last = context.last_failure;
    auto report = report_on(context, timeline);
    auto const text = outcome_text("gave up", context);
    return with_cause(RetryExhaustedError{last.code(), text, std::move(report)}, last, last.delivery());
}

Failure out_of_time(RetryContext const& context, error_code code, Delivery delivery, RetryTimeline const* timeline) {
    auto const& last = context.last_failure;
    auto report = report_on(context, timeline);
    auto const text = outcome_text("out of time", context);
    return with_cause(RetryTimeoutError{code, text, std::move(report)}, last, delivery);
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_RETRY_DETAIL_IMPL_FINAL_ERRORS_IPP
