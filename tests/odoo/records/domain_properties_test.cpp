// SPDX-License-Identifier: BSL-1.0
// A search finds the records for which an expression is true, for random expressions: Odoo's prefix notation is
// compared with plain C++ over the same records.
#include "support/catch.hpp"
#include "support/holds.hpp"
#include "support/odoo_call.hpp"

#include <zenoo_rpc/odoo/domain.hpp>
#include <zenoo_rpc/testing/odoo_server_core.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <optional>
#include <rapidcheck.h>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace zenoo_rpc;
using namespace zenoo_rpc::tests;
using testing::OdooRecord;
using testing::OdooServerCore;

namespace {

struct Contact {
    RecordId id = 0;
    std::string name;
    std::string email;  // may be empty
    int color = 0;
    bool is_company = false;
    RecordId country = 0;  // 0: none
    RecordId parent = 0;
    std::set<RecordId> tags;
};

constexpr RecordId belgium = 20;
constexpr RecordId france = 75;
constexpr RecordId first_id = 100;
constexpr int contacts = 9;
constexpr RecordId first_tag = 5;

/// In-memory Odoo, and a copy of its records.
struct People {
    OdooServerCore core;
    std::vector<Contact> all;

    People() {
        for (RecordId tag = first_tag; tag < first_tag + 3; ++tag) {
            core.store().insert("res.partner.category", {{"id", tag}, {"name", "tag " + std::to_string(tag)}});
        }
        std::array const names{"a", "b", "A", "ab", "aB%", "a_b", "ba", "Ab", "b%a"};
        for (int i = 0; i < contacts; ++i) {
            Contact contact{.id = first_id + i,
                            .name = names[static_cast<std::size_t>(i)],
                            .email = i % 3 == 0 ? "" : names[static_cast<std::size_t>(contacts - 1 - i)],
                            .color = i % 4,
                            .is_company = i % 2 == 0,
                            .country = i % 3 == 0   ? 0
                                       : i % 3 == 1 ? belgium
                                                    : france,
                            .parent = i < 2 ? 0 : first_id + i / 2 - 1,
                            .tags = {}};
            for (RecordId tag = 0; tag < 3; ++tag) {
                if (i >> tag & 1) contact.tags.insert(first_tag + tag);
            }
            all.push_back(contact);
            OdooRecord record{{"id", contact.id},
                              {"name", contact.name},
                              {"ref", "one of us"},
                              {"color", contact.color},
                              {"is_company", contact.is_company},
                              {"category_id", contact.tags}};
            if (!contact.email.empty()) record["email"] = contact.email;
            if (contact.country != 0) record["country_id"] = contact.country;
            if (contact.parent != 0) record["parent_id"] = contact.parent;
            core.store().insert("res.partner", std::move(record));
        }
    }

