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

/// The version whose protocols, error codes and classes of errors a simulated server has. Models and records are those
/// of its store.
enum class OdooDialect {
    odoo16,  ///< `/jsonrpc` alone, error code 200
    odoo19,  ///< `/jsonrpc` with error code 0, and JSON-2
};

class OdooServerCore;

struct OdooReference {
    std::string model;
    OdooId id = 0;

    friend bool operator==(OdooReference const&, OdooReference const&) = default;
};

/// One row before and after; empty is absent.
struct OdooChange {
    std::string model;
    OdooId id = 0;
    std::optional<OdooRecord> before;
    std::optional<OdooRecord> after;
};

/// The database of the simulated server: models, rows, constraints and transactions, as PostgreSQL keeps them.
///
/// What changes rows does so in a transaction of its own unless one is open, throws IntegrityError if a constraint does
/// not hold, and then has changed nothing. External ids are the rows of `ir.model.data`, as in Odoo.
class OdooStore {
public:
    using Table = std::map<OdooId, OdooRecord>;
    using CommitHook = std::function<void(std::vector<OdooChange> const&)>;

    /// Holds `ir.model.data` and nothing else. `fresh_odoo19()` makes one that is like a new Odoo.
    OdooStore();

    /// The model gets the fields every model has (id, display_name, create_date, ...).
    void add_model(OdooModel model);
    void add_field(std::string_view model, OdooField field);
    void add_method(std::string_view model, std::string name, OdooMethod method);
    OdooModel const* find_model(std::string_view model) const noexcept;
    OdooModel const& model(std::string_view model) const;  ///< throws std::invalid_argument if there is none

    /// Fields that are absent from `values` take their defaults.
    OdooId insert(std::string_view model, OdooRecord values);
    void update(std::string_view model, OdooId id, OdooRecord const& values);
    void erase(std::string_view model, OdooId id);
    OdooRecord const* find(std::string_view model, OdooId id) const noexcept;
    Table const& table(std::string_view model) const;

    /// What `module.name` stands for.
    std::optional<OdooReference> resolve(std::string_view external_id) const;
    /// The row of `ir.model.data`.
    OdooRecord const* find_external_id(std::string_view external_id) const noexcept;
    void set_external_id(std::string_view external_id, OdooReference target, bool noupdate = false);

    /// Who the rows are written by (`create_uid`, `write_uid`).
    void act_as(OdooId uid) noexcept { uid_ = uid; }

    /// In whose words its exceptions speak: those of the server it belongs to, else of Odoo 19.
    OdooDialect dialect() const noexcept { return dialect_; }

    /// Called with all changes of a transaction before it counts as committed; if it throws, it is rolled back. The
    /// hook that came last is called first.
    void on_commit(CommitHook hook);

    /// Does a committed change once more, without asking constraints or hooks: for journals.
    void replay(OdooChange const& change);

private:
    friend class OdooServerCore;  // says which dialect
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

/// All or nothing: undoes what was done since, unless it is committed. Within another one it is a savepoint.
///
/// Ids that were handed out are not handed out again, as with PostgreSQL's sequences.
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
