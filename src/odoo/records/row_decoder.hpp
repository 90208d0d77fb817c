// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_RECORDS_ROW_DECODER_HPP
#define ZENOO_RPC_SRC_ODOO_RECORDS_ROW_DECODER_HPP

#include "odoo/records/row_reader.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace zenoo_rpc::detail {

/// Decodes the records of a response directly into the rows of `sink`. Returns the reason if there are none; then the
/// rows are empty.
///
/// Checks the whole response: JSON, UTF-8, the id of the request, and each record, which must have an id and all fields
/// of the table. Fields that were not requested are skipped.
std::optional<NoRows> decode_rows(std::string_view body, Protocol protocol, std::int64_t id, RowSink& sink);

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_ROW_DECODER_HPP
