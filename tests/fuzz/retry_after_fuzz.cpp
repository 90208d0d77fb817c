// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/response_facts.hpp"

#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

// Two lines: Retry-After, and the Date to which it is relative.

using namespace zenoo_rpc;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    auto const line_end = text.find('\n');
    HttpResponse response;
    response.status = 429;
    try {
        response.headers.add("Retry-After", text.substr(0, line_end));
        if (line_end != text.npos) response.headers.add("Date", text.substr(line_end + 1));
    } catch (std::invalid_argument const&) {
        return -1;  // not a valid header
    }
    if (detail::facts_of(response).requested_delay < Duration::zero()) std::abort();
    return 0;
}
