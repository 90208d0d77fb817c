// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLES_DESCRIBE_CPP_NAMES_HPP
#define EXAMPLES_DESCRIBE_CPP_NAMES_HPP

#include <string>
#include <string_view>

/// True for what C++ takes as a name, were it not for its own words.
bool is_identifier(std::string_view text);

/// The name by which the library knows `odoo_name`: with an underscore at its end if C++ has taken it, or if it ends
/// with one itself.
std::string member_name(std::string const& odoo_name);

/// `res.partner` as `ResPartner`
std::string type_name(std::string_view odoo_name);

#endif  // EXAMPLES_DESCRIBE_CPP_NAMES_HPP
