// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_TESTING_ODOO_STORE_HPP
#define ZENOO_RPC_TESTING_ODOO_STORE_HPP

#include <zenoo_rpc/testing/detail/odoo_tables.hpp>
#include <zenoo_rpc/testing/odoo_model.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::testing {

/// The Odoo version whose protocols, error codes and exception classes a simulated server uses. Models and records are
/// those of its store.
enum class OdooDialect {
    odoo16,  ///< only `/jsonrpc`, with error code 200
    odoo19,  ///< `/jsonrpc` with error code 0, and JSON-2
};

class OdooServerCore;

struct OdooReference {
    std::string model;
    OdooId id = 0;

    friend bool operator==(OdooReference const&, OdooReference const&) = default;
};

/// One row before and after a change; nullopt if it does not exist.
struct OdooChange {
    std::string model;
    OdooId id = 0;
    std::optional<OdooRecord> before;
    std::optional<OdooRecord> after;
};

/// The database of the simulated server: models, rows, constraints and transactions, as in PostgreSQL.
///
/// Functions that change rows use a transaction of their own unless one is open. They throw IntegrityError if a
/// constraint is violated, and then change nothing. External ids are the rows of `ir.model.data`, as in Odoo.
class OdooStore {
public:
    using Table = std::map<OdooId, OdooRecord>;
    using CommitHook = std::function<void(std::vector<OdooChange> const&)>;

    /// Creates a store with only the model `ir.model.data`. `fresh_odoo19()` returns one like a new Odoo.
    OdooStore();

    /// Adds a model, with the fields that every model has (id, display_name, create_date, ...).
    void add_model(OdooModel model);
    void add_field(std::string_view model, OdooField field);
    void add_method(std::string_view model, std::string name, OdooMethod method);
    OdooModel const* find_model(std::string_view model) const noexcept;
    OdooModel const& model(std::string_view model) const;  ///< throws std::invalid_argument if there is none

    /// Inserts a row and returns its id. Fields absent from `values` take their defaults.
    OdooId insert(std::string_view model, OdooRecord values);
    void update(std::string_view model, OdooId id, OdooRecord const& values);
    void erase(std::string_view model, OdooId id);
    OdooRecord const* find(std::string_view model, OdooId id) const noexcept;
    Table const& table(std::string_view model) const;

    /// Returns the record that the external id `module.name` refers to; nullopt if there is none.
    std::optional<OdooReference> resolve(std::string_view external_id) const;
    /// Returns the row of `ir.model.data` for the external id; null if there is none.
    OdooRecord const* find_external_id(std::string_view external_id) const noexcept;
    void set_external_id(std::string_view external_id, OdooReference target, bool noupdate = false);

    /// Sets the user recorded in `create_uid` and `write_uid`.
    void act_as(OdooId uid) noexcept { uid_ = uid; }

    /// Returns the dialect of the exception messages: that of the owning server, otherwise Odoo 19.
    OdooDialect dialect() const noexcept { return dialect_; }

    /// Adds a hook, called with all changes of a transaction before it is committed. An exception rolls the transaction
    /// back. The hook added last is called first.
    void on_commit(CommitHook hook);

    /// Applies a committed change again, without checking constraints or calling hooks: for journals.
    void replay(OdooChange const& change);

private:
    friend class OdooServerCore;  // sets the dialect
    friend class OdooTransaction;

    void put(std::string const& model, OdooId id, std::optional<OdooRecord> row);
    void release(std::string const& model, OdooId id);

    detail::OdooTables tables_;
    std::vector<OdooChange> changes_;
    std::vector<CommitHook> hooks_;
    std::size_t open_transactions_ = 0;
    std::int64_t commits_ = 0;
    OdooId uid_ = 1;
    OdooDialect dialect_ = OdooDialect::odoo19;
};

/// A transaction: its destructor rolls back all changes since its construction unless it was committed. Nested in
/// another transaction it is a savepoint.
///
/// Ids assigned in it are not reused, as with PostgreSQL's sequences.
class OdooTransaction {
public:
    explicit OdooTransaction(OdooStore& store) noexcept;
    ~OdooTransaction();
    OdooTransaction(OdooTransaction const&) = delete;
    OdooTransaction& operator=(OdooTransaction const&) = delete;

    void commit();

private:
    OdooStore& store_;
    std::size_t mark_;
    bool committed_ = false;
};

}  // namespace zenoo_rpc::testing

#endif  // ZENOO_RPC_TESTING_ODOO_STORE_HPP
