// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_RECORD_READER_HPP
#define ZENOO_RPC_ODOO_DETAIL_RECORD_READER_HPP

#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/odoo/import_record.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <optional>
#include <ranges>
#include <utility>
#include <vector>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

/// Reads records from any kind of source.
struct RecordReader {
    virtual ~RecordReader() = default;
    virtual boost::asio::awaitable<std::vector<ImportRecord>> next(std::size_t at_most) = 0;
};

template <class View>
class RangeReader final : public RecordReader {
public:
    explicit RangeReader(View view) : view_{std::move(view)} {}

    boost::asio::awaitable<std::vector<ImportRecord>> next(std::size_t at_most) override {
        std::vector<ImportRecord> records;
        if (!at_) at_.emplace(std::ranges::begin(view_));
        for (; records.size() < at_most && *at_ != std::ranges::end(view_); ++*at_) records.emplace_back(**at_);
        co_return records;
    }

private:
    View view_;
    std::optional<std::ranges::iterator_t<View>> at_;
};

template <class Stream>
class StreamReader final : public RecordReader {
public:
    explicit StreamReader(Stream stream) : stream_{std::move(stream)} {}

    boost::asio::awaitable<std::vector<ImportRecord>> next(std::size_t at_most) override {
        std::vector<ImportRecord> records;
        while (records.size() < at_most && !has_ended_) {
            std::optional<ImportRecord> record = co_await stream_.next();
            has_ended_ = !record;
            if (record) records.push_back(std::move(*record));
        }
        co_return records;
    }

private:
    Stream stream_;
    bool has_ended_ = false;
};

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ODOO_DETAIL_RECORD_READER_HPP
