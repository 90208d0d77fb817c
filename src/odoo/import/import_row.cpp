// SPDX-License-Identifier: BSL-1.0
#include "odoo/import/import_row.hpp"

#include "odoo/import/cell_text.hpp"
#include "odoo/records/excerpt.hpp"
#include "odoo/records/external_id_check.hpp"
#include "odoo/support/text.hpp"

#include <zenoo_rpc/odoo/errors.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace zenoo_rpc {

namespace {

using detail::is_text;
using detail::refuse_cell;
using nlohmann::json;

bool empties(json const& value) { return value.is_null() || value == false || is_text(value, ""); }

using Encoder = std::string (*)(json const&);
/// Returns the function that encodes values of a scalar type; null if there is none.
Encoder encoder_of(std::string_view type) {
    static constexpr std::array<std::pair<std::string_view, Encoder>, 12> encoders{{
        {"char", detail::text_cell},
        {"text", detail::text_cell},
        {"html", detail::text_cell},
        {"integer", detail::integer_cell},
        {"many2one_reference", detail::integer_cell},
        {"float", detail::float_cell},
        {"monetary", detail::float_cell},
        {"date", detail::date_cell},
        {"datetime", detail::datetime_cell},
        {"binary", detail::base64_cell},
        {"image", detail::base64_cell},
        {"reference", detail::reference_cell},
    }};
    auto const found = std::ranges::find(encoders, type, &std::pair<std::string_view, Encoder>::first);
    return found == encoders.end() ? nullptr : found->second;
}

/// Writes the cells of one record.
class RowWriter {
public:
    explicit RowWriter(ImportRow& row) : row_{row} {}

    void write(std::string const& field, FieldType const& type, json const& value) {
        if (type.name == "many2one") return write_many2one(field, value);
        if (type.name == "many2many") return write_many2many(field, value);
        add(field, cell(type, value));
        row_.has_time = row_.has_time || (type.name == "datetime" && !row_.cells.back().empty());
    }

private:
    void add(std::string column, std::string cell) {
        row_.columns.push_back(std::move(column));
        row_.cells.push_back(std::move(cell));
    }

    static std::string cell(FieldType const& type, json const& value) {
        if (type.name == "boolean") return value.is_null() || is_text(value, "") ? "" : detail::boolean_cell(value);
        if (type.name == "json") return empties(value) || value.empty() ? "" : detail::json_cell(value);
        bool const is_selection = type.name == "selection";
        auto const encode = encoder_of(type.name);
        if (!encode && !is_selection) refuse_cell("Odoo's import cannot write a field of type " + type.name);
        if (empties(value)) return "";
        return is_selection ? detail::selection_cell(value, type) : encode(value);
    }

    /// Never sends a bare name: Odoo would take the first of several records of that name, in the user's language.
    void write_many2one(std::string const& field, json const& value) {
        if (empties(value)) return add(field + "/.id", "");
        if (value.is_number_integer()) return add(field + "/.id", id_text(value));
        auto const text = external_id(value, "a record id, or an external id such as module.name");
        add(field + "/id", text);
    }

    void write_many2many(std::string const& field, json const& value) {
        json const& members = members_of(value);
        if (members.empty()) return add(field + "/.id", "");
        bool const by_id = members.front().is_number_integer();
        std::string cell;
        for (json const& member : members) {
            if (member.is_number_integer() != by_id)
                refuse_cell("the list must contain either ids or external ids, not both");
            if (!cell.empty()) cell += ',';
            cell += by_id ? id_text(member) : external_id(member, "record ids, or external ids such as module.name");
        }
        add(field + (by_id ? "/.id" : "/id"), std::move(cell));
    }

    /// Returns the list itself, or that of the command `[6, 0, ids]`.
    static json const& members_of(json const& value) {
        static json const none = json::array();
        if (empties(value)) return none;
        if (!value.is_array()) refuse_cell("a list of records", value);
        bool const has_commands = !value.empty() && value.front().is_array();
        if (!has_commands) return value;
        json const& command = value.front();
        bool const sets = value.size() == 1 && command.size() == 3 && command[0] == 6 && command[2].is_array();
        if (!sets) refuse_cell("the only command that can be imported is [6, 0, ids]");
        return command[2];
    }

