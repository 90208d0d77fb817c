// SPDX-License-Identifier: BSL-1.0
#include "odoo/support/error_info.hpp"
#include "odoo/wire/classify.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// The first byte selects the status and the content type; the others are the body, without an envelope. Any body is a
// result only if the status says so, and the session's key appears in no text.

using namespace zenoo_rpc;

namespace {

constexpr std::string_view secret = "sesame";

void require_no_secret(std::string_view text) {
    if (text.find(secret) != text.npos) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    static constexpr int statuses[]{200, 204, 302, 400, 401, 403, 404, 409, 415, 422, 429, 500, 502, 503, 504, 999};
    HttpResponse response;
    response.status = statuses[data[0] % std::size(statuses)];
    response.headers = {{"Content-Type", data[0] < 128 ? "application/json" : "text/html"}, {"Location", "/sesame"}};
    response.body.assign(reinterpret_cast<char const*>(data) + 1, size - 1);
    detail::AskedCall call{
        .id = 1, .name = "res.partner.create", .method = "create", .uid = 2, .protocol = Protocol::json2};
    call.secret = secret;
    TracebackObserver const observer = [](std::string_view, std::string_view traceback) {
        require_no_secret(traceback);
    };
    call.on_traceback = &observer;
    auto const result = classify(response, call);
    if (result.has_value()) {
        if (response.status >= 300) std::abort();
        static_cast<void>(result->dump());
        return 0;
    }
    auto const& failure = result.error();
    auto const reply = detail::reply_of(failure);
    require_no_secret(failure.what());
    require_no_secret(reply.name);
    require_no_secret(reply.arguments);
    if (reply.http_status != response.status) std::abort();
    if (failure.delivery() == Delivery::not_sent) std::abort();
    return 0;
}
