// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/classify.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

// The first byte selects the status and the content type; the others are the body.

using namespace zenoo_rpc;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    static constexpr int statuses[]{200, 301, 400, 401, 403, 404, 422, 429, 500, 502, 503, 700};
    HttpResponse response;
    response.status = statuses[data[0] % std::size(statuses)];
    response.headers = {{"Content-Type", data[0] < 128 ? "application/json" : "text/html"}};
    response.body.assign(reinterpret_cast<char const*>(data) + 1, size - 1);
    detail::AskedCall call{.id = 1, .name = "res.partner.create", .method = data[0] % 2 ? "create" : "load", .uid = 2};
    call.secret = "open sesame";
    auto const result = classify(response, call);
    if (result.has_value()) {
        static_cast<void>(result->dump());
        return 0;
    }
    if (result.error().what().find(call.secret) != std::string::npos) std::abort();
    return 0;
}
