// SPDX-License-Identifier: BSL-1.0
#include "odoo/support/error_info.hpp"

#include "odoo/support/secret_spelling.hpp"

#include <zenoo_rpc/core/errors.hpp>
#include <zenoo_rpc/odoo/errors.hpp>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

template <class E>
Failure failed_as(ErrorInfo error_info) {
    E error{error_info.cause.failed() ? error_info.cause : make_error_code(error_info.code), error_info.what};
    error.delivery(error_info.delivery);
    error.retry_after(error_info.retry_after);
    error.reply(std::move(error_info.reply));
    return Failure{std::make_exception_ptr(std::move(error))};
}

}  // namespace

Failure make_failure(ErrorInfo error_info) {
    switch (error_info.code) {
        case Errc::network_error: return failed_as<NetworkError>(std::move(error_info));
        case Errc::timed_out:
        case Errc::query_canceled: return failed_as<TimeoutError>(std::move(error_info));
        case Errc::concurrency_conflict: return failed_as<ConcurrencyError>(std::move(error_info));
        case Errc::database_unavailable: return failed_as<DatabaseUnavailableError>(std::move(error_info));
        case Errc::rate_limited: return failed_as<RateLimitedError>(std::move(error_info));
        case Errc::user_error: return failed_as<UserError>(std::move(error_info));
        case Errc::validation_failed: return failed_as<ValidationError>(std::move(error_info));
        case Errc::access_denied: return failed_as<AccessError>(std::move(error_info));
        case Errc::authentication_failed: return failed_as<AuthenticationError>(std::move(error_info));
        case Errc::session_expired: return failed_as<SessionExpiredError>(std::move(error_info));
        case Errc::record_missing: return failed_as<MissingError>(std::move(error_info));
        case Errc::method_not_found: return failed_as<MethodNotFoundError>(std::move(error_info));
        case Errc::protocol_error: return failed_as<ProtocolError>(std::move(error_info));
        default: return failed_as<ServerError>(std::move(error_info));
    }
}

ServerReply reply_of(Failure const& failure) {
    try {
        failure.raise();
    } catch (ZenooError const& error) {
        return {error.server_name(), error.arguments(), error.http_status()};
    } catch (std::exception const&) {
        return {};
    }
}

std::string scrubbed(std::string text, std::string_view secret) {
    if (secret.empty()) return text;
    constexpr std::string_view mask = "***";
    for (std::size_t place = 0; place < text.size(); ++place) {
        auto const size = length_of_secret(std::string_view{text}.substr(place), secret);
        if (size == 0) continue;
        text.replace(place, size, mask);
        place += mask.size() - 1;
    }
    return text;
}

void scrub(nlohmann::json& value, std::string_view secret) {
    if (value.is_string()) value = scrubbed(value.get<std::string>(), secret);
    if (value.is_object()) {
        auto clean = nlohmann::json::object();
        for (auto& [name, member] : value.items()) clean[scrubbed(name, secret)] = std::move(member);
        value = std::move(clean);
    }
    if (value.is_structured()) std::ranges::for_each(value, [&](auto& member) { scrub(member, secret); });
}

std::string presentable(std::string text) {
    constexpr std::size_t page = 2000;
    if (auto const traceback = text.find("Traceback (most recent call last)"); traceback != std::string::npos) {
        text.resize(traceback);
    }
    if (text.size() > page) {
        auto end = page;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // do not split a character
        text.resize(end);
        text += "...";
    }
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

}  // namespace zenoo_rpc::detail
