// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_ROW_HPP
#define ZENOO_RPC_ODOO_ROW_HPP

#include <zenoo_rpc/odoo/detail/row_table.hpp>

#include <boost/describe/bases.hpp>
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <concepts>
#include <string_view>

namespace zenoo_rpc {

/// A struct that a record becomes, its members named like Odoo's fields, and described for Boost.Describe:
///
///     struct Partner {
///         static constexpr std::string_view odoo_model = "res.partner";
///         RecordId id;
///         std::string name;
///         std::optional<Many2one> country_id;
///     };
///     BOOST_DESCRIBE_STRUCT(Partner, (), (id, name, country_id))
///
/// Odoo says `false` for an empty field of any kind but a boolean. That is `std::nullopt` for an optional member, and
/// of any member an empty text, list, binary or `Ref`. All others must be optional where the field may be empty: there
/// is no date or number that means none.
///
/// A selection is a text, or an enum with BOOST_DESCRIBE_ENUM. Of a name that C++ has taken, such as `private_`, the
/// last underscore does not count.
template <class T>
concept Row = boost::describe::has_describe_members<T>::value && std::default_initializable<T>;

/// A row that knows its model.
template <class T>
concept ModelRow = Row<T> && requires {
    { T::odoo_model } -> std::convertible_to<std::string_view>;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_ROW_HPP
