// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTS_ODOO_DECODED_ROWS_HPP
#define ZENOO_RPC_TESTS_ODOO_DECODED_ROWS_HPP

#include "support/catch.hpp"

#include <zenoo_rpc/async/operation.hpp>
#include <zenoo_rpc/core/exceptions.hpp>
#include <zenoo_rpc/odoo/odoo_error.hpp>
#include <zenoo_rpc/odoo/row.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zenoo_rpc::tests {

enum class State { draft, private_, done };
BOOST_DESCRIBE_ENUM(State, draft, private_, done)

/// A row of one field.
template <class T>
struct One {
    T x{};
};
BOOST_DESCRIBE_STRUCT(One<bool>, (), (x))
BOOST_DESCRIBE_STRUCT(One<int>, (), (x))
BOOST_DESCRIBE_STRUCT(One<RecordId>, (), (x))
BOOST_DESCRIBE_STRUCT(One<double>, (), (x))
BOOST_DESCRIBE_STRUCT(One<std::string>, (), (x))
BOOST_DESCRIBE_STRUCT(One<Date>, (), (x))
BOOST_DESCRIBE_STRUCT(One<DateTime>, (), (x))
BOOST_DESCRIBE_STRUCT(One<Binary>, (), (x))
BOOST_DESCRIBE_STRUCT(One<Many2one>, (), (x))
BOOST_DESCRIBE_STRUCT(One<std::vector<RecordId>>, (), (x))
BOOST_DESCRIBE_STRUCT(One<State>, (), (x))

inline AskedCall call_of(Protocol protocol, std::int64_t id = 1) {
    return {.id = id, .name = "res.partner.search_read", .method = "search_read", .uid = 2, .protocol = protocol};
}

/// The rows of an answer, without any client.
template <Row T>
Result<std::vector<T>> rows_in(HttpResponse const& response, AskedCall call) {
    std::vector<T> rows;
    detail::RowSink sink{.table = &detail::row_table<T>, .rows = &rows};
    call.rows = &sink;
    auto const result = classify(response, call);
    if (!result) return result.error();
    return rows;
}

template <Row T>
Result<std::vector<T>> rows_in(std::string body, AskedCall const& call = call_of(Protocol::json2)) {
    return rows_in<T>(HttpResponse{200, {{"Content-Type", "application/json"}}, std::move(body)}, call);
}

inline std::string record_with(std::string const& value) { return R"([{"id": 7, "x": )" + value + "}]"; }

template <class T>
T value_of(std::string const& text) {
    auto const rows = rows_in<One<T>>(record_with(text));
    INFO(text);
    REQUIRE(rows.has_value());
    REQUIRE(rows->size() == 1);
    return rows->front().x;
}

/// Why the answer is none, without what every text begins and ends with.
template <class T>
std::string complaint_in(std::string const& body) {
    auto const rows = rows_in<T>(body);
    INFO(body);
    REQUIRE_FALSE(rows.has_value());
    CHECK(rows.error().template is<ProtocolError>());
    std::string const text = rows.error().what();
    std::string const begin = "res.partner.search_read: ";
    std::string const end = " (HTTP 200, application/json)";
    REQUIRE(text.starts_with(begin));
    auto const at = text.find(end);
    REQUIRE(at != std::string::npos);
    return text.substr(begin.size(), at - begin.size());
}

/// Why a value does not fit, without the record and the field.
template <class T>
std::string misfit(std::string const& value) {
    auto const text = complaint_in<One<T>>(record_with(value));
    std::string const where = "record 7, field x: ";
    REQUIRE(text.starts_with(where));
    return text.substr(where.size());
}

inline Binary bytes(std::string_view text) {
    Binary all;
    for (char const c : text) all.push_back(static_cast<std::byte>(c));
    return all;
}

}  // namespace zenoo_rpc::tests

#endif  // ZENOO_RPC_TESTS_ODOO_DECODED_ROWS_HPP
