// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"
#include "support/run.hpp"

#include <zenoo_rpc/odoo/url.hpp>

#include <stdexcept>
#include <string>

using namespace zenoo_rpc;

TEST_CASE("a server address is a host or a URL") {
    struct Good {
        char const* given;
        char const* host;
        std::uint16_t port;
        char const* prefix;
    };
    for (auto const& [given, host, port, prefix] : {
             Good{"localhost", "localhost", 8069, ""},
             Good{"localhost:80", "localhost", 80, ""},
             Good{"10.0.0.7", "10.0.0.7", 8069, ""},
             Good{"::1", "::1", 8069, ""},
             Good{"[::1]:80", "::1", 80, ""},
             Good{"http://erp.example.com", "erp.example.com", 80, ""},
             Good{"http://erp.example.com:8069/", "erp.example.com", 8069, ""},
             Good{"http://erp.example.com/a/b/", "erp.example.com", 80, "/a/b"},
             Good{"HTTP://erp.example.com", "erp.example.com", 80, ""},
         }) {
        CAPTURE(given);
        auto const address = parse_server_address(given);
        CHECK(address.host == host);
        CHECK(address.port == port);
        CHECK(address.prefix == prefix);
    }
}

TEST_CASE("an https address uses TLS and port 443 by default") {
    auto const address = parse_server_address("https://erp.example.com/a");
    CHECK(address.is_secure);
    CHECK(address.port == 443);
    CHECK(address.prefix == "/a");
    CHECK(parse_server_address("HTTPS://[::1]:8443").port == 8443);
    CHECK_FALSE(parse_server_address("http://erp.example.com").is_secure);
    CHECK_FALSE(parse_server_address("erp.example.com").is_secure);
}

TEST_CASE("the port option applies to an address without a port and must not conflict with one") {
    CHECK(parse_server_address("localhost", 1234).port == 1234);
    CHECK(parse_server_address("http://localhost", 1234).port == 1234);
    CHECK(parse_server_address("http://localhost:1234", 1234).port == 1234);
    CHECK_THROWS_WITH(parse_server_address("http://localhost:80", 1234),
                      Catch::Matchers::ContainsSubstring("the port option, which is 1234"));
}

TEST_CASE("the text of an address has brackets around IPv6 hosts") {
    CHECK(parse_server_address("::1").text() == "[::1]:8069");
    CHECK(parse_server_address("localhost").text() == "localhost:8069");
}

TEST_CASE("an invalid address is rejected with a message of one line and without the password") {
    for (auto const* given :
         {"", "http://", "ftp://x", "http://x:99999", "http://x:0", "http://x:port", "a host", "x\r\ny",
          "http://a%0d%0ab/", "http://x/?q=1", "http://x#top", "http:/x", "http://user:sesame@x",
          "http://b\xC3\xBC"
          "cher.example",
          "a:sesame@b"}) {
        CAPTURE(given);
        try {
            parse_server_address(given);
            FAIL("accepted");
        } catch (std::invalid_argument const& error) {
            std::string const what = error.what();
            CHECK(what.find_first_of("\r\n") == std::string::npos);
            CHECK_FALSE(tests::contains(what, "sesame"));
        }
    }
}
