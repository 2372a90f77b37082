// Starts the real program on an empty folder, as a stranger would.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("..", import.meta.url));

// binary returns the program: the one LECTERN_BIN names, or one built into folder.
function binary(folder) {
  if (process.env.LECTERN_BIN) return process.env.LECTERN_BIN;
  const path = join(folder, "lectern");
  execFileSync("go", ["build", "-o", path, "./cmd/lectern"], { cwd: repository, stdio: "inherit" });
  return path;
}

// start resolves to { baseUrl, token, stop }, all as the first start printed them.
export async function start() {
  const folder = mkdtempSync(join(tmpdir(), "lectern-sdk-"));
  const args = ["serve", "--listen", "127.0.0.1:0", "--data", join(folder, "data")];
  const child = spawn(binary(folder), args, { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env.PATH } });
  const log = [];
  child.stderr.on("data", (chunk) => log.push(chunk));
  const exited = new Promise((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));

  const stop = async () => {
    child.kill("SIGTERM");
    const status = await exited;
    rmSync(folder, { recursive: true, force: true });
    if (status !== 0) throw new Error(`lectern serve ended with ${status}\n${log.join("")}`);
  };

  let baseUrl, token;
  for await (const line of createInterface({ input: child.stdout })) {
    baseUrl ??= /^Lectern listens on (\S+)/.exec(line)?.[1];
    token ??= /^Access token\s+(lct_\S+)/.exec(line)?.[1];
    if (baseUrl && token) {
      child.stdout.resume(); // nobody reads on, and a full pipe would stop the program
      return { baseUrl, token, stop };
    }
  }
  throw new Error(`lectern serve ended with ${await exited} before it listened\n${log.join("")}`);
}
