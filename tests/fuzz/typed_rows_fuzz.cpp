// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/classify.hpp"

#include <zenoo_rpc/odoo/row.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

// The first byte selects the protocol and the struct; the others are the response. The rows must equal the records that
// another parser finds in it, or be rejected.

using namespace zenoo_rpc;
using nlohmann::json;

namespace {

enum class State { draft, done };
BOOST_DESCRIBE_ENUM(State, draft, done)

struct Full {
    RecordId id = 0;
    std::string name;
    bool active = false;
    int color = 0;
    double credit = 0;
    Date date;
    DateTime time;
    Binary image;
    Many2one user;
    std::vector<RecordId> tags;
    State state = State::draft;
};
BOOST_DESCRIBE_STRUCT(Full, (), (id, name, active, color, credit, date, time, image, user, tags, state))

/// A row without a member for the id.
struct Sparse {
    std::string name;
    std::optional<bool> active;
    std::optional<int> color;
    std::optional<double> credit;
    std::optional<Date> date;
    std::optional<DateTime> time;
    std::optional<Binary> image;
    std::optional<Many2one> user;
    std::optional<State> state;
};
BOOST_DESCRIBE_STRUCT(Sparse, (), (name, active, color, credit, date, time, image, user, state))

json records_in(std::string const& body, Protocol protocol) {
    auto const content = json::parse(body);
    return protocol == Protocol::json2 ? content : content.at("result");
}

template <Row T>
void decode(HttpResponse const& response, Protocol protocol) {
    std::vector<T> rows(1);  // left by an earlier attempt
    detail::RowSink sink{.table = &detail::row_table<T>, .rows = &rows};
    detail::AskedCall call{.id = 1, .name = "res.partner.search_read", .method = "search_read", .protocol = protocol};
    call.rows = &sink;
    auto const result = classify(response, call);
    if (!result) {
        if (!rows.empty()) std::abort();
        return;
    }
    auto const records = records_in(response.body, protocol);
    if (records.size() != rows.size()) std::abort();
    if (sink.last_id != (rows.empty() ? std::nullopt : std::optional{records.back().at("id").get<RecordId>()})) {
        std::abort();
    }
    for (std::size_t index = 0; index < rows.size(); ++index) {
        auto const& name = records[index].at("name");
        if (rows[index].name != (name.is_string() ? name.get<std::string>() : "")) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    HttpResponse response{200, {{"Content-Type", "application/json"}}, {}};
    response.body.assign(reinterpret_cast<char const*>(data) + 1, size - 1);
    auto const protocol = data[0] & 1 ? Protocol::json2 : Protocol::json_rpc;
    if (data[0] & 2) {
        decode<Sparse>(response, protocol);
    } else {
        decode<Full>(response, protocol);
    }
    return 0;
}
