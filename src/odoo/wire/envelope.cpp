// SPDX-License-Identifier: BSL-1.0
#include "odoo/wire/envelope.hpp"

#include "odoo/support/text.hpp"
#include "odoo/wire/json_text.hpp"
#include "odoo/wire/named_arguments.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace zenoo_rpc::detail {

namespace {

using nlohmann::json;

/// Rejects other names of models and methods: they become part of a path, which other characters could change.
void require_name(std::string_view what, std::string_view name) {
    auto const is_usual = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    };
    if (!name.empty() && name.front() != '.' && std::ranges::all_of(name, is_usual)) return;
    throw std::invalid_argument{"the " + std::string{what}
                                + " name must not be empty, must not begin with '.', and may only contain letters, "
                                  "digits, '_' and '.'"};
}

/// Appends `database, uid, secret`, with the login instead of the uid while logging in.
void append_credentials(std::string& target, Credentials const& credentials) {
    append_quoted(target, credentials.database);
    target += ',';
    if (credentials.uid == 0) {
        append_quoted(target, credentials.login);
    } else {
        append_number(target, credentials.uid);
    }
    target += ',';
    append_quoted(target, credentials.secret->text());
}

std::size_t most_of_credentials(Credentials const& credentials) {
    constexpr std::size_t escaped = 6;  // bytes per character
    return escaped * (credentials.database.size() + credentials.login.size() + credentials.secret->text().size()) + 32;
}

std::string service_body(Envelope const& envelope, std::int64_t id, Credentials const* credentials) {
    std::string body;  // reserved at once: reallocation would leave copies of a secret in memory
    body.reserve((credentials ? most_of_credentials(*credentials) : 0) + envelope.service.size()
                 + envelope.function.size() + envelope.arguments.size() + 192);
    body += R"({"jsonrpc":"2.0","method":"call","id":)";
    append_number(body, id);
    body.append(R"(,"params":{"service":")").append(envelope.service);
    body.append(R"(","method":")").append(envelope.function).append(R"(","args":[)");
    if (credentials) append_credentials(body, *credentials);
    if (credentials && !envelope.arguments.empty()) body += ',';
    body += envelope.arguments;
    body += "]}}";
    return body;
}

/// Returns the request body for a route of the web client that takes no arguments.
std::string controller_body(std::int64_t id) {
    return R"({"jsonrpc":"2.0","method":"call","id":)" + std::to_string(id) + R"(,"params":{}})";
}

/// Returns `model, method, ` as JSON; valid names need no escaping.
std::string begin_arguments(std::string_view model, std::string_view method) {
    std::string text;
    text.reserve(256);
    text.append("\"").append(model).append("\",\"").append(method).append("\",");
    return text;
}

/// Appends arguments as JSON. Composes the name of the arguments only if they are rejected.
void append_arguments(std::string& target, json const& value, std::string const& model, std::string const& method,
                      char const* what) {
    if (!append_json(target, value)) static_cast<void>(json_text(value, model + '.' + method + what));
}

/// Appends an object of arguments as JSON, with `context` as one more member unless it is empty.
void append_arguments(std::string& target, json const& object, std::string const& model, std::string const& method,
                      char const* what, std::string_view context) {
    append_arguments(target, object, model, method, what);
    if (context.empty()) return;
    target.pop_back();
    if (!object.empty()) target += ',';
    target.append(R"("context":)").append(context).append("}");
}

void authorize(HttpRequest& request, Credentials const& credentials) {
    auto const secret = credentials.secret->text();
    if (!credentials.database.empty()) request.headers.add("X-Odoo-Database", credentials.database);
    std::string bearer;
    WipedAtEnd const wiped{bearer};
    bearer.reserve(secret.size() + 8);  // reallocation would leave a copy in memory
    bearer.append("Bearer ").append(secret);
    request.headers.add("Authorization", bearer);
}

}  // namespace

Protocol Envelope::protocol() const noexcept {
    return kind == Kind::service || kind == Kind::controller ? Protocol::json_rpc : Protocol::json2;
}

Envelope model_envelope(Protocol protocol, std::string const& model, std::string const& method, json const& args,
                        json const& kwargs, std::string_view context) {
    require_name("model", model);
    require_name("method", method);
    if (!args.is_array()) throw std::invalid_argument{model + '.' + method + ": args must be a JSON array"};
    if (!kwargs.is_object()) throw std::invalid_argument{model + '.' + method + ": kwargs must be a JSON object"};
    if (protocol == Protocol::json2) {
        Envelope envelope{.kind = Envelope::Kind::json2, .path = "/json/2/" + model + '/' + method};
        auto const named = named_arguments(model + '.' + method, method, args, kwargs);
        append_arguments(envelope.arguments, named, model, method, " arguments", context);
        return envelope;
    }
    if (args.empty() && kwargs.contains("ids")) {
        auto const arguments = positional_arguments(args, kwargs);
        return model_envelope(protocol, model, method, arguments.args, arguments.kwargs, context);
    }
    std::string text = begin_arguments(model, method);
    append_arguments(text, args, model, method, " args");
    text += ',';
    append_arguments(text, kwargs, model, method, " kwargs", context);
    return service_envelope("object", "execute_kw", std::move(text));
}

Envelope record_envelope(std::string const& model, std::string const& method, RecordIds const* ids,
                         Values const& record, std::string_view context) {
    require_name("model", model);
    require_name("method", method);
    std::string text = begin_arguments(model, method);
    text += '[';
    if (ids) {
        append_json(text, json(ids->list()));
        text += ',';
    }
    if (!append_json(text, record)) {
        static_cast<void>(json_text(record_arguments(ids, record), model + '.' + method + " args"));
    }
    text += context.empty() ? std::string_view{"],{"} : std::string_view{R"(],{"context":)"};
    text.append(context).append("}");
    return service_envelope("object", "execute_kw", std::move(text));
}

json record_arguments(RecordIds const* ids, Values const& record) {
    auto args = json::array();
    if (ids) args.push_back(ids->list());
    args.push_back(record.json());
    return args;
}

Envelope service_envelope(std::string_view service, std::string_view function, std::string arguments) {
    return {.kind = Envelope::Kind::service,
            .path = "/jsonrpc",
            .service = service,
            .function = function,
            .arguments = std::move(arguments)};
}

Envelope controller_envelope(std::string path) { return {.kind = Envelope::Kind::controller, .path = std::move(path)}; }

Envelope page_envelope(std::string path) { return {.kind = Envelope::Kind::page, .path = std::move(path)}; }

HttpRequest http_request(Envelope const& envelope, std::string const& prefix, std::int64_t id,
                         Credentials const* credentials) {
    HttpRequest request;
    request.target = prefix + envelope.path;
    if (envelope.kind == Envelope::Kind::page) {
        request.method = "GET";
        request.headers.add("Accept", "application/json");
        return request;
    }
    static HttpHeaders const of_json{{"Accept", "application/json"}, {"Content-Type", "application/json"}};
    request.headers = of_json;
    switch (envelope.kind) {
        case Envelope::Kind::service: request.body = service_body(envelope, id, credentials); break;
        case Envelope::Kind::controller: request.body = controller_body(id); break;
        default:
            request.body = envelope.arguments;
            if (credentials) authorize(request, *credentials);
    }
    return request;
}

void require_one_line(std::string_view what, std::string_view text) {
    if (std::ranges::any_of(text, is_control))
        throw std::invalid_argument{std::string{what} + " must not contain control characters"};
}

}  // namespace zenoo_rpc::detail
