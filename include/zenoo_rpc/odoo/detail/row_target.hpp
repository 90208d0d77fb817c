// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_ROW_TARGET_HPP
#define ZENOO_RPC_ODOO_DETAIL_ROW_TARGET_HPP

#include <zenoo_rpc/async/detail/coroutine_warnings.hpp>
#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/odoo/row.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

ZENOO_RPC_COROUTINES_BEGIN
namespace zenoo_rpc::detail {

/// Rows of one call, at a stable address while it is under way.
template <Row T>
struct RowTarget {
    std::vector<T> rows = {};
    RowSink sink{.table = &row_table<T>, .rows = &rows};
};

/// Awaits `call`, and returns the rows that it has put into the target.
template <Row T>
asio::awaitable<Result<std::vector<T>>> rows_of(std::unique_ptr<RowTarget<T>> target,
                                                asio::awaitable<Result<void>> call) {
    Result<void> const done = co_await std::move(call);
    if (!done) co_return done.error();
    co_return std::move(target->rows);
}

template <class T>
asio::awaitable<Result<std::optional<T>>> first_row(std::unique_ptr<RowTarget<T>> target,
                                                    asio::awaitable<Result<void>> call) {
    Result<void> const done = co_await std::move(call);
    if (!done) co_return done.error();
    if (target->rows.empty()) co_return std::optional<T>{};
    co_return std::optional<T>{std::move(target->rows.front())};
}

template <class T>
asio::awaitable<Result<T>> only_row(std::unique_ptr<RowTarget<T>> target, asio::awaitable<Result<void>> call) {
    Result<void> const done = co_await std::move(call);
    if (!done) co_return done.error();
    co_return std::move(target->rows.front());
}

}  // namespace zenoo_rpc::detail
ZENOO_RPC_COROUTINES_END

#endif  // ZENOO_RPC_ODOO_DETAIL_ROW_TARGET_HPP
