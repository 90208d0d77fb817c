// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_DETAIL_BULK_SOURCE_HPP
#define ZENOO_RPC_ASYNC_DETAIL_BULK_SOURCE_HPP

#include <zenoo_rpc/async/bulk_range.hpp>

#include <cstddef>
#include <optional>
#include <ranges>
#include <utility>

namespace zenoo_rpc::detail {

/// A range of which no more elements are read than operations are taken.
template <BulkRange Range>
class BulkSource {
public:
    explicit BulkSource(Range range) : range_{std::move(range)} {
        if constexpr (std::ranges::sized_range<Range>) total_ = static_cast<std::size_t>(std::ranges::size(range_));
    }
    BulkSource(BulkSource const&) = delete;
    BulkSource& operator=(BulkSource const&) = delete;

    /// Returns the next operation, if there is one. Throws as the range does, and must not be called again after that.
    std::optional<bulk_operation_t<Range>> next() {
        if (ended_) return std::nullopt;
        if (at_) {
            ++*at_;
        } else {
            at_.emplace(std::ranges::begin(range_));
        }
        ended_ = *at_ == std::ranges::end(range_);
        if (ended_) {
            total_ = taken_;
            return std::nullopt;
        }
        std::optional<bulk_operation_t<Range>> operation{**at_};
        ++taken_;
        return operation;
    }

    std::size_t taken() const noexcept { return taken_; }
    /// Returns the size of the range, as soon as it is known.
    std::optional<std::size_t> total() const noexcept { return total_; }

private:
    Range range_;
    std::optional<std::ranges::iterator_t<Range>> at_;
    std::size_t taken_ = 0;
    std::optional<std::size_t> total_;
    bool ended_ = false;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ASYNC_DETAIL_BULK_SOURCE_HPP
