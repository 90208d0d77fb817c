// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_RECORDS_ROW_DECODER_HPP
#define ZENOO_RPC_SRC_ODOO_RECORDS_ROW_DECODER_HPP

#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/detail/row_table.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zenoo_rpc::detail {

/// Why an answer gave no rows.
struct NoRows {
    bool is_misfit;      ///< it is a result, but not of records that fit; else it may say what went wrong itself
    std::string reason;  ///< may have the server's words in it
};

/// Puts the records of an answer where `sink` says, straight from its bytes. If it returns a reason, there are none.
///
/// All of the answer is checked: JSON, UTF-8, the id of the request, and each record, which must have an id and all
/// fields of the table. Fields that nobody asked for are skipped.
std::optional<NoRows> decode_rows(std::string_view body, Protocol protocol, std::int64_t id, RowSink& sink);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_ROW_DECODER_HPP
