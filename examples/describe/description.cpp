// SPDX-License-Identifier: BSL-1.0
#include "description.hpp"

#include "cpp_names.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using nlohmann::json;

constexpr std::size_t most_described = 50;  // Boost.Describe takes 52

struct Member {
    std::string name;
    std::string type;
    std::string remark = {};
};
struct Enum {
    std::string name;
    std::vector<std::string> enumerators;
};

/// C++ types by kind of field; optional where Odoo's `false` for an empty field has no other representation.
struct Kind {
    std::string_view type;
    bool may_be_missing = false;
};
std::map<std::string_view, Kind> const kinds{
    {"boolean", {"bool"}},
    {"integer", {"int"}},
    {"float", {"double"}},
    {"monetary", {"double"}},
    {"char", {"std::string"}},
    {"text", {"std::string"}},
    {"html", {"std::string"}},
    {"reference", {"std::string"}},
    {"binary", {"zenoo_rpc::Binary"}},
    {"date", {"zenoo_rpc::Date", true}},
    {"datetime", {"zenoo_rpc::DateTime", true}},
    {"many2one", {"zenoo_rpc::Many2one", true}},
    {"many2one_reference", {"zenoo_rpc::RecordId", true}},
    {"one2many", {"std::vector<zenoo_rpc::RecordId>"}},
    {"many2many", {"std::vector<zenoo_rpc::RecordId>"}},
};

std::vector<std::string> keys_of(json const& field) {
    std::vector<std::string> keys;
    json const choices = field.value("selection", json::array());
    for (json const& choice : choices) {
        json const key = choice.is_array() && !choice.empty() ? choice.front() : json();
        keys.push_back(key.is_string() ? key.get<std::string>() : key.dump());
    }
    return keys;
}

/// Explains why a selection is a text: lists its keys, some of which are not identifiers.
std::string selection_remark(std::vector<std::string> const& keys) {
    constexpr std::size_t shown = 3;
    std::string text = "a selection:";
    for (std::size_t i = 0; i < keys.size() && i < shown; ++i) text += (i ? ", " : " ") + json(keys[i]).dump();
    if (keys.size() > shown) text += " and " + std::to_string(keys.size() - shown) + " more";
    return keys.empty() ? "a selection without keys at present" : text;
}

/// Returns lines of at most 120 columns that begin with `begin` and contain `words`, separated by commas.
std::string filled(std::string const& begin, std::vector<std::string> const& words, std::string const& end) {
    std::string text;
    std::string line = begin;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const word = words[i] + (i + 1 < words.size() ? "," : end);
        bool const is_first = line == begin;
        if (!is_first && line.size() + 1 + word.size() > 120) {
            text += line + '\n';
            line = std::string(begin.find('(') + 1, ' ') + word;
        } else {
            line += (is_first ? "" : " ") + word;
        }
    }
    return text + line + '\n';
}

/// Writes one model.
class Description {
public:
    Description(std::string const& model, json const& fields_get) : model_{model}, struct_{type_name(model)} {
        if (fields_get.contains("id")) add("id", fields_get["id"]);
        for (auto const& [name, field] : fields_get.items()) {
            if (name != "id") add(name, field);
        }
    }

    std::string text() const {
        std::string guard = struct_ + "_HPP";
        std::ranges::transform(guard, guard.begin(),
                               [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        std::string text = "// Odoo's " + model_ + ", as reported by fields_get.\n#ifndef " + guard + "\n#define " + guard + "\n\n"
            "#include <zenoo_rpc/odoo/row.hpp>\n\n#include <optional>\n#include <string>\n#include <string_view>\n#include <vector>\n\n";
        for (auto const& selection : enums_) text += enum_text(selection);
        return text + structs() + "\n#endif  // " + guard + "\n";
    }

private:
    void add(std::string const& name, json const& field) {
        auto const type = field.value("type", "");
        bool const is_stored = field.value("store", true);
        bool const is_there = is_stored && field.value("required", false);
        auto const optional = [&](std::string const& of) { return is_there ? of : "std::optional<" + of + '>'; };
        Member member{member_name(name), {}};
        if (name == "id") {
            member.type = "zenoo_rpc::RecordId";
        } else if (type == "selection") {
            add_selection(name, keys_of(field), member, optional);
        } else if (auto const kind = kinds.find(type); kind != kinds.end()) {
            std::string const plain{kind->second.type};
            member.type = kind->second.may_be_missing ? optional(plain) : plain;
            if (field.contains("relation")) member.remark = field["relation"].get<std::string>();
        } else {
            omitted_.push_back(name + ", of type " + type);
            return;
        }
        members_.push_back(std::move(member));
    }

    template <class Optional>
    void add_selection(std::string const& name, std::vector<std::string> keys, Member& member, Optional optional) {
        bool const is_enum = !keys.empty() && keys.size() <= most_described && std::ranges::all_of(keys, is_identifier);
        if (is_enum) {
            auto const type = struct_ + type_name(name);
            std::ranges::transform(keys, keys.begin(), member_name);
            enums_.push_back({type, std::move(keys)});
            member.type = optional(type);
        } else {
            member.type = "std::string";
            member.remark = selection_remark(keys);
        }
    }

    static std::string enum_text(Enum const& selection) {
        return filled("enum class " + selection.name + " { ", selection.enumerators, " };")
               + filled("BOOST_DESCRIBE_ENUM(" + selection.name + ", ", selection.enumerators, ")") + '\n';
    }

    std::string structs() const {
        std::string text;
        std::vector<std::string> bases;
        std::size_t from = 0;
        for (; members_.size() - from > most_described; from += most_described) {
            bases.push_back(struct_ + "Part" + std::to_string(bases.size() + 1));
            text += struct_text(bases.back(), {}, from, from + most_described) + '\n';
        }
        return text + struct_text(struct_, bases, from, members_.size());
    }

    std::string struct_text(std::string const& name, std::vector<std::string> const& bases, std::size_t from,
                            std::size_t to) const {
        bool const is_whole = name == struct_;
        std::string list;
        for (auto const& base : bases) list += (list.empty() ? "" : ", ") + base;
        std::string text = "struct " + name + (bases.empty() ? "" : " : " + list) + " {\n";
        if (is_whole) text += "    static constexpr std::string_view odoo_model = " + json(model_).dump() + ";\n\n";
        std::vector<std::string> names;
        for (std::size_t i = from; i < to; ++i) {
            auto const& member = members_[i];
            text += "    " + member.type + ' ' + member.name + " = {};"
                    + (member.remark.empty() ? "" : "  ///< " + member.remark) + '\n';
            names.push_back(member.name);
        }
        if (is_whole) {
            for (auto const& field : omitted_) text += "    // not " + field + ", which no member can hold\n";
        }
        text += "};\n";
        return text + filled("BOOST_DESCRIBE_STRUCT(" + name + ", (" + list + "), (", names, "))");
    }

    std::string const& model_;
    std::string struct_;
    std::vector<Enum> enums_;
    std::vector<Member> members_;
    std::vector<std::string> omitted_;
};

}  // namespace

std::string describe_model(std::string const& model, json const& fields_get) {
    return Description{model, fields_get}.text();
}
