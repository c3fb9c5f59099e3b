// SPDX-License-Identifier: AGPL-3.0-or-later
// The proxy samples, tried: Caddy and nginx with a certificate, HTTP/2 to the browser, sign-in with a Secure cookie, and a
// live event that comes through at once. Only names, ports and certificates are put in place of the samples' own.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accepts, freePort, run, start, until, type Child } from "../children";
import { openHouse, sweepUp, TOP, type House } from "../harness";
import { b64, newId, newMember, sealedEntry, type Member } from "../member";

const folder = mkdtempSync(join(tmpdir(), "beside-proxy-"));
const certificate = join(folder, "certificate.pem");
const key = join(folder, "key.pem");
let house: House;
let ada: Member;

before(async () => {
  await run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate]);
  house = await openHouse({ store: "sqlite" });
  ada = await newMember(house, fetch, "ada", "steward");
});

after(async () => {
  await sweepUp();
  rmSync(folder, { recursive: true, force: true });
});

const sample = (name: string, changes: [RegExp, string][]) =>
  changes.reduce((text, [from, to]) => {
    assert.match(text, from, `${name} still has ${from}`);
    return text.replace(from, to);
  }, readFileSync(join(TOP, "packaging", name), "utf8"));

async function caddy(port: number): Promise<Child> {
  const file = join(folder, "Caddyfile");
  const site = sample("Caddyfile", [[/^house\.example \{/m, `https://localhost:${port} {\n\ttls ${certificate} ${key}`], [/127\.0\.0\.1:7380/, `127.0.0.1:${house.port}`]]);
  writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
  return start("caddy", ["run", "--config", file, "--adapter", "caddyfile"], { env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } });
}

async function nginx(port: number): Promise<Child> {
  const site = sample("nginx.conf", [
    [/127\.0\.0\.1:7380/, `127.0.0.1:${house.port}`],
    [/listen 443 ssl http2;/, `listen 127.0.0.1:${port} ssl http2;`],
    [/\tlisten \[::\]:443 ssl http2;\n/, ""],
    [/server_name house\.example;/, "server_name localhost;"],
    [/\/etc\/letsencrypt\/live\/house\.example\/fullchain\.pem/, certificate],
    [/\/etc\/letsencrypt\/live\/house\.example\/privkey\.pem/, key],
  ]);
  mkdirSync(join(folder, "tmp"), { recursive: true });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `\t${kind}_temp_path ${folder}/tmp/${kind};`).join("\n");
  const user = process.getuid?.() === 0 ? "user root;\n" : "";
  writeFileSync(join(folder, "nginx.conf"), `${user}daemon off;\npid ${folder}/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n${temporary}\n${site}\n}\n`);
  return start("/usr/sbin/nginx", ["-p", folder, "-c", join(folder, "nginx.conf")]);
}

interface H2Reply {
  headers: IncomingHttpHeaders;
  text: string;
}

function ask(session: ClientHttp2Session, headers: Record<string, string>, body?: string | Uint8Array): Promise<H2Reply> {
  return new Promise((done, fail) => {
    const stream = session.request(headers);
    let text = "";
    let got: IncomingHttpHeaders = {};
    stream.on("response", (head) => (got = head));
    stream.on("data", (part: Buffer) => (text += part.toString()));
    stream.on("end", () => done({ headers: got, text }));
    stream.on("error", fail);
    stream.end(body);
  });
}

for (const [name, open] of Object.entries({ Caddy: caddy, nginx })) {
  test(`${name} as in the sample: HTTP/2, a Secure cookie, writes from its own origin, live events at once`, { timeout: 60_000 }, async () => {
    const port = await freePort();
    const proxy = await open(port);
    await until(`${name} listens`, async () => {
      assert.ok(proxy.running(), `${name} ended:\n${proxy.said()}`);
      return accepts(port);
    }, 15_000);
    const origin = `https://localhost:${port}`;
    const session = connect(origin, { rejectUnauthorized: false });
    try {
      const page = await ask(session, { ":path": "/" });
      assert.equal(page.headers[":status"], 200);
      assert.equal(session.alpnProtocol, "h2");
      const { loginId, loginSecret } = await ada.keys.signIn({ houseId: ada.houseId, name: ada.name, passphrase: ada.passphrase });
      const json = JSON.stringify({ login_id: b64(loginId), login_secret: b64(loginSecret) });
      const signIn = (from: string) => ask(session, { ":method": "POST", ":path": "/api/session", origin: from, "content-type": "application/json" }, json);
      assert.equal((await signIn("https://elsewhere.example")).headers[":status"], 403);
      const signedIn = await signIn(origin);
      assert.equal(signedIn.headers[":status"], 201, signedIn.text);
      const set = signedIn.headers["set-cookie"]?.[0] ?? "";
      assert.match(set, /^__Host-beside=[^;]+;.*Secure/);
      const cookie = set.split(";")[0] ?? "";

      const heard: string[] = [];
      const stream = session.request({ ":path": "/api/stream", cookie });
      stream.on("data", (part: Buffer) => heard.push(part.toString()));
      await until("hello comes through", () => heard.join("").includes("event: hello"), 5000);
      const written = await ask(session, { ":method": "PUT", ":path": `/api/rooms/${ada.selfRoom}/entries/${newId()}`, origin, cookie, "content-type": "application/octet-stream" }, sealedEntry(1, 60_000));
      assert.equal(written.headers[":status"], 201, written.text);
      await until("the event comes through at once", () => heard.join("").includes("event: entry"), 1500);
      stream.close();
    } finally {
      session.destroy();
      await proxy.end();
    }
  });
}
