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

/// Struct that holds a record. Its members are named like Odoo's fields and described with Boost.Describe:
///
///     struct Partner {
///         static constexpr std::string_view odoo_model = "res.partner";
///         RecordId id;
///         std::string name;
///         std::optional<Many2one> country_id;
///     };
///     BOOST_DESCRIBE_STRUCT(Partner, (), (id, name, country_id))
///
/// Odoo sends `false` for an empty field of any type but boolean. An optional member is then `std::nullopt`, and a
/// text, list, binary or `Ref` is empty. Members of other types must be optional if the field may be empty: no date or
/// number means "none".
///
/// A selection is a text, or an enum with BOOST_DESCRIBE_ENUM. A trailing underscore is not part of the field's name:
/// `private_` stands for a name that C++ reserves.
template <class T>
concept Row = boost::describe::has_describe_members<T>::value && std::default_initializable<T>;

/// Row that names its model in `odoo_model`.
template <class T>
concept ModelRow = Row<T> && requires {
    { T::odoo_model } -> std::convertible_to<std::string_view>;
};

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_ROW_HPP
