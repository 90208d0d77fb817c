// SPDX-License-Identifier: BSL-1.0
#include "support/catch.hpp"

#include <zenoo_rpc/exceptions.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <exception>
#include <system_error>

// The core knows the error codes of these libraries by name and value, without their headers. This test checks them
// against the originals.

using namespace zenoo_rpc;
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

bool means(error_code const& code, ErrorClass classes, bool transient) {
    auto const meaning = meaning_of(code);
    return meaning.classes == classes && meaning.transient == transient;
}
bool may_pass(error_code const& code) { return means(code, ErrorClass::network, true); }
bool will_last(error_code const& code) { return means(code, ErrorClass::network, false); }
bool means_nothing(error_code const& code) { return means(code, ErrorClass::none, false); }

}  // namespace

TEST_CASE("Asio's codes of sockets") {
    using namespace asio::error;
    for (error_code const code :
         {error_code{connection_refused}, error_code{connection_reset}, error_code{connection_aborted},
          error_code{host_unreachable}, error_code{network_unreachable}, error_code{network_down},
          error_code{network_reset}, error_code{broken_pipe}, error_code{not_connected}, error_code{no_buffer_space}}) {
        CAPTURE(code.message());
        CHECK(may_pass(code));
    }
    CHECK(means(timed_out, ErrorClass::network | ErrorClass::timeout, true));
    CHECK(means(try_again, ErrorClass::none, true));
    CHECK(means(would_block, ErrorClass::none, true));
    CHECK(means(no_memory, ErrorClass::out_of_memory, false));
    CHECK(means(operation_aborted, ErrorClass::cancelled, false));
    for (error_code const code :
         {error_code{access_denied}, error_code{address_in_use}, error_code{bad_descriptor}, error_code{fault},
          error_code{invalid_argument}, error_code{no_permission}, error_code{operation_not_supported}}) {
        CAPTURE(code.message());
        CHECK(means_nothing(code));
    }
}

TEST_CASE("Asio's codes of the resolver") {
    CHECK(Failure{error_code{asio::error::host_not_found_try_again}}.delivery() == Delivery::not_sent);
    CHECK(Failure{error_code{asio::error::service_not_found}}.delivery() == Delivery::not_sent);
    CHECK(may_pass(asio::error::host_not_found_try_again));
    CHECK(will_last(asio::error::host_not_found));
    CHECK(will_last(asio::error::no_data));
    CHECK(will_last(asio::error::no_recovery));
    CHECK(will_last(asio::error::service_not_found));
    CHECK(will_last(asio::error::socket_type_not_supported));
}

TEST_CASE("Asio's codes of streams") {
    CHECK(may_pass(asio::error::eof));
    CHECK(means_nothing(asio::error::already_open));
    CHECK(means_nothing(asio::error::not_found));
    CHECK(means_nothing(asio::error::fd_set_failure));
}

TEST_CASE("Beast's code of a stream that timed out") { CHECK(means(beast::error::timeout, ErrorClass::timeout, true)); }

TEST_CASE("Beast's codes of HTTP") {
    CHECK(may_pass(http::error::end_of_stream));
    CHECK(may_pass(http::error::partial_message));
    for (error_code const code : {error_code{http::error::header_limit}, error_code{http::error::body_limit},
                                  error_code{http::error::bad_version}, error_code{http::error::bad_status},
                                  error_code{http::error::bad_content_length}, error_code{http::error::bad_chunk},
                                  error_code{http::error::unexpected_body}, error_code{http::error::short_read}}) {
        CAPTURE(code.message());
        CHECK(means(code, ErrorClass::protocol, false));
    }
}

TEST_CASE("OpenSSL's codes, and those of Asio's TLS stream") {
    error_code const bad_certificate{static_cast<int>(ERR_PACK(ERR_LIB_SSL, 0, SSL_R_CERTIFICATE_VERIFY_FAILED)),
                                     asio::error::get_ssl_category()};
    CHECK(will_last(bad_certificate));
    CHECK(may_pass(asio::ssl::error::stream_truncated));
    CHECK(will_last(asio::ssl::error::unspecified_system_error));
    CHECK(will_last(asio::ssl::error::unexpected_result));
}

TEST_CASE("a bare Asio error code is a NetworkError") {
    Failure const failure = error_code{asio::error::connection_refused};
    CHECK(failure.is<NetworkError>());
    CHECK(failure.transient());
    CHECK(failure.delivery() == Delivery::not_sent);
    Failure const lost = error_code{asio::error::eof};
    CHECK(lost.is<NetworkError>());
    CHECK(lost.delivery() == Delivery::unknown);
}

TEST_CASE("Asio's operation_aborted is a cancellation and never retried") {
    Failure const failure = error_code{asio::error::operation_aborted};
    CHECK(failure.cancelled());
    CHECK(failure.never_retried());
    CHECK(failure.code() == Condition::cancelled);
}

TEST_CASE("a code of Asio or Beast is recognised after conversion to std::system_error") {
    for (error_code const code : {error_code{asio::error::eof}, error_code{http::error::end_of_stream},
                                  error_code{asio::error::host_not_found_try_again}}) {
        Failure const failure{std::make_exception_ptr(std::system_error{code})};
        CHECK(failure.code() == code);
        CHECK(failure.is<NetworkError>());
        CHECK(failure.transient());
    }
}
