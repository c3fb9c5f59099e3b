// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceName } from "./device-name";

test("common browsers are named as people name them", () => {
  assert.equal(deviceName("Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0"), "Firefox on Android");
  assert.equal(
    deviceName("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0"),
    "Edge on Windows",
  );
  assert.equal(
    deviceName("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"),
    "Safari on iPhone",
  );
});

test("an unknown browser is a browser", () => {
  assert.equal(deviceName("Something/1.0"), "Browser");
});
