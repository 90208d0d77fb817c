// SPDX-License-Identifier: BSL-1.0
#include "odoo/records/row_reader.hpp"

#include <boost/system/errc.hpp>

#include <algorithm>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

/// Column for rows without a member for the id; it is read into `record_id_`.
constexpr Column id_alone{.name = "id",
                          .kind = FieldKind::id,
                          .takes_nothing = false,
                          .place = [](void* id) { return id; },
                          .clear = nullptr,
                          .choices = {},
                          .choose = nullptr};

}  // namespace

RowReader::RowReader(Protocol protocol, std::int64_t request_id, std::size_t most_rows, RowSink& sink)
    : has_envelope_{protocol == Protocol::json_rpc},
      request_id_{request_id},
      most_rows_{most_rows},
      sink_{sink},
      columns_{sink.columns().begin(), sink.columns().end()} {
    has_id_member_ = std::ranges::find(columns_, "id", &Column::name) != columns_.end();
    if (!has_id_member_) columns_.insert(columns_.begin(), id_alone);
    id_column_ = &*std::ranges::find(columns_, "id", &Column::name);
    filled_in_.resize(columns_.size());
}

std::optional<NoRows> RowReader::outcome(bool is_json) const {
    if (no_rows_) return no_rows_;
    if (!is_json) return NoRows{false, "the response is not JSON"};
    if (!has_envelope_) return std::nullopt;
    if (!is_ours_) return NoRows{false, "the response belongs to another request"};
    if (!has_result_) return NoRows{true, "expected a list of records, found no result"};
    return std::nullopt;
}

bool RowReader::on_object_begin(error_code& error) {
    switch (place_) {
        case Place::document:
            if (!has_envelope_) return no_records("an object", error);
            place_ = Place::envelope;
            return true;
        case Place::rows: return begin_record();
        case Place::record: return column_ ? written(writer_.object(), error) : begin_skipping();
        case Place::envelope: return member_ == Member::other ? begin_skipping() : other_value("an object", error);
        case Place::skipped: break;
    }
    ++skipped_depth_;
    return true;
}

bool RowReader::on_object_end(std::size_t, error_code& error) {
    if (place_ == Place::record) return end_record(error);
    if (place_ == Place::skipped && --skipped_depth_ == 0) place_ = outer_;
    return true;
}

bool RowReader::on_array_begin(error_code& error) {
    if (is_field()) return written(column_ == id_column_ ? writer_.list() : writer_.begin_list(), error);
    bool const are_rows =
        place_ == Place::document ? !has_envelope_ : place_ == Place::envelope && member_ == Member::result;
    if (are_rows) {
        place_ = Place::rows;
        sink_.table->start(sink_.rows, most_rows_);
        return true;
    }
    if (place_ == Place::skipped) {
        ++skipped_depth_;
        return true;
    }
    bool const is_skipped = place_ == Place::record || (place_ == Place::envelope && member_ == Member::other);
    return is_skipped ? begin_skipping() : other_value("a list", error);
}

bool RowReader::on_array_end(std::size_t, error_code& error) {
    if (is_field()) return written(writer_.end_list(), error);
    if (place_ == Place::rows) place_ = Place::envelope;
    if (place_ == Place::skipped && --skipped_depth_ == 0) place_ = outer_;
    return true;
}

bool RowReader::on_key_part(std::string_view part, std::size_t, error_code&) {
    if (place_ != Place::skipped) text_ += part;
    return true;
}

bool RowReader::on_key(std::string_view part, std::size_t size, error_code& error) {
    if (place_ == Place::record && part.size() == size) {
        key_of_record(part);
        return true;
    }
    if (place_ == Place::skipped) return true;
    if (part.size() == size) return key(part, error);
    text_ += part;
    bool const goes_on = key(text_, error);
    text_.clear();
    return goes_on;
}

bool RowReader::key(std::string_view name, error_code& error) {
    if (place_ == Place::envelope) return key_of_envelope(name, error);
    key_of_record(name);
    return true;
}

bool RowReader::key_of_envelope(std::string_view name, error_code& error) {
    member_ = name == "id" ? Member::id : name == "result" ? Member::result : Member::other;
    if (name == "error") return stop({false, "the response is an error"}, error);
    if (member_ != Member::result) return true;
    return !std::exchange(has_result_, true) || stop({false, "the response has two results"}, error);
}

