// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_EXCEPTION_HPP
#define ZENOO_RPC_TESTING_ODOO_EXCEPTION_HPP

#include <nlohmann/json.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace zenoo_rpc::testing {

/// A Python exception of the simulated server: the call is rolled back, and the client receives an error object.
///
/// `name` is sent as `data.name`, e.g. `odoo.exceptions.UserError`.
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

/// A violated database constraint. Clients receive a ValidationError, or a message in the result of `load`.
class IntegrityError final : public OdooException {
public:
    explicit IntegrityError(std::string const& message, std::string model = {}, std::string column = {})
        : OdooException{"psycopg2.IntegrityError", message}, model_{std::move(model)}, column_{std::move(column)} {}

    std::string const& model() const noexcept { return model_; }
    /// Returns the column that violates the constraint; empty if it is not a single column.
    std::string const& column() const noexcept { return column_; }

private:
    std::string model_;
    std::string column_;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_EXCEPTION_HPP
