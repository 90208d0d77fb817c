// SPDX-License-Identifier: BSL-1.0
#include "testing/orm/display_name.hpp"

#include "testing/python/python_text.hpp"

namespace zenoo_rpc::testing {

std::string display_name(OdooStore const& store, OdooModel const& model, OdooRecord const& record) {
    if (model.display_name) return model.display_name(store, record);
    if (!model.search_names.empty()) {
        auto const& name = value_of(record, model.search_names.front());
        if (!name.is_null()) return python::str(name);
        if (model.find_field(model.search_names.front())) return {};
    }
    return model.name + "," + python::str(value_of(record, "id"));
}

}  // namespace zenoo_rpc::testing
