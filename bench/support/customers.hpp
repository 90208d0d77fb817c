// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_CUSTOMERS_HPP
#define ZENOO_RPC_BENCH_SUPPORT_CUSTOMERS_HPP

#include "odoo/wire/classify.hpp"

#include <zenoo_rpc/core/failure.hpp>
#include <zenoo_rpc/odoo/row.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::bench {

/// A contact with ten fields.
struct Contact {
    static constexpr std::string_view odoo_model = "res.partner";
    RecordId id = 0;
    std::string name;
    std::optional<std::string> email;
    std::optional<std::string> phone;
    bool is_company = false;
    int color = 0;
    double credit_limit = 0;
    std::optional<Many2one> country_id;
    std::vector<RecordId> category_id;
    DateTime write_date;
};
BOOST_DESCRIBE_STRUCT(Contact, (),
                      (id, name, email, phone, is_company, color, credit_limit, country_id, category_id, write_date))

/// A contact with twenty fields.
struct Customer : Contact {
    std::optional<std::string> street;
    std::optional<std::string> street2;
    std::optional<std::string> zip;
    std::optional<std::string> city;
    std::optional<std::string> ref;
    std::string lang;
    std::optional<Many2one> state_id;
    std::optional<Many2one> parent_id;
    std::optional<Many2one> user_id;
    DateTime create_date;
};
BOOST_DESCRIBE_STRUCT(Customer, (Contact),
                      (street, street2, zip, city, ref, lang, state_id, parent_id, user_id, create_date))

inline std::string contact_fields(int number) {
    auto const n = std::to_string(number);
    return R"("id": )" + n + R"(, "name": "Ren\u00e9e Contact )" + n + R"(", "email": "renee.)" + n
           + R"(@example.com", "phone": )" + (number % 3 == 0 ? "false" : R"("+33 1 23 45 67 89")")
           + R"(, "is_company": )" + (number % 4 == 0 ? "true" : "false") + R"(, "color": )"
           + std::to_string(number % 12) + R"(, "credit_limit": )" + std::to_string(number % 1000)
           + R"(.5, "country_id": [75, "France"], "category_id": [)" + (number % 2 == 0 ? "3, 5" : "")
           + R"(], "write_date": "2026-02-28 23:59:59")";
}

inline std::string customer_fields(int number) {
    auto const n = std::to_string(number);
    return contact_fields(number) + R"(, "street": ")" + n + R"( rue de la Paix", "street2": false, "zip": "75002")"
           + R"(, "city": "Paris", "ref": "CUSTOMER/)" + n + R"(", "lang": "fr_FR", "state_id": [)"
           + std::to_string(number % 90 + 1) + R"(, "\u00cele-de-France"], "parent_id": )"
           + (number % 2 == 0 ? R"([1, "A Company with Many Contacts SAS"])" : "false")
           + R"(, "user_id": [2, "Mitchell Admin"], "create_date": "2025-11-03 08:15:00")";
}

/// Returns Odoo's response to a search with that many records, formatted as Python does.
inline HttpResponse response_of(int records, std::string (*fields)(int)) {
    std::string body{R"({"jsonrpc": "2.0", "id": 1, "result": [)"};
    for (int number = 1; number <= records; ++number) {
        if (number > 1) body += ", ";
        body += '{' + fields(number) + '}';
    }
    body += "]}";
    body.shrink_to_fit();
    return {200, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(body)};
}

/// Returns the rows of a response, decoded as by the client.
template <Row T>
std::vector<T> decoded(HttpResponse const& response) {
    std::vector<T> rows;
    detail::RowSink sink{.table = &detail::row_table<T>, .rows = &rows};
    detail::AskedCall call{.id = 1, .name = "res.partner.search_read", .method = "search_read"};
    call.rows = &sink;
    auto const result = classify(response, call);
    if (!result) result.error().raise();
    return rows;
}

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_CUSTOMERS_HPP
