// The only include of Catch2, so that moving from v2 to v3 is one edit.
#pragma once

#include <catch2/catch.hpp>