    std::vector<RecordId> found_by(Domain const& domain) {
        auto const ours = field("ref") == "one of us" && domain;
        json kwargs{{"order", "id"}};
        return call(core, "res.partner", "search", json::array({ours.json()}), kwargs).get<std::vector<RecordId>>();
    }
    Contact const* find(RecordId id) const {
        auto const found = std::ranges::find(all, id, &Contact::id);
        return found == all.end() ? nullptr : &*found;
    }
    /// Returns true if the contact is that of `id` or below it.
    bool is_below(Contact const& contact, RecordId id) const {
        for (auto const* at = &contact; at != nullptr; at = find(at->parent)) {
            if (at->id == id) return true;
        }
        return false;
    }
};

using Predicate = std::function<bool(Contact const&)>;

/// One condition in two forms: for Odoo, and for C++.
struct PairedCondition {
    Domain domain;
    Predicate holds;
};

bool matches(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() == '%') {
        return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
    }
    bool const fits = !text.empty() && (pattern.front() == '_' || pattern.front() == text.front());
    return fits && matches(pattern.substr(1), text.substr(1));
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string any_text() {
    auto const letters = rc::gen::element('a', 'b', 'A', '_', '%');
    return *rc::gen::resize(4, rc::gen::container<std::string>(letters));
}
int any_number() { return *rc::gen::inRange(-1, 5); }
bool any_bool() { return *rc::gen::arbitrary<bool>(); }
RecordId any_contact() { return first_id + *rc::gen::inRange(-1, contacts + 1); }
RecordId any_country() { return *rc::gen::element(belgium, france, RecordId{1}); }
std::vector<RecordId> any_tags() {
    return *rc::gen::resize(3, rc::gen::container<std::vector<RecordId>>(rc::gen::inRange(first_tag, first_tag + 4)));
}

PairedCondition of_text() {
    bool const is_name = any_bool();
    auto const of = [is_name](Contact const& contact) { return is_name ? contact.name : contact.email; };
    auto const the = field(is_name ? "name" : "email");
    auto const text = any_text();
    switch (*rc::gen::inRange(0, 11)) {
        case 0: return {the == text, [=](auto& c) { return of(c) == text; }};
        case 1: return {the != text, [=](auto& c) { return of(c) != text; }};
        case 2: return {the.like(text), [=](auto& c) { return matches("%" + text + "%", of(c)); }};
        case 3: return {the.ilike(text), [=](auto& c) { return matches("%" + lower(text) + "%", lower(of(c))); }};
        case 4: return {the.not_like(text), [=](auto& c) { return !matches("%" + text + "%", of(c)); }};
        case 5: return {the.not_ilike(text), [=](auto& c) { return !matches("%" + lower(text) + "%", lower(of(c))); }};
        case 6: return {the.equals_like(text), [=](auto& c) { return matches(text, of(c)); }};
        case 7: return {the.equals_ilike(text), [=](auto& c) { return matches(lower(text), lower(of(c))); }};
        case 8: return {the.in(text, "ab"), [=](auto& c) { return of(c) == text || of(c) == "ab"; }};
        case 9: return {the.not_in(text, "ab"), [=](auto& c) { return of(c) != text && of(c) != "ab"; }};
        default: return {the == std::nullopt, [=](auto& c) { return of(c).empty(); }};
    }
}

PairedCondition of_number() {
    auto const number = any_number();
    auto const color = field("color");
    switch (*rc::gen::inRange(0, 7)) {
        case 0: return {color == number, [=](auto& c) { return c.color == number; }};
        case 1: return {color != number, [=](auto& c) { return c.color != number; }};
        case 2: return {color < number, [=](auto& c) { return c.color < number; }};
        case 3: return {color <= number, [=](auto& c) { return c.color <= number; }};
        case 4: return {color > number, [=](auto& c) { return c.color > number; }};
        case 5: return {color >= number, [=](auto& c) { return c.color >= number; }};
        default: return {color.in(number, 3), [=](auto& c) { return c.color == number || c.color == 3; }};
    }
}

PairedCondition of_truth() {
    auto const yes = any_bool();
    if (any_bool()) return {field("is_company") == yes, [=](auto& c) { return c.is_company == yes; }};
    return {field("is_company") != yes, [=](auto& c) { return c.is_company != yes; }};
}

PairedCondition of_country() {
    auto const id = any_country();
    auto const country = field("country_id");
    switch (*rc::gen::inRange(0, 8)) {
        case 0: return {country == id, [=](auto& c) { return c.country == id; }};
        case 1: return {country != id, [=](auto& c) { return c.country != id; }};
        case 2: return {country == std::nullopt, [](auto& c) { return c.country == 0; }};
        case 3: return {country != std::nullopt, [](auto& c) { return c.country != 0; }};
        case 4: return {country.in(id, france), [=](auto& c) { return c.country == id || c.country == france; }};
        case 5: return {field("country_id.code") == "BE", [](auto& c) { return c.country == belgium; }};
        case 6: return {country.any(field("name").ilike("fr%")), [](auto& c) { return c.country == france; }};
        default: return {country.not_any(field("code") == "FR"), [](auto& c) { return c.country != france; }};
    }
}

PairedCondition of_tags() {
    auto const wanted = any_tags();
    auto const has_one = [wanted](Contact const& c) {
        return std::ranges::any_of(wanted, [&](RecordId tag) { return c.tags.contains(tag); });
    };
    auto const tags = field("category_id");
    switch (*rc::gen::inRange(0, 4)) {
        case 0: return {tags.in(wanted), has_one};
        case 1: return {tags.not_in(wanted), [=](auto& c) { return !has_one(c); }};
        case 2: return {tags.any(field("id").in(wanted)), has_one};
        default: return {tags.not_any(field("id").in(wanted)), [=](auto& c) { return !has_one(c); }};
    }
}

PairedCondition of_hierarchy(People const& people) {
    auto const id = any_contact();
    auto const the = field(any_bool() ? "id" : "parent_id");
    if (any_bool()) return {the.child_of(id), [=, &people](auto& c) { return people.is_below(c, id); }};
    return {the.parent_of(id), [=, &people](auto& c) {
                auto const* below = people.find(id);
                return below != nullptr && people.is_below(*below, c.id);
            }};
}

PairedCondition any_condition(People const& people, int depth) {
    if (depth > 0) {
        switch (*rc::gen::inRange(0, 4)) {
            case 0: {
                auto const left = any_condition(people, depth - 1);
                auto const right = any_condition(people, depth - 1);
                return {left.domain && right.domain, [=](auto& c) { return left.holds(c) && right.holds(c); }};
            }
            case 1: {
                auto const left = any_condition(people, depth - 1);
                auto const right = any_condition(people, depth - 1);
                return {left.domain || right.domain, [=](auto& c) { return left.holds(c) || right.holds(c); }};
            }
            case 2: {
                auto const other = any_condition(people, depth - 1);
                return {!other.domain, [=](auto& c) { return !other.holds(c); }};
            }
            default: break;
        }
    }
    switch (*rc::gen::inRange(0, 7)) {
        case 0:
        case 1: return of_text();
        case 2: return of_number();
        case 3: return of_truth();
        case 4: return of_country();
        case 5: return of_tags();
        default: return of_hierarchy(people);
    }
}

}  // namespace

TEST_CASE("a search finds exactly the records for which the expression is true") {
    People people;
    std::size_t found_some = 0;
    bool const always = holds([&] {
        auto const condition = any_condition(people, 3);
        std::vector<RecordId> expected;
        for (auto const& contact : people.all) {
            if (condition.holds(contact)) expected.push_back(contact.id);
        }
        found_some += !expected.empty() && expected.size() < people.all.size();
        RC_LOG() << condition.domain.json() << '\n';
        RC_ASSERT(people.found_by(condition.domain) == expected);
    });
    CHECK(always);
    CHECK(found_some > 0);
}

TEST_CASE("a domain read from JSON keeps its meaning when it is combined with another") {
    People people;
    bool const always = holds([&] {
        auto const condition = any_condition(people, 2);
        Domain const read = condition.domain.json();
        RC_ASSERT(people.found_by(!(read || field("color") == 1))
                  == people.found_by(!condition.domain && field("color") != 1));
    });
    CHECK(always);
}
