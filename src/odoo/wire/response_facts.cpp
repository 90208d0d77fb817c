// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/response_facts.hpp"

#include "odoo/wire/retry_after.hpp"

#include <string>

namespace zenoo_rpc::detail {

ResponseFacts facts_of(HttpResponse const& response) {
    auto const header = [&](std::string_view name) { return find_header(response.headers, name); };
    ResponseFacts facts{.status = response.status, .content_type = header("Content-Type")};
    if (facts.is_redirection()) facts.location = header("Location");
    if (facts.status == 429 || facts.status == 503) {
        facts.requested_delay = requested_delay(header("Retry-After"), header("Date"));
    }
    facts.has_no_database = facts.status == 404 && response.body.find("No database is selected") != std::string::npos;
    return facts;
}

}  // namespace zenoo_rpc::detail
