// SPDX-License-Identifier: BSL-1.0
#include "picture.hpp"

#include "chart/svg.hpp"
#include "plots.hpp"
#include "style.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct Row {
    std::string_view name;
    std::vector<std::string_view> manner;
    Run const& run;
};

std::string recovery(Run const& run) { return run.recovery ? rounded(seconds(*run.recovery)) + " s" : "never"; }

std::string outcome(Run const& run, std::string const& takes, std::string const& never_recovers) {
    return run.recovery ? takes + " " + recovery(run) : never_recovers;
}

std::string headline(Outage const& outage, Storms const& storms) {
    return "After an outage of " + rounded(seconds(outage.ends - outage.begins)) + " s, blind retries "
           + outcome(storms.blind, "take", "never recover") + ", backoff "
           + outcome(storms.backoff, "takes", "never recovers") + ", with a circuit breaker "
           + recovery(storms.breaker);
}

double axis_end(Outage const& outage, Storms const& storms) {
    auto const most = std::max({storms.blind.peak(), storms.backoff.peak(), storms.breaker.peak(), outage.capacity});
    return std::ceil(most / 500.0) * 500;
}

class Picture {
public:
    Picture(Outage const& outage, Storms const& storms)
        : outage_{outage},
          usual_{usual_load(storms.backoff, outage)},
          svg_{width, height, headline(outage, storms),
               "Three rows, one per retry strategy: calls per second at the server, the share with a response in time, "
               "and the state of the circuit."},
          plots_{svg_, outage, axis_end(outage, storms)} {
        svg_.rectangle({0.5, 0.5, width - 1, height - 1}, {.fill = "#ffffff", .stroke = grid_line, .corner = 8});
        svg_.text({24, 40}, headline(outage, storms), {.size = 17, .fill = ink, .bold = true});
        caption();
        shade_outage();
    }

    void draw(int number, Row const& row) {
        double const at = top + number * row_height;
        svg_.text({24, at + 16}, row.name, {.size = 16, .fill = ink, .bold = true});
        double y = at + 38;
        for (auto const line : row.manner) {
            svg_.text({24, y}, line, {.size = 12.5, .fill = faint});
            y += 17;
        }
        plots_.draw(at, row.run, number == 0);
        draw_figures(at, row.run);
    }

    std::string finish() && {
        double const y = height - 40;
        for (int time = 0; time <= static_cast<int>(seconds(outage_.length)); time += 15) {
            svg_.text({plots_.time()(time), y}, std::to_string(time) + " s",
                      {.size = 12.5, .fill = faint, .anchor = "middle"});
        }
        svg_.text({24, height - 15},
                  "Simulated in virtual time. The server processes its queue in order, even for callers that gave up; "
                  "during the outage and while the queue is full, calls are lost.",
                  {.size = 11.5, .fill = faint});
        return std::move(svg_).finish();
    }

private:
    void caption() {
        svg_.text({24, 66},
                  chart::grouped(outage_.clients) + " clients make " + rounded(usual_)
                      + " calls per second to a server that can process " + chart::grouped(outage_.capacity)
                      + ", and wait " + rounded(seconds(outage_.patience))
                      + " s for a response. Calls at the server, per second:",
                  {.size = 13, .fill = faint});
        svg_.rectangle({left, 82, 12, 12}, {.fill = good});
        svg_.text({left + 18, 93}, "response in time", {.size = 13, .fill = ink});
        svg_.rectangle({left + 148, 82, 12, 12}, {.fill = bad});
        svg_.text({left + 166, 93}, "wasted", {.size = 13, .fill = ink});
    }

    void shade_outage() {
        double const from = plots_.time()(seconds(outage_.begins));
        double const to = plots_.time()(seconds(outage_.ends));
        svg_.rectangle({from, top - 20, to - from, height - 58 - (top - 20)}, {.fill = "#edeff2"});
        svg_.text({(from + to) / 2, top - 6}, "outage", {.size = 13, .fill = ink, .anchor = "middle", .bold = true});
    }

    void draw_figures(double at, Run const& run) {
        double const x = right + 20;
        bool const well = run.recovery.has_value();
        svg_.text({x, at + 24}, recovery(run), {.size = 26, .fill = well ? good : bad, .bold = true});
        svg_.text({x, at + 43}, well ? "until all are served again" : "all served again", {.size = 12, .fill = faint});
        svg_.text({x, at + 75}, chart::grouped(run.wasted()), {.size = 18, .fill = ink, .bold = true});
        svg_.text({x, at + 92}, "wasted calls", {.size = 12, .fill = faint});
        svg_.text({x, at + 118}, chart::number(run.peak() / usual_) + "\u00d7",
                  {.size = 18, .fill = ink, .bold = true});
        svg_.text({x, at + 135}, "the usual load, at peak", {.size = 12, .fill = faint});
    }

    Outage const& outage_;
    double usual_;
    chart::Svg svg_;
    Plots plots_;
};

}  // namespace

std::string picture(Outage const& outage, Storms const& storms) {
    Picture picture{outage, storms};
    picture.draw(0, {"Blind retries", {"again after 0.1 s,", "until it works"}, storms.blind});
    picture.draw(1, {"Backoff", {"exponential,", "full jitter,", "1 s to 30 s"}, storms.backoff});
    picture.draw(2, {"Backoff + breaker", {"as above, but waits", "while the circuit is open"}, storms.breaker});
    return std::move(picture).finish();
}
