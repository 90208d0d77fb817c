// SPDX-License-Identifier: BSL-1.0
#include "odoo/records/row_decoder.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <cstddef>

namespace zenoo_rpc::detail {

namespace {

/// Returns an upper bound of the number of records: each has a brace, and at least the bytes of its field names.
std::size_t most_rows_in(std::string_view body, RowSink const& sink) {
    std::size_t least = 2;
    for (auto const& column : sink.columns()) least += column.name.size() + 4;
    std::size_t braces = 0;
    for (auto at = body.find('{'); at != body.npos; at = body.find('{', at + 1)) ++braces;
    return std::min(braces, body.size() / least);
}

/// Limits nesting to more than any response has; the other parser has the same limit.
boost::json::parse_options strict() {
    boost::json::parse_options options;
    options.max_depth = 500;
    return options;
}

}  // namespace

std::optional<NoRows> decode_rows(std::string_view body, Protocol protocol, std::int64_t id, RowSink& sink) {
    sink.last_id.reset();
    boost::json::basic_parser<RowReader> parser{strict(), protocol, id, most_rows_in(body, sink), sink};
    boost::system::error_code error;
    auto const parsed = parser.write_some(false, body.data(), body.size(), error);
    auto no_rows = parser.handler().outcome(!error && parsed == body.size());
    if (no_rows) sink.table->start(sink.rows, 0);
    return no_rows;
}

}  // namespace zenoo_rpc::detail
