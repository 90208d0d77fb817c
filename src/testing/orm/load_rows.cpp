// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/load_rows.hpp"

#include "testing/python/python_errors.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;
using Path = std::vector<std::string>;

OdooField const* relation_of(OdooModel const& model, Path const& path) {
    OdooField const* field = model.find_field(path.front());
    return field && field->relational() ? field : nullptr;
}

/// Returns true if the row has a value in the column. A row may be shorter than the header: missing cells are absent,
/// not empty.
bool has_value(json const& row, std::size_t column) { return column < row.size() && python::truth(row[column]); }

bool brings_only_children(OdooModel const& model, std::vector<Path> const& paths, json const& row) {
    bool children = false;
    for (std::size_t column = 0; column < paths.size(); ++column) {
        if (!has_value(row, column)) continue;
        OdooField const* field = relation_of(model, paths[column]);
        if (!field || field->kind != FieldKind::one2many) return false;
        children = true;
    }
    return children;
}

/// Sets a cell. Of several equal columns the last value is used, at the position of the first.
void set(ImportRecord& record, ImportCell cell) {
    auto const found = std::ranges::find(record.cells, cell.field, &ImportCell::field);
    if (found == record.cells.end()) {
        record.cells.push_back(std::move(cell));
    } else {
        *found = std::move(cell);
    }
}

std::vector<ImportRecord> extract_related(OdooStore const& store, OdooModel const& model,
                                          std::vector<Path> const& paths, std::span<json const> rows,
                                          OdooField const& relation) {
    std::vector<std::size_t> columns;
    std::vector<Path> subpaths;
    for (std::size_t column = 0; column < paths.size(); ++column) {
        if (relation_of(model, paths[column]) != &relation) continue;
        columns.push_back(column);
        Path remaining(paths[column].begin() + 1, paths[column].end());
        if (remaining.empty()) remaining.push_back({});
        subpaths.push_back(std::move(remaining));
    }
    std::vector<json> subrows;
    for (json const& row : rows) {
        auto subrow = json::array();
        for (std::size_t const column : columns) subrow.push_back(has_value(row, column) ? row[column] : json(""));
        if (std::ranges::any_of(subrow, python::truth)) subrows.push_back(std::move(subrow));
    }
    return extract_records(store, store.model(relation.relation), subpaths, subrows);
}

void refuse_unknown_columns(OdooStore const& store, OdooModel const& model, std::vector<Path> const& paths) {
    for (Path const& path : paths) {
        if (is_reference(path.front()) || model.find_field(path.front())) continue;
        if (store.dialect() == OdooDialect::odoo16) throw OdooException{"builtins.KeyError", path.front()};
        throw python::value_error("Invalid field name '" + path.front() + "'");
    }
}

}  // namespace

bool is_reference(std::string_view column) noexcept { return column.empty() || column == "id" || column == ".id"; }

ImportCell const* ImportRecord::find(std::string_view field) const noexcept {
    auto const found = std::ranges::find(cells, field, &ImportCell::field);
    return found == cells.end() ? nullptr : &*found;
}

std::vector<std::string> column_path(std::string const& column) {
    std::string text = column;
    for (std::size_t at = 1; at + 2 < text.size(); ++at) {
        if (text[at - 1] == '/' || text.compare(at + 1, 2, "id") != 0) continue;
        if (text[at] == '.') text.insert(at++, 1, '/');
        if (text[at] == ':') text[at] = '/';
    }
    Path path;
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t const end = std::min(text.find('/', begin), text.size());
        path.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return path;
}

std::vector<ImportRecord> extract_records(OdooStore const& store, OdooModel const& model,
                                          std::vector<std::vector<std::string>> const& paths,
                                          std::vector<json> const& rows) {
    refuse_unknown_columns(store, model, paths);
    std::vector<ImportRecord> records;
    for (std::size_t first = 0; first < rows.size();) {
        std::size_t next = first + 1;
        while (next < rows.size() && brings_only_children(model, paths, rows[next])) ++next;

        ImportRecord record{{}, first, next - 1};
        for (std::size_t column = 0; column < paths.size() && column < rows[first].size(); ++column) {
            if (!relation_of(model, paths[column])) {
                set(record, {paths[column].front(), rows[first][column], {}});
            }
        }
        for (std::size_t column = 0; column < paths.size() && column < rows[first].size(); ++column) {
            OdooField const* relation = relation_of(model, paths[column]);
            if (!relation || record.find(relation->name)) continue;
            std::span<json const> const span{rows.data() + first, next - first};
            set(record, {relation->name, {}, extract_related(store, model, paths, span, *relation)});
        }
        records.push_back(std::move(record));
        first = next;
    }
    return records;
}

}  // namespace zenoo_rpc::testing
