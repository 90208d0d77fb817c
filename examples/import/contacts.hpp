// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_IMPORT_CONTACTS_HPP
#define EXAMPLES_IMPORT_CONTACTS_HPP

#include <zenoo_rpc/odoo/external_id.hpp>
#include <zenoo_rpc/odoo/values.hpp>

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

/// One good row: the record it stands for, and the name under which Odoo will know it.
struct Contact {
    std::size_t line;  ///< on which the row begins, the header being line 1
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

/// Reads a CSV file: a header with the names of fields, among them `key` and `name`; quoted fields; UTF-8.
///
/// `country` is an ISO code. The key becomes the external id and, in the field `ref`, what the import is proved by.
/// Throws `std::invalid_argument` for a header that can't be used; bad rows are listed.
Contacts read_contacts(std::istream& csv);

#endif  // EXAMPLES_IMPORT_CONTACTS_HPP
