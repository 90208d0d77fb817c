// SPDX-License-Identifier: BSL-1.0
#include "odoo/support/text.hpp"

#include <zenoo_rpc/odoo/url.hpp>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace zenoo_rpc {

namespace {

constexpr std::uint16_t odoo_port = 8069;
constexpr std::uint16_t http_port = 80;
constexpr std::uint16_t https_port = 443;

[[noreturn]] void refuse(std::string_view given, std::string const& why) {
    // The part before an @ may contain a password, and an error must stay on one line.
    bool const is_harmless =
        given.find('@') == std::string_view::npos && std::ranges::none_of(given, detail::is_control);
    auto const shown = is_harmless ? " \"" + std::string{given} + '"' : std::string{};
    throw std::invalid_argument{"invalid server address" + shown + ": " + why};
}

/// Returns a bare host as a URL, adding brackets to an IPv6 address that lacks them.
std::string as_url(std::string_view host) {
    bool const is_ipv6 = std::ranges::count(host, ':') > 1 && host.front() != '[';
    return is_ipv6 ? "http://[" + std::string{host} + ']' : "http://" + std::string{host};
}

std::uint16_t chosen_port(std::string_view digits, std::uint16_t option, std::uint16_t usual, std::string_view given) {
    if (digits.empty()) return option != 0 ? option : usual;
    std::uint16_t in_url = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), in_url);
    if (error != std::errc{} || in_url == 0) refuse(given, "the port must be a number from 1 to 65535");
    if (option != 0 && option != in_url)
        refuse(given, "its port conflicts with the port option, which is " + std::to_string(option));
    return in_url;
}

}  // namespace

std::string ServerAddress::text() const {
    bool const is_ipv6 = host.find(':') != std::string::npos;
    return (is_ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

ServerAddress parse_server_address(std::string_view host_or_url, std::uint16_t port) {
    if (host_or_url.empty()) refuse(host_or_url, "it must not be empty");
    bool const is_bare = host_or_url.find("://") == std::string_view::npos;
    auto const text = is_bare ? as_url(host_or_url) : std::string{host_or_url};
    auto const parsed = boost::urls::parse_uri(text);
    if (parsed.has_error()) refuse(host_or_url, "it is neither a host nor a URL");

    boost::urls::url_view const url = *parsed;
    bool const is_typo = is_bare && url.has_port() && url.port().empty();  // http:/host
    std::string prefix{std::string_view{url.encoded_path()}};
    bool const port_has_letters = !prefix.empty() && prefix.front() != '/';  // Boost 1.81 begins a path with them
    if (is_typo || port_has_letters) refuse(host_or_url, "it is neither a host nor a URL");
    if (url.has_userinfo()) refuse(host_or_url, "pass user and password to login, not in the URL");
    bool const is_secure = url.scheme_id() == boost::urls::scheme::https;
    if (!is_secure && url.scheme_id() != boost::urls::scheme::http)
        refuse(host_or_url, "the scheme must be http or https");
    if (url.has_query() || url.has_fragment()) refuse(host_or_url, "it must not have a query or a fragment");

    auto host = url.host_address();  // decodes %xx, which must not let in characters that the parser rejects
    bool const is_name =
        std::ranges::none_of(host, [](char c) { return detail::is_control(c) || c == ' ' || c == '/'; });
    if (host.empty() || !is_name) refuse(host_or_url, "it has no valid host");
    auto const usual = is_bare ? odoo_port : is_secure ? https_port : http_port;
    auto const chosen = chosen_port(std::string_view{url.port()}, port, usual, host_or_url);
    ServerAddress address{std::move(host), chosen, std::move(prefix), is_secure};
    while (!address.prefix.empty() && address.prefix.back() == '/') address.prefix.pop_back();
    return address;
}

}  // namespace zenoo_rpc
