// What every browser test needs: a person at a screen, and the checks every page must pass.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SCREENSHOTS = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));

/** What the law asks for: WCAG 2.2 on level AA, and all it builds on. */
const WCAG_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const SCREENS = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

/** What the browser has complained about on each page. */
const complaints = new WeakMap();

/** The switches of pages on which scripts are off. */
const scriptSwitches = new WeakMap();

/**
 * Where the running demo answers, who may sign in: a list of `{ name, password, roles }`, and the
 * folder in which its mails land.
 * `run.mjs` hands it over.
 */
export function demo() {
  const given = process.env.AVVIK_DEMO;
  assert.ok(given, "no demo is running: start these tests with `node tests/browser/run.mjs`");
  return JSON.parse(given);
}

/** Starts the browser. The caller closes it. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--disable-dev-shm-usage"],
  });
}

/**
 * One person's own window, signed in nowhere. `screen` is `desktop` or `phone`.
 * Closing it: `await page.context().close()`.
 */
export async function openPage(browser, { javaScript = true, screen = "desktop" } = {}) {
  const context = await browser.newContext({
    ...SCREENS[screen],
    locale: "nb-NO",
    timezoneId: "Europe/Oslo",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  listen(page);
  if (!javaScript) {
    // Playwright's own setting cannot be lifted, and axe needs scripts to do its work.
    scriptSwitches.set(page, await context.newCDPSession(page));
    await allowScripts(page, false);
  }
  return page;
}

/**
 * Checks the page as it stands, and keeps a picture of it in target/screenshots/`name`.png.
 * Fails on anything axe finds, on a page wider than the screen, and on anything the browser has
 * complained about (script errors, violations of the content security policy) since the last check.
 */
export async function checkPage(page, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png`, fullPage: true });
  const faults = [
    ...(await barriers(page)),
    ...(await overflow(page)),
    ...complaints.get(page).splice(0),
  ];
  const address = new URL(page.url()).pathname;
  assert.equal(faults.length, 0, `${name} (${address}):\n\n${faults.join("\n\n")}\n`);
}

/** Collects what the browser complains about, from the first request on. */
function listen(page) {
  const heard = [];
  const visited = new Set();
  complaints.set(page, heard);
  page.on("request", (request) => {
    if (request.isNavigationRequest()) visited.add(request.url());
  });
  page.on("pageerror", (error) => heard.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    // A refused form answers 4xx, and the browser logs it: that is no fault of the page.
    const refusal = message.text().startsWith("Failed to load resource");
    if (refusal && visited.has(message.location().url)) return;
    if (message.type() === "error") heard.push(`console: ${message.text()}`);
  });
}

/** What axe finds, a paragraph for each rule that is broken. */
async function barriers(page) {
  const { violations } = await withScripts(page, async () => {
    await page.evaluate(AXE);
    const options = { runOnly: WCAG_TAGS, resultTypes: ["violations"] };
    return page.evaluate((options) => globalThis.axe.run(document, options), options);
  });
  return violations.map(({ id, impact, help, nodes }) => {
    const places = nodes.map(({ target, failureSummary }) => {
      const reasons = failureSummary.replaceAll("\n", "\n    ");
      return `  ${target.join(" ")}\n    ${reasons}`;
    });
    return `axe, ${id} (${impact}): ${help}\n${places.join("\n")}`;
  });
}

/**
 * Runs `work` with scripts allowed. Where they are off, the page's own scripts have never run and
 * do not run now; but axe waits for timers, and those stand still without scripts.
 */
async function withScripts(page, work) {
  if (!scriptSwitches.has(page)) return work();
  await allowScripts(page, true);
  try {
    return await work();
  } finally {
    await allowScripts(page, false);
  }
}

function allowScripts(page, allowed) {
  const command = "Emulation.setScriptExecutionDisabled";
  return scriptSwitches.get(page).send(command, { value: !allowed });
}

/** What makes the page wider than the screen: people must never have to scroll sideways. */
async function overflow(page) {
  const { width } = page.viewportSize();
  const { pageWidth, culprits } = await page.evaluate((width) => {
    const name = ({ localName, id, className }) =>
      localName + (id && `#${id}`) + (className && `.${String(className).replaceAll(" ", ".")}`);
    const tooWide = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > width + 0.5,
    );
    const innermost = tooWide.filter((one) => !tooWide.some((it) => it !== one && one.contains(it)));
    return {
      pageWidth: document.scrollingElement.scrollWidth,
      culprits: innermost.slice(0, 5).map(name),
    };
  }, width);
  if (pageWidth <= width) return [];
  return [`${pageWidth} px wide on a screen of ${width} px: ${culprits.join(", ")}`];
}
