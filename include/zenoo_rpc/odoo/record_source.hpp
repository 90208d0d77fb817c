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

/// Gives one record after the other, and in the end nothing: `co_await stream.next()`.
template <class Stream>
concept RecordStream = requires(Stream& stream) {
    { stream.next() } -> std::same_as<boost::asio::awaitable<std::optional<ImportRecord>>>;
};

/// Records to be imported, as many as there may be: made from a range of `ImportRecord`, lazy or not, or a stream.
///
/// Lifetime: a range that is no temporary must outlive it. Threads: one reader at a time.
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

    /// The next records, at most that many; none at the end.
    boost::asio::awaitable<std::vector<ImportRecord>> next(std::size_t at_most) { return reader_->next(at_most); }

private:
    std::shared_ptr<detail::RecordReader> reader_;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_RECORD_SOURCE_HPP
