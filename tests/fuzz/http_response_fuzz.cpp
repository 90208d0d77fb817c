// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/response_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

// The first byte is the size of the pieces in which the others arrive.

using namespace zenoo_rpc;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    HttpLimits limits;
    limits.max_response_size = 4096;
    limits.header_size = 1024;
    std::size_t const piece = std::size_t{data[0]} + 1;
    boost::beast::flat_buffer buffer;
    detail::ResponseReader reader{limits, buffer};
    boost::system::error_code error;
    bool is_complete = false;
    for (std::size_t at = 1; at < size && !is_complete && !error;) {
        auto const space = reader.space();
        auto const count = std::min({piece, size - at, space.size()});
        std::memcpy(space.data(), data + at, count);
        is_complete = reader.take(count, false, error);
        at += count;
        if (buffer.size() > (256u << 10)) std::abort();
    }
    if (!is_complete && !error) is_complete = reader.take(0, true, error);
    if (is_complete == error.failed()) std::abort();
    if (!is_complete) return 0;
    static_cast<void>(reader.keeps_connection());
    HttpResponse const response = reader.release();
    if (response.body.size() > limits.max_response_size) std::abort();
    return 0;
}
