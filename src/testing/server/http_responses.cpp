// SPDX-License-Identifier: BSL-1.0
#include "testing/server/http_responses.hpp"

#include <utility>

namespace zenoo_rpc::testing {

namespace {

constexpr char const* server = "Werkzeug/2.2.2 Python/3.11.2";

HttpResponse html(int status, std::string body) {
    return {status, {{"Server", server}, {"Content-Type", "text/html; charset=utf-8"}}, std::move(body)};
}

std::string werkzeug_page(std::string const& title, std::string const& heading, std::string const& text) {
    return "<!doctype html>\n<html lang=en>\n<title>" + title + "</title>\n<h1>" + heading + "</h1>\n<p>" + text
           + "</p>\n";
}

HttpResponse health(int status, std::string body) {
    return {status,
            {{"Server", server},
             {"Content-Type", "application/json"},
             {"Cache-Control", "no-store"},
             {"X-Content-Type-Options", "nosniff"}},
            std::move(body)};
}

std::string gateway_title(int status) {
    switch (status) {
        case 502: return "502 Bad Gateway";
        case 503: return "503 Service Temporarily Unavailable";
        default: return "504 Gateway Time-out";
    }
}

}  // namespace

HttpResponse json_response(std::string body) {
    return {200, {{"Server", server}, {"Content-Type", "application/json; charset=utf-8"}}, std::move(body)};
}

HttpResponse health_response() { return health(200, R"({"status": "pass"})"); }

HttpResponse database_health_response(bool up) {
    return up ? health(200, R"({"status": "pass", "db_server_status": true})")
              : health(500, R"({"status": "fail", "db_server_status": false})");
}

HttpResponse bad_request(std::string text) {
    HttpResponse response = html(400, std::move(text));
    response.headers.add("X-Content-Type-Options", "nosniff");
    return response;
}

HttpResponse not_found() {
    return html(404, werkzeug_page("404 Not Found", "Not Found",
                                   "The requested URL was not found on the server. If you entered the URL manually "
                                   "please check your spelling and try again."));
}

HttpResponse no_database_selected() {
    return html(404,
                "<!DOCTYPE html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>No database is selected and the "
                "requested URL was not found in the server-wide controllers.</p>\n<p>Please verify the hostname, <a "
                "href=/web/login>login</a> and try again.</p>\n\n<!-- Alternatively, use the X-Odoo-Database header. "
                "-->\n");
}

HttpResponse internal_server_error() {
    return html(500, werkzeug_page("500 Internal Server Error", "Internal Server Error",
                                   "The server encountered an internal error and was unable to complete your request. "
                                   "Either the server is overloaded or there is an error in the application."));
}

HttpResponse unsupported_media_type(bool has_body, JsonRoute const& route) {
    std::string const inferred = has_body ? "[&#39;http&#39;]" : "[&#39;http&#39;, &#39;json2&#39;]";
    HttpResponse response =
        html(415, werkzeug_page("415 Unsupported Media Type", "Unsupported Media Type",
                                "Request inferred type is compatible with " + inferred + " but &#39;" + route.path
                                    + "&#39; is type=&#39;" + route.type
                                    + "&#39;.<br><br>Please verify the Content-Type request header and try again."));
    response.headers.add("Accept", "application/json, application/json-rpc");
    return response;
}

HttpResponse incompatible_request(std::string const& path) {
    return html(400, werkzeug_page("400 Bad Request", "Bad Request",
                                   "Request inferred type is compatible with [&#39;http&#39;] but &#39;" + path
                                       + "&#39; is type=&#39;json&#39;."));
}

HttpResponse gateway_page(int status) {
    std::string const title = gateway_title(status);
    return {status,
            {{"Server", "nginx"}, {"Content-Type", "text/html"}},
            "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"};
}

}  // namespace zenoo_rpc::testing
