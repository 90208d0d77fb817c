// SPDX-License-Identifier: BSL-1.0
#include "testing/server/http_wire.hpp"

#include <string_view>

namespace zenoo_rpc::testing {

namespace {

/// Returns the reason phrase: upper case for those of Werkzeug.
std::string_view reason(int status) {
    switch (status) {
        case 200: return "OK";
        case 400: return "BAD REQUEST";
        case 404: return "NOT FOUND";
        case 413: return "REQUEST ENTITY TOO LARGE";
        case 415: return "UNSUPPORTED MEDIA TYPE";
        case 500: return "INTERNAL SERVER ERROR";
        case 502: return "Bad Gateway";
        case 503: return "Service Temporarily Unavailable";
        case 504: return "Gateway Time-out";
        default: return "UNKNOWN";
    }
}

}  // namespace

std::string wire_text(HttpResponse const& response, WireForm form) {
    std::string text = form.http_1_0 ? "HTTP/1.0 " : "HTTP/1.1 ";
    text += std::to_string(response.status) + " " + std::string{reason(response.status)} + "\r\n";
    text += response.headers.lines();
    text += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    text += form.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return text + response.body;
}

HttpResponse refusal_of_request(bool too_large) {
    return {too_large ? 413 : 400,
            {{"Content-Type", "text/html; charset=utf-8"}},
            too_large ? "Request too large" : "Not an HTTP request"};
}

}  // namespace zenoo_rpc::testing
