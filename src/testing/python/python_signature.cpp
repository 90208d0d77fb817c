// SPDX-License-Identifier: BSL-1.0
#include "testing/python/python_signature.hpp"

#include "testing/python/python_errors.hpp"

#include <algorithm>

namespace zenoo_rpc::testing::python {

namespace {

using nlohmann::json;

std::string quoted_list(std::vector<std::string_view> const& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        bool const last = i + 1 == names.size();
        if (i > 0) out += last ? (names.size() == 2 ? " and " : ", and ") : ", ";
        out += "'" + std::string{names[i]} + "'";
    }
    return out;
}

OdooException too_many(Signature const& signature, std::size_t given) {
    auto const implicit = static_cast<std::size_t>(signature.implicit);
    std::size_t const most = signature.parameters.size() + implicit;
    std::size_t const least =
        implicit + static_cast<std::size_t>(std::ranges::count(signature.parameters, true, &Parameter::required));
    std::string const range =
        least == most ? std::to_string(most) : "from " + std::to_string(least) + " to " + std::to_string(most);
    std::size_t const all = given + implicit;
    return type_error(std::string{signature.function} + "() takes " + range + " positional argument"
                      + (most == 1 ? "" : "s") + " but " + std::to_string(all)
                      + (all == 1 ? " was given" : " were given"));
}

}  // namespace

json Signature::bind(json const& args, json const& kwargs) const {
    if (args.size() > parameters.size()) throw too_many(*this, args.size());
    auto bound = json::object();
    for (std::size_t i = 0; i < args.size(); ++i) bound[std::string{parameters[i].name}] = args[i];
    for (auto const& [name, value] : kwargs.items()) {
        if (std::ranges::find(parameters, name, &Parameter::name) == parameters.end()) {
            throw type_error(std::string{function} + "() got an unexpected keyword argument '" + name + "'");
        }
        if (bound.contains(name)) {
            throw type_error(std::string{function} + "() got multiple values for argument '" + name + "'");
        }
        bound[name] = value;
    }
    require(bound);
    return bound;
}

void Signature::require(json const& bound) const {
    std::vector<std::string_view> missing;
    for (Parameter const& parameter : parameters) {
        if (parameter.required && !bound.contains(std::string{parameter.name})) missing.push_back(parameter.name);
    }
    if (missing.empty()) return;
    throw type_error(std::string{function} + "() missing " + std::to_string(missing.size())
                     + " required positional argument" + (missing.size() == 1 ? "" : "s") + ": "
                     + quoted_list(missing));
}

}  // namespace zenoo_rpc::testing::python
