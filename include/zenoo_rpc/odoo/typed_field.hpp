// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_TYPED_FIELD_HPP
#define ZENOO_RPC_ODOO_TYPED_FIELD_HPP

#include <zenoo_rpc/odoo/detail/field_fit.hpp>
#include <zenoo_rpc/odoo/detail/field_name.hpp>
#include <zenoo_rpc/odoo/domain.hpp>
#include <zenoo_rpc/odoo/row.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace zenoo_rpc {

/// Field of a known type, made by `field(&ResPartner::name)`. Compared like a `Field`, but only with values that it can
/// equal, which the compiler checks: its own type, `std::nullopt` for empty, an id or a name for a record.
template <class Member>
class TypedField {
    using Fit = detail::FieldFit<Member>;

public:
    constexpr explicit TypedField(std::string_view name) : name_{name} {}

    constexpr std::string_view name() const noexcept { return name_; }

    template <class T>
    Domain operator==(T const& value) const {
        return equal(value) == value;
    }
    template <class T>
    Domain operator!=(T const& value) const {
        return equal(value) != value;
    }
    template <class T>
    Domain operator<(T const& value) const {
        return ordered(value) < value;
    }
    template <class T>
    Domain operator<=(T const& value) const {
        return ordered(value) <= value;
    }
    template <class T>
    Domain operator>(T const& value) const {
        return ordered(value) > value;
    }
    template <class T>
    Domain operator>=(T const& value) const {
        return ordered(value) >= value;
    }

    Domain like(std::string const& text) const { return textual().like(text); }
    Domain ilike(std::string const& text) const { return textual().ilike(text); }
    Domain not_like(std::string const& text) const { return textual().not_like(text); }
    Domain not_ilike(std::string const& text) const { return textual().not_ilike(text); }
    Domain equals_like(std::string const& pattern) const { return textual().equals_like(pattern); }
    Domain equals_ilike(std::string const& pattern) const { return textual().equals_ilike(pattern); }

    template <class... T>
    Domain in(T const&... values) const {
        static_assert((Fit::template is_listed<T>() && ...), "a field of this type cannot equal a value of that type");
        return untyped().in(values...);
    }
    template <class... T>
    Domain not_in(T const&... values) const {
        static_assert((Fit::template is_listed<T>() && ...), "a field of this type cannot equal a value of that type");
        return untyped().not_in(values...);
    }

    template <class T>
    Domain child_of(T const& record) const {
        return hierarchical().child_of(record);
    }
    template <class T>
    Domain parent_of(T const& record) const {
        return hierarchical().parent_of(record);
    }
    Domain any(Domain const& condition) const { return relational().any(condition); }
    Domain not_any(Domain const& condition) const { return relational().not_any(condition); }

private:
    Field untyped() const { return Field{std::string{name_}}; }
    template <class T>
    Field equal(T const&) const {
        static_assert(Fit::template fits<std::decay_t<T>>(), "a field of this type cannot equal a value of that type");
        return untyped();
    }
    template <class T>
    Field ordered(T const& value) const {
        static_assert(Fit::has_order, "a field of this type has no order");
        return equal(value);
    }
    Field textual() const {
        static_assert(Fit::has_text, "only a text, a selection or a relation can be matched with a pattern");
        return untyped();
    }
    Field hierarchical() const {
        static_assert(Fit::has_hierarchy, "only an id or a relation can be compared in a hierarchy");
        return untyped();
    }
    Field relational() const {
        static_assert(Fit::is_relation, "only a relation can be matched with a condition on its records");
        return untyped();
    }

    std::string_view name_;
};

/// Returns the field of a member of a described struct. The compiler checks that the member is described.
template <class Row, class Member>
consteval TypedField<Member> field(Member Row::* member) {
    auto const name = detail::field_name(member);
    if (name.empty()) detail::this_member_is_not_described();
    return TypedField<Member>{name};
}

}  // namespace zenoo_rpc

#endif  // ZENOO_RPC_ODOO_TYPED_FIELD_HPP
