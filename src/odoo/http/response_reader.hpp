// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_RESPONSE_READER_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_RESPONSE_READER_HPP

#include "odoo/http/response_parser.hpp"

#include <zenoo_rpc/odoo/http_limits.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <optional>
#include <utility>

namespace zenoo_rpc::detail {

/// Reads one response from the pieces in which it arrives. No I/O; stores no more than `limits` allow.
class ResponseReader {
public:
    /// Reads from `buffer`, the connection's. Both `limits` and `buffer` must outlive the reader.
    ResponseReader(HttpLimits const& limits, boost::beast::flat_buffer& buffer);

    /// Returns the memory to receive the next bytes into.
    boost::asio::mutable_buffer space();

    /// Parses `size` more bytes, and the end of the stream if `at_end`. Returns true if the response is complete.
    bool take(std::size_t size, bool at_end, boost::system::error_code& error);

    /// Returns true if the complete response leaves the connection open and ready for another request.
    bool keeps_connection() const;
    HttpResponse release() { return std::move(parser_->response()); }

private:
    void start();
    void end(boost::system::error_code& error);
    bool is_interim() const;
    std::size_t least() const;

    HttpLimits const& limits_;
    boost::beast::flat_buffer& buffer_;
    std::optional<ResponseParser> parser_;
    int interim_responses_ = 0;
    bool is_at_end_ = false;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_RESPONSE_READER_HPP