/// Odoo sends the id, and then the fields in the order of the request.
void RowReader::key_of_record(std::string_view name) {
    auto const* const end = columns_.data() + columns_.size();
    if (next_ == end || next_->name != name) next_ = std::to_address(std::ranges::find(columns_, name, &Column::name));
    column_ = next_ != end ? next_++ : nullptr;
    if (!column_) return;
    if (std::exchange(filled_in_[place_of(*column_)], record_number_) != record_number_) ++filled_;
    writer_.begin(*column_, column_ == id_column_ && !has_id_member_ ? &record_id_ : row_);
}

bool RowReader::on_string_part(std::string_view part, std::size_t, error_code&) {
    if (is_field()) text_ += part;
    return true;
}

bool RowReader::on_string(std::string_view part, std::size_t size, error_code& error) {
    if (!is_field()) return other_value("a string", error);
    if (part.size() == size) return written(writer_.text(part), error);
    text_ += part;
    bool const fits = writer_.text(text_);
    text_.clear();
    return written(fits, error);
}

bool RowReader::on_int64(std::int64_t value, std::string_view digits, error_code& error) {
    if (is_field()) {
        if (column_ == id_column_) record_id_ = value;
        return written(writer_.integer(value, digits), error);
    }
    bool const is_id = place_ == Place::envelope && member_ == Member::id;
    if (is_id) is_ours_ = value == request_id_;
    return (is_id && is_ours_) || other_value("a number", error);
}

bool RowReader::on_uint64(std::uint64_t value, std::string_view digits, error_code& error) {
    return on_double(static_cast<double>(value), digits, error);
}

bool RowReader::on_double(double value, std::string_view digits, error_code& error) {
    if (is_field()) return written(writer_.number(value, digits), error);
    return to_nearest(value, digits) ? other_value("a number", error) : stop({false, "a number is too large"}, error);
}

bool RowReader::on_bool(bool value, error_code& error) {
    if (is_field()) return written(writer_.truth(value), error);
    return other_value(value ? "true" : "false", error);
}

bool RowReader::on_null(error_code& error) {
    return is_field() ? written(writer_.null(), error) : other_value("null", error);
}

bool RowReader::begin_skipping() {
    outer_ = std::exchange(place_, Place::skipped);
    skipped_depth_ = 1;
    return true;
}

bool RowReader::begin_record() {
    place_ = Place::record;
    ++record_number_;
    record_id_ = 0;
    filled_ = 0;
    next_ = columns_.data();
    row_ = sink_.table->append(sink_.rows);
    return true;
}

bool RowReader::end_record(error_code& error) {
    place_ = Place::rows;
    sink_.last_id = record_id_;
    if (filled_ == columns_.size()) return true;
    auto const missing = std::ranges::find_if(filled_in_, [&](auto last) { return last != record_number_; });
    column_ = &columns_[static_cast<std::size_t>(missing - filled_in_.begin())];
    writer_.begin(*column_, row_);
    return written(writer_.nothing(), error);
}

/// Handles a value that belongs to no field: it is skipped, or is found in place of the records or the request id.
bool RowReader::other_value(char const* found, error_code& error) {
    switch (place_) {
        case Place::document:
            return has_envelope_ ? stop({false, "the response is not an object"}, error) : no_records(found, error);
        case Place::rows: return no_records(std::string{"a list containing "} + found, error);
        case Place::envelope:
            if (member_ == Member::id) return stop({false, "the response belongs to another request"}, error);
            return member_ == Member::other || no_records(found, error);
        default: return true;
    }
}

bool RowReader::misfit(error_code& error) {
    auto const which = record_id_ != 0 ? std::to_string(record_id_) : "number " + std::to_string(record_number_);
    auto const where = "record " + which + ", field " + std::string{column_->name} + ": ";
    return stop({true, where + writer_.misfit()}, error);
}

bool RowReader::no_records(std::string const& found, error_code& error) {
    return stop({true, "expected a list of records, found " + found}, error);
}

bool RowReader::stop(NoRows why, error_code& error) {
    no_rows_ = std::move(why);
    error = boost::system::errc::make_error_code(boost::system::errc::operation_canceled);
    return false;
}

}  // namespace zenoo_rpc::detail
