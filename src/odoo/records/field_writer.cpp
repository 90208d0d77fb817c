// SPDX-License-Identifier: BSL-1.0
#include "odoo/records/field_writer.hpp"

#include "odoo/records/row_values.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

namespace zenoo_rpc::detail {

namespace {

std::string expected(Column const& column) {
    switch (column.kind) {
        case FieldKind::boolean: return "true or false";
        case FieldKind::integer: return "a 32-bit integer";
        case FieldKind::id: return "an integer";
        case FieldKind::number: return "a number";
        case FieldKind::text: return "a string";
        case FieldKind::date: return "a date";
        case FieldKind::date_time: return "a date and time";
        case FieldKind::binary: return "base64";
        case FieldKind::many2one: return "an id or a pair [id, name]";
        case FieldKind::ids: return "a list of ids";
        case FieldKind::selection: break;
    }
    std::string all{"one of"};
    for (auto const choice : column.choices) {
        all += all.ends_with("of") ? " " : ", ";
        all += choice;
    }
    return all;
}

/// Allocates only what the value needs; growing the string would take twice its capacity.
void write(std::string& member, std::string_view value) {
    if (value.size() <= member.capacity()) {
        member.assign(value);
    } else {
        member = std::string{value};
    }
}

/// Returns a short text itself, otherwise its size.
std::string quoted(std::string_view text) {
    if (text.size() > 40) return "a string of " + std::to_string(text.size()) + " bytes";
    return nlohmann::json(text).dump();
}

}  // namespace

bool to_nearest(double& rounded, std::string_view digits) noexcept {
    double nearest = 0;
    auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), nearest);
    if (read.ec == std::errc{}) {
        rounded = nearest;
    } else if (!(std::abs(rounded) < 1)) {  // too large; a number that is too small is nearly zero
        return false;
    }
    return true;
}

bool FieldWriter::text(std::string_view value) {
    if (is_in_list_) return pair_name(value, "a string");
    switch (column_->kind) {
        case FieldKind::text: write(place<std::string>(), value); return true;
        case FieldKind::date: return assign(date_in(value), value);
        case FieldKind::date_time: return assign(date_time_in(value), value);
        case FieldKind::selection: return select(value);
        case FieldKind::binary: {
            auto& bytes = place<Binary>();
            bytes.clear();
            return append_base64(bytes, value) || refuse("a string that is not base64");
        }
        default: return refuse("a string");
    }
}

bool FieldWriter::integer(std::int64_t value, std::string_view digits) {
    if (is_in_list_) return list_id(value, digits);
    switch (column_->kind) {
        case FieldKind::integer:
            if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) break;
            place<int>() = static_cast<int>(value);
            return true;
        case FieldKind::id: place<RecordId>() = value; return true;
        case FieldKind::number: place<double>() = static_cast<double>(value); return true;
        case FieldKind::many2one: place<Many2one>() = Many2one{value}; return true;
        default: break;
    }
    return refuse(digits);
}

bool FieldWriter::number(double rounded, std::string_view digits) {
    if (is_in_list_) return refuse_element(digits);
    if (column_->kind != FieldKind::number || !to_nearest(rounded, digits)) return refuse(digits);
    place<double>() = rounded;
    return true;
}

bool FieldWriter::truth(bool value) {
    if (!is_in_list_ && column_->kind == FieldKind::boolean) {
        place<bool>() = value;
        return true;
    }
    if (!value) return empty("false");
    return is_in_list_ ? refuse_element("true") : refuse("true");
}

bool FieldWriter::null() { return empty("null"); }

bool FieldWriter::object() { return is_in_list_ ? refuse_element("an object") : refuse("an object"); }

bool FieldWriter::list() { return is_in_list_ ? refuse_element("a list") : refuse("a list"); }

bool FieldWriter::nothing() { return refuse("no such field"); }

bool FieldWriter::begin_list() {
    bool const takes_list =
        column_->kind == FieldKind::ids || column_->kind == FieldKind::many2one || column_->kind == FieldKind::id;
    if (is_in_list_ || !takes_list) return list();
    list_ = column_->place(row_);
    ids_.clear();
    is_in_list_ = true;
    elements_ = 0;
    return true;
}

bool FieldWriter::end_list() {
    is_in_list_ = false;
    if (column_->kind == FieldKind::ids) {
        static_cast<std::vector<RecordId>*>(list_)->assign(ids_.begin(), ids_.end());
        return true;
    }
    return elements_ == 2 || refuse("a list of length " + std::to_string(elements_));
}

template <class T>
bool FieldWriter::assign(std::optional<T> const& found, std::string_view text) {
    if (!found) return refuse(quoted(text));
    place<T>() = *found;
    return true;
}

bool FieldWriter::select(std::string_view text) {
    auto const choice = std::ranges::find(column_->choices, text);
    if (choice == column_->choices.end()) return refuse(quoted(text));
    column_->choose(column_->place(row_), static_cast<std::size_t>(choice - column_->choices.begin()));
    return true;
}

bool FieldWriter::list_id(RecordId id, std::string_view digits) {
    switch (column_->kind) {
        case FieldKind::ids: ids_.push_back(id); return true;
        case FieldKind::id: *static_cast<RecordId*>(list_) = id; break;
        default: static_cast<Many2one*>(list_)->id = id; break;
    }
    return elements_++ == 0 || refuse_element(digits);
}

bool FieldWriter::pair_name(std::string_view name, char const* found) {
    if (column_->kind == FieldKind::ids || elements_++ != 1) return refuse_element(found);
    if (column_->kind == FieldKind::many2one) write(static_cast<Many2one*>(list_)->name, name);
    return true;
}

bool FieldWriter::empty(char const* word) {
    if (is_in_list_) return pair_name({}, word);
    if (!column_->takes_nothing) {
        refuse(word);
        misfit_ += ", an empty field: make the member a std::optional";
        return false;
    }
    column_->clear(row_);
    return true;
}

bool FieldWriter::refuse(std::string_view found) {
    misfit_ = "expected " + expected(*column_) + ", found ";
    misfit_ += found;
    return false;
}

bool FieldWriter::refuse_element(std::string_view found) { return refuse("a list containing " + std::string{found}); }

}  // namespace zenoo_rpc::detail
