// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_DESCRIBE_CPP_NAMES_HPP
#define EXAMPLES_DESCRIBE_CPP_NAMES_HPP

#include <string>
#include <string_view>

/// Returns true if `text` has the form of a C++ identifier; reserved words are not excluded.
bool is_identifier(std::string_view text);

/// Returns the member name that the library maps to `odoo_name`: with a trailing underscore if the name is reserved in
/// C++, or ends with an underscore itself.
std::string member_name(std::string const& odoo_name);

/// Returns the name of a type for a model: `ResPartner` for `res.partner`.
std::string type_name(std::string_view odoo_name);

#endif  // EXAMPLES_DESCRIBE_CPP_NAMES_HPP
