// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ASYNC_BULK_RANGE_HPP
#define ZENOO_RPC_ASYNC_BULK_RANGE_HPP

#include <zenoo_rpc/async/operation.hpp>

#include <concepts>
#include <functional>
#include <ranges>
#include <type_traits>

namespace zenoo_rpc {

namespace detail {

/// The operation of an element: a reference to it if the range keeps it in place, otherwise a copy.
template <std::ranges::input_range Range>
using bulk_operation_t =
    std::conditional_t<std::ranges::forward_range<Range>
                           && std::is_lvalue_reference_v<std::ranges::range_reference_t<Range>>,
                       std::reference_wrapper<std::remove_reference_t<std::ranges::range_reference_t<Range>>>,
                       std::remove_cvref_t<std::ranges::range_reference_t<Range>>>;

}  // namespace detail

/// A range whose elements are operations, stored in a container or generated one by one.
template <class Range>
concept BulkRange =
    std::ranges::input_range<Range> && std::move_constructible<Range> && Operation<detail::bulk_operation_t<Range>>;

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ASYNC_BULK_RANGE_HPP
