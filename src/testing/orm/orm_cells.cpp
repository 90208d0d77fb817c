// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/orm_cells.hpp"

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

json ids_behind(OdooStore const& store, OdooField const& field, OdooRecord const& record) {
    auto ids = json::array();
    for (auto const& [id, row] : store.table(field.relation)) {
        if (value_of(row, field.inverse_name) == value_of(record, "id")) ids.push_back(id);
    }
    return ids;
}

}  // namespace

json cell_of(OdooStore const& store, OdooField const& field, OdooRecord const& record) {
    if (field.compute) return field.compute(store, record);
    if (field.kind == FieldKind::one2many) return ids_behind(store, field, record);
    return value_of(record, field.name);
}

json related_ids(OdooStore const& store, OdooField const& field, OdooRecord const& record) {
    json cell = cell_of(store, field, record);
    if (cell.is_null()) return json::array();
    return cell.is_array() ? cell : json::array({cell});
}

}  // namespace zenoo_rpc::testing
