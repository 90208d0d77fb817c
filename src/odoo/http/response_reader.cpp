// SPDX-License-Identifier: BSL-1.0
#include "odoo/http/response_reader.hpp"

#include <boost/beast/http/error.hpp>

namespace zenoo_rpc::detail {

namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t piece = 64u << 10;  // bytes per read
constexpr int most_interim_responses = 20;

}  // namespace

ResponseReader::ResponseReader(HttpLimits const& limits, boost::beast::flat_buffer& buffer)
    : limits_{limits}, buffer_{buffer} {
    start();
}

boost::asio::mutable_buffer ResponseReader::space() { return buffer_.prepare(piece); }

bool ResponseReader::take(std::size_t size, bool at_end, error_code& error) {
    buffer_.commit(size);
    is_at_end_ = at_end;
    while (!parser_->is_done() && buffer_.size() >= least()) {
        auto const used = parser_->put(buffer_.data(), error);
        buffer_.consume(used);
        if (error == http::error::need_more || (!error && used == 0)) break;
        if (error) return false;
        if (!parser_->is_done() || !is_interim()) continue;
        if (++interim_responses_ > most_interim_responses) {
            error = http::error::bad_status;
            return false;
        }
        start();
    }
    error = {};
    // The parser limits headers and body, but not the line before a chunk.
    if (!parser_->is_done() && buffer_.size() > piece + limits_.header_size) error = http::error::header_limit;
    if (at_end && !error && !parser_->is_done()) end(error);
    return parser_->is_done() && !error;
}

/// Returns how many bytes the parser must be given at least: Beast asserts that it never gets a part of the last chunk,
/// "0\r\n\r\n", which is the shortest end of a chunked body.
std::size_t ResponseReader::least() const { return parser_->is_header_done() && parser_->chunked() ? 5 : 1; }

/// Returns false after 101, which switches the connection to another protocol.
bool ResponseReader::keeps_connection() const {
    return !is_at_end_ && parser_->keep_alive() && buffer_.size() == 0 && parser_->response().status >= 200;
}

void ResponseReader::start() {
    parser_.emplace();
    parser_->eager(true);
    parser_->body_limit(limits_.max_response_size);
    parser_->header_limit(limits_.header_size);
}

void ResponseReader::end(error_code& error) {
    error = http::error::end_of_stream;
    if (parser_->got_some()) parser_->put_eof(error);
}

/// Returns true for 100 and 103, which precede the final response; a proxy may send them unasked.
bool ResponseReader::is_interim() const {
    auto const status = parser_->response().status;
    return status < 200 && status != 101;
}

}  // namespace zenoo_rpc::detail
