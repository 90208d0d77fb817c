// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_HTTP_ANSWER_READER_HPP
#define ZENOO_RPC_SRC_ODOO_HTTP_ANSWER_READER_HPP

#include "odoo/http/answer_parser.hpp"

#include <zenoo_rpc/odoo/http_limits.hpp>
#include <zenoo_rpc/odoo/http_message.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <optional>
#include <utility>

namespace zenoo_rpc::detail {

/// One answer, out of the pieces that it comes in. No I/O; holds no more than `limits` allow.
class AnswerReader {
public:
    /// `buffer` is that of the connection; it and `limits` must outlive the reader.
    AnswerReader(HttpLimits const& limits, boost::beast::flat_buffer& buffer);

    /// Where the next bytes are to be put.
    boost::asio::mutable_buffer space();

    /// Takes in `size` more bytes, or the end of the stream. True if the answer is complete.
    bool take(std::size_t size, bool at_end, boost::system::error_code& error);

    /// A complete answer leaves its connection open, and ready for another request.
    bool keeps_connection() const;
    HttpResponse release() { return std::move(parser_->answer()); }

private:
    void start();
    void end(boost::system::error_code& error);
    bool is_interim() const;
    std::size_t least() const;

    HttpLimits const& limits_;
    boost::beast::flat_buffer& buffer_;
    std::optional<AnswerParser> parser_;
    int interim_answers_ = 0;
    bool is_at_end_ = false;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_HTTP_ANSWER_READER_HPP
