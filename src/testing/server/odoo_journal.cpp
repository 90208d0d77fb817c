// SPDX-License-Identifier: BSL-1.0
#include <zenoo_rpc/testing/odoo_journal.hpp>

#include <nlohmann/json.hpp>

#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zenoo_rpc::testing {

namespace {

using nlohmann::json;

constexpr std::string_view heading = R"({"journal":"zenoo_rpc odoo simulator","version":1})";

std::string contents(std::filesystem::path const& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

std::vector<OdooChange> changes_from(json const& line) {
    std::vector<OdooChange> changes;
    for (auto const& entry : line) {
        OdooChange change{entry.at(0).get<std::string>(), entry.at(1).get<OdooId>(), {}, {}};
        if (!entry.at(2).is_null()) change.after = entry.at(2).get<OdooRecord>();
        changes.push_back(std::move(change));
    }
    return changes;
}

}  // namespace

OdooJournal::OdooJournal(std::filesystem::path file, OdooServerCore& core) : file_{std::move(file)} {
    replay(core);
    out_.open(file_, std::ios::binary | std::ios::app);
    if (!out_) throw std::runtime_error{"cannot write journal " + file_.string()};
    if (std::filesystem::file_size(file_) == 0) out_ << heading << '\n' << std::flush;
    core.store().on_commit([this](std::vector<OdooChange> const& changes) { append(changes); });
}

void OdooJournal::replay(OdooServerCore& core) {
    std::string const text = contents(file_);
    std::size_t const end = text.rfind('\n') + 1;  // anything after it is an incomplete line
    if (!text.empty() && !text.starts_with(heading)) {
        throw std::runtime_error{"not a journal of the Odoo simulator: " + file_.string()};
    }
    for (std::size_t begin = text.find('\n') + 1; begin < end;) {
        std::size_t const newline = text.find('\n', begin);
        auto changes = changes_from(json::parse(text.substr(begin, newline - begin)));
        for (OdooChange& change : changes) {
            if (OdooRecord const* row = core.store().find(change.model, change.id)) change.before = *row;
            core.store().replay(change);
        }
        core.count_committed(changes);
        ++replayed_;
        begin = newline + 1;
    }
    if (end < text.size()) std::filesystem::resize_file(file_, end);
}

void OdooJournal::append(std::vector<OdooChange> const& changes) {
    auto line = json::array();
    for (OdooChange const& change : changes) {
        line.push_back(json::array({change.model, change.id, change.after ? json(*change.after) : json()}));
    }
    out_ << line.dump(-1, ' ', true, json::error_handler_t::replace) << '\n' << std::flush;
    if (!out_) throw std::runtime_error{"cannot write journal " + file_.string()};
}

}  // namespace zenoo_rpc::testing
