// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_ODOO_DETAIL_ROW_TABLE_HPP
#define ZENOO_RPC_ODOO_DETAIL_ROW_TABLE_HPP

#include <zenoo_rpc/odoo/detail/field_name.hpp>
#include <zenoo_rpc/odoo/field_values.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

// Description of a struct for the decoder of rows. This table is the only part that is a template per struct.

namespace zenoo_rpc::detail {

/// Kinds of Odoo's values that a member takes. The comments name the member's type.
enum class FieldKind : unsigned char {
    boolean,    // bool
    integer,    // int
    id,         // RecordId, for integers too
    number,     // double
    text,       // std::string
    date,       // Date
    date_time,  // DateTime
    binary,     // Binary
    many2one,   // Many2one, Ref
    ids,        // std::vector<RecordId>
    selection,  // a described enum
};

struct Column {
    std::string_view name;
    FieldKind kind;
    bool takes_nothing;                              ///< has a value for an empty field
    void* (*place)(void* row);                       ///< returns the member's value; creates it in an optional
    void (*clear)(void* row);                        ///< sets it to the value for an empty field
    std::span<std::string_view const> choices;       ///< names of the choices of a selection
    void (*choose)(void* place, std::size_t index);  ///< null unless it is a selection
};

struct RowTable {
    std::span<Column const> columns;
    void (*start)(void* rows, std::size_t expected);  ///< removes all rows, and reserves room for `expected`
    void* (*append)(void* rows);
};

/// Destination of the rows of a response.
struct RowSink {
    RowTable const* table;
    void* rows;                                      ///< the vector that belongs to the table
    std::optional<RecordId> last_id = std::nullopt;  ///< id of the last record, even if rows have no member for it
    std::span<Column const> chosen = {};             ///< columns of the table that are requested; empty: all

    std::span<Column const> columns() const { return chosen.empty() ? table->columns : chosen; }
};

template <class T>
struct FieldMember;
template <FieldKind Kind>
struct FieldOfKind {
    static constexpr FieldKind kind = Kind;
};
template <>
struct FieldMember<bool> : FieldOfKind<FieldKind::boolean> {};
template <>
struct FieldMember<int> : FieldOfKind<FieldKind::integer> {};
template <>
struct FieldMember<RecordId> : FieldOfKind<FieldKind::id> {};
template <>
struct FieldMember<double> : FieldOfKind<FieldKind::number> {};
template <>
struct FieldMember<std::string> : FieldOfKind<FieldKind::text> {};
template <>
struct FieldMember<Date> : FieldOfKind<FieldKind::date> {};
template <>
struct FieldMember<DateTime> : FieldOfKind<FieldKind::date_time> {};
template <>
struct FieldMember<Binary> : FieldOfKind<FieldKind::binary> {};
template <>
struct FieldMember<Many2one> : FieldOfKind<FieldKind::many2one> {};
template <class T>
struct FieldMember<Ref<T>> : FieldOfKind<FieldKind::many2one> {};
template <>
struct FieldMember<std::vector<RecordId>> : FieldOfKind<FieldKind::ids> {};
template <class T>
    requires boost::describe::has_describe_enumerators<T>::value
struct FieldMember<T> : FieldOfKind<FieldKind::selection> {};

template <class T>
struct OptionalMember {
    using Value = T;
    static constexpr bool is_optional = false;
};
template <class T>
struct OptionalMember<std::optional<T>> {
    using Value = T;
    static constexpr bool is_optional = true;
};

template <class T>
concept FieldMemberType = requires { FieldMember<typename OptionalMember<T>::Value>::kind; };

/// True if a member has a value that stands for an empty field of Odoo.
template <class T>
inline constexpr bool takes_nothing = OptionalMember<T>::is_optional;
template <>
inline constexpr bool takes_nothing<std::string> = true;
template <>
inline constexpr bool takes_nothing<Binary> = true;
template <>
inline constexpr bool takes_nothing<std::vector<RecordId>> = true;
template <class T>
inline constexpr bool takes_nothing<Ref<T>> = true;

/// Enumerators of a selection, and their names in Odoo.
template <class Enum, class List = boost::describe::describe_enumerators<Enum>>
struct Selection;
template <class Enum, template <class...> class List, class... Descriptors>
struct Selection<Enum, List<Descriptors...>> {
    static constexpr std::array<std::string_view, sizeof...(Descriptors)> names{odoo_name(Descriptors::name)...};
    static constexpr std::array<Enum, sizeof...(Descriptors)> values{Descriptors::value...};

    static void choose(void* place, std::size_t index) { *static_cast<Enum*>(place) = values[index]; }
};

template <class Row, auto Member>
struct MemberAccess {
    using Type = std::remove_reference_t<decltype(std::declval<Row&>().*Member)>;
    static_assert(
        FieldMemberType<Type>,
        "a member of a row must be bool, int, RecordId, double, std::string, Date, DateTime, Binary, Many2one, Ref, "
        "std::vector<RecordId>, an enum with BOOST_DESCRIBE_ENUM, or a std::optional of one of them");

    static void* place(void* row) {
        auto& member = static_cast<Row*>(row)->*Member;
        if constexpr (OptionalMember<Type>::is_optional) {
            return value_in(member.emplace());
        } else {
            return value_in(member);
        }
    }
    static void clear(void* row) { static_cast<Row*>(row)->*Member = Type{}; }

private:
    template <class T>
    static void* value_in(T& member) {
        if constexpr (std::is_base_of_v<Many2one, T>) return static_cast<Many2one*>(&member);
        return &member;
    }
};

template <class Row, class Descriptor>
constexpr Column column() {
    using Access = MemberAccess<Row, Descriptor::pointer>;
    using Member = OptionalMember<typename Access::Type>;
    using Value = typename Member::Value;
    Column made{.name = FieldName<Descriptor, typename Access::Type>::value,
                .kind = FieldMember<Value>::kind,
                .takes_nothing = takes_nothing<typename Access::Type>,
                .place = Access::place,
                .clear = Access::clear,
                .choices = {},
                .choose = nullptr};
    if constexpr (std::is_enum_v<Value>) {
        made.choices = Selection<Value>::names;
        made.choose = Selection<Value>::choose;
    }
    return made;
}

template <class Row, class List>
struct Columns;
template <class Row, template <class...> class List, class... Descriptors>
struct Columns<Row, List<Descriptors...>> {
    static_assert(sizeof...(Descriptors) > 0, "a row needs at least one described member");
    static constexpr std::array<Column, sizeof...(Descriptors)> all{column<Row, Descriptors>()...};
};

template <class Row>
struct RowVector {
    static void start(void* rows, std::size_t expected) {
        auto& all = *static_cast<std::vector<Row>*>(rows);
        all.clear();
        all.reserve(expected);
    }
    static void* append(void* rows) { return &static_cast<std::vector<Row>*>(rows)->emplace_back(); }
};

template <class Row>
inline constexpr RowTable row_table{.columns = Columns<Row, boost::describe::describe_members<Row, row_members>>::all,
                                    .start = RowVector<Row>::start,
                                    .append = RowVector<Row>::append};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_ODOO_DETAIL_ROW_TABLE_HPP
