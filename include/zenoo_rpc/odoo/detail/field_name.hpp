// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_FIELD_NAME_HPP
#define ZENOO_RPC_ODOO_DETAIL_FIELD_NAME_HPP

#include <zenoo_rpc/odoo/field_values.hpp>

#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

// Names of Odoo's fields for members of structs.

namespace zenoo_rpc::detail {

inline constexpr unsigned row_members = boost::describe::mod_public | boost::describe::mod_inherited;

/// Removes the trailing underscore of names that C++ reserves, such as `class_` and `private_`.
constexpr std::string_view odoo_name(std::string_view name) {
    if (name.ends_with('_')) name.remove_suffix(1);
    return name;
}

/// Name of the field of a member; `country` of type `Ref` is `country_id`.
template <class Descriptor, class Member>
struct FieldName {
    static constexpr std::string_view value = odoo_name(Descriptor::name);
};
template <class Descriptor, class T>
    requires(!odoo_name(Descriptor::name).ends_with("id"))
struct FieldName<Descriptor, Ref<T>> {
    static constexpr auto text = [] {
        constexpr auto name = odoo_name(Descriptor::name);
        std::array<char, name.size() + 3> all{};
        std::copy_n("_id", 3, std::copy(name.begin(), name.end(), all.begin()));
        return all;
    }();
    static constexpr std::string_view value{text.data(), text.size()};
};

/// Returns the field name of a member; empty if the member is not described.
template <class Row, class Member, template <class...> class List, class... Descriptors>
constexpr std::string_view field_name_in(Member Row::* member, List<Descriptors...>) {
    std::string_view name;
    auto const look_at = [&]<class Descriptor>(Descriptor) {
        if constexpr (std::same_as<std::remove_const_t<decltype(Descriptor::pointer)>, Member Row::*>) {
            if (Descriptor::pointer == member) name = FieldName<Descriptor, Member>::value;
        }
    };
    (look_at(Descriptors{}), ...);
    return name;
}
template <class Row, class Member>
constexpr std::string_view field_name(Member Row::* member) {
    static_assert(boost::describe::has_describe_members<Row>::value,
                  "the struct of this member needs a BOOST_DESCRIBE_STRUCT");
    return field_name_in(member, boost::describe::describe_members<Row, row_members>{});
}

/// Returns the name of a field, which a query takes as a name or as a member of its struct.
template <class Model>
std::string name_of_field(std::string name) {
    return name;
}
template <class Model, class Row, class Member>
std::string name_of_field(Member Row::* member) {
    static_assert(std::derived_from<Model, Row>, "this member does not belong to the struct of the model");
    return std::string{field_name(member)};
}

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ODOO_DETAIL_FIELD_NAME_HPP
