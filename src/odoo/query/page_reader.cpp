// SPDX-License-Identifier: BSL-1.0
#include "odoo/query/page_reader.hpp"

#include "odoo/query/field_check.hpp"
#include "odoo/session/as_result.hpp"
#include "odoo/support/error_info.hpp"

#include <zenoo_rpc/odoo/detail/next_page.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::detail {

using nlohmann::json;

namespace {

bool is_record(json const& value) {
    return value.is_object() && value.contains("id") && value["id"].is_number_integer();
}

Failure bad_page(std::string const& model, std::string const& why) {
    return make_failure({.code = Errc::protocol_error, .what = model + ".search_read: " + why});
}

}  // namespace

PageReader::PageReader(CallScope scope, std::string model, Domain domain, Fields fields, std::int64_t page_size,
                       CallOptions options)
    : scope_{std::move(scope)},
      model_{std::move(model)},
      domain_{std::move(domain)},
      kwargs_({{"limit", page_size}, {"order", "id"}}),
      options_{std::move(options)} {
    if (page_size < 1) {
        throw std::invalid_argument{"page size of a stream of " + model_ + " must be at least 1, but is "
                                    + std::to_string(page_size)};
    }
    if (!fields.names().empty()) kwargs_["fields"] = fields.names();
}

asio::awaitable<Result<void>> PageReader::read(RowSink& page) {
    if (!unchecked_.empty()) {
        Result<void> const known = co_await check_fields(scope_, model_, unchecked_, options_);
        if (!known) co_return known;
        unchecked_.clear();
    }
    if (chosen_) page.chosen = *chosen_;
    auto reading = execute_into(page, scope_, model_, "search_read", args(), kwargs_, options_);
    Result<void> const done = co_await std::move(reading);
    if (!done) co_return done;
    co_return move_to(page.last_id);
}

asio::awaitable<Result<void>> PageReader::read(std::vector<json>& page) {
    auto reading = execute(scope_, model_, "search_read", args(), kwargs_, options_);
    Result<json> response = co_await std::move(reading);
    if (!response) co_return response.error();
    bool const are_records = response->is_array() && std::ranges::all_of(*response, is_record);
    if (!are_records) co_return bad_page(model_, "unexpected response: expected an array of records with integer ids");
    page = std::move(response->get_ref<json::array_t&>());
    co_return move_to(page.empty() ? std::nullopt : std::optional{page.back()["id"].get<RecordId>()});
}

json PageReader::args() const {
    return array_of(last_id_ ? (domain_ && field("id") > *last_id_).json() : domain_.json());
}

/// Checks the order of ids: otherwise the same records could be requested forever.
Result<void> PageReader::move_to(std::optional<RecordId> last) {
    if (!last) return {};
    if (last_id_ && *last <= *last_id_) {
        return bad_page(model_, "unexpected response: expected ids above " + std::to_string(*last_id_) + ", got "
                                    + std::to_string(*last));
    }
    last_id_ = last;
    return {};
}

asio::awaitable<Result<void>> read_page(PageReader& reader, RowSink& page) { return as_result(reader.read(page)); }

asio::awaitable<Result<void>> read_page(PageReader& reader, std::vector<json>& page) {
    return as_result(reader.read(page));
}

}  // namespace zenoo_rpc::detail
