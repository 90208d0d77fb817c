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

/// Brings rows into a model by as few calls of `load` as can be, and finds out which of them the server refuses.
///
/// A call brings all of its rows or none. One that fails is made again without the rows that the server names, or, if
/// it names none, in two halves: n rows of which k are bad take at most 1 + 2k*ceil(log2 n) calls of `load`, and never
/// more than 2n - 1, faults of the network aside. A row that is refused is looked up before, since what created it may
/// have been an attempt without an answer, and what it refers to may be gone.
class Loader {
public:
    /// What to do about a server that does not answer: leave it to the caller, or find out whether a row is the reason.
    enum class OnSilence { give_up, isolate };

    /// `size` must outlive it; it is told how calls go, and asked how large they may be.
    Loader(Way way, std::string model, std::string name, WhenThere when_there, OnSilence on_silence,
           CallOptions options, BatchSize& size);

    using Outcome = std::optional<Result<RecordId>>;

    /// Settles row after row in `outcomes`, which are as many. A failure is none of a row: the rest is not settled.
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
    /// The row is reported with `why`, unless its record is there.
    asio::awaitable<Result<void>> refuse(Task& task, std::size_t row, Failure why);
    asio::awaitable<Result<std::optional<RecordId>>> look_up(std::string id);
    asio::awaitable<bool> is_server_well();

    Way way_;
    std::string model_;
    std::string name_;
    WhenThere when_there_;
    OnSilence on_silence_;
    CallOptions options_;
    BatchSize& size_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_IMPORT_LOADER_HPP
