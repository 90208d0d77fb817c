// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/http_headers.hpp>

#include <iterator>
#include <ranges>
#include <string>
#include <vector>

using namespace zenoo_rpc;

static_assert(std::ranges::forward_range<HttpHeaders const>);

namespace {

std::vector<std::string> texts(HttpHeaders const& headers) {
    std::vector<std::string> all;
    for (auto const& [name, value] : headers) all.push_back(std::string{name} + '=' + std::string{value});
    return all;
}

}  // namespace

TEST_CASE("headers are returned unchanged in the order of their addition") {
    HttpHeaders headers{{"Accept", "application/json"}, {"X-Empty", ""}};
    headers.add("Date", "Mon, 23 Nov 2026 11:56:49 GMT");
    headers.add("Accept", "a: b");
    CHECK(texts(headers)
          == std::vector<std::string>{"Accept=application/json", "X-Empty=", "Date=Mon, 23 Nov 2026 11:56:49 GMT",
                                      "Accept=a: b"});
    CHECK(headers.lines()
          == "Accept: application/json\r\nX-Empty: \r\nDate: Mon, 23 Nov 2026 11:56:49 GMT\r\nAccept: a: b\r\n");
}

TEST_CASE("a header is found by its case-insensitive name, the first if there are several") {
    HttpHeaders const headers{{"Retry-After", "7"}, {"retry-after", "8"}};
    CHECK(find_header(headers, "RETRY-AFTER") == "7");
    CHECK(find_header(headers, "Retry").empty());
    CHECK(find_header(HttpHeaders{}, "Retry-After").empty());
}

TEST_CASE("headers are empty before the first addition and after clear") {
    HttpHeaders headers;
    CHECK(headers.empty());
    CHECK(headers.begin() == headers.end());
    headers.add("A", "b");
    CHECK_FALSE(headers.empty());
    CHECK(std::ranges::distance(headers) == 1);
    headers.clear();
    CHECK(headers.empty());
}

TEST_CASE("a hundred headers can be added and found") {
    HttpHeaders headers;
    for (int i = 0; i < 100; ++i) headers.add("X-" + std::to_string(i), std::to_string(i * i));
    for (int i = 0; i < 100; ++i) CHECK(find_header(headers, "x-" + std::to_string(i)) == std::to_string(i * i));
}
