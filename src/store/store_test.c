/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the store promises, on SQLite always and on PostgreSQL too when BESIDE_TEST_PG holds the URL of a database that
 * may be emptied. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/store_test_kit.h"
