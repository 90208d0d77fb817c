# `cmake -DCOMPILER= -DINCLUDES= -DCASE= -DMESSAGE= -P check.cmake` checks that CASE is rejected with MESSAGE, and accepted with
# CURED. Without a MESSAGE it must be accepted without CURED too; with FIRST the first error must contain MESSAGE.
list(TRANSFORM INCLUDES PREPEND -I)

function(compile)
    execute_process(
        COMMAND ${COMPILER} -std=c++20 -fsyntax-only ${INCLUDES} ${ARGN} ${CASE}
        RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE output)
    set(status ${status} PARENT_SCOPE)
    set(output "${output}" PARENT_SCOPE)
endfunction()

compile(-DCURED)
if(NOT status EQUAL 0)
    message("${output}")
    message(FATAL_ERROR "The cure does not compile")
endif()

compile()
if(MESSAGE STREQUAL "")
    if(NOT status EQUAL 0)
        message("${output}")
        message(FATAL_ERROR "Rejected, although this compiler should accept it")
    endif()
elseif(status EQUAL 0)
    message(FATAL_ERROR "Not rejected")
else()
    # Only errors count: the text may also be part of a source line that the compiler quotes.
    string(REGEX MATCHALL "error: [^\n]*" errors "${output}")
    list(GET errors 0 first)
    message(STATUS "${first}")
    if(FIRST)  # the message must come first
        set(errors "${first}")
    endif()
    string(FIND "${errors}" "${MESSAGE}" position)
    if(position EQUAL -1)
        message("${output}")
        message(FATAL_ERROR "Rejected, but no error contains \"${MESSAGE}\"")
    endif()
endif()