    static std::string id_text(json const& value) {
        if (value.get<std::int64_t>() <= 0) refuse_cell("a record id must be positive, but is " + value.dump());
        return value.dump();
    }

    std::string external_id(json const& value, char const* expected) {
        if (!value.is_string()) refuse_cell(expected, value);
        std::string_view const text = value.get_ref<std::string const&>();
        auto const dot = text.find('.');
        if (dot == std::string_view::npos) refuse_cell(expected, value);
        auto const error = detail::external_id_error(text.substr(0, dot), text.substr(dot + 1));
        if (!error.empty()) refuse_cell("the external id " + detail::excerpt_of(value) + " is invalid: " + error);
        return row_.references.emplace_back(text);
    }

    ImportRow& row_;
};

FieldType const& type_of(std::string const& field, FieldTypes const& types) {
    if (field == "id" || field.find_first_of("/:.") != std::string::npos) refuse_cell("not a field name");
    auto const type = types.find(field);
    if (type == types.end()) refuse_cell("the model has no such field");
    return type->second;
}

json header_of(ImportRow const& row) {
    auto header = json::array({"id"});
    for (auto const& column : row.columns) header.push_back(column);
    return header;
}

json context_for(IfExists if_exists, bool has_time) {
    auto context = json::object();
    // The first call creates the record; with `noupdate`, later calls find it and leave it unchanged.
    if (if_exists == IfExists::keep) context = {{"mode", "update"}, {"noupdate", true}};
    // Without it Odoo reads times in the user's time zone. It also changes the default of "today": only where needed.
    if (has_time) context["tz"] = "UTC";
    return context;
}

/// Sorts the members by field, so that records with the same fields have the same columns and share a batch.
std::vector<Values::Member const*> by_field(Values const& record) {
    std::vector<Values::Member const*> members;
    members.reserve(record.members().size());
    for (auto const& member : record.members()) members.push_back(&member);
    std::ranges::sort(members, {}, &Values::Member::field);
    return members;
}

}  // namespace

ImportRow import_row(ExternalId const& id, Values const& record, FieldTypes const& types) {
    ImportRow row;
    row.id = id.text();
    RowWriter writer{row};
    for (auto const* member : by_field(record)) {
        auto const& [field, value] = *member;
        try {
            writer.write(field, type_of(field, types), value);
        } catch (detail::CellRefused const& refusal) {
            ValidationError error{"record " + id.text() + ", field " + field + ": " + refusal.reason};
            error.delivery(Delivery::not_sent);
            throw error;
        }
    }
    return row;
}

LoadArguments load_arguments(std::span<ImportRow const* const> rows, IfExists if_exists) {
    if (rows.empty()) throw std::invalid_argument{"load_arguments: rows must not be empty"};
    auto data = json::array();
    bool has_time = false;
    for (auto const* row : rows) {
        if (row->columns != rows.front()->columns) {
            throw std::invalid_argument{"load_arguments: rows " + rows.front()->id + " and " + row->id
                                        + " have different columns"};
        }
        auto cells = json::array({row->id});
        for (auto const& cell : row->cells) cells.push_back(cell);
        data.push_back(std::move(cells));
        has_time = has_time || row->has_time;
    }
    LoadArguments call{.args = json::array(), .kwargs = json::object()};
    call.args.push_back(header_of(*rows.front()));
    call.args.push_back(std::move(data));
    if (auto context = context_for(if_exists, has_time); !context.empty()) call.kwargs["context"] = std::move(context);
    return call;
}

std::vector<std::vector<std::size_t>> group_rows(std::span<ImportRow const> rows) {
    std::vector<std::vector<std::size_t>> groups;
    std::map<std::string_view, std::size_t> group_of;  // by external id
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::size_t first = 0;  // group that may contain the row
        for (auto const& reference : rows[i].references) {
            if (auto const found = group_of.find(reference); found != group_of.end()) {
                first = std::max(first, found->second);
            }
        }
        auto fits = [&](auto const& group) { return rows[group.front()].columns == rows[i].columns; };
        auto const from = groups.begin() + static_cast<std::ptrdiff_t>(first);
        auto group = std::find_if(from, groups.end(), fits);
        if (group == groups.end()) group = groups.emplace(groups.end());
        group->push_back(i);
        group_of.emplace(rows[i].id, static_cast<std::size_t>(group - groups.begin()));
    }
    return groups;
}

}  // namespace zenoo_rpc
