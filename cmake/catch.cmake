# Catch2 3, or 2.13, which Debian 12 has.
find_package(Catch2 3 QUIET)
if(NOT Catch2_FOUND)
    find_package(Catch2 2.13 REQUIRED)
endif()
include(Catch)

# zenoo_rpc_units(<target> <most>): a unity build compiles the target in units of about equal size, of at most so many files.
# What files share, headers and instantiations, is compiled once per unit: six files take little more than half of their time
# alone. Units larger than that save little more, and would leave a processor idle at the end.
function(zenoo_rpc_units target most)
    get_target_property(sources ${target} SOURCES)
    list(LENGTH sources files)
    math(EXPR units "(${files} + ${most} - 1) / ${most}")
    math(EXPR files_per_unit "(${files} + ${units} - 1) / ${units}")
    set_target_properties(${target} PROPERTIES UNITY_BUILD_BATCH_SIZE ${files_per_unit})
endfunction()

# zenoo_rpc_add_test_executable(<name> LABEL <label> SOURCES <file>... LINK <library>...)
function(zenoo_rpc_add_test_executable name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL" "SOURCES;LINK")
    add_executable(${name} ${arg_SOURCES})
    zenoo_rpc_units(${name} 6)
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(${name} PRIVATE ${arg_LINK} Catch2::Catch2WithMain)
    zenoo_rpc_warnings(${name})
    # In a large unit g++ 12 inlines differently, and then takes the emptied std::optional of a test for an uninitialized one.
    target_compile_options(${name} PRIVATE
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wno-maybe-uninitialized>)
    string(REGEX REPLACE "^zenoo_rpc_|_test$" "" prefix ${name})
    set(timeout 120)  # for tests that hang
    if(ZENOO_RPC_SANITIZERS)
        set(timeout 600)
    endif()
    set(cost 0)
    if(arg_LABEL MATCHES "examples|once")  # slow tests begin first, so that none runs alone at the end
        set(cost 100)
    endif()
    catch_discover_tests(${name} TEST_PREFIX "${prefix}."
        PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${timeout} COST ${cost})
endfunction()

# zenoo_rpc_add_floor_tests(<floor> <library>...) adds one executable for tests/<floor>/**/*_test.cpp, labelled with the floor's
# name. Two kinds have their own executables and labels: *threads_test.cpp start threads and also run under ThreadSanitizer;
# *allocation_test.cpp replace the allocator of their program.
function(zenoo_rpc_add_floor_tests floor)
    file(GLOB_RECURSE ordinary CONFIGURE_DEPENDS ${floor}/*_test.cpp)
    foreach(kind threads allocation)
        file(GLOB_RECURSE special CONFIGURE_DEPENDS ${floor}/*${kind}_test.cpp)
        if(special)
            list(REMOVE_ITEM ordinary ${special})
            zenoo_rpc_add_test_executable(zenoo_rpc_${floor}_${kind}_test LABEL ${kind} SOURCES ${special} LINK ${ARGN})
            add_dependencies(${kind}_tests zenoo_rpc_${floor}_${kind}_test)
        endif()
    endforeach()
    zenoo_rpc_add_test_executable(zenoo_rpc_${floor}_test LABEL ${floor} SOURCES ${ordinary} LINK ${ARGN})
endfunction()
