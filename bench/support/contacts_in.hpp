// SPDX-License-Identifier: BSL-1.0
#ifndef ZENOO_RPC_BENCH_SUPPORT_CONTACTS_IN_HPP
#define ZENOO_RPC_BENCH_SUPPORT_CONTACTS_IN_HPP

#include <zenoo_rpc/odoo/http_message.hpp>
#include <zenoo_rpc/odoo/import_record.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <cstddef>
#include <ranges>
#include <string>

// Contacts to be imported into Odoo.

namespace zenoo_rpc::bench {

inline ImportRecord contact(std::size_t number) {
    auto const n = std::to_string(number);
    return ImportRecord{ExternalId{"bench", "c" + n},
                        values("name", "Ren\u00e9e Contact " + n, "email", "renee." + n + "@example.com", "phone",
                               "+33 1 23 45 67 89", "is_company", number % 4 == 0, "color", number % 12, "street",
                               n + " rue de la Paix", "country_id", ExternalId{"base", "fr"})};
}

/// Returns a lazy range of `count` contacts.
inline auto contacts(std::size_t count) {
    return std::views::iota(std::size_t{0}, count) | std::views::transform(contact);
}

/// A server with a constant response to each `load` of a batch, at no cost; the simulator responds to other calls.
class QuickOdoo {
public:
    explicit QuickOdoo(std::size_t batch) {
        result_ = R"(, "result": {"ids": [)";
        for (std::size_t i = 0; i < batch; ++i) result_ += (i ? ", " : "") + std::to_string(4711 + i);
        result_ += R"(], "messages": [], "nextrow": 0}})";
    }

    HttpResponse respond(HttpRequest const& request) {
        if (request.body.find(R"("load")") == request.body.npos) return odoo_.respond(request);
        auto const id = request.body.find(R"("id":)") + 5;
        auto const number = request.body.substr(id, request.body.find_first_of(",}", id) - id);
        return {200, {{"Content-Type", "application/json"}}, R"({"jsonrpc": "2.0", "id": )" + number + result_};
    }
    /// Returns the response to a `load`.
    std::string load_response() const { return R"({"jsonrpc": "2.0", "id": 7)" + result_; }

private:
    testing::OdooServerCore odoo_;
    std::string result_;
};

}  // namespace zenoo_rpc::bench

#endif  // ZENOO_RPC_BENCH_SUPPORT_CONTACTS_IN_HPP
