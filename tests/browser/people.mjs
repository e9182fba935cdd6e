// What the demo's people do at their screens: sign in, fill in a form, send it.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { checkPage, demo, openPage } from "./support.mjs";

/** What everybody chooses in place of their one-time password. */
const PASSWORD = "et langt passord til demoen";

/** How long a mail may be on its way. */
const MAIL_SECONDS_MAX = 30;

const { url, accounts, mail } = demo();

/**
 * Opens a window for whoever has `role` in the demo, signs them in and has them choose a password
 * if theirs was good for once. Every page on the way is checked.
 */
export async function signedIn(browser, role, options) {
  const account = accounts.find(({ roles }) => roles.includes(role));
  assert.ok(account, `nobody in the demo is ${role}`);
  const page = await openPage(browser, options);
  await page.goto(`${url}/sign-in`);
  await checkPage(page, `sign-in-${role}`);
  await send(page, { name: account.name, password: account.chosen ?? account.password });
  if (!account.chosen) {
    await page.goto(`${url}/password`);
    await checkPage(page, `password-${role}`);
    await send(page, {
      password_current: account.password,
      password_new: PASSWORD,
      password_repeated: PASSWORD,
    });
    account.chosen = PASSWORD;
  }
  return page;
}

/**
 * Fills in the page's form by the names of its fields and sends it. A value is a text, the value
 * of a choice, or a list of ticked values; `{ label }` chooses from a list by what it says.
 */
export async function send(page, values) {
  const form = page.locator("main form").last();
  for (const [name, value] of Object.entries(values)) {
    await fill(form, name, value);
  }
  await Promise.all([page.waitForNavigation(), form.locator("button[type=submit]").last().click()]);
}

async function fill(form, name, value) {
  const field = form.locator(`[name="${name}"]`);
  const first = field.first();
  const kind = await first.evaluate((element) => element.type ?? element.localName);
  if (kind === "radio") {
    await form.locator(`[name="${name}"][value="${value}"]`).check();
  } else if (kind === "checkbox") {
    const ticked = [value].flat();
    for (const box of await field.all()) {
      await box.setChecked(ticked.includes(await box.getAttribute("value")));
    }
  } else if (kind === "select-one") {
    await first.selectOption(value);
  } else {
    await first.fill(value);
  }
}

/** Whether the page is at `path`, with what it says when it is not. */
export async function expectAt(page, path) {
  const there = new URL(page.url()).pathname;
  if (there === path) return;
  const said = await page.locator("main").innerText();
  assert.equal(there, path, `the page says:\n${said.slice(0, 1_000)}`);
}

/** A moment as a form takes it, in Oslo, `hours` ago. */
export function hoursAgo(hours) {
  const then = new Date(Date.now() - hours * 3_600_000);
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Europe/Oslo",
    dateStyle: "short",
    timeStyle: "short",
  });
  return parts.format(then).replace(" ", "T");
}

/** The secret of the link that was mailed to `address`. */
export async function secret(address) {
  const last = Date.now() + MAIL_SECONDS_MAX * 1000;
  while (Date.now() < last) {
    const files = (await readdir(mail).catch(() => [])).filter((file) => file.endsWith(".eml"));
    for (const file of files) {
      const text = (await readFile(join(mail, file), "utf8")).replaceAll("=\r\n", "");
      const found = /\/answer\/([0-9a-f]{64})/.exec(text);
      if (found && text.includes(address)) return found[1];
    }
    await sleep(200);
  }
  throw new Error(`no link was mailed to ${address}`);
}
