// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_QUERY_PAGE_READER_HPP
#define ZENOO_RPC_SRC_ODOO_QUERY_PAGE_READER_HPP

#include "odoo/session/model_call.hpp"

#include <zenoo_rpc/odoo/detail/row_table.hpp>
#include <zenoo_rpc/odoo/domain.hpp>
#include <zenoo_rpc/odoo/fields.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zenoo_rpc::detail {

/// Reads the records that match a domain page by page; each page begins after the last id of the one before.
class PageReader {
public:
    /// Throws `std::invalid_argument` unless `page_size` is at least 1.
    PageReader(CallScope scope, std::string model, Domain domain, Fields fields, std::int64_t page_size,
               CallOptions options);

    /// Reads only these fields of the rows; null: all.
    void choose(std::shared_ptr<std::vector<Column> const> fields) { chosen_ = std::move(fields); }
    /// Makes the first page fail unless the model has fields of these names.
    void check_first(std::vector<std::string> names) { unchecked_ = std::move(names); }

    /// Reads the next page into rows, with the fields of the rows instead of those of the constructor.
    asio::awaitable<Result<void>> read(RowSink& page);
    asio::awaitable<Result<void>> read(std::vector<nlohmann::json>& page);

private:
    nlohmann::json args() const;
    Result<void> move_to(std::optional<RecordId> last);

    CallScope scope_;
    std::string model_;
    Domain domain_;
    nlohmann::json kwargs_;
    CallOptions options_;
    std::shared_ptr<std::vector<Column> const> chosen_;
    std::vector<std::string> unchecked_;
    std::optional<RecordId> last_id_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_QUERY_PAGE_READER_HPP
