// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { startPostgres } from "./postgres";

test("a throw-away PostgreSQL keeps what it acknowledged through a crash, and leaves nothing behind", async () => {
  const pg = await startPostgres();
  const url = await pg.newDatabase();
  await pg.sql(url, "CREATE TABLE kept (word TEXT); INSERT INTO kept VALUES ('still here')");
  await pg.crash();
  await assert.rejects(pg.sql(url, "SELECT 1"));
  await pg.comeBack();
  assert.equal((await pg.sql(url, "SELECT word FROM kept")).trim(), "still here");
  assert.match(await pg.dump(url), /still here/);
  await pg.stop();
  assert.equal(existsSync(pg.folder), false);
});
