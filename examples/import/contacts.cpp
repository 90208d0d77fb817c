// SPDX-License-Identifier: BSL-1.0
#include "contacts.hpp"

#include "csv.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace {

bool is_utf8(std::string const& text) {
    try {
        static_cast<void>(nlohmann::json(text).dump());
        return true;
    } catch (nlohmann::json::type_error const&) {
        return false;
    }
}

/// Returns Odoo's own external id of a country.
zenoo_rpc::ExternalId country(std::string code) {
    bool const is_code =
        code.size() == 2 && std::all_of(code.begin(), code.end(), [](unsigned char c) { return std::isalpha(c); });
    if (!is_code) throw std::invalid_argument{"country '" + code + "' is not a two-letter code"};
    std::transform(code.begin(), code.end(), code.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return {"base", code == "gb" ? "uk" : code};
}

bool yes_or_no(std::string const& column, std::string const& text) {
    if (text == "1") return true;
    if (text == "0") return false;
    throw std::invalid_argument{column + " is '" + text + "', but must be 0 or 1"};
}

void add_field(zenoo_rpc::Values& record, std::string const& column, std::string const& text) {
    if (text.empty()) return;  // an absent field keeps the server's default
    if (column == "country") {
        record.add("country_id", country(text));
    } else if (column == "is_company") {
        record.add(column, yes_or_no(column, text));
    } else {
        record.add(column, text);
    }
}

std::vector<std::string> checked_header(std::vector<CsvRow> const& rows) {
    if (rows.empty()) throw std::invalid_argument{"the file is empty: it must begin with a header of field names"};
    auto const& columns = rows.front().fields;
    for (auto const* needed : {"key", "name"}) {
        if (std::find(columns.begin(), columns.end(), needed) == columns.end()) {
            throw std::invalid_argument{std::string{"the header has no column '"} + needed + "'"};
        }
    }
    if (std::set<std::string>(columns.begin(), columns.end()).size() != columns.size()) {
        throw std::invalid_argument{"the header has a duplicate column"};
    }
    return columns;
}

Contact to_contact(std::vector<std::string> const& columns, CsvRow const& row) {
    if (!row.complete) throw std::invalid_argument{"a quoted field is not closed"};
    if (row.fields.size() != columns.size()) {
        throw std::invalid_argument{std::to_string(row.fields.size()) + " fields instead of "
                                    + std::to_string(columns.size())};
    }
    zenoo_rpc::Values record;
    std::string key;
    bool named = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto const& text = row.fields[i];
        if (!is_utf8(text)) throw std::invalid_argument{columns[i] + " is not UTF-8"};
        if (columns[i] == "name") named = text.find_first_not_of(" \t\r\n") != text.npos;
        if (columns[i] == "key") {
            key = text;
        } else {
            add_field(record, columns[i], text);
        }
    }
    if (!named) throw std::invalid_argument{"the name is missing"};
    zenoo_rpc::ExternalId id{"contacts", key};
    record.add("ref", id.text());
    return {row.line, std::move(id), std::move(record)};
}

}  // namespace

Contacts read_contacts(std::istream& csv) {
    auto const rows = read_csv(csv);
    auto const columns = checked_header(rows);
    Contacts contacts;
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        try {
            auto contact = to_contact(columns, rows[i]);
            auto const [first, is_new] = seen.emplace(contact.id.text(), contact.line);
            if (!is_new)
                throw std::invalid_argument{"duplicate key, first used on line " + std::to_string(first->second)};
            contacts.good.push_back(std::move(contact));
        } catch (std::invalid_argument const& error) {
            contacts.bad.push_back({rows[i].line, error.what()});
        }
    }
    return contacts;
}
