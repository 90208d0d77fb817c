# Warnings are for the library's own targets, not its users': they are private, so neither inherited nor installed.
# CMAKE_COMPILE_WARNING_AS_ERROR, which the presets set, turns them into errors.
function(zenoo_rpc_warnings target)
    target_compile_options(${target} PRIVATE
        $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow>
        # g++ 12 mistakes Asio's allocator of coroutine frames for a mismatch of new and delete.
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-mismatched-new-delete>)
    # In a unity build g++ takes each source for a header and warns about types in anonymous namespaces.
    target_compile_options(${target} PRIVATE
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wno-subobject-linkage>)
    # clang reports a deprecated function inside std::stable_sort of libstdc++ 12; g++ still reports ours.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
    target_compile_definitions(${target} PRIVATE BOOST_ASIO_NO_DEPRECATED)
endfunction()
