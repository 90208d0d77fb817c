# `cmake -DROOT=<project> -P layering.cmake` checks the floors: what a header or source of each may include.
# Debian has all headers in /usr/include, so no link line could enforce this.
set(may_include_core core)
set(may_include_retry core retry)
set(may_include_breaker core retry breaker)
set(may_include_async core retry breaker async)
set(may_include_cache core retry breaker async cache)
set(may_include_odoo core retry breaker async cache odoo)
set(may_include_testing core retry breaker async cache odoo testing)

set(pure_must_not_include "boost/(asio|beast)|nlohmann/")  # rules are decided without I/O
set(must_not_include_core ${pure_must_not_include})
set(must_not_include_retry ${pure_must_not_include})
set(must_not_include_breaker ${pure_must_not_include})
set(must_not_include_async "boost/beast|nlohmann/")
set(must_not_include_cache "${must_not_include_async}")
set(must_not_include_odoo "boost/beast")  # costs every user seconds: in src/ only
set(must_not_include_testing "boost/beast")

list(JOIN may_include_testing "|" floors)
set(checked 0)
set(violations "")

function(check_includes file own_floors forbidden)
    file(STRINGS ${file} includes REGEX "^[ \t]*#[ \t]*include")
    foreach(line IN LISTS includes)
        if(line MATCHES "[<\"]zenoo_rpc[/.]" AND NOT line MATCHES "<zenoo_rpc/(${own_floors})/"
           OR line MATCHES "\"(${floors})/" AND NOT line MATCHES "\"(${own_floors})/"
           OR forbidden AND line MATCHES "[<\"](${forbidden})"
           OR file MATCHES "/include/" AND line MATCHES "\"")
            string(APPEND violations "\n  ${file}: ${line}")
        endif()
    endforeach()
    set(violations "${violations}" PARENT_SCOPE)
endfunction()

foreach(floor core retry breaker async cache odoo testing)
    list(JOIN may_include_${floor} "|" own_floors)
    file(GLOB_RECURSE headers ${ROOT}/include/zenoo_rpc/${floor}/*.hpp)
    foreach(header IN LISTS headers)
        check_includes(${header} "${own_floors}" "${must_not_include_${floor}}")
    endforeach()
    file(GLOB_RECURSE sources ${ROOT}/src/${floor}/*.[ch]pp)
    foreach(source IN LISTS sources)
        check_includes(${source} "${own_floors}" "")
    endforeach()
    list(LENGTH headers count)
    math(EXPR checked "${checked} + ${count}")
endforeach()

# The umbrellas of the header-only target promise no JSON and no Beast.
check_includes(${ROOT}/include/zenoo_rpc/retry.hpp "core|retry|breaker|async" "${must_not_include_async}")
check_includes(${ROOT}/include/zenoo_rpc/cache.hpp "core|retry|breaker|async|cache" "${must_not_include_async}")

# One clock: all waiting goes through TimeService, else virtual time would not hold for it, and so does asking for the time.
set(waiting "[A-Za-z_]lock::now|steady_timer|system_timer|deadline_timer|high_resolution_timer|waitable_timer|expires_after|expires_at|this_thread::sleep")
file(GLOB_RECURSE product ${ROOT}/include/*.hpp ${ROOT}/src/*.[ch]pp)
list(REMOVE_ITEM product ${ROOT}/include/zenoo_rpc/async/detail/service_clock.hpp ${ROOT}/include/zenoo_rpc/async/detail/waits.hpp
                         ${ROOT}/include/zenoo_rpc/core/clock.hpp)
foreach(file IN LISTS product)
    file(STRINGS ${file} timers REGEX "${waiting}")
    foreach(line IN LISTS timers)
        string(APPEND violations "\n  ${file}: ${line}")
    endforeach()
endforeach()

if(violations)
    message(FATAL_ERROR "Includes that reach above their floor, or waiting beside TimeService:${violations}")
endif()
if(checked EQUAL 0)
    message(FATAL_ERROR "No headers below ${ROOT}")
endif()
message(STATUS "${checked} headers keep to their floors")
