// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_SRC_ODOO_RECORDS_ROW_READER_HPP
#define ZENOO_RPC_SRC_ODOO_RECORDS_ROW_READER_HPP

#include "odoo/records/field_writer.hpp"

#include <zenoo_rpc/odoo/client_options.hpp>
#include <zenoo_rpc/odoo/detail/row_table.hpp>

#include <boost/system/error_code.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zenoo_rpc::detail {

/// Reason why a response contains no rows.
struct NoRows {
    bool is_misfit;      ///< it is a result, but not of fitting records; otherwise it may be an error of Odoo's
    std::string reason;  ///< may quote the server
};

/// Handler of Boost.JSON's parser: finds the records in a response and writes their fields. A function that returns
/// false ends the parsing.
class RowReader {
public:
    using error_code = boost::system::error_code;

    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    RowReader(Protocol protocol, std::int64_t request_id, std::size_t most_rows, RowSink& sink);

    /// Returns the reason why there are no rows, if there are none. Valid once the parser has ended.
    std::optional<NoRows> outcome(bool is_json) const;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code& error);
    bool on_object_end(std::size_t, error_code& error);
    bool on_array_begin(error_code& error);
    bool on_array_end(std::size_t, error_code& error);
    bool on_key_part(std::string_view part, std::size_t, error_code&);
    bool on_key(std::string_view part, std::size_t size, error_code& error);
    bool on_string_part(std::string_view part, std::size_t, error_code&);
    bool on_string(std::string_view part, std::size_t size, error_code& error);
    bool on_number_part(std::string_view, error_code&) { return true; }
    bool on_int64(std::int64_t value, std::string_view digits, error_code& error);
    bool on_uint64(std::uint64_t value, std::string_view digits, error_code& error);
    bool on_double(double value, std::string_view digits, error_code& error);
    bool on_bool(bool value, error_code& error);
    bool on_null(error_code& error);
    bool on_comment_part(std::string_view, error_code&) { return false; }
    bool on_comment(std::string_view, error_code&) { return false; }

private:
    enum class Place : unsigned char { document, envelope, rows, record, skipped };
    enum class Member : unsigned char { id, result, other };

    bool begin_skipping();
    bool begin_record();
    bool end_record(error_code& error);
    bool key(std::string_view name, error_code& error);
    bool key_of_envelope(std::string_view name, error_code& error);
    void key_of_record(std::string_view name);
    std::size_t place_of(Column const& column) const noexcept {
        return static_cast<std::size_t>(&column - columns_.data());
    }
    bool is_field() const noexcept { return place_ == Place::record && column_; }
    bool other_value(char const* found, error_code& error);
    bool written(bool fits, error_code& error) { return fits || misfit(error); }
    bool misfit(error_code& error);
    bool no_records(std::string const& found, error_code& error);
    bool stop(NoRows why, error_code& error);

    bool const has_envelope_;
    std::int64_t const request_id_;
    std::size_t const most_rows_;
    RowSink& sink_;
    std::vector<Column> columns_;  ///< columns of the table, and one for the id
    Column const* id_column_;
    bool has_id_member_;

    Place place_ = Place::document;
    Place outer_ = Place::document;  ///< place to return to after skipping
    std::size_t skipped_depth_ = 0;
    Member member_ = Member::other;
    bool is_ours_ = false;
    bool has_result_ = false;

    std::size_t record_number_ = 0;
    RecordId record_id_ = 0;  ///< 0 until known
    void* row_ = nullptr;
    std::vector<std::size_t> filled_in_;  ///< for each column, number of the last record that has the field
    std::size_t filled_ = 0;              ///< number of columns found in this record
    Column const* next_ = nullptr;        ///< expected next, in the order of the request
    Column const* column_ = nullptr;      ///< null for a field that was not requested
    FieldWriter writer_;

    std::string text_;  ///< parts so far of a key or string that arrives in pieces
    std::optional<NoRows> no_rows_;
};

}  // namespace zenoo_rpc::detail

#endif  // ZENOO_RPC_SRC_ODOO_RECORDS_ROW_READER_HPP
