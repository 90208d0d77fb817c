// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_IMPORT_LOADER_HPP
#define ZENOO_RPC_SRC_ODOO_IMPORT_LOADER_HPP

#include "odoo/import/batch_size.hpp"
#include "odoo/import/import_row.hpp"
#include "odoo/session/model_call.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace zenoo_rpc::detail {

/// Uploads rows to a model by as few calls of `load` as possible, and finds out which of them the server rejects.
///
/// A call loads all of its rows or none. A call that fails is repeated without the rows that the server names, or, if
/// it names none, in two halves: n rows of which k are bad take at most 1 + 2k*ceil(log2 n) calls of `load`, and never
/// more than 2n - 1, network faults aside. Before a row is reported as rejected, its record is looked up: an earlier
/// attempt without a response may have created it, and what it refers to may be gone since.
class Loader {
public:
    /// Reaction to a server that does not respond: fail, or find out whether one of the rows is the cause.
    enum class OnSilence { give_up, isolate };

    /// Keeps a reference to `size`, which limits the calls and is updated after each of them.
    Loader(CallScope scope, std::string model, std::string name, IfExists if_exists, OnSilence on_silence,
           CallOptions options, BatchSize& size);

    using Outcome = std::optional<Result<RecordId>>;

    /// Writes the outcome of each row to `outcomes`, which has the size of `rows`. Returns a failure that concerns no
    /// single row; then the remaining rows have no outcome.
    asio::awaitable<Result<void>> load(std::span<ImportRow const> rows, std::span<Outcome> outcomes);

private:
    using Part = std::vector<std::size_t>;
    struct Attempts;
    struct Task;

    std::vector<Part> parts_of(std::span<ImportRow const> rows) const;
    asio::awaitable<Result<void>> settle(Task& task, Part part);
    asio::awaitable<Result<void>> settle_failed(Task& task, Part part, Failure why);
    asio::awaitable<Result<std::vector<RecordId>>> load_part(Task const& task, Part const& part, bool& has_died);
    asio::awaitable<Result<nlohmann::json>> attempt(Call& call, std::size_t rows, Attempts& attempts);
    /// Sets the outcome of the row to `why`, or to the id of its record if that exists.
    asio::awaitable<Result<void>> refuse(Task& task, std::size_t row, Failure why);
    asio::awaitable<Result<std::optional<RecordId>>> look_up(std::string id);
    asio::awaitable<bool> is_server_well();

    CallScope scope_;
    std::string model_;
    std::string name_;
    IfExists if_exists_;
    OnSilence on_silence_;
    CallOptions options_;
    BatchSize& size_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_LOADER_HPP
