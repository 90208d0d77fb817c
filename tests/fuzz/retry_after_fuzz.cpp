// SPDX-License-Identifier: BSL-1.0
#include "odoo/retry_after.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

// Two lines: Retry-After, and the Date that it is compared with.

using namespace zenoo_rpc;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    auto const line_end = text.find('\n');
    HttpResponse response;
    response.headers.push_back({"Retry-After", std::string{text.substr(0, line_end)}});
    if (line_end != text.npos) response.headers.push_back({"Date", std::string{text.substr(line_end + 1)}});
    if (detail::retry_after_in(response) < Duration::zero()) std::abort();
    return 0;
}
