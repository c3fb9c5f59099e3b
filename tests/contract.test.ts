// SPDX-License-Identifier: AGPL-3.0-or-later
// The one who checks the replies is checked: a server that lies in status, header, type or body must be caught.
import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setCookies } from "../web/src/api/jar";
import { Contract } from "./contract";

const root = `
openapi: 3.1.0
paths:
  /api/house: { $ref: "house.yaml#/paths/house" }
  /api/rooms/{room}: { $ref: "house.yaml#/paths/room" }
`;
const house = `
paths:
  house:
    get:
      responses:
        "200":
          headers: { X-Age: { required: true, schema: { type: integer } } }
          content: { application/json: { schema: { $ref: "#/schemas/House" } } }
        "4XX": { $ref: "#/responses/Problem" }
  room:
    put: { responses: { "204": { description: kept } } }
responses:
  Problem:
    content: { application/problem+json: { schema: { type: object, required: [code] } } }
schemas:
  House: { type: object, required: [name], properties: { name: { type: string } }, additionalProperties: false }
`;

let answer: (request: IncomingMessage, reply: ServerResponse) => void;
const server = createServer((request, reply) => answer(request, reply));
const folder = mkdtempSync(join(tmpdir(), "beside-contract-"));
let origin = "";
let contract: Contract;

before(async () => {
  writeFileSync(join(folder, "openapi.yaml"), root);
  writeFileSync(join(folder, "house.yaml"), house);
  contract = new Contract(folder);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});

after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function says(status: number, headers: Record<string, string | string[]>, body: string): void {
  answer = (_, reply) => reply.writeHead(status, headers).end(body);
}

const json = { "content-type": "application/json; charset=utf-8", "x-age": "3" };

test("a reply that keeps the contract comes through whole, cookies too", async () => {
  says(200, { ...json, "set-cookie": ["beside=a; HttpOnly", "b=2"] }, '{"name":"here"}');
  const reply = await contract.fetch(`${origin}/api/house`);
  assert.deepEqual(await reply.json(), { name: "here" });
  assert.deepEqual(setCookies(reply.headers).join(", "), "beside=a; HttpOnly, b=2");
});

test("a body, a header, a type or a status that the contract does not know is caught", async () => {
  const ask = () => contract.fetch(`${origin}/api/house`);
  says(200, json, '{"name":7}');
  await assert.rejects(ask, /must be string/);
  says(200, json, '{"name":"here","ip":"1.2.3.4"}');
  await assert.rejects(ask, /additional properties/);
  says(200, { "content-type": "application/json" }, '{"name":"here"}');
  await assert.rejects(ask, /lacks the header X-Age/);
  says(200, { ...json, "x-age": "old" }, '{"name":"here"}');
  await assert.rejects(ask, /X-Age.*must be integer/);
  says(200, { ...json, "content-type": "text/html" }, "<p>");
  await assert.rejects(ask, /is text\/html/);
  says(500, {}, "");
  await assert.rejects(ask, /500 is not in the contract/);
  says(404, { "content-type": "application/problem+json" }, "{}");
  await assert.rejects(ask, /must have required property 'code'/);
  says(204, {}, "");
  assert.equal((await contract.fetch(`${origin}/api/rooms/x`, { method: "PUT" })).status, 204);
});

test("what was never asked is told", async () => {
  const fresh = new Contract(folder);
  assert.deepEqual(fresh.unseen().routes, ["GET /api/house", "PUT /api/rooms/{room}"]);
  says(200, json, '{"name":"here"}');
  await fresh.fetch(`${origin}/api/house`);
  assert.deepEqual(fresh.unseen(), {
    routes: ["PUT /api/rooms/{room}"],
    statuses: ["GET /api/house 4XX", "PUT /api/rooms/{room} 204"],
  });
});
