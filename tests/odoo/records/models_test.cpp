// SPDX-License-Identifier: BSL-1.0
// The models of the library have the fields that Odoo 16 and 19 report.
#include "support/catch.hpp"

#include <zenoo_rpc/odoo/models.hpp>

#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace zenoo_rpc;

namespace {

struct RecordedModel {
    int version;
    std::string_view model;
    char const* fields;
};

constexpr RecordedModel recorded_models[]{
#include "odoo/data/fields.inc"
};

struct RecordedField {
    std::string type;
    std::string relation;
};

std::map<std::string, RecordedField, std::less<>> fields_of(RecordedModel const& model) {
    std::map<std::string, RecordedField, std::less<>> fields;
    std::istringstream words{model.fields};
    for (std::string word; words >> word;) {
        std::istringstream parts{word};
        std::string name;
        RecordedField field;
        std::getline(parts, name, ':');
        std::getline(parts, field.type, ':');
        std::getline(parts, field.relation, ':');
        fields.emplace(name, field);
    }
    return fields;
}

/// Returns Odoo's types that a member of that kind accepts.
std::vector<std::string_view> types_for(detail::FieldKind kind) {
    using enum detail::FieldKind;
    switch (kind) {
        case boolean: return {"boolean"};
        case integer:
        case id: return {"integer"};
        case number: return {"float", "monetary"};
        case text: return {"char", "text", "html", "selection"};
        case date: return {"date"};
        case date_time: return {"datetime"};
        case binary: return {"binary"};
        case many2one: return {"many2one"};
        case ids: return {"one2many", "many2many"};
        case selection: return {"selection"};
    }
    return {};
}

template <class T>
std::string_view model_behind(Ref<T> const&) {
    return T::odoo_model;
}
template <class Member>
constexpr bool is_reference = requires(Member const& member) { model_behind(member); };

template <class T>
std::map<std::string_view, std::string_view> references() {
    std::map<std::string_view, std::string_view> all;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, detail::row_members>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        if constexpr (is_reference<Member>)
            all.emplace(detail::FieldName<decltype(member), Member>::value, model_behind(Member{}));
    });
    return all;
}

template <class T>
void check_against_recordings() {
    int versions = 0;
    for (auto const& model : recorded_models) {
        if (model.model != T::odoo_model) continue;
        ++versions;
        auto const fields = fields_of(model);
        auto const behind = references<T>();
        for (auto const& column : detail::row_table<T>.columns) {
            INFO(T::odoo_model << " " << model.version << ": " << column.name);
            auto const field = fields.find(column.name);
            REQUIRE(field != fields.end());
            auto const types = types_for(column.kind);
            CHECK(std::ranges::find(types, field->second.type) != types.end());
            auto const reference = behind.find(column.name);
            if (reference != behind.end()) {
                CHECK(reference->second == field->second.relation);
            }
        }
    }
    CHECK(versions == 2);
}

template <class T>
std::vector<std::string_view> names() {
    std::vector<std::string_view> all;
    for (auto const& column : detail::row_table<T>.columns) all.push_back(column.name);
    return all;
}

}  // namespace

TEST_CASE("the shipped models have fields of both versions, with fitting types and relations") {
    check_against_recordings<ResCompany>();
    check_against_recordings<ResCountry>();
    check_against_recordings<ResCurrency>();
    check_against_recordings<ResPartner>();
    check_against_recordings<ResUsers>();
}

TEST_CASE("a reference is named like its field, with or without _id") {
    auto const of_an_order = names<SaleOrder>();
    for (std::string_view const name : {"partner_id", "user_id", "company_id", "currency_id", "order_line"}) {
        CHECK(std::ranges::find(of_an_order, name) != of_an_order.end());
    }
    auto const of_a_product = names<ProductProduct>();
    CHECK(std::ranges::find(of_a_product, "categ_id") != of_a_product.end());
}

TEST_CASE("a record of a shipped model can be made without a server") {
    auto const unknown = ResPartner{.id = 7, .name = "Unknown Partner"};
    CHECK(unknown.name == "Unknown Partner");
    CHECK_FALSE(unknown.country);
    CHECK(unknown == ResPartner{.id = 7, .name = "Unknown Partner"});
}
