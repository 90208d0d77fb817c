// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_EXCEPTION_HPP
#define ZENOO_RPC_TESTING_ODOO_EXCEPTION_HPP

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace zenoo_rpc::testing {

/// An exception of the simulated server's Python: the call is rolled back, the client gets it as an error object.
///
/// `name` is what arrives as `data.name`, e.g. `odoo.exceptions.UserError`.
class OdooException : public std::runtime_error {
public:
    OdooException(std::string name, std::string const& message)
        : OdooException{std::move(name), message, nlohmann::json::array({message})} {}
    OdooException(std::string name, std::string const& message, nlohmann::json arguments)
        : std::runtime_error{message}, name_{std::move(name)}, arguments_(std::move(arguments)) {}

    std::string const& name() const noexcept { return name_; }
    nlohmann::json const& arguments() const noexcept { return arguments_; }

private:
    std::string name_;
    nlohmann::json arguments_;
};

/// A constraint of the database that does not hold. The wire shows it as a ValidationError, `load` as a message.
class IntegrityError final : public OdooException {
public:
    explicit IntegrityError(std::string const& message, std::string model = {}, std::string column = {})
        : OdooException{"psycopg2.IntegrityError", message}, model_{std::move(model)}, column_{std::move(column)} {}

    std::string const& model() const noexcept { return model_; }
    /// The one column it is about; empty if there is no such.
    std::string const& column() const noexcept { return column_; }

private:
    std::string model_;
    std::string column_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_EXCEPTION_HPP
