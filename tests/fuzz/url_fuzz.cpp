// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/http_head.hpp"

#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

// An accepted address must give an HTTP head of four lines; an invalid one must be rejected with a message of one line.

using namespace zenoo_rpc;

namespace {

std::size_t lines_of(std::string const& head) {
    std::size_t lines = 0;
    for (auto at = head.find_first_of("\r\n"); at != head.npos; at = head.find_first_of("\r\n", at + 2)) ++lines;
    return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    ServerAddress address{};
    try {
        address = parse_server_address(text);
    } catch (std::invalid_argument const& error) {
        if (std::string_view{error.what()}.find_first_of("\r\n") != std::string_view::npos) std::abort();
        return 0;
    }
    if (address.host.empty() || address.port == 0) std::abort();
    HttpRequest request;
    request.target = address.prefix + "/jsonrpc";
    // An accepted address can be sent.
    if (lines_of(detail::http_head(request, detail::server_lines(address, detail::KeepAlive::yes))) != 4) std::abort();
    return 0;
}
