// SPDX-License-Identifier: BSL-1.0
#include "odoo/envelope.hpp"

#include "odoo/named_arguments.hpp"

#include <zenoo_rpc/odoo/json_rpc.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

/// Models and methods become part of a path, where other characters would lead elsewhere.
void require_name(std::string_view what, std::string_view name) {
    auto const is_usual = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    };
    if (!name.empty() && name.front() != '.' && std::ranges::all_of(name, is_usual)) return;
    throw std::invalid_argument{"the name of the " + std::string{what}
                                + " is empty, or has something else than letters, digits, '_' and '.'"};
}

/// `database, uid, secret`: the name instead of the id while logging in.
void append_credentials(std::string& target, Credentials const& who) {
    json_rpc::append_quoted(target, who.database);
    target += ',';
    if (who.uid == 0) {
        json_rpc::append_quoted(target, who.login);
    } else {
        target += std::to_string(who.uid);
    }
    target += ',';
    json_rpc::append_quoted(target, who.secret->text());
}

std::size_t most_of_credentials(Credentials const& who) {
    constexpr std::size_t escaped = 6;  // bytes of one
    return escaped * (who.database.size() + who.login.size() + who.secret->text().size()) + 32;
}

std::string service_body(Envelope const& envelope, std::int64_t id, Credentials const* who) {
    std::string args;
    WipedAtEnd const wiped{args};
    args.reserve((who ? most_of_credentials(*who) : 0) + envelope.arguments.size() + 3);
    args += '[';
    if (who) append_credentials(args, *who);
    if (who && !envelope.arguments.empty()) args += ',';
    args += envelope.arguments;
    args += ']';
    return json_rpc::request(id, envelope.service, envelope.function, args);
}

void authorize(HttpRequest& request, Credentials const& who) {
    if (!who.database.empty()) request.headers.push_back({"X-Odoo-Database", who.database});
    std::string bearer;
    bearer.reserve(who.secret->text().size() + 8);  // so that no copy is left behind by growing
    bearer += "Bearer ";
    bearer += who.secret->text();
    request.headers.push_back({"Authorization", std::move(bearer)});
}

}  // namespace

Protocol Envelope::protocol() const noexcept {
    return kind == Kind::service || kind == Kind::controller ? Protocol::json_rpc : Protocol::json2;
}

Envelope model_envelope(Protocol protocol, std::string const& model, std::string const& method, json const& args,
                        json const& kwargs) {
    auto const name = model + '.' + method;
    require_name("model", model);
    require_name("method", method);
    if (!args.is_array()) throw std::invalid_argument{name + ": args must be a JSON array"};
    if (!kwargs.is_object()) throw std::invalid_argument{name + ": kwargs must be a JSON object"};
    if (protocol == Protocol::json2) {
        Envelope envelope{.kind = Envelope::Kind::json2, .path = "/json/2/" + model + '/' + method};
        envelope.arguments = json_rpc::text_of(named_arguments(name, method, args, kwargs), name + " arguments");
        return envelope;
    }
    if (args.empty() && kwargs.contains("ids")) {
        auto const arguments = positional_arguments(args, kwargs);
        return model_envelope(protocol, model, method, arguments.args, arguments.kwargs);
    }
    std::string text;
    json_rpc::append_quoted(text, model);
    text += ',';
    json_rpc::append_quoted(text, method);
    text.append(",").append(json_rpc::text_of(args, name + " args"));
    text.append(",").append(json_rpc::text_of(kwargs, name + " kwargs"));
    return service_envelope("object", "execute_kw", std::move(text));
}

Envelope service_envelope(std::string service, std::string function, std::string arguments) {
    return {.kind = Envelope::Kind::service,
            .path = "/jsonrpc",
            .service = std::move(service),
            .function = std::move(function),
            .arguments = std::move(arguments)};
}

Envelope controller_envelope(std::string path) { return {.kind = Envelope::Kind::controller, .path = std::move(path)}; }

Envelope page_envelope(std::string path) { return {.kind = Envelope::Kind::page, .path = std::move(path)}; }

HttpRequest http_request(Envelope const& envelope, std::string const& prefix, std::int64_t id, Credentials const* who) {
    HttpRequest request;
    request.target = prefix + envelope.path;
    request.headers.reserve(4);  // of one kind of call or another
    request.headers.push_back({"Accept", "application/json"});
    if (envelope.kind == Envelope::Kind::page) {
        request.method = "GET";
        return request;
    }
    request.headers.push_back({"Content-Type", "application/json"});
    switch (envelope.kind) {
        case Envelope::Kind::service: request.body = service_body(envelope, id, who); break;
        case Envelope::Kind::controller: request.body = json_rpc::controller_request(id); break;
        default:
            request.body = envelope.arguments;
            if (who) authorize(request, *who);
    }
    return request;
}

void require_one_line(std::string_view what, std::string_view text) {
    bool const breaks =
        std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (breaks) throw std::invalid_argument{std::string{what} + " has a control character"};
}

}  // namespace zenoo_rpc::detail
