// The README's sample for Node, as it is written there: only the address, and
// the name that the SDK has in this folder, are put right.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { start } from "./server.js";

let server;
before(async () => { server = await start(); });
after(() => server?.stop());

test("the README's sample lists articles", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const blocks = readme.split("\n\n").filter((part) => part.startsWith("    import { IntercomClient }"));
  assert.equal(blocks.length, 1, "the README has one sample for Node");
  const sample = blocks[0].replaceAll("\n    ", "\n").trim().replace('"intercom-client"', '"intercom-client-7"').replace("http://127.0.0.1:8080", server.baseUrl);
  const ask = (path, body) => fetch(server.baseUrl + path, {
    method: body ? "POST" : "GET", body: body && JSON.stringify(body), headers: { Authorization: `Bearer ${server.token}`, "Content-Type": "application/json" },
  }).then((answer) => answer.json());
  const { id } = await ask("/me");
  for (const title of ["First", "Second"]) await ask("/articles", { title, author_id: Number(id) });
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", sample],
    { cwd: fileURLToPath(new URL(".", import.meta.url)), env: { ...process.env, TOKEN: server.token }, encoding: "utf8" });
  assert.deepEqual(printed.trim().split("\n").sort(), ["First", "Second"]);
});
