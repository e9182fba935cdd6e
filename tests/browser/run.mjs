// Runs the browser tests against a demo of the built binary: node tests/browser/run.mjs

import { spawn } from "node:child_process";
import { access, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const BINARY = process.env.AVVIK_TEST_BINARY ?? join(FOLDER, "../../target/debug/avvik");
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** The tests of the checks themselves: they bring their own pages and need no demo. */
const OWN_TESTS = "support.test.mjs";

/** The tests that need a demo with some years behind it, and how much of it. */
const YEARS_TESTS = "years.test.mjs";
const YEARS = ["--years", "2", "--cases-per-year", "90", "--seed", "7"];

const READY_SECONDS_MAX = 60;
const STOP_SECONDS_MAX = 10;

/** A person of the demo, as it prints them: `  <sign-in name>  <one-time password>  <roles>`. */
const ACCOUNT = /^ {2}(?<name>\S+) {2,}(?<password>\S+) {2,}(?<roles>\S.*?)\s*$/gm;

process.exit(await main());

async function main() {
  const lack = await missing();
  if (lack) {
    console.error(`The browser tests cannot run: ${lack}`);
    return process.env.CI ? 1 : 0;
  }
  const tests = (await readdir(FOLDER)).filter((file) => file.endsWith(".test.mjs"));
  const walks = tests.filter((file) => ![OWN_TESTS, YEARS_TESTS].includes(file));
  const passed =
    (await run([OWN_TESTS])) && (await runOnDemo(walks)) && (await runOnDemo([YEARS_TESTS], YEARS));
  return passed ? 0 : 1;
}

/** What this machine lacks, in words; nothing if all is there. */
async function missing() {
  const there = (path) => access(path).then(() => true, () => false);
  if (!(await there(CHROMIUM))) return `there is no ${CHROMIUM} (make test installs it)`;
  if (!(await there(join(FOLDER, "node_modules")))) return "npm ci was not run in tests/browser";
  return undefined;
}

/** Whether all tests in these files pass. */
async function run(files, environment = {}) {
  const paths = files.map((file) => join(FOLDER, file));
  const options = { stdio: "inherit", env: { ...process.env, ...environment } };
  const tests = spawn(process.execPath, ["--test", "--test-reporter=spec", ...paths], options);
  return (await end(tests)) === 0;
}

/** How a process ended: its exit code, the signal that ended it, or why it never started. */
function end(process) {
  return new Promise((resolve) => {
    process.once("error", (error) => resolve(error.message));
    process.once("exit", (code, signal) => resolve(code ?? signal));
  });
}

/** Starts a demo in an empty folder, first filled with `years` if any, runs the tests, stops it. */
async function runOnDemo(files, years = []) {
  const folder = await mkdtemp(join(tmpdir(), "avvik-browser-"));
  const listen = `127.0.0.1:${await freePort()}`;
  let output = "";
  const start = (...command) => {
    const process = spawn(BINARY, [...command, "--data-dir", folder]);
    for (const stream of [process.stdout, process.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    }
    return process;
  };
  if (years.length > 0) await end(start("demo-data", ...years));
  const demo = start("serve", "--demo", "--listen", listen);
  const ended = end(demo);

  let passed = false;
  try {
    const url = `http://${listen}`;
    await Promise.race([
      ready(url),
      ended.then((how) => Promise.reject(new Error(`${BINARY} ended before it was ready: ${how}`))),
    ]);
    const accounts = [...output.matchAll(ACCOUNT)].map(({ groups }) => ({ ...groups }));
    if (accounts.length === 0) throw new Error("the demo printed nobody who may sign in");
    passed = await run(files, { AVVIK_DEMO: JSON.stringify({ url, accounts, mail: join(folder, "mail") }) });
  } catch (error) {
    console.error(error.message);
  }

  demo.kill("SIGTERM");
  const how = await Promise.race([ended, sleep(STOP_SECONDS_MAX * 1000, "too late", { ref: false })]);
  demo.kill("SIGKILL");
  if (passed && how !== 0) {
    console.error(`the demo did not stop as asked: ${how}`);
    passed = false;
  }
  if (!passed) console.error(`\nWhat the demo said:\n${output}`);
  await rm(folder, { recursive: true, force: true });
  return passed;
}

/** Waits until the demo says that it is ready. */
async function ready(url) {
  const last = Date.now() + READY_SECONDS_MAX * 1000;
  while (Date.now() < last) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`the demo was not ready after ${READY_SECONDS_MAX} seconds`);
}

/** A port nobody listens on. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
