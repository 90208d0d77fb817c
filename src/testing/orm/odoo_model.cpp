// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/testing/odoo_model.hpp>

#include <algorithm>

namespace zenoo_rpc::testing {

nlohmann::json const& value_of(OdooRecord const& record, std::string_view field) noexcept {
    static nlohmann::json const empty;
    auto const found = record.find(field);
    return found == record.end() ? empty : found->second;
}

std::string_view to_string(FieldKind kind) noexcept {
    switch (kind) {
        case FieldKind::boolean: return "boolean";
        case FieldKind::integer: return "integer";
        case FieldKind::floating: return "float";
        case FieldKind::monetary: return "monetary";
        case FieldKind::character: return "char";
        case FieldKind::text: return "text";
        case FieldKind::html: return "html";
        case FieldKind::date: return "date";
        case FieldKind::datetime: return "datetime";
        case FieldKind::selection: return "selection";
        case FieldKind::many2one: return "many2one";
        case FieldKind::one2many: return "one2many";
        case FieldKind::many2many: return "many2many";
        case FieldKind::binary: return "binary";
    }
    return "unknown";
}

OdooField const* OdooModel::find_field(std::string_view field) const noexcept {
    auto const found = std::ranges::find(fields, field, &OdooField::name);
    return found == fields.end() ? nullptr : &*found;
}

}  // namespace zenoo_rpc::testing
