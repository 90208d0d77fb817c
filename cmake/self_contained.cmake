# zenoo_rpc_check_headers(<target> INCLUDE|EXCLUDE <regex>) adds an object library that includes each public header that matches
# (or does not match) by itself, twice: each must be self-contained and have an include guard.
function(zenoo_rpc_check_headers target mode regex)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/include/*.hpp)
    list(FILTER headers ${mode} REGEX ${regex})
    foreach(header IN LISTS headers)
        set(unit ${CMAKE_CURRENT_BINARY_DIR}/self_contained/${header}.cpp)
        file(CONFIGURE OUTPUT ${unit} CONTENT "#include <${header}>\n#include <${header}>\n")
        list(APPEND units ${unit})
    endforeach()
    add_library(${target} OBJECT ${units})
    target_link_libraries(${target} PRIVATE zenoo_rpc::testing)
    zenoo_rpc_warnings(${target})
endfunction()
