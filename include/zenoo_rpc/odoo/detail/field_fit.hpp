// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_FIELD_FIT_HPP
#define ZENOO_RPC_ODOO_DETAIL_FIELD_FIT_HPP

#include <zenoo_rpc/odoo/detail/row_table.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

namespace zenoo_rpc::detail {

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

/// Checks whether a field of that kind can equal a value of that type.
template <class Value, FieldKind kind, class Member>
constexpr bool fits_field() {
    using enum FieldKind;
    constexpr bool is_integer = std::integral<Value> && !std::same_as<Value, bool>;
    constexpr bool is_text = std::convertible_to<Value const&, std::string_view>;
    switch (kind) {
        case boolean: return std::same_as<Value, bool>;
        case integer:
        case id: return is_integer;
        case number: return is_integer || std::floating_point<Value>;
        case text: return is_text;
        case date: return std::convertible_to<Value const&, Date>;
        case date_time: return std::convertible_to<Value const&, DateTime> || std::same_as<Value, Date>;
        case binary: return false;
        case many2one:
        case ids: return is_integer || is_text || std::convertible_to<Value const&, Many2one>;
        case selection: return std::same_as<Value, Member>;
    }
    return false;
}

/// Comparisons that the field of a member supports.
template <class Member>
struct FieldFit {
    using Value = typename OptionalMember<Member>::Value;
    static constexpr auto kind = FieldMember<Value>::kind;

    template <class T>
    static constexpr bool fits() {
        if constexpr (std::same_as<T, std::nullopt_t>) {
            return kind != FieldKind::boolean;
        } else if constexpr (OptionalMember<T>::is_optional) {
            return fits<typename T::value_type>();
        } else {
            return fits_field<T, kind, Value>();
        }
    }
    template <class T>
    static constexpr bool is_listed() {
        if constexpr (IsVector<T>::value) {
            return fits<typename T::value_type>();
        } else {
            return fits<std::decay_t<T>>();
        }
    }
    static constexpr bool has_order = kind != FieldKind::boolean && kind != FieldKind::binary
                                      && kind != FieldKind::many2one && kind != FieldKind::ids;
    static constexpr bool is_relation = kind == FieldKind::many2one || kind == FieldKind::ids;
    static constexpr bool has_text = is_relation || kind == FieldKind::text || kind == FieldKind::selection;
    static constexpr bool has_hierarchy = is_relation || kind == FieldKind::id;
};

/// Not constexpr, so that calling it at compile time is an error that shows its name.
void this_member_is_not_described();

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ODOO_DETAIL_FIELD_FIT_HPP
