// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/core/code_table.hpp>

#include <boost/system/errc.hpp>

#include <cerrno>
#include <string>

using namespace zenoo_rpc;

namespace {

/// A category of another library, known only by its name.
class NamedCategory final : public boost::system::error_category {
public:
    explicit NamedCategory(char const* name) : name_{name} {}
    char const* name() const noexcept override { return name_; }
    std::string message(int) const override { return name_; }
    CodeMeaning meaning(int value) const { return meaning_of(error_code{value, *this}); }

private:
    char const* name_;
};

CodeMeaning of_errno(int value) { return meaning_of(error_code{value, boost::system::system_category()}); }

constexpr Errc last_errc = Errc::bulk_failed;

}  // namespace

TEST_CASE("exactly these codes of the library are transient") {
    using enum Errc;
    for (int value = 1; value <= static_cast<int>(last_errc); ++value) {
        auto const code = static_cast<Errc>(value);
        bool const expected = code == network_error || code == timed_out || code == bad_gateway
                              || code == service_unavailable || code == gateway_timeout || code == concurrency_conflict
                              || code == database_unavailable || code == rate_limited || code == query_canceled
                              || code == unwanted_result;
        CAPTURE(error_code{code}.message());
        CHECK(meaning_of(code).transient == expected);
    }
}

TEST_CASE("each code of the library except two belongs to an error class") {
    CHECK(meaning_of(Errc::unclassified).classes == ErrorClass::none);
    CHECK(meaning_of(Errc::unwanted_result).classes == ErrorClass::zenoo);
    for (int value = 2; value <= static_cast<int>(last_errc); ++value) {
        if (static_cast<Errc>(value) == Errc::unwanted_result) continue;
        auto const classes = meaning_of(static_cast<Errc>(value)).classes;
        CAPTURE(value);
        CHECK(overlap(classes, ErrorClass::zenoo));
        CHECK(classes != ErrorClass::zenoo);
    }
}

TEST_CASE("a code belongs to the base classes of its class as well") {
    for (auto const code : {Errc::concurrency_conflict, Errc::database_unavailable, Errc::rate_limited}) {
        CHECK(overlap(meaning_of(code).classes, ErrorClass::server));
    }
    for (auto const code : {Errc::bad_gateway, Errc::service_unavailable, Errc::gateway_timeout}) {
        CHECK(meaning_of(code).classes == (ErrorClass::zenoo | ErrorClass::server));
    }
    CHECK(overlap(meaning_of(Errc::validation_failed).classes, ErrorClass::user));
    CHECK(overlap(meaning_of(Errc::retry_timeout).classes, ErrorClass::timeout));
}

TEST_CASE("network errors are transient") {
    for (int const value : {ECONNREFUSED, ECONNRESET, ECONNABORTED, EHOSTUNREACH, ENETUNREACH, ENETDOWN, ENETRESET,
                            EPIPE, ENOTCONN, EADDRNOTAVAIL, ENOBUFS}) {
        CAPTURE(value);
        CHECK(of_errno(value).transient);
        CHECK(of_errno(value).classes == ErrorClass::network);
    }
}

TEST_CASE("a timeout of the system is a network error as well") {
    CHECK(of_errno(ETIMEDOUT).transient);
    CHECK(of_errno(ETIMEDOUT).classes == (ErrorClass::network | ErrorClass::timeout));
}

TEST_CASE("classification of other system codes") {
    CHECK(of_errno(EAGAIN).transient);
    CHECK(of_errno(EWOULDBLOCK).transient);
    CHECK_FALSE(of_errno(ECANCELED).transient);
    CHECK(of_errno(ECANCELED).classes == ErrorClass::cancelled);
    CHECK_FALSE(of_errno(ENOMEM).transient);
    CHECK(of_errno(ENOMEM).classes == ErrorClass::out_of_memory);
    for (int const value : {EACCES, EBADF, EINVAL, ENOENT, EMFILE, -1, 99999}) {
        CAPTURE(value);
        CHECK_FALSE(of_errno(value).transient);
        CHECK(of_errno(value).classes == ErrorClass::none);
    }
}

TEST_CASE("generic codes have the meaning of system codes") {
    auto const meaning = meaning_of(make_error_code(boost::system::errc::connection_reset));
    CHECK(meaning.transient);
    CHECK(meaning.classes == ErrorClass::network);
}

TEST_CASE("a success code has no meaning in any category") {
    for (auto const* name :
         {"asio.netdb", "asio.addrinfo", "asio.misc", "asio.ssl", "asio.ssl.stream", "boost.beast", "beast.http"}) {
        NamedCategory const category{name};
        CHECK(category.meaning(0).classes == ErrorClass::none);
        CHECK_FALSE(category.meaning(0).transient);
    }
    CHECK(meaning_of(error_code{}).classes == ErrorClass::none);
}

TEST_CASE("codes of unknown categories have no meaning") {
    NamedCategory const unheard_of{"unheard of"};
    CHECK(unheard_of.meaning(1).classes == ErrorClass::none);
    CHECK_FALSE(unheard_of.meaning(1).transient);
}

TEST_CASE("categories of other libraries are recognised by name") {
    struct Case {
        char const* category;
        int value;
        ErrorClass classes;
        bool transient;
    };
    auto const [category, value, classes, transient] = GENERATE(values<Case>({
        {"asio.netdb", 1, ErrorClass::network, false},
        {"asio.netdb", 2, ErrorClass::network, true},
        {"asio.addrinfo", -8, ErrorClass::network, false},
        {"asio.misc", 1, ErrorClass::none, false},
        {"asio.misc", 2, ErrorClass::network, true},
        {"asio.misc", 3, ErrorClass::none, false},
        {"asio.ssl", 337047686, ErrorClass::network, false},
        {"asio.ssl.stream", 1, ErrorClass::network, true},
        {"asio.ssl.stream", 2, ErrorClass::network, false},
        {"boost.beast", 1, ErrorClass::timeout, true},
        {"boost.beast", 2, ErrorClass::none, false},
        {"beast.http", 1, ErrorClass::network, true},
        {"beast.http", 2, ErrorClass::network, true},
        {"beast.http", 9, ErrorClass::protocol, false},
    }));
    CAPTURE(category, value);
    NamedCategory const theirs{category};
    CHECK(theirs.meaning(value).classes == classes);
    CHECK(theirs.meaning(value).transient == transient);
}

TEST_CASE("a registered category is recognised from then on") {
    static NamedCategory const database{"database"};
    static NamedCategory const queue{"queue"};
    CHECK_FALSE(database.meaning(7).transient);

    static CodeRegistration const of_database{
        database, [](int value) noexcept { return CodeMeaning{ErrorClass::server, value == 7}; }};
    static CodeRegistration const of_queue{queue, [](int) noexcept { return CodeMeaning{ErrorClass::timeout, true}; }};
    CHECK(database.meaning(7).transient);
    CHECK(database.meaning(7).classes == ErrorClass::server);
    CHECK_FALSE(database.meaning(8).transient);
    CHECK(queue.meaning(8).classes == ErrorClass::timeout);
}

TEST_CASE("a registration takes precedence over recognition by name") {
    static NamedCategory const own{"asio.misc"};
    static CodeRegistration const registration{own, [](int) noexcept { return CodeMeaning{ErrorClass::user, false}; }};
    CHECK(own.meaning(2).classes == ErrorClass::user);
    CHECK(NamedCategory{"asio.misc"}.meaning(2).classes == ErrorClass::network);
}
