// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_RECORD_SOURCE_HPP
#define ZENOO_RPC_ODOO_RECORD_SOURCE_HPP

#include <zenoo_rpc/odoo/detail/record_reader.hpp>
#include <zenoo_rpc/odoo/import_record.hpp>

#include <boost/asio/awaitable.hpp>

#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

namespace zenoo_rpc {

/// Stream of records: `co_await stream.next()` returns one after the other, and nothing at the end.
template <class Stream>
concept RecordStream = requires(Stream& stream) {
    { stream.next() } -> std::same_as<boost::asio::awaitable<std::optional<ImportRecord>>>;
};

/// Records to import, any number of them: made from a range of `ImportRecord`, lazy or not, or from a stream.
///
/// Lifetime: a range passed as an lvalue must outlive it. Threads: no concurrent readers.
class RecordSource {
public:
    template <std::ranges::input_range Range>
        requires std::convertible_to<std::ranges::range_reference_t<Range>, ImportRecord>
                 && (!std::same_as<std::remove_cvref_t<Range>, RecordSource>)
    RecordSource(Range&& range)
        : reader_{std::make_shared<detail::RangeReader<std::views::all_t<Range>>>(
              std::views::all(std::forward<Range>(range)))} {}

    template <RecordStream Stream>
    RecordSource(Stream stream) : reader_{std::make_shared<detail::StreamReader<Stream>>(std::move(stream))} {}

    /// Returns the next records, at most `at_most`; none at the end.
    boost::asio::awaitable<std::vector<ImportRecord>> next(std::size_t at_most) { return reader_->next(at_most); }

private:
    std::shared_ptr<detail::RecordReader> reader_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_RECORD_SOURCE_HPP
