// SPDX-License-Identifier: BSL-1.0
static int never_called() { return 0; }  // -Wall: unused function

int sloppy(int unused, long long wide) {  // -Wextra: unused parameter
    int narrow = wide;                    // -Wconversion
    {
        int wide = narrow;  // -Wshadow
        narrow = wide;
    }
    struct {
        int nothing[0];  // -Wpedantic
    } empty;
    return static_cast<int>(sizeof empty) + narrow;
}
