// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_IMPORT_CONTACTS_HPP
#define EXAMPLES_IMPORT_CONTACTS_HPP

#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

/// One valid row: its record, and the external id of the record in Odoo.
struct Contact {
    std::size_t line;  ///< where the row begins; the header is line 1
    zenoo_rpc::ExternalId id;
    zenoo_rpc::Values record;
};

struct BadRow {
    std::size_t line;
    std::string reason;
};

struct Contacts {
    std::vector<Contact> good;
    std::vector<BadRow> bad;
    std::size_t rows() const noexcept { return good.size() + bad.size(); }
};

/// Reads a CSV file in UTF-8 whose header has field names, among them `key` and `name`. Fields may be quoted.
///
/// `country` is an ISO code. The key becomes the external id and the value of the field `ref`, by which the import is
/// verified. Throws `std::invalid_argument` for an invalid header; invalid rows are listed.
Contacts read_contacts(std::istream& csv);

#endif  // EXAMPLES_IMPORT_CONTACTS_HPP
